using System.Runtime.InteropServices;
using System.Text.Json;
using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs.OpenCode;

/// <summary>
/// Reads the messages of OpenCode: rows of its database, handed over as JSON lines
/// <c>{"id":…,"session_id":…,"data":{…}}</c>, and the JSON files of older versions, one per message. A message that stands
/// in both has one id and counts once.
/// </summary>
/// <remarks>
/// A fork copies the messages of its parent session under new ids. Such a copy has the start, the end, the model and
/// every count of its original, and is not counted again.
/// </remarks>
/// <param name="agent">The agent's name in reports: descendants of OpenCode keep its format.</param>
internal sealed class OpenCodeReader(string agent) : IUsageLogReader
{
    /// <inheritdoc/>
    public LogReading Read(Stream content, LogContext context) =>
        context.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? ReadDocument(content, context)
            : ReadRows(content, context);

    private LogReading ReadDocument(Stream content, LogContext context)
    {
        var warnings = new LogWarnings();
        using var file = WholeFile.Read(content);
        if (file is null)
        {
            warnings.Add(0, WholeFile.TooLarge);
            return new([], warnings.ToList(), LogCheckpoint.Start);
        }

        var usage = Usage(file.Bytes, 0, context, warnings, out _);
        return new(usage is null ? [] : [usage], warnings.ToList(), new(file.Length, 0, string.Empty));
    }

    private LogReading ReadRows(Stream content, LogContext context)
    {
        using var lines = new JsonLines(content, context.From);
        var calls = new Calls();
        while (lines.MoveNext())
        {
            if (Usage(lines.Current, lines.Line, context, lines.Warnings, out var message) is { } usage)
            {
                calls.Add(usage, message.Id, message.Call);
            }
        }

        return new(calls.Events, lines.Warnings.ToList(), lines.After(string.Empty));
    }

    private UsageEvent? Usage(ReadOnlySpan<byte> json, long line, LogContext context, LogWarnings warnings, out OpenCodeMessage message)
    {
        message = new();
        try
        {
            var reader = new Utf8JsonReader(json, JsonFields.ReaderOptions);
            reader.Read();
            message.Read(ref reader);

            // Anything behind the value is a fault, and this throws for it.
            reader.Read();
        }
        catch (JsonException)
        {
            warnings.Add(line, "malformed JSON");
            return null;
        }

        if (!message.IsCall)
        {
            return null;
        }

        if (message.Fault is { } fault)
        {
            warnings.Add(line, fault);
            return null;
        }

        return message.ToUsage(agent, context.Org, line);
    }

    /// <summary>The calls of one database: one per message id, and one per call where a fork copied messages.</summary>
    private sealed class Calls
    {
        private readonly Dictionary<string, int> byId = new(StringComparer.Ordinal);
        private readonly Dictionary<OpenCodeCall, string> firstIds = [];
        private readonly List<UsageEvent> events = [];

        public IReadOnlyList<UsageEvent> Events => events;

        public void Add(UsageEvent usage, string id, OpenCodeCall? fingerprint)
        {
            ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(byId, id, out var known);
            if (known)
            {
                events[index] = Revision.Merge(events[index], usage);
                return;
            }

            if (fingerprint is { } call)
            {
                ref var original = ref CollectionsMarshal.GetValueRefOrAddDefault(firstIds, call, out var copied);
                if (copied)
                {
                    // Ids ascend with time, so the smaller one is the original, in whatever order the rows come.
                    index = byId[original!];
                    if (string.CompareOrdinal(id, original) < 0)
                    {
                        original = id;
                        events[index] = usage;
                    }

                    return;
                }

                original = id;
            }

            index = events.Count;
            events.Add(usage);
        }
    }
}
