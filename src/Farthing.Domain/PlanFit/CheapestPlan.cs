using Farthing.Domain.Money;

namespace Farthing.Domain.PlanFit;

/// <summary>How sure an advice is.</summary>
public enum Confidence
{
    /// <summary>A guess.</summary>
    Low,

    /// <summary>More likely than not.</summary>
    Medium,

    /// <summary>Very likely.</summary>
    High,
}

/// <summary>The tier with the least expected cost for an engineer.</summary>
/// <param name="Tier">The tier.</param>
/// <param name="ExpectedCost">Dollars a month on it, on average over the months.</param>
/// <param name="ExpectedApiCost">Dollars a month by API.</param>
/// <param name="Months">How many months that is concluded from.</param>
/// <param name="MonthsCheapest">In how many of them the tier was the cheapest, alone or with others.</param>
/// <param name="BreakEvenSpend">From which monthly API cost on the tier costs no more than the API; null where it never does.</param>
/// <param name="UpgradeSpend">From which monthly API cost on a dearer tier costs no more than this one; null for none.</param>
/// <param name="IsCapacityAssumed">Whether the capacity of the tier is not published but assumed.</param>
public sealed record CheapestFit(
    PlanTier Tier, Ratio ExpectedCost, Ratio ExpectedApiCost, int Months, int MonthsCheapest, Ratio? BreakEvenSpend, Ratio? UpgradeSpend, bool IsCapacityAssumed)
{
    private const int MonthsForHigh = 3;

    /// <summary>What the tier is expected to save a month.</summary>
    public Ratio Savings => ExpectedApiCost - ExpectedCost;

    /// <summary>High: cheapest in at least four of five months, and at least three known. Medium: in more than half of at least two.</summary>
    public Confidence Confidence => this switch
    {
        { Months: >= MonthsForHigh } when MonthsCheapest * 5 >= Months * 4 => Confidence.High,
        { Months: > 1 } when MonthsCheapest * 2 > Months => Confidence.Medium,
        _ => Confidence.Low,
    };
}

/// <summary>
/// Finds the tier that costs least for what an engineer uses: the seat's price, and usage beyond its capacity at the price
/// of the API. What it recommends never costs less when more is used, so there is no band in which to use more is to save.
/// </summary>
public static class CheapestPlan
{
    /// <summary>The tier with the least mean cost over some months; of equally cheap ones the one with the least fixed cost.</summary>
    /// <param name="months">What was used, one entry a month; at least one.</param>
    /// <param name="tiers">The tiers to choose from.</param>
    public static CheapestFit Fit(IReadOnlyList<MonthlyUsage> months, PlanTiers tiers)
    {
        if (months.Count == 0)
        {
            throw new ArgumentException("A fit is concluded from at least one month.", nameof(months));
        }

        var byTier = tiers.All.Select(tier => (Tier: tier, Costs: CostsOn(tier, months))).Where(static line => line.Costs.Length > 0).ToArray();
        var (best, costs) = byTier.MinBy(static line => Sum(line.Costs));
        var cheapest = Enumerable.Range(0, months.Count).Count(month => byTier.All(line => costs[month] <= line.Costs[month]));
        return new(
            best,
            Mean(costs),
            Mean(CostsOn(tiers.Metered, months)),
            months.Count,
            cheapest,
            BreakEven(tiers.Metered, best),
            UpgradeFrom(best, tiers),
            best.Capacity?.Basis == PlanCapacity.Assumed);
    }

    /// <summary>
    /// The least monthly API cost, of even usage, from which on a dearer tier costs no more than a cheaper one that still
    /// covers it; null where that never comes, or nobody knows what one of them covers.
    /// </summary>
    public static Ratio? BreakEven(PlanTier cheaper, PlanTier dearer)
    {
        if (dearer.IsMetered || CoveredBy(dearer) is not { } coveredByDearer || CoveredBy(cheaper) is not { } coveredByCheaper)
        {
            return null;
        }

        if (coveredByCheaper.Amount is not { } start)
        {
            return null;
        }

        // Beyond its capacity the cheaper tier grows with usage until it has made up for the difference, or refuses.
        var premium = dearer.Price - cheaper.Price;
        var even = cheaper.Overage == Overage.Blocked ? start : start + premium;
        return coveredByDearer.Amount is { } end && even > end ? null : even;
    }

    private static Ratio? UpgradeFrom(PlanTier tier, PlanTiers tiers) =>
        tiers.All.SkipWhile(other => other != tier).Skip(1).Select(dearer => BreakEven(tier, dearer)).Where(static spend => spend is not null).Min();

    /// <summary>The monthly usage that a tier covers at its fixed price; null when nobody knows, without an amount when it covers any.</summary>
    private static Coverage? CoveredBy(PlanTier tier) => tier switch
    {
        { IsMetered: true } => new(Ratio.Zero),
        { Capacity: { } capacity } => new(capacity.Amount is { } amount ? Ratio.Dollars(amount) * capacity.WindowsPerMonth : null),
        _ => null,
    };

    /// <summary>The cost of each month; empty when the tier is none for this usage.</summary>
    private static Ratio[] CostsOn(PlanTier tier, IReadOnlyList<MonthlyUsage> months)
    {
        var costs = new Ratio[months.Count];
        for (var month = 0; month < costs.Length; month++)
        {
            if (months[month].CostOn(tier) is not { } cost)
            {
                return [];
            }

            costs[month] = cost;
        }

        return costs;
    }

    private static Ratio Sum(Ratio[] costs) => costs.Aggregate(Ratio.Zero, static (sum, cost) => sum + cost);

    private static Ratio Mean(Ratio[] costs) => Sum(costs) / Ratio.Of(costs.Length);

    private readonly record struct Coverage(Ratio? Amount);
}
