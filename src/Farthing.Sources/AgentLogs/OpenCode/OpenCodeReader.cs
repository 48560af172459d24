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
/// <para>The data folder is <c>$XDG_DATA_HOME/opencode</c>, else <c>~/.local/share/opencode</c>; a comma-separated list in
/// <c>$OPENCODE_DATA_DIR</c> replaces it. <c>$OPENCODE_DB</c> names the database as for OpenCode itself.</para>
/// <para>A fork copies the messages of its parent session under new ids. Such a copy has the start, the end, the model
/// and every count of its original, and is not counted again.</para>
/// </remarks>
internal sealed class OpenCodeReader(string agent) : IUsageLogReader
{
    /// <summary>The rows that hold messages.</summary>
    public const string Query = "SELECT id, session_id, data FROM message";

    /// <summary>OpenCode in the registry.</summary>
    public static AgentLog Log { get; } = new()
    {
        Agent = "opencode",
        DisplayName = "OpenCode",
        Roots = environment => Roots(environment, "opencode"),
        Reader = new OpenCodeReader("opencode"),
    };

    /// <inheritdoc/>
    public LogReading Read(Stream content, LogContext context) =>
        context.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? ReadDocument(content, context)
            : ReadRows(content, context);

    private static List<LogRoot> Roots(AgentEnvironment environment, string name)
    {
        var data = environment.Variable("XDG_DATA_HOME") is { Length: > 0 } moved
            ? moved
            : Path.Combine(environment.Home, ".local", "share");
        var roots = new List<LogRoot>();
        foreach (var folder in environment.Folders("OPENCODE_DATA_DIR", Path.Combine(data, name)))
        {
            roots.Add(new(Path.Combine(folder, "storage", "message"), [".json"], LogShape.Document));
            roots.Add(new(folder, [".db"], LogShape.Database) { Query = Query, Recursive = false });
        }

        if (environment.Variable("OPENCODE_DB") is { Length: > 0 } database && Path.IsPathRooted(database))
        {
            roots.Add(new(Path.GetDirectoryName(database) ?? database, [Path.GetFileName(database)], LogShape.Database)
            {
                Query = Query,
                Recursive = false,
            });
        }

        return roots;
    }

    private LogReading ReadDocument(Stream content, LogContext context)
    {
        var warnings = new LogWarnings();
        using var file = WholeFile.Read(content);
        if (file is null)
        {
            warnings.Add(0, $"the file is larger than {WholeFile.BytesMax >> 20} MiB");
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
            var reader = new Utf8JsonReader(json, JsonLines.ReaderOptions);
            reader.Read();
            message.Read(ref reader);

            // Anything behind the value is a fault, and this throws for it.
            reader.Read();
        }
        catch (JsonException)
        {
            warnings.Add(line, "no complete JSON object");
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
