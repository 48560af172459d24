using Farthing.Domain.Forecasting;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Forecasting;

/// <summary>Reads the gaps of an organisation, which are those of everybody in it. Nothing else of others is told.</summary>
public static class SpendGaps
{
    /// <summary>The gaps in the span of a query: from its own rows where they are those of the whole organisation, otherwise by one more query.</summary>
    /// <param name="spend">What was spent.</param>
    /// <param name="query">A query that keeps the days apart.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="last">The last whole day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlySet<DateOnly>> GapsAsync(
        this ISpendQueries spend, SpendQuery query, Task<IReadOnlyList<SpendRow>> rows, DateOnly last, CancellationToken cancellationToken)
    {
        var all = await (query.IsOfWholeOrg ? rows : spend.SpendAsync(query.ToWholeOrg(), cancellationToken));
        return Gaps.Of(all.Select(static row => row.Day).ToHashSet(), last);
    }
}
