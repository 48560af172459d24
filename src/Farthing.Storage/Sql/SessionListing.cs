using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>
/// Lists sessions by their last call, a page at a time: days are read from the latest on, a few at a time, until the page
/// is full. What a session did on other days is looked up for those sessions only that may be on the page.
/// </summary>
internal sealed class SessionListing(ISessionSource source, LocalDays days, RangeCover cover)
{
    /// <summary>Days that are read at a time, at most; it doubles from one while the page does not fill.</summary>
    private const int WidthMax = 64;

    private readonly List<(int Day, SessionRow Row)> edges = [];

    /// <summary>Reads a page.</summary>
    public async ValueTask<IReadOnlyList<SessionSpend>> ReadAsync(SessionListPage page)
    {
        foreach (var (range, _) in cover.Edges)
        {
            foreach (var row in await source.RawAsync(range))
            {
                edges.Add((days.DayOf(row.FirstAt), row));
            }
        }

        if (page.Keys is { } keys)
        {
            return (await WholeAsync(await source.OfKeysAsync(keys))).ToPage(page);
        }

        var (first, last) = await source.EndsAsync();
        (first, last) = (Math.Max(first, cover.First), Math.Min(last, cover.Last));
        foreach (var (day, _) in edges)
        {
            (first, last) = first > last ? (day, day) : (Math.Min(first, day), Math.Max(last, day));
        }

        var to = page.After is { } after ? Math.Min(last, days.DayOf(after.LastAt.ToUnixTimeMilliseconds())) : last;
        var found = new List<SessionSpend>();
        for (var width = 1; to >= first && found.Count < page.Limit; width = Math.Min(width * 2, WidthMax))
        {
            var from = Math.Max(first, to - width + 1);
            await AddAsync(await LastCallsAsync(from, to), page, found);
            to = from - 1;
        }

        return found;
    }

    /// <summary>Sessions of some days with their last call in them, the latest first.</summary>
    private async ValueTask<List<(int Session, long LastAt)>> LastCallsAsync(int from, int to)
    {
        var calls = new Dictionary<int, long>();
        foreach (var row in await source.DaysAsync(Math.Max(from, cover.First), Math.Min(to, cover.Last)))
        {
            Note(row);
        }

        foreach (var (day, row) in edges)
        {
            if (day >= from && day <= to)
            {
                Note(row);
            }
        }

        var sorted = calls.Select(call => (call.Key, call.Value)).ToList();
        sorted.Sort(static (left, right) => right.Value.CompareTo(left.Value));
        return sorted;

        void Note(in SessionRow row) => calls[row.Session] = Math.Max(calls.GetValueOrDefault(row.Session, long.MinValue), row.LastAt);
    }

    private async ValueTask AddAsync(List<(int Session, long LastAt)> calls, SessionListPage page, List<SessionSpend> found)
    {
        var next = 0;
        if (page.After is { } after)
        {
            var lastAt = after.LastAt.ToUnixTimeMilliseconds();
            next = calls.FindIndex(call => call.LastAt <= lastAt);
        }

        while (next >= 0 && next < calls.Count && found.Count < page.Limit)
        {
            // All sessions whose last call came in the same millisecond are ordered together.
            var end = Math.Min(next + page.Limit, calls.Count);
            while (end < calls.Count && calls[end].LastAt == calls[end - 1].LastAt)
            {
                end++;
            }

            var candidates = calls.GetRange(next, end - next);
            next = end;
            found.AddRange((await CompleteAsync(candidates, page)).Take(page.Limit - found.Count));
        }
    }

    /// <summary>The sessions whose last call of all is the one that made them candidates, with all that they used.</summary>
    private async ValueTask<IEnumerable<SessionSpend>> CompleteAsync(List<(int Session, long LastAt)> candidates, SessionListPage page)
    {
        var sessions = await source.SessionsAsync(candidates.ConvertAll(candidate => candidate.Session));
        var keys = sessions.Values.Select(session => session.Key).Where(key => key.Length > 0).ToHashSet(StringComparer.Ordinal);
        var lastCalls = candidates.Select(candidate => (sessions[candidate.Session].Key, candidate.LastAt)).ToHashSet();
        var whole = await WholeAsync(await source.OfKeysAsync(keys));
        return whole.ToList()
            .Where(session => lastCalls.Contains((session.Key, session.LastAt.ToUnixTimeMilliseconds())))
            .Where(session => page.After is not { } after || SessionCursor.LatestFirst(session.Cursor, after) > 0);
    }

    /// <summary>All that sessions used in the range.</summary>
    private async ValueTask<SessionSums> WholeAsync(Dictionary<int, Session> sessions)
    {
        var sums = new SessionSums();
        foreach (var row in await source.OfAsync(sessions.Keys, cover.First, cover.Last))
        {
            Add(row);
        }

        foreach (var (_, row) in edges)
        {
            if (sessions.ContainsKey(row.Session))
            {
                Add(row);
            }
        }

        return sums;

        void Add(in SessionRow row) => sums.Add(
            source.SeriesOf(row.Series), sessions[row.Session], DateTimeOffset.FromUnixTimeMilliseconds(row.FirstAt),
            DateTimeOffset.FromUnixTimeMilliseconds(row.LastAt), row.ToSum());
    }
}
