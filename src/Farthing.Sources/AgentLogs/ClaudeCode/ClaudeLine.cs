
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

    /// <summary>Whether the line is not JSON; then nothing else holds.</summary>
    public bool IsMalformed { get; private set; }

    private RecordType type;

    private enum RecordType
    {
        Untold,
        Assistant,
        Progress,
        Other,
    }

    /// <summary>Reads a line.</summary>
    public static ClaudeLine Read(ReadOnlySpan<byte> line)
    {
        var json = new JsonCursor(line);
        var record = default(ClaudeLine);
        var data = default(ReadOnlySpan<byte>);
        json.Enter();
        while (json.NextField(out var name))
        {
            if (JsonWord.Is(name, "data"u8))
            {
                data = json.Slice();
            }
            else
            {
                record.ReadField(ref json, name);
            }
        }

        record.IsMalformed = !json.IsComplete();
        if (record.type == RecordType.Progress)
        {
            record.ReadProgress(data);
        }

        record.IsCall &= record.type is RecordType.Untold or RecordType.Assistant;
        return record;
    }

    // The message that an agent's progress repeats lies one level deeper: data.message is a record of its own.
    private void ReadProgress(ReadOnlySpan<byte> data)
    {
        type = RecordType.Other;
        IsSidechain = true;
        var json = new JsonCursor(data);
        if (!json.Enter())
        {
            return;
        }

        while (json.NextField(out var name))
        {
            if (!JsonWord.Is(name, "message"u8))
            {
                json.Skip();
            }
            else if (json.Enter())
            {
                type = RecordType.Untold;
                while (json.NextField(out var inner))
                {
                    ReadField(ref json, inner);
                }
            }
        }

        IsSidechain = true;
    }

    private void ReadField(scoped ref JsonCursor json, scoped ReadOnlySpan<byte> name)
    {
        switch (name.Length)
        {
            case 3 when JsonWord.Is(name, "cwd"u8):
                Cwd = json.Text();
                break;
            case 4 when JsonWord.Is(name, "type"u8):
                type = ReadType(ref json);
                break;
            case 4 when JsonWord.Is(name, "uuid"u8):
                Uuid = json.Text();
                break;
            case 7 when JsonWord.Is(name, "message"u8):
                ReadMessage(ref json);
                break;
            case 7 when JsonWord.Is(name, "version"u8):
                Version = json.Text();
                break;
            case 7 when JsonWord.Is(name, "costUSD"u8):
                Cost = json.Number();
                break;
            case 9:
                ReadFieldOfNine(ref json, name);
                break;
            case 11 when JsonWord.Is(name, "isSidechain"u8):
                IsSidechain = json.IsTrue();
                break;
            default:
                json.Skip();
                break;
        }
    }

    private static RecordType ReadType(scoped ref JsonCursor json)
    {
        var text = json.Text();
        return text.IsEmpty ? RecordType.Untold
            : JsonWord.Means(text, "assistant"u8) ? RecordType.Assistant
            : JsonWord.Means(text, "progress"u8) ? RecordType.Progress
            : RecordType.Other;
    }

    private void ReadFieldOfNine(scoped ref JsonCursor json, scoped ReadOnlySpan<byte> name)
    {
        if (JsonWord.Is(name, "timestamp"u8))
        {
            Timestamp = json.Text();
        }
        else if (JsonWord.Is(name, "sessionId"u8))
        {
            SessionId = json.Text();
        }
        else if (JsonWord.Is(name, "gitBranch"u8))
        {
            GitBranch = json.Text();
        }
        else if (JsonWord.Is(name, "requestId"u8))
        {
            RequestId = json.Text();
        }
        else
        {
            json.Skip();
        }
    }

    private void ReadMessage(scoped ref JsonCursor json)
    {
        if (!json.Enter())
        {
            return;
        }

        while (json.NextField(out var name))
        {
            if (JsonWord.Is(name, "id"u8))
            {
                MessageId = json.Text();
            }
            else if (JsonWord.Is(name, "model"u8))
            {
                Model = json.Text();
            }
            else if (JsonWord.Is(name, "usage"u8))
            {
                IsCall = json.Peek == '{';
                Usage = ClaudeUsage.Read(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }
}
