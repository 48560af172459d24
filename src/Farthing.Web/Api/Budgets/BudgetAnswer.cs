using Farthing.Domain.Budgets;
using Farthing.Domain.Money;
using Farthing.Web.Api.Finops;
using Farthing.Workflows.Budgeting;

namespace Farthing.Web.Api.Budgets;

/// <summary>
/// How a budget stands. The first twelve fields are Primer's, with its names and roundings: money with two decimals,
/// percent with one, JSON numbers. What follows is ours and changes none of them.
/// </summary>
internal sealed record BudgetAnswer
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string? TeamId { get; init; }

    public required string? TeamName { get; init; }

    public required decimal Amount { get; init; }

    /// <summary><c>monthly</c>, <c>quarterly</c>, <c>daily</c>, <c>weekly</c>, <c>rolling30</c> or <c>lifetime</c>.</summary>
    public required string Period { get; init; }

    public required decimal CurrentSpend { get; init; }

    public required decimal BurnRateDaily { get; init; }

    public required decimal ProjectedEndOfPeriod { get; init; }

    public required int AlertThresholdPct { get; init; }

    public required decimal PctUsed { get; init; }

    /// <summary><c>on_track</c>, <c>warning</c> or <c>over_budget</c>; never anything else.</summary>
    public required string Status { get; init; }

    /// <summary>Whether it is not over yet and will more likely be than not.</summary>
    public required bool AtRisk { get; init; }

    /// <summary>How likely the window ends over the amount, 0 to 1; null when too little is known.</summary>
    public required decimal? POver { get; init; }

    /// <summary>Actual less budget: negative while something is left.</summary>
    public required decimal Variance { get; init; }

    /// <summary><c>org</c>, <c>team</c>, <c>project</c>, <c>engineer</c>, <c>model</c> or <c>api_key</c>.</summary>
    public required string Scope { get; init; }

    public required string? ScopeId { get; init; }

    /// <summary>What the team, engineer or API key of the scope is called; null for anything else.</summary>
    public required string? ScopeName { get; init; }

    public required string? Owner { get; init; }

    public required string Zone { get; init; }

    public required bool Hard { get; init; }

    public required IReadOnlyList<int> Thresholds { get; init; }

    public required DateTimeOffset WindowStart { get; init; }

    /// <summary>The first instant behind the window; null without end.</summary>
    public required DateTimeOffset? WindowEnd { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How sure <see cref="CurrentSpend"/> is, which holds all of it but the calls of unknown price: estimates count.</summary>
    public required PricingStatusAnswer PricingStatus { get; init; }

    /// <summary>What whoever keeps it should know: that no call bears the model or project yet; null when there is nothing.</summary>
    public required string? Warning { get; init; }

    /// <summary>The answer for a budget.</summary>
    public static BudgetAnswer Of(NamedStanding named)
    {
        var (budget, window, status) = named.Standing;
        return new()
        {
            Id = budget.Id,
            Name = budget.Name,
            TeamId = budget.Scope == BudgetScope.Team ? budget.ScopeId : null,
            TeamName = named.TeamName,
            Amount = budget.Amount.ToDecimal(),
            Period = BudgetWords.Of(budget.Period),
            CurrentSpend = Dollars(status.Spend),
            BurnRateDaily = status.BurnRateDaily.Round(BudgetStatus.MoneyDecimals),
            ProjectedEndOfPeriod = status.ProjectedEndOfPeriod.Round(BudgetStatus.MoneyDecimals),
            AlertThresholdPct = budget.AlertThresholdPercent,
            PctUsed = status.PercentUsed.Round(BudgetStatus.PercentDecimals),
            Status = BudgetWords.Of(status.PrimerState),
            AtRisk = status.IsAtRisk,
            POver = status.ProbabilityOver,
            Variance = Dollars(status.Variance),
            Scope = BudgetWords.Of(budget.Scope),
            ScopeId = OrNull(budget.ScopeId),
            ScopeName = named.Name,
            Owner = OrNull(budget.Owner),
            Zone = budget.Zone,
            Hard = budget.IsHard,
            Thresholds = budget.Thresholds,
            WindowStart = window.Start,
            WindowEnd = window.End,
            CreatedAt = budget.CreatedAt,
            PricingStatus = PricingStatusAnswer.Of(named.Standing.Pricing),
            Warning = named.Warning,
        };
    }

    private static decimal Dollars(Usd amount) => Ratio.Dollars(amount).Round(BudgetStatus.MoneyDecimals);

    private static string? OrNull(string text) => text.Length > 0 ? text : null;
}
