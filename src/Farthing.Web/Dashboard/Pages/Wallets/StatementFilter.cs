using System.Globalization;
using Farthing.Domain.Usage;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Pages.Wallets;

/// <summary>Which lines of a statement an address means. What makes no sense restricts nothing.</summary>
/// <param name="Kind">Only this kind of transaction; empty for all.</param>
/// <param name="From">The first day; null for the beginning.</param>
/// <param name="To">The last day, included; null for today.</param>
/// <param name="After">The line in front of the page; null on the first one.</param>
public sealed record StatementFilter(string Kind, DateOnly? From, DateOnly? To, long? After)
{
    /// <summary>What addresses say of it.</summary>
    public static IReadOnlyList<AddressWord> Words { get; } =
    [
        AddressWord.Of("kind", static value => CreditText.Kinds.Any(known => known.Word == value)),
        AddressWord.Of("range", static value => RangeChoice.Find(value) is not null),
        AddressWord.Of("from", static value => DayOf(value) is not null),
        AddressWord.Of("to", static value => DayOf(value) is not null),
        AddressWord.Of("after", static value => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _)),
    ];

    /// <summary>Whether it leaves anything out.</summary>
    public bool IsAny => Kind.Length > 0 || From is not null || To is not null;

    /// <summary>Reads it from an address: <c>kind</c>, and <c>from</c> and <c>to</c> or the word of a <c>range</c>.</summary>
    public static StatementFilter Of(HttpRequest request, DateOnly today)
    {
        var query = request.Query;
        var kind = query["kind"].ToString();
        var range = RangeChoice.Find(query["range"]);
        return new(
            CreditText.Kinds.Any(known => known.Word == kind) ? kind : string.Empty,
            range?.FirstDay(today) ?? DayOf(query["from"]),
            range is null ? DayOf(query["to"]) : null,
            long.TryParse(query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : null);
    }

    /// <summary>The lines that it means.</summary>
    /// <param name="zone">Whose days.</param>
    public StatementQuery ToQuery(TimeZoneInfo zone) => new()
    {
        Kind = Kind.Length > 0 ? Kind : null,
        From = From is { } from ? CalendarDays.StartOf(from, zone) : null,
        To = To is { } to && to < DateOnly.MaxValue ? CalendarDays.StartOf(to.AddDays(1), zone) : null,
        After = After,
    };

    /// <summary>The query of an address that means the same, going on behind a line.</summary>
    public string Query(string? after)
    {
        var parts = new List<KeyValuePair<string, string?>>();
        Add("kind", Kind);
        Add("from", Text(From));
        Add("to", Text(To));
        Add("after", after ?? string.Empty);
        return QueryString.Create(parts).ToString();

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                parts.Add(new(name, value));
            }
        }
    }

    /// <summary>A day as addresses and date fields write it; empty for none.</summary>
    public static string Text(DateOnly? day) => day is { } known ? DaySpan.Iso(known) : string.Empty;

    /// <summary>Reads what <see cref="Text"/> writes; null for anything else, and for days that no zone can place.</summary>
    public static DateOnly? DayOf(string? text) => DaySpan.TryParse(text, out var day) && day.Year is >= 1970 and < 9999 ? day : null;
}
