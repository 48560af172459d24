namespace Farthing.Domain.Usage;

/// <summary>A model's name as tables show it, without maker and date: <c>sonnet-4-5</c> for <c>claude-sonnet-4-5-20250929</c>.</summary>
public static class ShortModel
{
    private const int DateLength = 8;
    private static readonly string[] Makers = ["anthropic.", "anthropic/", "openai/", "google/", "models/"];

    /// <summary>The short name; several models may have the same.</summary>
    public static string Of(string name)
    {
        var text = name.AsSpan();
        foreach (var maker in Makers)
        {
            if (text.IndexOf(maker, StringComparison.Ordinal) is >= 0 and var at)
            {
                text = text[(at + maker.Length)..];
            }
        }

        if (text.StartsWith("claude-", StringComparison.Ordinal))
        {
            text = text["claude-".Length..];
        }

        if (text.IndexOf("-v1:", StringComparison.Ordinal) is > 0 and var version)
        {
            text = text[..version];
        }

        return WithoutDate(text).ToString();
    }

    private static ReadOnlySpan<char> WithoutDate(ReadOnlySpan<char> text)
    {
        var isDated = text.Length > DateLength + 1
            && text[^(DateLength + 1)] is '-' or '@'
            && text[^DateLength..].IndexOfAnyExceptInRange('0', '9') < 0;
        return isDated ? text[..^(DateLength + 1)] : text;
    }
}
