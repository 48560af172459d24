using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Planning;

/// <summary>How tiers are recommended.</summary>
public enum PlanMode
{
    /// <summary>Primer's bands: the dearest seat below what an engineer costs by API.</summary>
    Band,

    /// <summary>The tier with the least expected cost.</summary>
    Cheapest,
}

/// <summary>Something about how an engineer pays that wastes money.</summary>
/// <param name="EngineerId">Who.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Finding">A subscription that nobody used for 30 days, or calls by API beside one.</param>
/// <param name="MonthlyApiCost">What their calls by API cost a month, in dollars.</param>
public sealed record SeatNote(string EngineerId, string Name, SeatFinding Finding, Ratio MonthlyApiCost);

/// <summary>What an organisation pays by API, what it would pay on plans that fit, and with models that do as well.</summary>
public sealed record CostModel
{
    /// <summary>How tiers were recommended.</summary>
    public required PlanMode Mode { get; init; }

    /// <summary>The provider whose tiers and calls it is about; null for Claude's tiers and all calls.</summary>
    public required string? Provider { get; init; }

    /// <summary>The tiers.</summary>
    public required PlanTiers Tiers { get; init; }

    /// <summary>Whether the operator defined the tiers, instead of Primer.</summary>
    public required bool AreTiersDefined { get; init; }

    /// <summary>The engineers and their tiers.</summary>
    public required PlanFitReport Fit { get; init; }

    /// <summary>What the recommendation of an engineer rests on, by id; empty for Primer's bands.</summary>
    public required IReadOnlyDictionary<string, CheapestFit> Cheapest { get; init; }

    /// <summary>Seats that are idle, and engineers who pay twice. Idle ones are looked for with <see cref="PlanMode.Cheapest"/> only.</summary>
    public required IReadOnlyList<SeatNote> Seats { get; init; }

    /// <summary>Work that a cheaper model did as well.</summary>
    public required IReadOnlyList<ModelChoice> Choices { get; init; }

    /// <summary>How many sessions these were concluded from.</summary>
    public required int ChoiceSessions { get; init; }

    /// <summary>Whether older sessions were left out.</summary>
    public required bool IsChoiceCut { get; init; }

    /// <summary>What the calls cost that name nobody.</summary>
    public required Usd Unattributed { get; init; }

    /// <summary>How sure the prices are.</summary>
    public required PricingTotals Pricing { get; init; }
}
