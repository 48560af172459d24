using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs.ClaudeCode;

/// <summary>
/// Reads Claude Code transcripts. A response of the API stands there as one line per content block, all with the same
/// message id; forks and side questions copy lines. Every response is counted once, under its message id.
/// </summary>
internal sealed class ClaudeCodeReader : IUsageLogReader
{
    /// <inheritdoc/>
    public LogReading Read(Stream content, LogContext context)
    {
        using var lines = new JsonLines(content, context.From);
        var calls = new ClaudeCalls(context, lines.Warnings);
        while (lines.MoveNext<UsageMark>())
        {
            calls.Add(lines.Current, lines.Line);
        }

        return new(calls.Events, lines.Warnings.ToList(), lines.After(string.Empty));
    }

    /// <summary>The key without which a line cannot hold usage.</summary>
    internal readonly struct UsageMark : ILineMark
    {
        /// <inheritdoc/>
        public static byte First => (byte)'"';

        /// <inheritdoc/>
        public static byte Second => (byte)'g';

        /// <inheritdoc/>
        public static int Distance => 4;

        /// <inheritdoc/>
        public static bool IsAt(ReadOnlySpan<byte> text, int at) => text[at..].StartsWith("\"usage\""u8);
    }
}
