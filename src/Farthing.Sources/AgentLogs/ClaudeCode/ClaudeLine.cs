using System.Text.Json;

namespace Farthing.Sources.AgentLogs.ClaudeCode;

/// <summary>What a line of a transcript says about a model call. The spans point into the line.</summary>
internal ref struct ClaudeLine
{
    /// <summary>When the record was written.</summary>
    public ReadOnlySpan<byte> Timestamp { get; private set; }

    /// <summary>The id of the record.</summary>
    public ReadOnlySpan<byte> Uuid { get; private set; }

    /// <summary>The id of the request; some backends give none.</summary>
    public ReadOnlySpan<byte> RequestId { get; private set; }

    /// <summary>The session that wrote the record.</summary>
    public ReadOnlySpan<byte> SessionId { get; private set; }

    /// <summary>The working folder.</summary>
    public ReadOnlySpan<byte> Cwd { get; private set; }

    /// <summary>The git branch.</summary>
    public ReadOnlySpan<byte> GitBranch { get; private set; }

    /// <summary>The version of the agent.</summary>
    public ReadOnlySpan<byte> Version { get; private set; }

    /// <summary>What the agent thought that the call cost: a JSON number.</summary>
    public ReadOnlySpan<byte> Cost { get; private set; }

    /// <summary>The API's id of the response.</summary>
    public ReadOnlySpan<byte> MessageId { get; private set; }

    /// <summary>What names the call: the id of the response, else of the record.</summary>
    public readonly ReadOnlySpan<byte> Key => MessageId.IsEmpty ? Uuid : MessageId;

    /// <summary>The model.</summary>
    public ReadOnlySpan<byte> Model { get; private set; }

    /// <summary>The tokens; meaningless unless <see cref="IsCall"/>.</summary>
    public ClaudeUsage Usage { get; private set; }

    /// <summary>Whether the record belongs to a side question or a subagent, or repeats a subagent's message.</summary>
    public bool IsSidechain { get; private set; }

    /// <summary>Whether the line records a response of a model with its usage.</summary>
    public bool IsCall { get; private set; }

    private RecordType type;

    private enum RecordType
    {
        Untold,
        Assistant,
        Progress,
        Other,
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public static ClaudeLine Read(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line, JsonLines.ReaderOptions);
        json.Read();
        var record = default(ClaudeLine);
        var progress = default(ClaudeLine);
        while (JsonFields.Next(ref json, out var name))
        {
            if (name.SequenceEqual("data"u8) && json.TokenType == JsonTokenType.StartObject)
            {
                progress = ReadProgress(ref json, line);
            }
            else
            {
                record.ReadField(ref json, name, line);
            }
        }

        // Throws when anything stands behind the object.
        json.Read();
        if (record.type == RecordType.Progress)
        {
            record.TakeOver(progress);
        }

        record.IsCall &= record.type is RecordType.Untold or RecordType.Assistant;
        return record;
    }

    // The message that an agent's progress repeats lies one level deeper: data.message is a record of its own.
    private static ClaudeLine ReadProgress(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        var record = default(ClaudeLine);
        while (JsonFields.Next(ref json, out var name))
        {
            if (name.SequenceEqual("message"u8) && json.TokenType == JsonTokenType.StartObject)
            {
                record = default;
                while (JsonFields.Next(ref json, out var inner))
                {
                    record.ReadField(ref json, inner, line);
                }
            }
            else
            {
                json.Skip();
            }
        }

        return record;
    }

    private void TakeOver(ClaudeLine progress)
    {
        type = progress.type;
        IsCall = progress.IsCall;
        Usage = progress.Usage;
        MessageId = progress.MessageId;
        Model = progress.Model;
        Cost = progress.Cost;
        RequestId = progress.RequestId;
        Timestamp = progress.Timestamp.IsEmpty ? Timestamp : progress.Timestamp;
        Uuid = progress.Uuid.IsEmpty ? Uuid : progress.Uuid;
        IsSidechain = true;
    }

    private void ReadField(scoped ref Utf8JsonReader json, scoped ReadOnlySpan<byte> name, ReadOnlySpan<byte> line)
    {
        switch (name.Length)
        {
            case 3 when name.SequenceEqual("cwd"u8):
                Cwd = JsonFields.Text(ref json);
                break;
            case 4 when name.SequenceEqual("type"u8):
                type = ReadType(ref json);
                break;
            case 4 when name.SequenceEqual("uuid"u8):
                Uuid = JsonFields.Text(ref json);
                break;
            case 7 when name.SequenceEqual("message"u8):
                ReadMessage(ref json, line);
                break;
            case 7 when name.SequenceEqual("version"u8):
                Version = JsonFields.Text(ref json);
                break;
            case 7 when name.SequenceEqual("costUSD"u8):
                Cost = json.TokenType == JsonTokenType.Number ? json.ValueSpan : default;
                json.Skip();
                break;
            case 9:
                ReadFieldOfNine(ref json, name);
                break;
            case 11 when name.SequenceEqual("isSidechain"u8):
                IsSidechain = json.TokenType == JsonTokenType.True;
                json.Skip();
                break;
            default:
                json.Skip();
                break;
        }
    }

    private static RecordType ReadType(scoped ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            return json.ValueTextEquals("assistant"u8) ? RecordType.Assistant
                : json.ValueTextEquals("progress"u8) ? RecordType.Progress
                : RecordType.Other;
        }

        json.Skip();
        return RecordType.Untold;
    }

    private void ReadFieldOfNine(scoped ref Utf8JsonReader json, scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("timestamp"u8))
        {
            Timestamp = JsonFields.Text(ref json);
        }
        else if (name.SequenceEqual("sessionId"u8))
        {
            SessionId = JsonFields.Text(ref json);
        }
        else if (name.SequenceEqual("gitBranch"u8))
        {
            GitBranch = JsonFields.Text(ref json);
        }
        else if (name.SequenceEqual("requestId"u8))
        {
            RequestId = JsonFields.Text(ref json);
        }
        else
        {
            json.Skip();
        }
    }

    private void ReadMessage(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        if (!JsonFields.IsObject(ref json))
        {
            return;
        }

        while (JsonFields.Next(ref json, out var name))
        {
            if (name.SequenceEqual("id"u8))
            {
                MessageId = JsonFields.Text(ref json);
            }
            else if (name.SequenceEqual("model"u8))
            {
                Model = JsonFields.Text(ref json);
            }
            else if (name.SequenceEqual("usage"u8) && json.TokenType == JsonTokenType.StartObject)
            {
                Usage = ClaudeUsage.Read(ref json, line);
                IsCall = true;
            }
            else
            {
                json.Skip();
            }
        }
    }
}
