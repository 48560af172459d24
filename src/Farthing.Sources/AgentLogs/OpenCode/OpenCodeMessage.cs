using System.Globalization;
using System.Text.Json;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Sources.AgentLogs.OpenCode;

/// <summary>What makes two messages the same call, although a fork gave the copy another id.</summary>
internal readonly record struct OpenCodeCall(DateTimeOffset Started, DateTimeOffset Ended, string Provider, string Model, OpenCodeTokens Tokens)
{
    /// <summary>The name under which the copies meet in the store, also when the original has been deleted since.</summary>
    public long Alias(string org, string agent) => EventId.AliasOf(
        org,
        agent,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Started.ToUnixTimeMilliseconds()} {Ended.ToUnixTimeMilliseconds()} {Tokens} {Provider}/{Model}"));
}

/// <summary>
/// What a message says about the call that produced it. Reads three spellings: a row of <c>message</c>, a row of the
/// newer <c>session_message</c> (a <c>type</c> in place of the role, the model as an object), and a file.
/// </summary>
internal struct OpenCodeMessage
{
    private string? id;
    private string? session;
    private string? parent;
    private string? role;
    private string? provider;
    private string? model;
    private string? version;
    private string? workingFolder;
    private string? root;
    private DateTimeOffset? started;
    private DateTimeOffset? ended;
    private Usd? cost;
    private bool hasTokens;
    private bool badTokens;
    private bool badData;
    private OpenCodeTokens tokens;

    /// <summary>The message's own id, which is unique.</summary>
    public readonly string Id => id ?? string.Empty;

    /// <summary>Whether a model call stands behind it: an answer, and not one that has only begun.</summary>
    public readonly bool IsCall => badData || (role is null or "assistant" && hasTokens && (badTokens || tokens.Any));

    /// <summary>Why it cannot be counted, or null.</summary>
    public readonly string? Fault =>
        badData ? "malformed JSON"
        : badTokens ? JsonNumbers.BadCount
        : tokens.IsTotalOnly ? "the tokens are told as a total only, without classes"
        : Id.Length == 0 ? "the message has no id"
        : started is null ? "the message has no valid time"
        : null;

    /// <summary>What a copy of the call shares with it; null while the call has not ended.</summary>
    public readonly OpenCodeCall? Call =>
        started is { } from && ended is { } to ? new(from, to, provider ?? string.Empty, model ?? string.Empty, tokens) : null;

    /// <summary>The event; only for a call without a fault.</summary>
    public readonly UsageEvent ToUsage(string agent, string org, long line)
    {
        var shared = SharedValues.OfThisThread;
        var apart = tokens.ReasoningIsApart(provider, version, out var inferred);
        return new()
        {
            Id = EventId.Create(started!.Value, org, agent, Id),
            OccurredAt = started.Value,
            Dimensions = shared.Series(
                org, agent, workingFolder ?? root ?? string.Empty, string.Empty, provider ?? string.Empty, model ?? string.Empty),
            Session = shared.Session(session ?? string.Empty, version ?? string.Empty, parent ?? string.Empty),
            Tokens = tokens.Classes(apart, ref inferred),
            ReportedCost = cost,
            Quality = inferred ? EventQuality.ClassesInferred : EventQuality.Good,
            RequestAlias = Call?.Alias(org, agent),
            Line = line,
        };
    }

    /// <summary>Takes in the object that the reader stands on; anything else is passed over.</summary>
    /// <exception cref="JsonException">The text is broken.</exception>
    public void Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!TryReadText(ref reader) && !TryReadFigures(ref reader))
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    private bool TryReadText(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("id"u8))
        {
            reader.Read();
            var text = JsonFields.Text(ref reader);
            id ??= text.IsEmpty ? null : SharedValues.Decode(text);
        }
        else if (reader.ValueTextEquals("session_id"u8) || reader.ValueTextEquals("sessionID"u8))
        {
            Take(ref reader, ref session);
        }
        else if (reader.ValueTextEquals("session_parent"u8))
        {
            Take(ref reader, ref parent);
        }
        else if (reader.ValueTextEquals("session_version"u8))
        {
            Take(ref reader, ref version);
        }
        else if (reader.ValueTextEquals("role"u8) || reader.ValueTextEquals("type"u8))
        {
            Take(ref reader, ref role);
        }
        else if (reader.ValueTextEquals("providerID"u8))
        {
            Take(ref reader, ref provider);
        }
        else if (reader.ValueTextEquals("modelID"u8))
        {
            Take(ref reader, ref model);
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool TryReadFigures(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("data"u8))
        {
            // A row whose column is no JSON has it as a text, or as null when it is too long to be handed over.
            reader.Read();
            badData = reader.TokenType != JsonTokenType.StartObject;
            Read(ref reader);
        }
        else if (reader.ValueTextEquals("tokens"u8))
        {
            reader.Read();
            hasTokens = reader.TokenType != JsonTokenType.Null;
            badTokens = hasTokens && !tokens.TryRead(ref reader);
        }
        else if (reader.ValueTextEquals("cost"u8))
        {
            reader.Read();
            cost = ReadCost(ref reader);
        }
        else if (reader.ValueTextEquals("time"u8))
        {
            ReadTime(ref reader);
        }
        else if (reader.ValueTextEquals("path"u8))
        {
            ReadPair(ref reader, "cwd"u8, ref workingFolder, "root"u8, ref root);
        }
        else if (reader.ValueTextEquals("model"u8))
        {
            ReadPair(ref reader, "id"u8, ref model, "providerID"u8, ref provider);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static Usd? ReadCost(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return ExactCost.TryParse(reader.ValueSpan, out var usd) ? usd : null;
        }

        reader.Skip();
        return null;
    }

    private void ReadTime(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isStart = reader.ValueTextEquals("created"u8);
            var isEnd = reader.ValueTextEquals("completed"u8);
            reader.Read();
            var time = JsonNumbers.UnixMilliseconds(ref reader);
            started = isStart ? time : started;
            ended = isEnd ? time : ended;
        }
    }

    // An object of which two texts matter.
    private static void ReadPair(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> firstName, ref string? first, ReadOnlySpan<byte> secondName, ref string? second)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(firstName))
            {
                Take(ref reader, ref first);
            }
            else if (reader.ValueTextEquals(secondName))
            {
                Take(ref reader, ref second);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    // The columns of a row come first and win over what its data repeats.
    private static void Take(ref Utf8JsonReader reader, ref string? field)
    {
        reader.Read();
        var text = JsonFields.Text(ref reader);
        field = field is null && !text.IsEmpty ? SharedValues.OfThisThread.Text(text) : field;
    }
}
