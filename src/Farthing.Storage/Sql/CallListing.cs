using System.Globalization;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>Parts of the table of calls, and which calls of them are wanted.</summary>
/// <param name="Parts">From the first id to the one behind the last, in the order in which they are read.</param>
/// <param name="Series">The series that are meant, those of all calls that are found; null for all.</param>
/// <param name="Sessions">The sessions that are meant; null for all.</param>
/// <param name="Pricing">How sure the prices are that are meant; null for all.</param>
/// <param name="Range">The instants, to the millisecond.</param>
/// <param name="OldestFirst">Whether the oldest come first.</param>
/// <param name="Limit">How many calls.</param>
internal sealed record CallParts(
    IReadOnlyList<(EventId From, EventId End)> Parts, IReadOnlyCollection<int>? Series, IReadOnlyCollection<int>? Sessions, IReadOnlyList<PricingStatus>? Pricing, EventRange Range,
    bool OldestFirst, int Limit)
{
    /// <summary>Adds the conditions on a call besides its id, the order and the limit.</summary>
    public SqlText AddTo(SqlText sql)
    {
        sql.Add("AND at >=", Range.From).Add("AND at <", Range.End);
        sql = Series is null ? sql : sql.Add($"AND series IN ({ListOf(Series)})");
        return (Sessions is null ? sql : sql.Add($"AND session IN ({ListOf(Sessions)})")).AddPricing(Pricing).Add($"ORDER BY id{Order} LIMIT", (long)Limit);
    }

    /// <summary>How ids are ordered.</summary>
    public string Order => OldestFirst ? string.Empty : " DESC";

    private static string ListOf(IReadOnlyCollection<int> numbers) =>
        numbers.Count == 0 ? "NULL" : string.Join(", ", numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>Where whole calls come from.</summary>
internal interface ICallSource
{
    /// <summary>The calls of parts of the table.</summary>
    ValueTask<List<StoredCall>> CallsAsync(CallParts asked);
}

/// <summary>
/// Lists calls a page at a time. The sums by session and day tell when the first and the last call of a session and series
/// were made, so that only these parts of the table of calls are read: a page of somebody who makes a call a day costs as
/// little as one of everybody. Where nothing is left out the table is read from its end, and sums are not needed.
/// </summary>
internal sealed class CallListing(ISessionSource source, ICallSource calls, LocalDays days, EventRange range, CallListPage page)
{
    /// <summary>Days that are looked at together, at most; it doubles from one while the page does not fill.</summary>
    private const int WidthMax = 64;

    /// <summary>Parts that lie closer together are read as one: seconds.</summary>
    private const long GapMax = 300;

    /// <summary>Parts that are read together.</summary>
    private const int PartsMax = 64;

    private readonly EventId lowest = Later(range.FromId, page.After is { } after ? Next(after) : default);
    private readonly EventId highest = page.Before is { } before && Compare(before, range.EndId) < 0 ? before : range.EndId;

    /// <summary>Reads the page.</summary>
    public async ValueTask<List<StoredCall>> ReadAsync()
    {
        var found = new List<StoredCall>();
        if (range.IsEmpty || Compare(lowest, highest) >= 0)
        {
            return found;
        }

        if (source.IsEverything && page is { Session: null, Pricing: null })
        {
            return await calls.CallsAsync(new([(lowest, highest)], Series: null, Sessions: null, Pricing: null, range, page.OldestFirst, page.Limit));
        }

        var (first, last) = await source.EndsAsync();
        (first, last) = (Math.Max(first, days.DayOf(Math.Max(range.From, StartOf(lowest)))), Math.Min(last, days.DayOf(Math.Min(range.End - 1, StartOf(highest)))));
        if (page.Session is { } key)
        {
            var sessions = await source.OfKeysAsync([key]);
            await AddAsync(await source.OfAsync(sessions.Keys, first, last), sessions.Keys, found);
            return found;
        }

        var meant = page.Pricing is null || first > last ? null : await source.DaysOfPricingAsync(first, last);
        foreach (var (from, to) in Windows(first, last, meant))
        {
            await AddAsync(await source.DaysAsync(from, to), sessions: null, found);
            if (found.Count >= page.Limit)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>The days that are looked at together, in the order of the page, from one that is meant to one that is.</summary>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last one.</param>
    /// <param name="meant">The days with what is looked for, in their order; null where it may be on any.</param>
    private IEnumerable<(int From, int To)> Windows(int first, int last, List<int>? meant)
    {
        for (var width = 1; first <= last; width = Math.Min(width * 2, WidthMax))
        {
            if (meant is not null)
            {
                meant.RemoveAll(day => day < first || day > last);
                if (meant.Count == 0)
                {
                    yield break;
                }

                (first, last) = (meant[0], meant[^1]);
            }

            var (from, to) = page.OldestFirst ? (first, Math.Min(last, first + width - 1)) : (Math.Max(first, last - width + 1), last);
            yield return (from, to);
            (first, last) = page.OldestFirst ? (to + 1, last) : (first, from - 1);
        }
    }

    private async ValueTask AddAsync(List<SessionRow> rows, IReadOnlyCollection<int>? sessions, List<StoredCall> found)
    {
        var (parts, series) = (PartsOf(rows), rows.Select(static row => row.Series).ToHashSet());
        for (var next = 0; next < parts.Count && found.Count < page.Limit; next += PartsMax)
        {
            var some = parts.GetRange(next, Math.Min(PartsMax, parts.Count - next));
            found.AddRange(await calls.CallsAsync(new(some, series, sessions, page.Pricing, range, page.OldestFirst, page.Limit - found.Count)));
        }
    }

    /// <summary>The parts of the table in which the calls of rows lie, in the order of the page.</summary>
    private List<(EventId From, EventId End)> PartsOf(List<SessionRow> rows)
    {
        var spans = rows.ConvertAll(static row => (First: row.FirstAt / EventRange.Second, Last: row.LastAt / EventRange.Second));
        spans.Sort();
        var parts = new List<(EventId From, EventId End)>();
        for (var index = 0; index < spans.Count;)
        {
            var (first, last) = spans[index++];
            while (index < spans.Count && spans[index].First <= last + GapMax)
            {
                last = Math.Max(last, spans[index++].Last);
            }

            var part = (From: Later(EventRange.FirstOf(first), lowest), End: EventRange.FirstOf(last + 1));
            part.End = Compare(part.End, highest) < 0 ? part.End : highest;
            if (Compare(part.From, part.End) < 0)
            {
                parts.Add(part);
            }
        }

        if (!page.OldestFirst)
        {
            parts.Reverse();
        }

        return parts;
    }

    private static long StartOf(EventId id) => id.UnixSeconds * EventRange.Second;

    private static EventId Next(EventId id) => id.Low == ulong.MaxValue ? new(id.High + 1, 0) : id with { Low = id.Low + 1 };

    private static EventId Later(EventId left, EventId right) => Compare(left, right) > 0 ? left : right;

    private static int Compare(EventId left, EventId right) => (left.High, left.Low).CompareTo((right.High, right.Low));
}
