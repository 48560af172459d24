using System.Text;
using System.Text.Json;
using Farthing.Domain.Usage;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;

namespace Farthing.Web.Api.Usage;

/// <summary>
/// Reads one event after the other. What is wrong with an event is a value; what is no JSON at all throws
/// <see cref="JsonException"/>. Belongs to one thread.
/// </summary>
/// <param name="caller">Who reports.</param>
/// <param name="now">The time of the request.</param>
internal sealed class UsageEventReader(Caller caller, DateTimeOffset now)
{
    private static readonly Problem NotAnEvent = Refuse("wrong_type", null, "An event is an object.");

    private readonly SharedTexts shared = SharedTexts.OfThisThread;
    private readonly UsageDraft draft = new();

    /// <summary>How price classes are spelled.</summary>
    public static IReadOnlyList<string> Tiers { get; } = ["standard", "batch", "flex", "priority"];

    /// <summary>How outcomes are spelled.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = ["succeeded", "failed"];

    /// <summary>The sender's key of the event that was read last; empty when it has none that can be read.</summary>
    public string Id => draft.Id;

    /// <summary>Reads the event that begins where the reader stands, and leaves the reader at its end.</summary>
    public Result<UsageEvent> Read(ref Utf8JsonReader json)
    {
        draft.Clear();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return NotAnEvent;
        }

        Problem? problem = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref json);
            if (problem is null)
            {
                problem = ReadMember(ref json, field);
            }
            else if (field == UsageField.Id && draft.Id.Length == 0)
            {
                // Whatever is wrong, the answer names the event.
                _ = ReadMember(ref json, field);
            }
            else
            {
                json.Skip();
            }
        }

        return problem is null ? draft.ToEvent(caller, now, shared) : problem;
    }

    private static UsageField FieldOf(ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
        {
            return UsageFieldName.Find(json.ValueSpan);
        }

        return SharedTexts.Decode(ref json) is { } name ? UsageFieldName.Find(Encoding.UTF8.GetBytes(name)) : UsageField.Unknown;
    }

    /// <summary>Reads a member from its name to the end of its value.</summary>
    private Problem? ReadMember(ref Utf8JsonReader json, UsageField field)
    {
        if (field == UsageField.Unknown)
        {
            return UnknownMember(ref json);
        }

        if (!draft.TrySee(field))
        {
            json.Skip();
            return Refuse("duplicate_field", field, $"'{UsageFieldName.Of(field)}' stands there twice; send it once.");
        }

        json.Read();
        var problem = field switch
        {
            >= UsageField.InputTokens and <= UsageField.ReasoningTokens => ReadCount(ref json, field, TokenCounts.ClassMax),
            UsageField.WebSearches => ReadCount(ref json, field, UsageLimits.WebSearchesMax),
            UsageField.DurationMs => ReadCount(ref json, field, UsageLimits.DurationMillisecondsMax),
            UsageField.OccurredAt => ReadTime(ref json),
            UsageField.Fast => ReadFast(ref json),
            UsageField.ServiceTier => ReadTier(ref json),
            UsageField.Outcome => ReadOutcome(ref json),
            UsageField.ReportedCostUsd => ReadCost(ref json),
            _ => ReadText(ref json, field),
        };
        json.Skip();
        return problem;
    }

    private Problem? ReadText(ref Utf8JsonReader json, UsageField field)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            return WrongType(field, "a text");
        }

        if ((field == UsageField.Id ? SharedTexts.Decode(ref json) : shared.Text(ref json)) is not { } text)
        {
            return Refuse("invalid_text", field, $"'{UsageFieldName.Of(field)}' is not valid UTF-8, holds half a character or a NUL.");
        }

        if (text.Length > WebLimits.TextLengthMax)
        {
            return Refuse("too_long", field, $"'{UsageFieldName.Of(field)}' is longer than {WebLimits.TextLengthMax} characters.");
        }

        draft.Set(field, text);
        return null;
    }

    private Problem? ReadCount(ref Utf8JsonReader json, UsageField field, long max)
    {
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var count) && count >= 0 && count <= max)
        {
            draft.Set(field, count);
            return null;
        }

        return json.TokenType == JsonTokenType.Number && json.ValueSpan.IndexOfAny(".eE"u8) < 0
            ? Refuse("out_of_range", field, $"'{UsageFieldName.Of(field)}' must lie between 0 and {max}.")
            : WrongType(field, "a whole number, in digits only");
    }

    private Problem? ReadTime(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String || json.ValueIsEscaped || !UsageTime.TryRead(ref json, out var at))
        {
            return WrongType(UsageField.OccurredAt, "a time with its offset, such as 2026-05-04T03:02:01.5Z or 2026-05-04T05:02:01+02:00");
        }

        draft.OccurredAt = at;
        return null;
    }

    private Problem? ReadFast(ref Utf8JsonReader json)
    {
        draft.Fast = json.TokenType == JsonTokenType.True;
        return draft.Fast || json.TokenType == JsonTokenType.False ? null : WrongType(UsageField.Fast, "true or false");
    }

    private Problem? ReadTier(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String || TierOf(ref json) is not { } tier)
        {
            return WrongType(UsageField.ServiceTier, "'standard', 'batch', 'flex' or 'priority'");
        }

        draft.Tier = tier;
        return null;
    }

    private static ServiceTier? TierOf(ref Utf8JsonReader json) =>
        json.ValueTextEquals("standard"u8) ? ServiceTier.Standard
        : json.ValueTextEquals("batch"u8) ? ServiceTier.Batch
        : json.ValueTextEquals("flex"u8) ? ServiceTier.Flex
        : json.ValueTextEquals("priority"u8) ? ServiceTier.Priority
        : null;

    private Problem? ReadOutcome(ref Utf8JsonReader json)
    {
        var isText = json.TokenType == JsonTokenType.String;
        draft.HasFailed = isText && json.ValueTextEquals("failed"u8);
        return draft.HasFailed || (isText && json.ValueTextEquals("succeeded"u8)) ? null : WrongType(UsageField.Outcome, "'succeeded' or 'failed'");
    }

    private Problem? ReadCost(ref Utf8JsonReader json)
    {
        if (json.TokenType is not (JsonTokenType.String or JsonTokenType.Number) || json.ValueIsEscaped || !StatedCost.TryParse(json.ValueSpan, out var cost))
        {
            return WrongType(UsageField.ReportedCostUsd, "an amount of dollars between 0 and 1000000 with at most twelve decimals, as text or number");
        }

        draft.ReportedCost = cost;
        return null;
    }

    private static Problem UnknownMember(ref Utf8JsonReader json)
    {
        var raw = json.ValueSpan;
        var name = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, WebLimits.TextLengthMax)]);
        json.Skip();
        return new(ProblemKind.Invalid, "unknown_field", $"'{name}' is not known here; leave it out.", name);
    }

    private static Problem WrongType(UsageField field, string expected) => Refuse("wrong_type", field, $"'{UsageFieldName.Of(field)}' must be {expected}, or be left out.");

    private static Problem Refuse(string code, UsageField? field, string detail) =>
        new(ProblemKind.Invalid, code, detail, field is { } known ? UsageFieldName.Of(known) : null);
}
