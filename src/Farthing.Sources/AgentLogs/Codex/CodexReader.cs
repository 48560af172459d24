using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs.Codex;

/// <summary>
/// Reads Codex rollouts. They report running totals of a thread, again and again: a call is where the total changes.
/// Forks and subagents repeat their parent's history first, which is not counted.
/// </summary>
internal sealed class CodexReader : IUsageLogReader
{
    /// <inheritdoc/>
    public LogReading Read(Stream content, LogContext context)
    {
        using var lines = new JsonLines(content, context.From);
        using var calls = new CodexCalls(context, lines);
        while (lines.MoveNext<CodexMark>())
        {
            calls.Add(CodexLine.Read(lines.Current));
        }

        return new(calls.Events, lines.Warnings.ToList(), calls.Next());
    }
}
