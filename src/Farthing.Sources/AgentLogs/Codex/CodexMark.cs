namespace Farthing.Sources.AgentLogs.Codex;

/// <summary>The three types of records that count; all of them have <c>n_</c> in the middle.</summary>
internal readonly struct CodexMark : ILineMark
{
    /// <inheritdoc/>
    public static byte First => (byte)'n';

    /// <inheritdoc/>
    public static byte Second => (byte)'_';

    /// <inheritdoc/>
    public static int Distance => 1;

    /// <inheritdoc/>
    public static bool IsAt(ReadOnlySpan<byte> text, int at) =>
        Surrounds(text, at, "token_count"u8, before: 4)
        || Surrounds(text, at, "turn_context"u8, before: 3)
        || Surrounds(text, at, "session_meta"u8, before: 6);

    private static bool Surrounds(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> word, int before) =>
        at >= before && text[(at - before)..].StartsWith(word);
}
