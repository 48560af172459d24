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
/// <param name="tiers">The tiers to choose from.</param>
public sealed class CheapestPlan(PlanTiers tiers)
{
    private readonly Line[] lines =
        [.. tiers.All.Select(tier => new Line(tier, BreakEven(tiers.Metered, tier), UpgradeFrom(tier, tiers)))];

    /// <summary>The tier with the least mean cost over some months; of equally cheap ones the one with the least fixed cost.</summary>
    /// <param name="months">What was used, one entry a month; at least one.</param>
    public CheapestFit Fit(IReadOnlyList<MonthlyUsage> months)
    {
        if (months.Count == 0)
        {
            throw new ArgumentException("A fit is concluded from at least one month.", nameof(months));
        }

        var byTier = lines.Select(line => (Line: line, Costs: CostsOn(line.Tier, months))).Where(static tier => tier.Costs.Length > 0)
            .Select(static tier => (tier.Line, tier.Costs, Sum: Sum(tier.Costs))).ToArray();
        var (best, costs, sum) = byTier.MinBy(static tier => tier.Sum);
        var metered = byTier.First(static tier => tier.Line.Tier.IsMetered);
        var count = Ratio.Of(months.Count);
        return new(
            best.Tier,
            sum / count,
            metered.Sum / count,
            months.Count,
            Enumerable.Range(0, months.Count).Count(month => byTier.All(tier => costs[month] <= tier.Costs[month])),
            best.BreakEven,
            best.Upgrade,
            best.Tier.Capacity?.Basis == PlanCapacity.Assumed);
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

    /// <summary>A tier, the usage from which on it beats the API, and the usage from which on a dearer one beats it.</summary>
    private sealed record Line(PlanTier Tier, Ratio? BreakEven, Ratio? Upgrade);

    private readonly record struct Coverage(Ratio? Amount);
}
