using System.Text.Json;

namespace Farthing.Sources.AgentLogs.Codex;

/// <summary>What a line of a rollout tells.</summary>
internal enum CodexRecord
{
    /// <summary>Nothing that counts.</summary>
    Other,

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
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public static CodexLine Read(ReadOnlySpan<byte> text)
    {
        var json = new Utf8JsonReader(text, JsonLines.ReaderOptions);
        json.Read();
        var line = default(CodexLine);
        var payloadIsCount = false;
        while (JsonFields.Next(ref json, out var name))
        {
            if (name.SequenceEqual("payload"u8) && json.TokenType == JsonTokenType.StartObject)
            {
                line.ReadPayload(ref json);
                payloadIsCount = line.isTokenCount;
            }
            else if (name.SequenceEqual("timestamp"u8))
            {
                line.Timestamp = JsonFields.Text(ref json);
            }
            else if (name.SequenceEqual("type"u8) && json.TokenType == JsonTokenType.String)
            {
                line.Record = RecordOf(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        // Throws when anything stands behind the object.
        json.Read();
        line.Record = line.Record == CodexRecord.TokenCount && !payloadIsCount ? CodexRecord.Other : line.Record;
        return line;
    }

    private static CodexRecord RecordOf(scoped ref Utf8JsonReader json) =>
        json.ValueTextEquals("event_msg"u8) ? CodexRecord.TokenCount
        : json.ValueTextEquals("turn_context"u8) ? CodexRecord.TurnContext
        : json.ValueTextEquals("session_meta"u8) ? CodexRecord.SessionMeta
        : CodexRecord.Other;

    // The payload may stand before the type that says what it is, and so all of its known fields are read.
    private void ReadPayload(scoped ref Utf8JsonReader json)
    {
        while (JsonFields.Next(ref json, out var name))
        {
            if (name.SequenceEqual("type"u8) && json.TokenType == JsonTokenType.String)
            {
                isTokenCount = json.ValueTextEquals("token_count"u8);
            }
            else if (name.SequenceEqual("info"u8))
            {
                ReadCounts(ref json);
            }
            else if (name.SequenceEqual("cwd"u8))
            {
                Cwd = JsonFields.Text(ref json);
            }
            else if (name.SequenceEqual("model"u8))
            {
                Model = JsonFields.Text(ref json);
            }
            else if (!TryReadThread(ref json, name))
            {
                json.Skip();
            }
        }
    }

    private bool TryReadThread(scoped ref Utf8JsonReader json, scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("id"u8))
        {
            Thread = JsonFields.Text(ref json);
        }
        else if (name.SequenceEqual("timestamp"u8))
        {
            Created = JsonFields.Text(ref json);
        }
        else if (name.SequenceEqual("cli_version"u8))
        {
            Version = JsonFields.Text(ref json);
        }
        else if (name.SequenceEqual("model_provider"u8))
        {
            Provider = JsonFields.Text(ref json);
        }
        else if (name.SequenceEqual("forked_from_id"u8))
        {
            var parent = JsonFields.Text(ref json);
            Parent = parent.IsEmpty ? Parent : parent;
        }
        else if (name.SequenceEqual("git"u8))
        {
            ReadGit(ref json);
        }
        else if (name.SequenceEqual("source"u8))
        {
            ReadSource(ref json);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadGit(scoped ref Utf8JsonReader json)
    {
        if (!JsonFields.IsObject(ref json))
        {
            return;
        }

        while (JsonFields.Next(ref json, out var name))
        {
            if (name.SequenceEqual("branch"u8))
            {
                Branch = JsonFields.Text(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }

    // A subagent names its parent at source.subagent.thread_spawn.parent_thread_id.
    private void ReadSource(scoped ref Utf8JsonReader json)
    {
        if (!JsonFields.IsObject(ref json))
        {
            return;
        }

        while (JsonFields.Next(ref json, out var name))
        {
            if (name.SequenceEqual("parent_thread_id"u8))
            {
                Parent = JsonFields.Text(ref json);
            }
            else if (name.SequenceEqual("subagent"u8) || name.SequenceEqual("thread_spawn"u8))
            {
                ReadSource(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadCounts(scoped ref Utf8JsonReader json)
    {
        if (!JsonFields.IsObject(ref json))
        {
            return;
        }

        while (JsonFields.Next(ref json, out var name))
        {
            if (name.SequenceEqual("total_token_usage"u8) && json.TokenType == JsonTokenType.StartObject)
            {
                Fault = CodexTokens.Read(ref json, out var total) ?? Fault;
                Total = total;
            }
            else if (name.SequenceEqual("last_token_usage"u8) && json.TokenType == JsonTokenType.StartObject)
            {
                Fault = CodexTokens.Read(ref json, out var last) ?? Fault;
                Last = last;
            }
            else if (name.SequenceEqual("model"u8))
            {
                Model = JsonFields.Text(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }
}
