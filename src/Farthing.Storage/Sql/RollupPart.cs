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
        return level.Days is { } days
            ? WeekPart.Of(first, last, newest).Select(part => new RollupPart(part.AreWeeks ? level : days, part.First, part.Last, part.Sign))
            : new[] { new RollupPart(level, first, last, 1) }.Where(static part => part.First <= part.Last);
    }
}
