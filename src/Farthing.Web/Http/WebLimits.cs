namespace Farthing.Web.Http;

/// <summary>What one request may take. The limits of a batch stand beside the endpoint that reads it.</summary>
internal static class WebLimits
{
    /// <summary>The most bytes of a body, after it has been inflated.</summary>
    public const long BodyBytesMax = 32 * 1024 * 1024;

    /// <summary>How deep JSON may nest.</summary>
    public const int JsonDepthMax = 32;

    /// <summary>The most characters of a free text: names, reasons, notes.</summary>
    public const int TextLengthMax = 256;

    /// <summary>The most items of a page.</summary>
    public const int PageSizeMax = 500;

    /// <summary>The items of a page when nobody says how many.</summary>
    public const int PageSizeUsual = 100;

    /// <summary>How many items a list may be asked to pass over: they are read all the same.</summary>
    public const int OffsetMax = 10_000;
}
