using System.Globalization;
using System.Text.Json;
using Farthing.Domain.Usage;

namespace Farthing.Sources.AgentLogs.GeminiCli;

/// <summary>What a message says about the call that produced it.</summary>
internal struct GeminiMessage
{
    private string? id;
    private bool isAnswer;
    private bool hasTokens;
    private GeminiTokens tokens;

    /// <summary>The line it stands on; 0 in a document.</summary>
    public long Line { get; init; }

    /// <summary>When the message began; null when that is not told or no valid time.</summary>
    public DateTimeOffset? Time { get; private set; }

    /// <summary>The model as spelled; empty when not told.</summary>
    public string Model { get; private set; } = string.Empty;

    /// <summary>Why the message cannot be counted, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>A record of a message at a line.</summary>
    public GeminiMessage()
    {
    }

    /// <summary>What the message used.</summary>
    public readonly GeminiTokens Tokens => tokens;

    /// <summary>Whether a model call stands behind it. Before its tokens are known, a message has none.</summary>
    public readonly bool IsCall => isAnswer && hasTokens && (Fault is not null || tokens.Any);

    /// <summary>The message's name within its session: the id, else its time; empty when it has neither.</summary>
    public readonly string Key => id is { Length: > 0 } ? id
        : Time is { } time ? "@" + time.UtcTicks.ToString(CultureInfo.InvariantCulture)
        : string.Empty;

    /// <summary>Reads the property that the reader stands on.</summary>
    /// <returns>False when a message has no such property; then the reader has not moved.</returns>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("id"u8))
        {
            reader.Read();
            id = SharedValues.Decode(JsonFields.Text(ref reader));
        }
        else if (reader.ValueTextEquals("type"u8))
        {
            reader.Read();
            isAnswer = JsonFields.Text(ref reader).SequenceEqual("gemini"u8);
        }
        else if (reader.ValueTextEquals("timestamp"u8))
        {
            reader.Read();
            Time = EventTime.TryParse(JsonFields.Text(ref reader), out var time, out _) ? time : null;
        }
        else if (reader.ValueTextEquals("model"u8))
        {
            reader.Read();
            Model = SharedValues.OfThisThread.Text(JsonFields.Text(ref reader));
        }
        else if (reader.ValueTextEquals("tokens"u8))
        {
            reader.Read();
            ReadTokens(ref reader);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadTokens(ref Utf8JsonReader reader)
    {
        hasTokens = reader.TokenType != JsonTokenType.Null;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            Fault = tokens.TryRead(ref reader) ? null : JsonNumbers.BadCount;
            Fault ??= tokens.IsTotalOnly ? "the tokens are told as a total only, without classes" : null;
        }
        else if (hasTokens)
        {
            Fault = "the tokens are no JSON object";
            reader.Skip();
        }
    }
}

/// <summary>The six counts of a message: prompt, candidates, cached, thoughts, tool use and the provider's total.</summary>
internal struct GeminiTokens
{
    private long input;
    private long output;
    private long cached;
    private long thoughts;
    private long tool;
    private long total;

    /// <summary>Whether anything was used.</summary>
    public readonly bool Any => Parts > 0 || total > 0;

    /// <summary>Whether a total is told but nothing of what it is made of.</summary>
    public readonly bool IsTotalOnly => Parts == 0 && total > 0;

    private readonly long Parts => input + output + cached + thoughts + tool;

    /// <summary>Reads the object that the reader stands on.</summary>
    /// <returns>False when a count is no count.</returns>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        var valid = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            valid &= TryReadOne(ref reader);
        }

        return valid;
    }

    /// <summary>
    /// Disjoint classes. The provider's total tells whether the prompt includes what was cached (now) or not (older
    /// files): input + output + thoughts + tool is the total, or only with cached added. Tokens of tool use are prompt at
    /// the base rate, thoughts are billed as output.
    /// </summary>
    /// <param name="inferred">Whether the total proves neither, so that the rule of today was taken.</param>
    public readonly TokenCounts Classes(out bool inferred)
    {
        var withoutCached = input + output + thoughts + tool;
        var includes = withoutCached == total;
        inferred = cached > 0 && !includes && withoutCached + cached != total;
        includes |= inferred && cached <= input;
        var read = includes ? Math.Min(cached, input) : cached;
        inferred |= read < cached;
        return new()
        {
            Input = input - (includes ? read : 0) + tool,
            CacheRead = read,
            Output = output + thoughts,
            Reasoning = thoughts,
        };
    }

    private bool TryReadOne(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("input"u8))
        {
            return Count(ref reader, out input);
        }

        if (reader.ValueTextEquals("output"u8))
        {
            return Count(ref reader, out output);
        }

        if (reader.ValueTextEquals("cached"u8))
        {
            return Count(ref reader, out cached);
        }

        if (reader.ValueTextEquals("thoughts"u8))
        {
            return Count(ref reader, out thoughts);
        }

        if (reader.ValueTextEquals("tool"u8))
        {
            return Count(ref reader, out tool);
        }

        if (reader.ValueTextEquals("total"u8))
        {
            return Count(ref reader, out total);
        }

        reader.Read();
        reader.Skip();
        return true;
    }

    private static bool Count(ref Utf8JsonReader reader, out long count)
    {
        reader.Read();
        return JsonNumbers.TryCount(ref reader, out count) && count >= 0;
    }
}
