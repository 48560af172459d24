using Farthing.Domain.Money;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Budgeting;

/// <summary>What was spent on a day by one team, project, engineer, model or key, or by the organisation.</summary>
/// <param name="ScopeId">By whom; empty for the organisation.</param>
/// <param name="Day">The day in the zone that was asked for.</param>
/// <param name="Pricing">What it cost, and how sure that is.</param>
public readonly record struct ScopedDay(string ScopeId, DateOnly Day, PricingTotals Pricing)
{
    /// <summary>What it cost; estimates count.</summary>
    public Usd Cost => Pricing.EstimatedCost;
}

/// <summary>Reads what budgets are held against.</summary>
public interface IBudgetSpend
{
    /// <summary>What everybody of a kind spent in an organisation by day, in one query: days without spend are left out.</summary>
    /// <param name="org">Whose spend.</param>
    /// <param name="scope">Apart by what.</param>
    /// <param name="ids">Of which keys at least; of anything else all that the organisation spent is told.</param>
    /// <param name="zone">Whose days.</param>
    /// <param name="since">The first day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ScopedDay>> ByDayAsync(
        string org, BudgetScope scope, IReadOnlyCollection<string> ids, TimeZoneInfo zone, DateOnly since, CancellationToken cancellationToken);
}
