using Farthing.Domain.Money;

namespace Farthing.Domain.PlanFit;

/// <summary>What an engineer's calls cost in a period.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">What people call them.</param>
/// <param name="Cost">The cost of their calls at the price of the API.</param>
/// <param name="BillingMode">How they pay now; null when no log tells.</param>
public sealed record EngineerCost(string Id, string Name, Usd Cost, string? BillingMode = null);

/// <summary>The tier that fits an engineer. Amounts are exact dollars, to be shown with <see cref="PlanBands.MoneyDecimals"/>.</summary>
/// <param name="Engineer">Who.</param>
/// <param name="Tier">The tier.</param>
/// <param name="MonthlyApiCost">What their calls cost a month by API.</param>
/// <param name="MonthlyPlanCost">What they cost on the tier.</param>
/// <param name="DailyAverage">What they cost a day by API.</param>
public sealed record PlanFitting(EngineerCost Engineer, PlanTier Tier, Ratio MonthlyApiCost, Ratio MonthlyPlanCost, Ratio DailyAverage)
{
    /// <summary>What the tier saves a month.</summary>
    public Ratio Savings => MonthlyApiCost - MonthlyPlanCost;
}

/// <summary>How many engineers are on a tier and what that costs a month.</summary>
/// <param name="Tier">The tier.</param>
/// <param name="Engineers">How many.</param>
/// <param name="MonthlyCost">Seats × price, or for the metered tier what its engineers' calls cost.</param>
public sealed record PlanAllocation(PlanTier Tier, int Engineers, Ratio MonthlyCost);

/// <summary>The fit of a whole organisation.</summary>
/// <param name="Period">The time that costs were taken from.</param>
/// <param name="Engineers">Ascending by cost, then by name and id.</param>
/// <param name="Allocation">One line a tier, in the order of the tiers, empty ones included.</param>
public sealed record PlanFitReport(PlanPeriod Period, IReadOnlyList<PlanFitting> Engineers, IReadOnlyList<PlanAllocation> Allocation)
{
    /// <summary>Everybody by API, dollars a month.</summary>
    public Ratio TotalApiCost { get; } = Engineers.Aggregate(Ratio.Zero, static (sum, fit) => sum + fit.MonthlyApiCost);

    /// <summary>Everybody on the tier that fits, dollars a month.</summary>
    public Ratio TotalPlanCost { get; } = Engineers.Aggregate(Ratio.Zero, static (sum, fit) => sum + fit.MonthlyPlanCost);

    /// <summary>The difference.</summary>
    public Ratio TotalSavings => TotalApiCost - TotalPlanCost;

    /// <summary>Orders fittings and counts them by tier.</summary>
    public static PlanFitReport Of(PlanPeriod period, IEnumerable<PlanFitting> fittings, PlanTiers tiers)
    {
        PlanFitting[] ordered =
        [
            .. fittings.OrderBy(static fit => fit.MonthlyApiCost)
                .ThenBy(static fit => fit.Engineer.Name, StringComparer.Ordinal)
                .ThenBy(static fit => fit.Engineer.Id, StringComparer.Ordinal),
        ];
        var byTier = ordered.ToLookup(static fit => fit.Tier);
        return new(period, ordered, [.. tiers.All.Select(tier => Allocate(tier, byTier[tier]))]);
    }

    private static PlanAllocation Allocate(PlanTier tier, IEnumerable<PlanFitting> fits)
    {
        var (count, cost) = (0, Ratio.Zero);
        foreach (var fit in fits)
        {
            count++;
            cost += fit.MonthlyPlanCost;
        }

        return new(tier, count, cost);
    }
}

/// <summary>
/// Primer's recommendation: the dearest seat whose price is strictly below what an engineer costs by API, else the API. It
/// takes prices for capacities; <see cref="CheapestPlan"/> is the one that asks what a seat covers.
/// </summary>
public static class PlanBands
{
    /// <summary>Decimals of amounts.</summary>
    public const int MoneyDecimals = 2;

    /// <summary>The tier for a monthly cost in dollars.</summary>
    public static PlanTier TierFor(Ratio monthlyApiCost, PlanTiers tiers) =>
        tiers.All.Last(tier => tier.IsMetered || tier.Price < monthlyApiCost);

    /// <summary>The tiers for some engineers.</summary>
    public static PlanFitReport Fit(IEnumerable<EngineerCost> engineers, PlanPeriod period, PlanTiers tiers) =>
        PlanFitReport.Of(period, engineers.Select(engineer => Fit(engineer, period, tiers)), tiers);

    private static PlanFitting Fit(EngineerCost engineer, PlanPeriod period, PlanTiers tiers)
    {
        var monthly = period.Monthly(engineer.Cost);
        var tier = TierFor(monthly, tiers);
        var planCost = tier.IsMetered ? monthly : tier.Price;
        return new(engineer, tier, monthly, planCost, period.Daily(engineer.Cost));
    }
}
