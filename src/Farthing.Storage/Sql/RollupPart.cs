using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>Days of one rollup.</summary>
/// <param name="Level">The rollup.</param>
/// <param name="First">The first day.</param>
/// <param name="Last">The last one.</param>
/// <param name="Sign">1 when they are added, −1 when they are taken away again from the weeks that hold them.</param>
internal readonly record struct RollupPart(RollupLevel Level, int First, int Last, int Sign)
{
    /// <summary>What the whole days of a query are put together from.</summary>
    /// <param name="query">The query.</param>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last one; before the first one when there are none.</param>
    /// <param name="newest">The day of the newest event in the store; behind it there is nothing to take away.</param>
    public static IEnumerable<RollupPart> Of(SpendQuery query, int first, int last, int newest)
    {
        var level = RollupLevel.Of(query);
        var parts = level == RollupLevel.PersonWeeks ? InWeeks(first, last, newest) : [new(level, first, last, 1)];
        return parts.Where(static part => part.First <= part.Last);
    }

    /// <summary>
    /// Whole weeks, and at either end the fewer days: those of its week that are meant are added, or those that are not are
    /// taken away. Sums are exact, so it is the same.
    /// </summary>
    private static RollupPart[] InWeeks(int first, int last, int newest)
    {
        var (days, weeks) = (RollupLevel.Daily, RollupLevel.PersonWeeks);
        var (outer, inner) = (RollupLevel.WeekOf(first), RollupLevel.WeekBehind(first));
        var from = first - outer <= inner - first ? outer : inner;

        var (innerEnd, outerEnd) = (RollupLevel.WeekOf(last + 1), RollupLevel.WeekBehind(last));
        var filledEnd = Math.Clamp(newest + 1, last + 1, outerEnd);
        var end = filledEnd - (last + 1) <= last + 1 - innerEnd ? outerEnd : innerEnd;

        var read = Math.Abs(first - from) + (end == outerEnd ? filledEnd - (last + 1) : last + 1 - innerEnd);
        return from >= end || read > last - first
            ? [new(days, first, last, 1)]
            :
            [
                new(weeks, from, end - 1, 1),
                new(days, from, first - 1, -1), new(days, first, from - 1, 1),
                new(days, last + 1, Math.Min(end, filledEnd) - 1, -1), new(days, end, last, 1),
            ];
    }
}
