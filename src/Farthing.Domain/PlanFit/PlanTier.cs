using Farthing.Domain.Money;

namespace Farthing.Domain.PlanFit;

/// <summary>The time after which a seat's capacity is whole again.</summary>
public enum CapacityWindow
{
    /// <summary>A month.</summary>
    Month,

    /// <summary>A week.</summary>
    Week,

    /// <summary>Five hours.</summary>
    FiveHours,
}

/// <summary>What happens to usage beyond a seat's capacity.</summary>
public enum Overage
{
    /// <summary>It is paid at the price of the API.</summary>
    ApiPrice,

    /// <summary>It is refused until the next window.</summary>
    Blocked,
}

/// <summary>How much usage a seat covers.</summary>
/// <param name="Amount">Usage in one window, at the price of the API; null for any amount.</param>
/// <param name="Window">The window.</param>
/// <param name="Basis">Where that is known from, or <see cref="Assumed"/>.</param>
public sealed record PlanCapacity(Usd? Amount, CapacityWindow Window, string Basis)
{
    /// <summary>The basis of a capacity that the vendor does not publish.</summary>
    public const string Assumed = "assumed";

    /// <summary>Windows of a 30-day month, exactly: 1, 30/7, 144.</summary>
    public Ratio WindowsPerMonth => Window switch
    {
        CapacityWindow.Week => Ratio.Of(30, 7),
        CapacityWindow.FiveHours => Ratio.Of(30 * 24, 5),
        _ => Ratio.One,
    };
}

/// <summary>
/// One way to pay for an agent: a seat with a monthly price, or the API at its metered price. Dated, because prices and
/// capacities change; another vendor's tiers are told by the same type.
/// </summary>
public sealed record PlanTier
{
    /// <summary>Whose tier it is: <c>anthropic</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Its stable name: <c>max_5x</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it: <c>Claude Max (5x)</c>.</summary>
    public required string Label { get; init; }

    /// <summary>What a seat costs a month; nothing for the metered tier.</summary>
    public required Usd MonthlyCost
    {
        get;
        init => (field, Price) = (value, Ratio.Dollars(value));
    }

    /// <summary><see cref="MonthlyCost"/> in dollars.</summary>
    public Ratio Price { get; private init; }

    /// <summary>Whether all usage is paid at the price of the API and there is no seat.</summary>
    public bool IsMetered => MonthlyCost == Usd.Zero;

    /// <summary>How much usage a seat covers; null when nobody knows, and then the tier is never called cheapest.</summary>
    public PlanCapacity? Capacity { get; init; }

    /// <summary>What happens beyond the capacity.</summary>
    public Overage Overage { get; init; }

    /// <summary>The first day on which it is sold at this price; null for always.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The first day on which it is not any more; null for open.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Whether it is sold on a day.</summary>
    public bool IsOffered(DateOnly day) => (From is not { } from || day >= from) && (To is not { } to || day < to);
}
