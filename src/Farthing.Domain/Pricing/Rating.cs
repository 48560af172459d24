using Farthing.Domain.Money;

namespace Farthing.Domain.Pricing;

/// <summary>How sure a price is. Never silent, never zero by accident.</summary>
public enum PricingStatus
{
    /// <summary>The catalog prices this model at this host.</summary>
    Exact,

    /// <summary>The host has no row of its own; the model author's first-party price was taken.</summary>
    AssumedHost,

    /// <summary>The model is unknown; a flagged estimate stands in and is kept in a separate measure.</summary>
    Fallback,

    /// <summary>No price: the cost is unknown, not zero.</summary>
    Unpriced,
}

/// <summary>What follows from how sure a price is.</summary>
public static class PricingStatuses
{
    /// <summary>Whether an amount counts as cost; estimates are told beside it and never added.</summary>
    public static bool IsPriced(this PricingStatus status) => status is PricingStatus.Exact or PricingStatus.AssumedHost;
}

/// <summary>What a call costs, class by class. The total is the sum of the classes.</summary>
public readonly record struct CostByClass
{
    /// <summary>Uncached input.</summary>
    public Usd Input { get; init; }

    /// <summary>Cache reads.</summary>
    public Usd CacheRead { get; init; }

    /// <summary>Five-minute cache writes.</summary>
    public Usd CacheWrite5m { get; init; }

    /// <summary>One-hour cache writes.</summary>
    public Usd CacheWrite1h { get; init; }

    /// <summary>Output.</summary>
    public Usd Output { get; init; }

    /// <summary>Audio, image, video and citation tokens together.</summary>
    public Usd Modalities { get; init; }

    /// <summary>What is priced per unit: web searches.</summary>
    public Usd Units { get; init; }

    /// <summary>The cost of the call.</summary>
    public Usd Total => Input + CacheRead + CacheWrite5m + CacheWrite1h + Output + Modalities + Units;
}

/// <summary>A priced call: what it costs, by which rate card, and how sure that is.</summary>
/// <param name="Card">All rates that held for the call; carries the <see cref="PricingStatus"/>.</param>
/// <param name="Cost">The cost by class; an estimate when the card's status is <see cref="PricingStatus.Fallback"/>.</param>
public readonly record struct Rating(RateCard Card, CostByClass Cost);
