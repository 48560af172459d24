using System.Globalization;
using System.Text.Json;
using Farthing.Domain.Usage;
using Farthing.Web.Http;
using Farthing.Workflows;

namespace Farthing.Web.Api.Sessions;

/// <summary>
/// Reads members of a report by name. A null is as good as a member that is not there; what nobody asks for is passed
/// over. The first thing that is wrong stays in <see cref="Problem"/>; what is read after that has no meaning.
/// </summary>
/// <param name="body">The object.</param>
/// <param name="now">The time of the request.</param>
internal sealed class SessionMembers(JsonElement body, DateTimeOffset now)
{
    private const int DateLength = 10;
    private const int YearLength = 4;

    /// <summary>The first thing that is wrong; null while everything is right.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>Notes what is wrong.</summary>
    public void Refuse(string code, string field, string detail) => Problem ??= new(ProblemKind.Invalid, code, detail, field);

    /// <summary>A text of at most 256 characters; null when it is not told.</summary>
    public string? Text(string name) => Find(name) is { } value ? TextOf(value, name) : null;

    /// <summary>A text that must be there.</summary>
    public string NeededText(string name)
    {
        var text = Text(name);
        if (string.IsNullOrWhiteSpace(text))
        {
            Refuse("missing_field", name, $"'{name}' must not be blank.");
        }

        return text ?? string.Empty;
    }

    /// <summary>A text, or a yes or no that some clients send in its place.</summary>
    public string? TextOrFlag(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.True } => "true",
        { ValueKind: JsonValueKind.False } => "false",
        { } value => TextOf(value, name),
        null => null,
    };

    /// <summary>A count; null when it is not told.</summary>
    public long? Count(string name) => Find(name) is { } value ? CountOf(value, name) : null;

    /// <summary>Seconds, with a fraction or without, as milliseconds.</summary>
    public long? Milliseconds(string name, long max)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        const int perSecond = 1_000;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var seconds))
        {
            Refuse("wrong_type", name, $"'{name}' must be a number of seconds, or be left out.");
            return null;
        }

        if (seconds < 0 || seconds > max / perSecond)
        {
            Refuse("out_of_range", name, $"'{name}' must lie between 0 and {max / perSecond} seconds.");
            return null;
        }

        return (long)decimal.Round(seconds * perSecond, MidpointRounding.ToEven);
    }

    /// <summary>A time; one without an offset is UTC. From 2020 to five minutes ahead, to the millisecond below.</summary>
    public DateTimeOffset? Moment(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (text.Length <= DateLength || text[YearLength] != '-' || text[DateLength] is not ('T' or 't' or ' ')
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            Refuse("wrong_type", name, $"'{name}' must be a time such as 2026-05-04T03:02:01.5Z, or be left out.");
            return null;
        }

        if (at < UsageRules.Earliest || at > now + UsageRules.FutureMax)
        {
            Refuse("out_of_range", name, $"'{name}' must lie between 2020 and five minutes ahead; set the clock of its sender.");
            return null;
        }

        return new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }

    /// <summary>A list of objects, each read by its members; null when it is not told.</summary>
    public IReadOnlyList<T>? List<T>(string name, int max, Func<SessionMembers, T> read)
    {
        if (Find(name) is not { } list)
        {
            return null;
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > max)
        {
            Refuse("wrong_type", name, $"'{name}' must be a list of at most {max} objects.");
            return null;
        }

        var items = new List<T>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                Refuse("wrong_type", name, $"'{name}' must be a list of at most {max} objects.");
                return null;
            }

            var members = new SessionMembers(item, now);
            items.Add(read(members));
            if (members.Problem is { } problem)
            {
                Problem ??= problem with { Field = $"{name}.{problem.Field}" };
                return null;
            }
        }

        return items;
    }

    /// <summary>Counts by name, in the order of the names: an object of numbers, or a list of names, each of them once or more.</summary>
    public IReadOnlyDictionary<string, long>? Counts(string name, int max)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    AddCount(counts, name, NameOf(member), member.Value.ValueKind == JsonValueKind.Null ? 0 : CountOf(member.Value, name));
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    AddCount(counts, name, TextOf(item, name), 1);
                }

                break;
            default:
                Refuse("wrong_type", name, $"'{name}' must be an object of counts, or a list of names.");
                break;
        }

        if (counts.Count > max)
        {
            Refuse("out_of_range", name, $"'{name}' must have at most {max} entries.");
        }

        return counts;
    }

    /// <summary>The members of an object in it; null when it is not told.</summary>
    public SessionMembers? Inner(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new(value, now);
        }

        Refuse("wrong_type", name, $"'{name}' must be an object, or be left out.");
        return null;
    }

    private void AddCount(SortedDictionary<string, long> counts, string field, string? name, long? count)
    {
        if (name is { Length: > WebLimits.TextLengthMax })
        {
            Refuse("too_long", field, $"A name in '{field}' is longer than {WebLimits.TextLengthMax} characters.");
        }
        else if (name is not null && count is { } more)
        {
            counts[name] = Math.Min(TokenCounts.ClassMax, counts.GetValueOrDefault(name) + more);
        }
    }

    private string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            Refuse("invalid_text", string.Empty, "A name is not valid UTF-8.");
            return null;
        }
    }

    private string? TextOf(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Refuse("wrong_type", name, $"'{name}' must be a text, or be left out.");
            return null;
        }

        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            text = "\0";
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            Refuse("invalid_text", name, $"'{name}' is not valid UTF-8, holds half a character or a NUL.");
        }
        else if (text.Length > WebLimits.TextLengthMax)
        {
            Refuse("too_long", name, $"'{name}' is longer than {WebLimits.TextLengthMax} characters.");
        }

        return text;
    }

    private long? CountOf(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var count))
        {
            Refuse("wrong_type", name, $"'{name}' must be a whole number, or be left out.");
            return null;
        }

        if (count is < 0 or > TokenCounts.ClassMax)
        {
            Refuse("out_of_range", name, $"'{name}' must lie between 0 and {TokenCounts.ClassMax}.");
            return null;
        }

        return count;
    }

    private JsonElement? Find(string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;
}
