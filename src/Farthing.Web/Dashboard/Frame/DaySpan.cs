using System.Globalization;
using Farthing.Workflows.Exploring;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>A span of days with a name, that pages can be asked for.</summary>
/// <param name="Word">Its name in the address.</param>
/// <param name="Name">What it is called.</param>
public sealed record RangeChoice(string Word, string Name)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<RangeChoice> All { get; } =
    [
        new("today", "Today"), new("7d", "7 days"), new("30d", "30 days"), new("month", "This month"), new("90d", "90 days"), new("365d", "A year"),
    ];

    /// <summary>The one of a word; null for any other word.</summary>
    public static RangeChoice? Find(string? word) => All.FirstOrDefault(choice => choice.Word == word);

    /// <summary>The one of a word; thirty days for any other word.</summary>
    public static RangeChoice Of(string? word) => Find(word) ?? All[2];

    /// <summary>Its first day; its last one is the current day.</summary>
    public DateOnly FirstDay(DateOnly today) => Word switch
    {
        "today" => today,
        "7d" => today.AddDays(-6),
        "month" => new(today.Year, today.Month, 1),
        "90d" => today.AddDays(-89),
        "365d" => today.AddDays(-364),
        _ => today.AddDays(-29),
    };
}

/// <summary>
/// The days that a page is about, as its address says it: <c>range=30d</c>, or <c>from=2026-01-01&amp;to=2026-01-31</c> with both
/// days included. An address that says neither means thirty days.
/// </summary>
public sealed record DaySpan
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>What addresses say of it. Of two days both are needed.</summary>
    public static IReadOnlyList<AddressWord> Words { get; } =
    [
        AddressWord.Of("range", static value => RangeChoice.Find(value) is not null),
        new("from", static (_, request) => HasDays(request.Query)),
        new("to", static (_, request) => HasDays(request.Query)),
    ];

    private DaySpan()
    {
    }

    /// <summary>The span with a name; null when it is from one day to another.</summary>
    public RangeChoice? Choice { get; private init; }

    /// <summary>The first day, when it has no name.</summary>
    public DateOnly From { get; private init; }

    /// <summary>The last day, when it has no name.</summary>
    public DateOnly To { get; private init; }

    /// <summary>The span as a part of an address.</summary>
    public string Query => Choice is { } choice ? $"range={choice.Word}" : $"from={Iso(From)}&to={Iso(To)}";

    /// <summary>What it is called.</summary>
    public string Name => Choice?.Name ?? PageText.Days(From, To);

    /// <summary>A span with a name.</summary>
    public static DaySpan Of(RangeChoice choice) => new() { Choice = choice };

    /// <summary>A span from one day to another.</summary>
    public static DaySpan Between(DateOnly one, DateOnly other) => one <= other ? new() { From = one, To = other } : new() { From = other, To = one };

    /// <summary>The span of an address. A single day of the two, or one that is no day, says nothing.</summary>
    public static DaySpan Read(IQueryCollection query) => TryRead(query["from"], out var from) && TryRead(query["to"], out var to)
        ? Between(from, to)
        : Of(RangeChoice.Of(query["range"]));

    /// <summary>
    /// The span of a form that shows the days of a span with a name: while they stand as they were
    /// (<c>was-from</c>, <c>was-to</c>), the name is meant.
    /// </summary>
    public static DaySpan ReadForm(IQueryCollection query) =>
        query.ContainsKey("range") && query["from"] == query["was-from"] && query["to"] == query["was-to"] ? Of(RangeChoice.Of(query["range"])) : Read(query);

    /// <summary>Its first and last day; of a span longer than <see cref="ExploreRequest.DaysMax"/> the last ones, on every page alike.</summary>
    public (DateOnly First, DateOnly Last) DaysAt(DateOnly today)
    {
        var (first, last) = Choice is { } choice ? (choice.FirstDay(today), today) : (From, To);
        var earliest = last.AddDays(1 - ExploreRequest.DaysMax);
        return (first < earliest ? earliest : first, last);
    }

    private static bool HasDays(IQueryCollection query) => TryRead(query["from"], out _) && TryRead(query["to"], out _);

    /// <summary>A day as addresses and fields of forms write it.</summary>
    public static string Iso(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads a day as <see cref="Iso"/> writes it, of the years that a span may have.</summary>
    public static bool TryRead(string? text, out DateOnly day) => TryParse(text, out day) && day.Year is > 1970 and < 9_000;

    /// <summary>Reads a day as <see cref="Iso"/> writes it, of any year.</summary>
    public static bool TryParse(string? text, out DateOnly day) => DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
