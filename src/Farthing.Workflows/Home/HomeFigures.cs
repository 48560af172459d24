using Farthing.Domain.Money;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Home;

/// <summary>Something whose spend changed from one week to the next. Today is not over and is in neither.</summary>
/// <param name="By">What kind of thing it is.</param>
/// <param name="Value">Which one, as calls say it.</param>
/// <param name="Name">The same as people call it.</param>
/// <param name="Before">What it cost in the seven days before the last seven whole ones.</param>
/// <param name="Now">What it cost in the last seven whole days.</param>
public sealed record Mover(SpendDimension By, string Value, string Name, Usd Before, Usd Now)
{
    /// <summary>By how much it changed.</summary>
    public Usd Change => Now - Before;
}

/// <summary>What a lead looks at every morning.</summary>
public sealed record HomeFigures
{
    /// <summary>When they were read.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The current day in the organisation's zone.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>What today used and cost so far.</summary>
    public required SpendSum TodaySum { get; init; }

    /// <summary>What yesterday used and cost.</summary>
    public required SpendSum YesterdaySum { get; init; }

    /// <summary>What this calendar month used and cost so far.</summary>
    public required SpendSum MonthSum { get; init; }

    /// <summary>What the days of this month before today cost: those that are over.</summary>
    public required Usd MonthOver { get; init; }

    /// <summary>What the same days of the month before cost.</summary>
    public required Usd MonthBefore { get; init; }

    /// <summary>Where the month is heading.</summary>
    public required MonthHeading Heading { get; init; }

    /// <summary>The last thirty days, the oldest first, none left out.</summary>
    public required IReadOnlyList<SpendDay> Days { get; init; }

    /// <summary>The budgets that the caller sees; null for whoever sees none, however many there are.</summary>
    public required BudgetDangers? Budgets { get; init; }

    /// <summary>What changed most between the last seven whole days and the seven before, up or down.</summary>
    public required IReadOnlyList<Mover> Movers { get; init; }

    /// <summary>How sure the prices of the last thirty days and this month are.</summary>
    public required PricingTotals Pricing { get; init; }

    /// <summary>The time of the newest call; null when there is none.</summary>
    public required DateTimeOffset? NewestAt { get; init; }

    /// <summary>Whether nothing was ever metered within the caller's scope.</summary>
    public bool IsEmpty => NewestAt is null && Pricing.Calls == 0;
}
