using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs.GeminiCli;

/// <summary>One conversation while it is read: what its records say about the session, and the calls found in it.</summary>
internal sealed class GeminiChat
{
    private readonly SharedValues shared = SharedValues.OfThisThread;
    private readonly LogContext context;
    private readonly string project;
    private readonly string parent;
    private readonly List<GeminiMessage> pending = [];
    private readonly List<UsageEvent> events = [];
    private readonly Dictionary<string, int> indexes = new(StringComparer.Ordinal);
    private string session;
    private string lastModel = string.Empty;
    private DateTimeOffset? startedAt;

    /// <summary>Goes on where the context's checkpoint says.</summary>
    /// <param name="context">The file and what is known of it.</param>
    /// <param name="project">The folder that Gemini CLI gave the project: a hash or a short name.</param>
    /// <param name="parent">The session that spawned this one; empty for none.</param>
    public GeminiChat(LogContext context, string project, string parent)
    {
        this.context = context;
        this.project = project;
        this.parent = parent;
        session = Path.GetFileNameWithoutExtension(context.Path);
        Restore(context.From.State);
    }

    /// <summary>The calls so far, one per message.</summary>
    public IReadOnlyList<UsageEvent> Events => events;

    /// <summary>What must be remembered from line to line: start of the session, its id, the latest model.</summary>
    public string State =>
        string.Create(CultureInfo.InvariantCulture, $"{startedAt?.UtcTicks ?? -1}:{session.Length}:{session}{lastModel}");

    /// <summary>Takes in a record: the whole conversation, its head, a message, or a change.</summary>
    /// <exception cref="JsonException">The text is broken; what stands before the fault was taken in.</exception>
    public void Read(ReadOnlySpan<byte> json, long line)
    {
        var reader = new Utf8JsonReader(json, JsonFields.ReaderOptions);
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            ReadRecord(ref reader, line);
        }
        else
        {
            reader.Skip();
        }

        // Anything behind the value is a fault, and this throws for it.
        reader.Read();
    }

    /// <summary>Turns the messages taken in since the last time into events, now that their session is known.</summary>
    public void Count(LogWarnings warnings)
    {
        foreach (var message in pending)
        {
            if (message.Fault is { } fault)
            {
                warnings.Add(message.Line, fault);
            }
            else
            {
                Add(message, warnings);
            }
        }

        pending.Clear();
    }

    private void ReadRecord(ref Utf8JsonReader reader, long line)
    {
        var message = new GeminiMessage { Line = line };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("messages"u8) && reader.Read() && reader.TokenType == JsonTokenType.StartArray)
            {
                ReadMessages(ref reader, line);
            }
            else if (reader.TokenType != JsonTokenType.PropertyName)
            {
                reader.Skip();
            }
            else if (reader.ValueTextEquals("$set"u8))
            {
                reader.Read();
                ReadChange(ref reader, line);
            }
            else if (!message.TryRead(ref reader))
            {
                ReadSession(ref reader);
            }
        }

        if (message.IsCall)
        {
            pending.Add(message);
        }
    }

    private void ReadMessages(ref Utf8JsonReader reader, long line)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadRecord(ref reader, line);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadChange(ref Utf8JsonReader reader, long line)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadRecord(ref reader, line);
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadSession(ref Utf8JsonReader reader)
    {
        var isId = reader.ValueTextEquals("sessionId"u8);
        var isStart = reader.ValueTextEquals("startTime"u8);
        reader.Read();
        if (isId)
        {
            session = SharedValues.Decode(JsonFields.Text(ref reader)) is { Length: > 0 } id ? id : session;
        }
        else if (isStart)
        {
            startedAt = EventTime.TryParse(JsonFields.Text(ref reader), out var time, out _) ? time : startedAt;
        }
        else
        {
            reader.Skip();
        }
    }

    private void Add(GeminiMessage message, LogWarnings warnings)
    {
        var key = $"{session}:{message.Key}";
        if (message.Key.Length == 0 || (message.Time ?? startedAt) is not { } time)
        {
            warnings.Add(message.Line, message.Key.Length == 0 ? "the message has neither an id nor a time" : "the message has no valid time");
            return;
        }

        var assumed = message.Model.Length == 0;
        lastModel = assumed ? lastModel : message.Model;
        var usage = new UsageEvent
        {
            Id = EventId.Create(time, context.Org, GeminiCliLog.Agent, key),
            OccurredAt = time,
            Dimensions = shared.Series(context.Org, GeminiCliLog.Agent, project, string.Empty, string.Empty, lastModel),
            Session = shared.Session(session, string.Empty, parent),
            Tokens = message.Tokens.Classes(out var inferred),
            Quality = (inferred ? EventQuality.ClassesInferred : EventQuality.Good)
                | (assumed ? EventQuality.ModelAssumed : EventQuality.Good),
            HasVaryingTime = true,
            Line = message.Line,
        };

        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(indexes, key, out var known);
        if (known)
        {
            events[index] = Revision.Merge(events[index], usage);
            return;
        }

        index = events.Count;
        events.Add(usage);
    }

    private void Restore(string state)
    {
        var parts = state.Split(':', 3);
        if (parts.Length == 3
            && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var started) && started <= DateTimeOffset.MaxValue.UtcTicks
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var length)
            && length >= 0 && length <= parts[2].Length)
        {
            startedAt = started < 0 ? null : new DateTimeOffset(started, TimeSpan.Zero);
            session = parts[2][..length];
            lastModel = parts[2][length..];
        }
    }
}
