using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Access;
using Farthing.Workflows.Exploring;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Pages.Explorer;

/// <summary>The period that another one is compared with, when it follows from that one.</summary>
/// <param name="Word">Its name in the address.</param>
/// <param name="Name">What it is called.</param>
public sealed record BeforeWord(string Word, string Name)
{
    /// <summary>All of them; the first one unless told.</summary>
    public static IReadOnlyList<BeforeWord> All { get; } =
    [
        new("previous", "Days before"), new("month", "Month before"), new("year", "Year before"),
    ];
}

/// <summary>The whole state of a comparison of two periods, as its address says it.</summary>
/// <param name="View">What is compared: the later period, its filters and what it is split by.</param>
/// <param name="Before">How the earlier period follows from the later one; null when it has days of its own.</param>
/// <param name="Days">The days of the earlier one, when it has its own.</param>
public sealed record BridgeAddress(ExplorerAddress View, BeforeWord? Before, DaySpan? Days)
{
    /// <summary>Where it is.</summary>
    public const string Path = ExplorerAddress.Path + "/bridge";

    /// <summary>The field of a form with the first day of the earlier period as it was shown.</summary>
    public const string WasFrom = "was-before-from";

    /// <summary>As the other one, with its last day.</summary>
    public const string WasTo = "was-before-to";

    private const string BeforeField = "before";
    private const string BeforeFrom = "before-from";
    private const string BeforeTo = "before-to";

    /// <summary>What addresses of it say. Of two days both are needed.</summary>
    public static IReadOnlyList<AddressWord> Words { get; } =
    [
        .. ExplorerAddress.Words,
        AddressWord.Of(BeforeField, static value => BeforeWord.All.Any(one => one.Word == value)),
        new(BeforeFrom, static (_, request) => DaysOf(request.Query) is not null),
        new(BeforeTo, static (_, request) => DaysOf(request.Query) is not null),
    ];

    /// <summary>The address.</summary>
    public string Link => $"{Path}?{Query}";

    /// <summary>The state as the query of an address.</summary>
    public string Query => View.Query + (Before == BeforeWord.All[0] ? string.Empty : BeforeQuery);

    /// <summary>The state as it is kept under a name: as <see cref="Query"/>, and always with the earlier period, which tells that it is a comparison.</summary>
    public string SavedQuery => View.Query + BeforeQuery;

    private string BeforeQuery => (Before, Days) switch
    {
        (null, { } days) => $"&{BeforeFrom}={DaySpan.Iso(days.From)}&{BeforeTo}={DaySpan.Iso(days.To)}",
        _ => $"&{BeforeField}={(Before ?? BeforeWord.All[0]).Word}",
    };

    /// <summary>A comparison with the period that came before.</summary>
    public static BridgeAddress Of(ExplorerAddress view) => new(view, BeforeWord.All[0], null);

    /// <summary>Whether a query that was kept under a name is a comparison.</summary>
    public static bool IsOne(IQueryCollection query) => query.ContainsKey(BeforeField) || query.ContainsKey(BeforeFrom);

    /// <summary>The state that an address says; a name for the earlier period goes before days.</summary>
    public static BridgeAddress Read(IQueryCollection query) => Read(query, ExplorerAddress.Read(query), WordOf(query));

    /// <summary>
    /// The state that a form says, which shows the days of the earlier period as they were (<c>was-before-from</c>,
    /// <c>was-before-to</c>): whoever changes them means those days, whatever the name beside them says.
    /// </summary>
    public static BridgeAddress ReadForm(IQueryCollection query)
    {
        var isChanged = query.ContainsKey(WasFrom) && (query[BeforeFrom] != query[WasFrom] || query[BeforeTo] != query[WasTo]);
        return Read(query, ExplorerAddress.ReadForm(query), isChanged ? null : WordOf(query));
    }

    /// <summary>The request within the scope of whoever asks.</summary>
    public BridgeRequest ToRequest(Caller caller, DateOnly today)
    {
        var after = View.ToRequest(caller, today);
        var days = after.Last.DayNumber - after.First.DayNumber + 1;
        var (first, last) = (Before?.Word, Days) switch
        {
            (null, { } own) => (own.From, own.To),
            ("month", _) => (after.First.AddMonths(-1), after.Last.AddMonths(-1)),
            ("year", _) => (after.First.AddYears(-1), after.Last.AddYears(-1)),
            _ => (after.First.AddDays(-days), after.First.AddDays(-1)),
        };
        var earliest = last.AddDays(1 - ExploreRequest.DaysMax);
        return new() { After = after, BeforeFirst = first < earliest ? earliest : first, BeforeLast = last };
    }

    private static BeforeWord? WordOf(IQueryCollection query) => BeforeWord.All.FirstOrDefault(one => one.Word == query[BeforeField]);

    private static BridgeAddress Read(IQueryCollection query, ExplorerAddress view, BeforeWord? word) =>
        word is null && DaysOf(query) is { } days ? new(view, null, days) : new(view, word ?? BeforeWord.All[0], null);

    private static DaySpan? DaysOf(IQueryCollection query) =>
        DaySpan.TryRead(query[BeforeFrom], out var from) && DaySpan.TryRead(query[BeforeTo], out var to) ? DaySpan.Between(from, to) : null;
}
