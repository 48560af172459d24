using System.Text.Json;
using Farthing.Domain.Usage;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;

namespace Farthing.Web.Api.Usage;

/// <summary>An event that was read, or why it was refused.</summary>
/// <param name="Id">The sender's key of it; empty when it has none that can be read.</param>
/// <param name="Problem">Why it was refused; null when it is one of <see cref="UsageReading.Events"/>.</param>
internal readonly record struct ReadItem(string Id, Problem? Problem);

/// <summary>A body of usage, read: a list of events under <c>events</c>, a bare list, or one event.</summary>
/// <param name="Items">Every event in the order of the body.</param>
/// <param name="Events">Those of them that are acceptable, in the same order.</param>
internal sealed record UsageReading(IReadOnlyList<ReadItem> Items, IReadOnlyList<UsageEvent> Events)
{
    private static readonly Problem TooMany = new(
        ProblemKind.TooLarge, "too_many_events", $"One request brings at most {UsageLimits.EventsMax} events; nothing of it was stored. Send it in parts.");

    private static readonly Problem NoEvents = new(
        ProblemKind.Malformed, "malformed", "The body must be {\"events\":[…]}, a list of events or one event.", "events");

    private static readonly Problem NotUtf8 = new(ProblemKind.Malformed, "malformed", "The body must be JSON in UTF-8; nothing of it was stored.");

    /// <summary>Reads a body. Nothing of a body that is no JSON to its very end is acceptable.</summary>
    /// <param name="body">The bytes of the body; a byte order mark is passed over.</param>
    /// <param name="caller">Who reports.</param>
    /// <param name="now">The time of the request.</param>
    public static Result<UsageReading> Read(ReadOnlySpan<byte> body, Caller caller, DateTimeOffset now)
    {
        body = body.StartsWith("\uFEFF"u8) ? body[3..] : body;
        if (body is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..] or [0, ..] or [_, 0, ..])
        {
            return NotUtf8;
        }

        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = WebLimits.JsonDepthMax });
        try
        {
            var list = new ListReader(new(caller, now));
            var problem = list.ReadBody(ref json);
            return problem is null ? new UsageReading(list.Items, list.Events) : problem;
        }
        catch (JsonException failure)
        {
            var place = $"line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}";
            return new Problem(ProblemKind.Malformed, "malformed", $"The body is no JSON at {place}; nothing of it was stored.");
        }
    }

    /// <summary>The same body without the usage of some people.</summary>
    /// <param name="refusals">Why each of them is refused, by the people's ids.</param>
    public UsageReading Without(IReadOnlyDictionary<string, Problem> refusals)
    {
        if (refusals.Count == 0)
        {
            return this;
        }

        var (items, events, next) = (new List<ReadItem>(Items.Count), new List<UsageEvent>(Events.Count), 0);
        foreach (var item in Items)
        {
            var usage = item.Problem is null ? Events[next++] : null;
            var refusal = usage is null ? item.Problem : refusals.GetValueOrDefault(usage.Dimensions.User);
            items.Add(item with { Problem = refusal });
            if (usage is not null && refusal is null)
            {
                events.Add(usage);
            }
        }

        return new(items, events);
    }

    private sealed class ListReader(UsageEventReader reader)
    {
        public List<ReadItem> Items { get; } = [];

        public List<UsageEvent> Events { get; } = [];

        public Problem? ReadBody(ref Utf8JsonReader json)
        {
            json.Read();
            var problem = json.TokenType switch
            {
                JsonTokenType.StartArray => ReadList(ref json),
                JsonTokenType.StartObject when IsList(json) => ReadNamedList(ref json),
                JsonTokenType.StartObject => ReadOne(ref json),
                _ => NoEvents with { Field = null },
            };

            // The rest must be JSON too, also where it is already known that it is refused; behind it nothing may stand.
            while (problem is null && json.Read())
            {
            }

            return problem;
        }

        /// <summary>Whether the first member of an object is the list. Works on a copy of the reader.</summary>
        private static bool IsList(Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("events"u8);

        private Problem? ReadNamedList(ref Utf8JsonReader json)
        {
            json.Read();
            json.Read();
            if (json.TokenType != JsonTokenType.StartArray)
            {
                return NoEvents;
            }

            if (ReadList(ref json) is { } problem)
            {
                return problem;
            }

            json.Read();
            return json.TokenType == JsonTokenType.EndObject
                ? null
                : new(ProblemKind.Malformed, "unknown_field", "Beside 'events' there is nothing to say; leave the other members out.", NameOf(ref json));
        }

        private Problem? ReadList(ref Utf8JsonReader json)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (Items.Count == UsageLimits.EventsMax)
                {
                    return TooMany;
                }

                _ = ReadOne(ref json);
            }

            return null;
        }

        private Problem? ReadOne(ref Utf8JsonReader json)
        {
            var read = reader.Read(ref json);
            Items.Add(new(reader.Id, read.Problem));
            if (read.Succeeded)
            {
                Events.Add(read.Value);
            }

            return null;
        }

        private static string? NameOf(ref Utf8JsonReader json) =>
            SharedTexts.Decode(ref json) is { } name ? name[..Math.Min(name.Length, WebLimits.TextLengthMax)] : null;
    }
}
