namespace Farthing.Storage.Sql;

/// <summary>Whole weeks, or days at an end of a range.</summary>
/// <param name="AreWeeks">Whether it is weeks, by their first days; else days.</param>
/// <param name="First">The first day.</param>
/// <param name="Last">The last one.</param>
/// <param name="Sign">1 when they are added, −1 when they are taken away again from the weeks that hold them.</param>
internal readonly record struct WeekPart(bool AreWeeks, int First, int Last, int Sign)
{
    /// <summary>
    /// Whole weeks, and at either end the fewer days: those of its week that are meant are added, or those that are not are
    /// taken away. Sums are exact, so it is the same.
    /// </summary>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last one; before the first one when there are none.</param>
    /// <param name="newest">The newest day with anything; behind it there is nothing to take away.</param>
    public static IEnumerable<WeekPart> Of(int first, int last, int newest)
    {
        var (outer, inner) = (RollupLevel.WeekOf(first), RollupLevel.WeekBehind(first));
        var from = first - outer <= inner - first ? outer : inner;

        var (innerEnd, outerEnd) = (RollupLevel.WeekOf(last + 1), RollupLevel.WeekBehind(last));
        var filledEnd = Math.Clamp(newest + 1, last + 1, outerEnd);
        var end = filledEnd - (last + 1) <= last + 1 - innerEnd ? outerEnd : innerEnd;

        var read = Math.Abs(first - from) + (end == outerEnd ? filledEnd - (last + 1) : last + 1 - innerEnd);
        WeekPart[] parts = from >= end || read > last - first
            ? [new(AreWeeks: false, first, last, 1)]
            :
            [
                new(AreWeeks: true, from, end - 1, 1),
                new(AreWeeks: false, from, first - 1, -1), new(AreWeeks: false, first, from - 1, 1),
                new(AreWeeks: false, last + 1, Math.Min(end, filledEnd) - 1, -1), new(AreWeeks: false, end, last, 1),
            ];
        return parts.Where(static part => part.First <= part.Last);
    }
}
