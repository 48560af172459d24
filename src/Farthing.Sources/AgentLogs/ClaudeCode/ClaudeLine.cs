
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
        var progress = default(ClaudeLine);
        json.Enter();
        while (json.NextField(out var name))
        {
            if (name.SequenceEqual("data"u8))
            {
                progress = ReadProgress(ref json);
            }
            else
            {
                record.ReadField(ref json, name);
            }
        }

        if (record.type == RecordType.Progress)
        {
            record.TakeOver(progress);
        }

        record.IsCall &= record.type is RecordType.Untold or RecordType.Assistant;
        record.IsMalformed = !json.IsComplete();
        return record;
    }

    // The message that an agent's progress repeats lies one level deeper: data.message is a record of its own.
    private static ClaudeLine ReadProgress(scoped ref JsonCursor json)
    {
        var record = default(ClaudeLine);
        if (!json.Enter())
        {
            return record;
        }

        while (json.NextField(out var name))
        {
            if (!name.SequenceEqual("message"u8))
            {
                json.Skip();
                continue;
            }

            if (json.Enter())
            {
                while (json.NextField(out var inner))
                {
                    record.ReadField(ref json, inner);
                }
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

    private void ReadField(scoped ref JsonCursor json, scoped ReadOnlySpan<byte> name)
    {
        switch (name.Length)
        {
            case 3 when name.SequenceEqual("cwd"u8):
                Cwd = json.Text();
                break;
            case 4 when name.SequenceEqual("type"u8):
                type = ReadType(ref json);
                break;
            case 4 when name.SequenceEqual("uuid"u8):
                Uuid = json.Text();
                break;
            case 7 when name.SequenceEqual("message"u8):
                ReadMessage(ref json);
                break;
            case 7 when name.SequenceEqual("version"u8):
                Version = json.Text();
                break;
            case 7 when name.SequenceEqual("costUSD"u8):
                Cost = json.Number();
                break;
            case 9:
                ReadFieldOfNine(ref json, name);
                break;
            case 11 when name.SequenceEqual("isSidechain"u8):
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
            : JsonCursor.Means(text, "assistant"u8) ? RecordType.Assistant
            : JsonCursor.Means(text, "progress"u8) ? RecordType.Progress
            : RecordType.Other;
    }

    private void ReadFieldOfNine(scoped ref JsonCursor json, scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("timestamp"u8))
        {
            Timestamp = json.Text();
        }
        else if (name.SequenceEqual("sessionId"u8))
        {
            SessionId = json.Text();
        }
        else if (name.SequenceEqual("gitBranch"u8))
        {
            GitBranch = json.Text();
        }
        else if (name.SequenceEqual("requestId"u8))
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
            if (name.SequenceEqual("id"u8))
            {
                MessageId = json.Text();
            }
            else if (name.SequenceEqual("model"u8))
            {
                Model = json.Text();
            }
            else if (name.SequenceEqual("usage"u8))
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
