using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>Days of one rollup.</summary>
/// <param name="Level">The rollup.</param>
/// <param name="First">The first day.</param>
/// <param name="Last">The last one.</param>
/// <param name="Sign">1 when they are added, −1 when they are taken away again from the weeks that hold them.</param>
/// <param name="Period">The day that all of them bear in the answer; null for their own, or the one of its period.</param>
/// <param name="OutOf">The day of another period, whose weeks hold them as well: what is added to theirs is taken away from that; null for none.</param>
internal readonly record struct RollupPart(RollupLevel Level, int First, int Last, int Sign, int? Period = null, int? OutOf = null)
{
    /// <summary>What the whole days of a query are put together from.</summary>
    /// <param name="query">The query.</param>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last one; before the first one when there are none.</param>
    /// <param name="newest">The day of the newest event in the store; behind it there is nothing to take away.</param>
    public static IEnumerable<RollupPart> Of(SpendQuery query, int first, int last, int newest)
    {
        var level = RollupLevel.Of(query);
        if (first > last)
        {
            return [];
        }

        if (level.Days is null)
        {
            return [new(level, first, last, 1)];
        }

        if (RollupLevel.HoldsWeeks(query))
        {
            return PartsOf(level, [(null, first)], last, newest);
        }

        return PartsOf(level, [.. PeriodsOf(query, first, last)], last, newest);
    }

    private static IEnumerable<RollupPart> PartsOf(RollupLevel level, (int? Day, int First)[] periods, int last, int newest) =>
        WeekPart.Of(Array.ConvertAll(periods, static period => period.First), last, newest).Select(part => new RollupPart(
            part.AreWeeks ? level : level.Days!,
            part.First,
            part.Last,
            part.Into is null ? -1 : 1,
            periods[part.Into ?? part.OutOf!.Value].Day,
            part is { Into: not null, OutOf: { } other } ? periods[other].Day : null));

    /// <summary>The day that each period bears which lies in the range, and its first day there.</summary>
    private static IEnumerable<(int? Day, int First)> PeriodsOf(SpendQuery query, int first, int last)
    {
        var days = query.Periods.Select(LocalDays.NumberOf).ToList();
        for (var index = 0; index < days.Count; index++)
        {
            var from = index == 0 ? first : Math.Max(first, days[index]);
            if (from <= last && (index == days.Count - 1 || first < days[index + 1]))
            {
                yield return (days[index], from);
            }
        }
    }
}
