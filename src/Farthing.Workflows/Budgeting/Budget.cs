using Farthing.Domain.Budgets;
using Farthing.Domain.Money;

namespace Farthing.Workflows.Budgeting;

/// <summary>Whose spend a budget limits. The names on the wire and in stores are those of <see cref="BudgetWords"/>.</summary>
public enum BudgetScope
{
    /// <summary>The whole organisation's.</summary>
    Org,

    /// <summary>A team's.</summary>
    Team,

    /// <summary>A project's, by its exact name.</summary>
    Project,

    /// <summary>An engineer's.</summary>
    Engineer,

    /// <summary>A model's, by the name that reports give it.</summary>
    Model,

    /// <summary>What is told by an API key, by its id.</summary>
    ApiKey,
}

/// <summary>What may be spent by somebody, over and over, in a window of time.</summary>
public sealed record Budget
{
    /// <summary>Whose it is.</summary>
    public required string Org { get; init; }

    /// <summary>Names it for ever; budgets made later sort later.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Whose spend it limits.</summary>
    public required BudgetScope Scope { get; init; }

    /// <summary>Which team, project, engineer, model or key that is; empty for the organisation.</summary>
    public required string ScopeId { get; init; }

    /// <summary>Who answers for it; empty when nobody does.</summary>
    public string Owner { get; init; } = string.Empty;

    /// <summary>What may be spent in a window; more than nothing.</summary>
    public required Usd Amount { get; init; }

    /// <summary>For how long the amount holds.</summary>
    public required BudgetPeriod Period { get; init; }

    /// <summary>The IANA time zone whose days count.</summary>
    public required string Zone { get; init; }

    /// <summary>Whether calls are to be refused when it is used up. Kept for the gateway, which does that; here it only reports.</summary>
    public bool IsHard { get; init; }

    /// <summary>At how many percent to tell people, ascending, each once.</summary>
    public required IReadOnlyList<int> Thresholds { get; init; }

    /// <summary>Above how many percent its state is a warning, 0 to 100.</summary>
    public required int AlertThresholdPercent { get; init; }

    /// <summary>When it was made; a <see cref="BudgetPeriod.Lifetime"/> begins on that day.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
