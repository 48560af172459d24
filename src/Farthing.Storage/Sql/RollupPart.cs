using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>Days of one rollup.</summary>
/// <param name="Level">The rollup.</param>
/// <param name="First">The first day.</param>
/// <param name="Last">The last one.</param>
/// <param name="Sign">1 when they are added, −1 when they are taken away again from the weeks that hold them.</param>
/// <param name="Period">The day that all of them bear in the answer; null for their own, or the one of its period.</param>
internal readonly record struct RollupPart(RollupLevel Level, int First, int Last, int Sign, int? Period = null)
{
    /// <summary>What the whole days of a query are put together from.</summary>
    /// <param name="query">The query.</param>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last one; before the first one when there are none.</param>
    /// <param name="newest">The day of the newest event in the store; behind it there is nothing to take away.</param>
    public static IEnumerable<RollupPart> Of(SpendQuery query, int first, int last, int newest)
    {
        var level = RollupLevel.Of(query);
        if (level.Days is null)
        {
            return new[] { new RollupPart(level, first, last, 1) }.Where(static part => part.First <= part.Last);
        }

        return RollupLevel.HoldsWeeks(query)
            ? PartsOf(level, first, last, newest)
            : PeriodsOf(query, first, last).SelectMany(period => PartsOf(level, period.First, period.Last, newest).Select(part => part with { Period = period.Day }));
    }

    private static IEnumerable<RollupPart> PartsOf(RollupLevel level, int first, int last, int newest) =>
        WeekPart.Of(first, last, newest).Select(part => new RollupPart(part.AreWeeks ? level : level.Days!, part.First, part.Last, part.Sign));

    /// <summary>The days of each period.</summary>
    private static IEnumerable<(int Day, int First, int Last)> PeriodsOf(SpendQuery query, int first, int last)
    {
        var days = query.Periods.Select(LocalDays.NumberOf).ToList();
        for (var index = 0; index < days.Count; index++)
        {
            var from = index == 0 ? first : Math.Max(first, days[index]);
            var to = index == days.Count - 1 ? last : Math.Min(last, days[index + 1] - 1);
            if (from <= to)
            {
                yield return (days[index], from, to);
            }
        }
    }
}
