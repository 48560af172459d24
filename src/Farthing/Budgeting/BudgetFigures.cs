using System.Text.Json.Serialization;
using Farthing.Finops;

namespace Farthing.Budgeting;

/// <summary>What the page shows of the API's answer about a budget. Amounts are dollars.</summary>
/// <param name="Id">Names it for ever.</param>
/// <param name="Name">What people call it.</param>
/// <param name="TeamName">The team's name; null when it is about no team.</param>
/// <param name="Amount">What may be spent in a window.</param>
/// <param name="Period">The word of the window.</param>
/// <param name="CurrentSpend">What was spent in it.</param>
/// <param name="ProjectedEndOfPeriod">Where the window ends at the rate so far.</param>
/// <param name="PctUsed">How much of the amount is spent, in percent.</param>
/// <param name="Status"><c>on_track</c>, <c>warning</c> or <c>over_budget</c>.</param>
/// <param name="AtRisk">Whether it is not over yet and will more likely be than not.</param>
/// <param name="POver">How likely the window ends over the amount, 0 to 1; null when too little is known.</param>
/// <param name="Scope">Whose spend it limits.</param>
/// <param name="ScopeId">Which team, project, engineer, model or key; null for the organisation.</param>
/// <param name="Zone">Whose days count.</param>
/// <param name="Thresholds">At how many percent people are told.</param>
/// <param name="WindowEnd">The first instant behind the window; null without end.</param>
/// <param name="PricingStatus">How sure what was spent is; estimates are in it.</param>
internal sealed record BudgetFigures(
    string Id,
    string Name,
    string? TeamName,
    decimal Amount,
    string Period,
    decimal CurrentSpend,
    decimal ProjectedEndOfPeriod,
    decimal PctUsed,
    string Status,
    bool AtRisk,
    decimal? POver,
    string Scope,
    string? ScopeId,
    string Zone,
    IReadOnlyList<int> Thresholds,
    DateTimeOffset? WindowEnd,
    PricingFigures PricingStatus)
{
    /// <summary>What the team, engineer or API key of the scope is called; null for anything else, and from servers that do not tell it yet.</summary>
    public string? ScopeName { get; init; }

    /// <summary>What whoever keeps it should know; null for nothing, and from servers that do not tell it yet.</summary>
    public string? Warning { get; init; }
}

/// <summary>Reads and writes budgets.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(List<BudgetFigures>))]
[JsonSerializable(typeof(BudgetFigures))]
[JsonSerializable(typeof(BudgetWish))]
internal sealed partial class BudgetFiguresJson : JsonSerializerContext;
