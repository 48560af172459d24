using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>
/// Lists sessions by their last call, a page at a time: days are read from the latest on, a few at a time, until the page
/// is full. What a session did on other days is looked up for those sessions only that may be on the page.
/// </summary>
internal sealed class SessionListing(ISessionSource source, LocalDays days, SessionRange range)
{
    /// <summary>Days that are read at a time, at most; it doubles from one while the page does not fill.</summary>
    private const int WidthMax = 64;

    /// <summary>Reads a page in the order that it asks for.</summary>
    public static async ValueTask<IReadOnlyList<SessionSpend>> ReadAsync(ISessionSource source, LocalDays days, RangeCover cover, SessionListPage page)
    {
        var range = await SessionRange.ReadAsync(source, cover);
        return page is { Order: SessionOrder.CostliestFirst, Keys: null }
            ? await new SessionRanking(source, range).ReadAsync(page)
            : await new SessionListing(source, days, range).ReadAsync(page);
    }

    /// <summary>Reads a page.</summary>
    private async ValueTask<IReadOnlyList<SessionSpend>> ReadAsync(SessionListPage page)
    {
        if (page.Keys is { } keys)
        {
            return (await range.WholeAsync(keys)).ToPage(page);
        }

        var (first, last) = await source.EndsAsync();
        (first, last) = (Math.Max(first, range.Cover.First), Math.Min(last, range.Cover.Last));
        foreach (var day in range.Edges.Select(row => days.DayOf(row.FirstAt)))
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
        foreach (var row in await source.DaysAsync(Math.Max(from, range.Cover.First), Math.Min(to, range.Cover.Last)))
        {
            Note(row);
        }

        foreach (var row in range.Edges)
        {
            if (days.DayOf(row.FirstAt) is var day && day >= from && day <= to)
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
        var whole = await range.WholeAsync(keys);
        return whole.ToList()
            .Where(session => lastCalls.Contains((session.Key, session.LastAt.ToUnixTimeMilliseconds())))
            .Where(session => page.After is not { } after || SessionCursor.LatestFirst(session.Cursor, after) > 0);
    }
}
