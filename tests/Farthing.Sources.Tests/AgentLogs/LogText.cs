using System.Globalization;
using System.Text;
using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;

namespace Farthing.Sources.Tests.AgentLogs;

/// <summary>Reads logs given as text and writes readings as text, for golden files and comparisons.</summary>
internal static class LogText
{
    private const string ClaudePath = "/home/dana/.claude/projects/-srv-ledger/5e55-0001.jsonl";
    private const string CodexPath = "/home/dana/.codex/sessions/2026/03/01/rollout-2026-03-01T10-00-00-00000000-0000-4000-8000-000000000001.jsonl";

    public static IUsageLogReader ClaudeReader { get; } = ReaderOf("claude");

    public static IUsageLogReader CodexReader { get; } = ReaderOf("codex");

    public static LogReading ReadClaude(params string[] lines) => Read(ClaudeReader, ClaudePath, lines);

    public static LogReading ReadClaudeAt(string path, params string[] lines) => Read(ClaudeReader, path, lines);

    public static LogReading ReadCodex(params string[] lines) => Read(CodexReader, CodexPath, lines);

    /// <summary>Reads a thread while the logs of other threads lie beside it.</summary>
    public static LogReading ReadCodexBeside(IReadOnlyDictionary<string, string[]> others, params string[] lines) =>
        CodexReader.Read(Bytes(lines), new LogContext
        {
            Path = CodexPath,
            OpenSession = thread => others.TryGetValue(thread, out var log) ? Bytes(log) : null,
        });

    /// <summary>What a store keeps after all these readings.</summary>
    public static IReadOnlyList<UsageEvent> Merge(params LogReading[] readings)
    {
        var kept = new Dictionary<(ulong Time, long Alias), UsageEvent>();
        foreach (var call in readings.SelectMany(reading => reading.Events))
        {
            var key = (call.HasVaryingTime ? 0 : call.Id.High, call.Id.Alias);
            kept[key] = kept.TryGetValue(key, out var known) ? Revision.Merge(known, call) : call;
        }

        return [.. kept.Values];
    }

    public static string Write(LogReading reading)
    {
        var text = new StringBuilder(Write(reading.Events));
        foreach (var warning in reading.Warnings)
        {
            text.Append(CultureInfo.InvariantCulture, $"warning line {warning.Line}: {warning.Reason}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"next offset {reading.Next.Offset} line {reading.Next.Line}\n").ToString();
    }

    public static string Write(IEnumerable<UsageEvent> events)
    {
        var text = new StringBuilder();
        foreach (var call in events)
        {
            var (at, tokens, place) = (call.OccurredAt, call.Tokens, call.Dimensions);
            text.Append(CultureInfo.InvariantCulture, $"{at:yyyy-MM-ddTHH:mm:ss.fffffffK} line {call.Line} id {call.Id}\n")
                .Append(CultureInfo.InvariantCulture, $"  {place.Agent} {place.Provider}/{place.Model} in {place.Project} on {place.Branch} of {place.Org}\n")
                .Append(CultureInfo.InvariantCulture, $"  session {call.Session.Key} version {call.Session.AgentVersion} parent ({call.Session.Parent})\n")
                .Append(CultureInfo.InvariantCulture, $"  input {tokens.Input} read {tokens.CacheRead} write5m {tokens.CacheWrite5m} write1h {tokens.CacheWrite1h}")
                .Append(CultureInfo.InvariantCulture, $" output {tokens.Output} reasoning {tokens.Reasoning} searches {call.WebSearches}\n")
                .Append(CultureInfo.InvariantCulture, $"  {call.Terms.Tier} fast {call.Terms.Fast} geo ({call.Terms.Geo}); quality {call.Quality};")
                .Append(CultureInfo.InvariantCulture, $" varying {call.HasVaryingTime}; request ({call.RequestAlias}); cost ({call.ReportedCost})\n");
        }

        return text.ToString();
    }

    public static MemoryStream Bytes(params string[] lines) => new(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    private static LogReading Read(IUsageLogReader reader, string path, string[] lines) =>
        reader.Read(Bytes(lines), new LogContext { Path = path });

    private static IUsageLogReader ReaderOf(string agent) =>
        AgentLogRegistry.All.Single(log => log.Agent == agent).Reader;
}
