namespace Farthing.Sources.AgentLogs;

/// <summary>Remembers the latest of a sequence of short texts, to recognise a repetition without making a string.</summary>
internal sealed class RecentBytes
{
    private const int LengthMax = 128;

    private readonly byte[] bytes = new byte[LengthMax];
    private int length = -1;

    /// <summary>Whether a text is the remembered one. A text that was too long to be remembered never is.</summary>
    public bool Is(ReadOnlySpan<byte> text) => length >= 0 && JsonWord.Is(text, bytes.AsSpan(0, length));

    /// <summary>Remembers a text instead of the latest.</summary>
    public void Set(ReadOnlySpan<byte> text)
    {
        length = text.TryCopyTo(bytes) ? text.Length : -1;
    }
}
