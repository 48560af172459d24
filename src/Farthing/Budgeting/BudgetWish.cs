using System.Text.Json.Serialization;
using Farthing.Domain.Money;
using Farthing.Workflows.Budgeting;

namespace Farthing.Budgeting;

/// <summary>What a budget shall be, as it was typed; null leaves a thing as it is, or as it usually is. It is the body of a request as it stands.</summary>
internal sealed record BudgetWish
{
    /// <summary>What people call it; null when another thing of a budget is changed.</summary>
    public string? Name { get; init; }

    /// <summary>What may be spent in a window, in dollars.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The word of the window.</summary>
    public string? Period { get; init; }

    /// <summary>Whose spend is limited; only of a new one.</summary>
    public string? Scope { get; init; }

    /// <summary>Which team, project, engineer, model or key; only of a new one.</summary>
    public string? ScopeId { get; init; }

    /// <summary>Who answers for it.</summary>
    public string? Owner { get; init; }

    /// <summary>Whose days count.</summary>
    public string? Zone { get; init; }

    /// <summary>Above how many percent it is a warning.</summary>
    [JsonPropertyName("alert_threshold_pct")]
    public int? Alert { get; init; }

    /// <summary>At how many percent people are told.</summary>
    public IReadOnlyList<int>? Thresholds { get; init; }

    /// <summary>The same for the store, of a new one.</summary>
    public BudgetDraft ToDraft() => new()
    {
        Name = Name ?? string.Empty,
        Amount = Usd.FromDecimal(Amount ?? 0),
        Period = Period,
        Scope = Scope,
        ScopeId = ScopeId,
        Owner = Owner,
        Zone = Zone,
        AlertThresholdPercent = Alert,
        Thresholds = Thresholds,
    };

    /// <summary>The same for the store, of one that is there.</summary>
    public BudgetChange ToChange() => new()
    {
        Name = Name,
        Amount = Amount is { } amount ? Usd.FromDecimal(amount) : null,
        Period = Period,
        Owner = Owner,
        Zone = Zone,
        AlertThresholdPercent = Alert,
        Thresholds = Thresholds,
    };
}
