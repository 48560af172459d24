using Farthing.Domain.Money;

namespace Farthing.Domain.PlanFit;

/// <summary>
/// What an engineer's calls cost in one month by API, and when: a seat whose capacity is counted by week or by five hours
/// covers even usage better than usage in bursts.
/// </summary>
/// <param name="Total">All of it that a seat may cover.</param>
public sealed record MonthlyUsage(Usd Total)
{
    /// <summary>What was used elsewhere and no seat covers: it is paid at the price of the API on every tier.</summary>
    public Usd Elsewhere { get; init; }

    /// <summary>The cost of each week; empty when not known, and then usage is taken for even.</summary>
    public IReadOnlyList<Usd> Weeks { get; init; } = [];

    /// <summary>The cost of each five hours with usage; empty when not known.</summary>
    public IReadOnlyList<Usd> FiveHours { get; init; } = [];

    /// <summary>The usage that a capacity does not cover, in dollars.</summary>
    public Ratio Beyond(PlanCapacity capacity)
    {
        if (capacity.Amount is not { } amount)
        {
            return Ratio.Zero;
        }

        var windows = capacity.Window switch
        {
            CapacityWindow.Week => Weeks,
            CapacityWindow.FiveHours => FiveHours,
            _ => [Total],
        };
        if (windows.Count == 0)
        {
            return BeyondEven(amount, capacity.WindowsPerMonth);
        }

        var beyond = Usd.Zero;
        foreach (var window in windows)
        {
            beyond += window > amount ? window - amount : Usd.Zero;
        }

        return beyond == Usd.Zero ? Ratio.Zero : Ratio.Dollars(beyond);
    }

    /// <summary>What even usage exceeds a capacity by. Most usage is covered, which whole numbers tell at once.</summary>
    private Ratio BeyondEven(Usd amount, Ratio windows) =>
        Total.Picodollars * windows.Denominator <= amount.Picodollars * windows.Numerator
            ? Ratio.Zero
            : Ratio.Dollars(Total) - (Ratio.Dollars(amount) * windows);

    /// <summary>What the month costs on a tier, in dollars; null when the tier refuses some of it or nobody knows what it covers.</summary>
    public Ratio? CostOn(PlanTier tier)
    {
        if (tier.IsMetered)
        {
            return Ratio.Dollars(Total + Elsewhere);
        }

        if (tier.Capacity is not { } capacity)
        {
            return null;
        }

        var beyond = Beyond(capacity);
        return tier.Overage == Overage.Blocked && beyond > Ratio.Zero ? null : tier.Price + beyond + Ratio.Dollars(Elsewhere);
    }
}
