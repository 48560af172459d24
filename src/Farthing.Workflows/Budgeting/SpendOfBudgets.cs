using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Budgeting;

/// <summary>What budgets are held against, from the same rollups that reports read: calls with a price, and estimates.</summary>
public sealed class SpendOfBudgets(ISpendQueries queries) : IBudgetSpend
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScopedDay>> ByDayAsync(
        string org, BudgetScope scope, IReadOnlyCollection<string> ids, TimeZoneInfo zone, DateOnly since, CancellationToken cancellationToken)
    {
        var dimension = BudgetWords.DimensionOf(scope);
        var query = new SpendQuery
        {
            Org = org,
            Zone = zone,
            Since = since,
            GroupBy = dimension is { } asked ? [asked] : [],
            // Only the finest sums know keys; of one key they have few rows.
            Only = scope == BudgetScope.ApiKey ? [new(SpendDimension.ApiKey, [.. ids.Distinct(StringComparer.Ordinal)])] : [],
            CostOnly = true,
        };
        var rows = await queries.SpendAsync(query, cancellationToken);
        return
        [
            .. rows
                .GroupBy(row => (Id: dimension is { } of ? row[of] : string.Empty, row.Day))
                .Select(static group => new ScopedDay(group.Key.Id, group.Key.Day, PricingTotals.Of(group))),
        ];
    }
}
