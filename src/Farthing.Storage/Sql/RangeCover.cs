namespace Farthing.Storage.Sql;

/// <summary>
/// How a range is put together from whole days of a rollup and raw events. Where a day is only partly meant, the smaller
/// part of it is read: either what belongs to the range, or what is taken away from the whole day again.
/// </summary>
/// <param name="First">The first whole day.</param>
/// <param name="Last">The last one; before the first one when there are none.</param>
/// <param name="Edges">Raw events that are added, or with a negative sign taken away.</param>
internal sealed record RangeCover(int First, int Last, IReadOnlyList<(EventRange Range, int Sign)> Edges)
{
    /// <summary>Covers a range with raw events only.</summary>
    public static RangeCover Raw(EventRange range) => new(0, -1, range.IsEmpty ? [] : [(range, 1)]);

    /// <summary>Covers a range.</summary>
    /// <param name="range">The range.</param>
    /// <param name="days">The days of the rollup.</param>
    /// <param name="newest">The second of the newest event in the store; behind it nothing need be read.</param>
    /// <param name="mayTakeAway">Whether raw events may be taken away from whole days.</param>
    public static RangeCover Of(EventRange range, LocalDays days, long newest, bool mayTakeAway = true)
    {
        if (range.IsEmpty)
        {
            return Raw(range);
        }

        var (first, last) = (days.DayOf(range.From), days.DayOf(range.End - 1));
        var edges = new List<(EventRange Range, int Sign)>();
        var (start, end) = (days.StartOf(first), days.StartOf(last + 1));
        if (first == last && range.From > start)
        {
            return Raw(range);
        }

        if (range.From > start)
        {
            var (before, inside) = (new EventRange(start, range.From), new EventRange(range.From, days.StartOf(first + 1)));
            first += Choose(before, inside, mayTakeAway, edges) ? 0 : 1;
        }

        var filled = Math.Min(end, (newest + 1) * EventRange.Second);
        if (range.End < filled)
        {
            var (inside, after) = (new EventRange(days.StartOf(last), range.End), new EventRange(range.End, filled));
            last -= Choose(after, inside, mayTakeAway, edges) ? 0 : 1;
        }

        return new(first, last, edges);
    }

    /// <summary>Notes the smaller part of a day; true when the day is taken whole and its other part taken away.</summary>
    private static bool Choose(EventRange outside, EventRange inside, bool mayTakeAway, List<(EventRange Range, int Sign)> edges)
    {
        var takeAway = mayTakeAway && outside.End - outside.From < inside.End - inside.From;
        edges.Add(takeAway ? (outside, -1) : (inside, 1));
        return takeAway;
    }
}
