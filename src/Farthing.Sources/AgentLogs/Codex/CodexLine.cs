
namespace Farthing.Sources.AgentLogs.Codex;

/// <summary>What a line of a rollout tells.</summary>
internal enum CodexRecord
{
    /// <summary>Nothing that counts.</summary>
    Other,

    /// <summary>It is not JSON.</summary>
    Malformed,

    /// <summary>Which thread this is.</summary>
    SessionMeta,

    /// <summary>Which model works from here on.</summary>
    TurnContext,

    /// <summary>How many tokens were used.</summary>
    TokenCount,
}

/// <summary>A line of a rollout: <c>{timestamp, type, payload}</c>. The spans point into the line.</summary>
internal ref struct CodexLine
{
    private bool isTokenCount;

    /// <summary>What the line tells.</summary>
    public CodexRecord Record { get; private set; }

    /// <summary>When it was written.</summary>
    public ReadOnlySpan<byte> Timestamp { get; private set; }

    /// <summary>The thread.</summary>
    public ReadOnlySpan<byte> Thread { get; private set; }

    /// <summary>When the thread was created.</summary>
    public ReadOnlySpan<byte> Created { get; private set; }

    /// <summary>The thread whose history begins this one.</summary>
    public ReadOnlySpan<byte> Parent { get; private set; }

    /// <summary>The working folder.</summary>
    public ReadOnlySpan<byte> Cwd { get; private set; }

    /// <summary>The git branch.</summary>
    public ReadOnlySpan<byte> Branch { get; private set; }

    /// <summary>The version of the agent.</summary>
    public ReadOnlySpan<byte> Version { get; private set; }

    /// <summary>The provider.</summary>
    public ReadOnlySpan<byte> Provider { get; private set; }

    /// <summary>The model of the turn, or the one that a token count names.</summary>
    public ReadOnlySpan<byte> Model { get; private set; }

    /// <summary>All tokens of the thread so far; null when the line does not tell.</summary>
    public CodexTokens? Total { get; private set; }

    /// <summary>The tokens of the latest response; null when the line does not tell.</summary>
    public CodexTokens? Last { get; private set; }

    /// <summary>What makes the counts unusable, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads a line.</summary>
    public static CodexLine Read(ReadOnlySpan<byte> text)
    {
        var json = new JsonCursor(text);
        json.Enter();
        var line = default(CodexLine);
        while (json.NextField(out var name))
        {
            if (JsonWord.Is(name, "payload"u8))
            {
                line.ReadPayload(ref json);
            }
            else if (JsonWord.Is(name, "timestamp"u8))
            {
                line.Timestamp = json.Text();
            }
            else if (JsonWord.Is(name, "type"u8))
            {
                line.Record = RecordOf(json.Text());
            }
            else
            {
                json.Skip();
            }
        }

        line.Record = !json.IsComplete() ? CodexRecord.Malformed
            : line.Record == CodexRecord.TokenCount && !line.isTokenCount ? CodexRecord.Other
            : line.Record;
        return line;
    }

    private static CodexRecord RecordOf(ReadOnlySpan<byte> type) =>
        JsonWord.Means(type, "event_msg"u8) ? CodexRecord.TokenCount
        : JsonWord.Means(type, "turn_context"u8) ? CodexRecord.TurnContext
        : JsonWord.Means(type, "session_meta"u8) ? CodexRecord.SessionMeta
        : CodexRecord.Other;

    // The payload may stand before the type that says what it is, and so all of its known fields are read.
    private void ReadPayload(scoped ref JsonCursor json)
    {
        if (!json.Enter())
        {
            return;
        }

        while (json.NextField(out var name))
        {
            if (JsonWord.Is(name, "type"u8))
            {
                isTokenCount = JsonWord.Means(json.Text(), "token_count"u8);
            }
            else if (JsonWord.Is(name, "info"u8))
            {
                ReadCounts(ref json);
            }
            else if (JsonWord.Is(name, "cwd"u8))
            {
                Cwd = json.Text();
            }
            else if (JsonWord.Is(name, "model"u8))
            {
                Model = json.Text();
            }
            else if (!TryReadThread(ref json, name))
            {
                json.Skip();
            }
        }
    }

    private bool TryReadThread(scoped ref JsonCursor json, scoped ReadOnlySpan<byte> name)
    {
        if (JsonWord.Is(name, "id"u8))
        {
            Thread = json.Text();
        }
        else if (JsonWord.Is(name, "timestamp"u8))
        {
            Created = json.Text();
        }
        else if (JsonWord.Is(name, "cli_version"u8))
        {
            Version = json.Text();
        }
        else if (JsonWord.Is(name, "model_provider"u8))
        {
            Provider = json.Text();
        }
        else if (JsonWord.Is(name, "forked_from_id"u8))
        {
            var parent = json.Text();
            Parent = parent.IsEmpty ? Parent : parent;
        }
        else if (JsonWord.Is(name, "git"u8))
        {
            ReadGit(ref json);
        }
        else if (JsonWord.Is(name, "source"u8))
        {
            ReadSource(ref json);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadGit(scoped ref JsonCursor json)
    {
        if (!json.Enter())
        {
            return;
        }

        while (json.NextField(out var name))
        {
            if (JsonWord.Is(name, "branch"u8))
            {
                Branch = json.Text();
            }
            else
            {
                json.Skip();
            }
        }
    }

    // A subagent names its parent at source.subagent.thread_spawn.parent_thread_id.
    private void ReadSource(scoped ref JsonCursor json)
    {
        if (!json.Enter())
        {
            return;
        }

        while (json.NextField(out var name))
        {
            if (JsonWord.Is(name, "parent_thread_id"u8))
            {
                Parent = json.Text();
            }
            else if (JsonWord.Is(name, "subagent"u8) || JsonWord.Is(name, "thread_spawn"u8))
            {
                ReadSource(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadCounts(scoped ref JsonCursor json)
    {
        if (!json.Enter())
        {
            return;
        }

        while (json.NextField(out var name))
        {
            if (JsonWord.Is(name, "total_token_usage"u8) && json.Peek == '{')
            {
                Fault = CodexTokens.Read(ref json, out var total) ?? Fault;
                Total = total;
            }
            else if (JsonWord.Is(name, "last_token_usage"u8) && json.Peek == '{')
            {
                Fault = CodexTokens.Read(ref json, out var last) ?? Fault;
                Last = last;
            }
            else if (JsonWord.Is(name, "model"u8))
            {
                Model = json.Text();
            }
            else
            {
                json.Skip();
            }
        }
    }
}
