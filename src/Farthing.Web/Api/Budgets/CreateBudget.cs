using Farthing.Domain.Money;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Budgets;

/// <summary>A budget to be made. Primer's fields are <c>team_id</c>, <c>name</c>, <c>amount</c>, <c>period</c> and <c>alert_threshold_pct</c>.</summary>
internal sealed record CreateBudgetBody
{
    /// <summary>What people call it; it must be there.</summary>
    public string? Name { get; init; }

    /// <summary>What may be spent in a window, in dollars; it must be there.</summary>
    public NumberText? Amount { get; init; }

    public string? TeamId { get; init; }

    /// <summary><c>monthly</c> unless told; <c>quarterly</c>, <c>daily</c>, <c>weekly</c>, <c>rolling30</c>, <c>lifetime</c>.</summary>
    public string? Period { get; init; }

    /// <summary>Above how many percent it is a warning, 0 to 100; 80 unless told.</summary>
    public NumberText? AlertThresholdPct { get; init; }

    /// <summary><c>org</c>, <c>team</c>, <c>project</c>, <c>engineer</c> or <c>model</c>; by <c>team_id</c> unless told.</summary>
    public string? Scope { get; init; }

    /// <summary>Which team, project, engineer or model.</summary>
    public string? ScopeId { get; init; }

    public string? Owner { get; init; }

    /// <summary>The IANA time zone whose days count; UTC unless told.</summary>
    public string? Zone { get; init; }

    /// <summary>Whether calls are to be refused when it is used up; they are not unless told.</summary>
    public bool? Hard { get; init; }

    /// <summary>At how many percent to tell people; at the alert threshold and 100 unless told.</summary>
    public IReadOnlyList<int>? Thresholds { get; init; }

    /// <summary>What is wanted, with the numbers that are none.</summary>
    public BudgetDraft ToDraft()
    {
        var amount = Amount is { } told ? BudgetNumbers.Amount(told) : BudgetRules.WrongAmount;
        var alert = AlertThresholdPct is { } sent ? BudgetNumbers.Percent("alert_threshold_pct", sent) : BudgetRules.UsualAlertThreshold;
        return new()
        {
            TeamId = TeamId,
            Scope = Scope,
            ScopeId = ScopeId,
            Name = Name ?? string.Empty,
            Owner = Owner,
            Amount = amount.Or(Usd.Zero),
            Period = Period,
            Zone = Zone,
            IsHard = Hard ?? false,
            Thresholds = Thresholds,
            AlertThresholdPercent = alert.Or(BudgetRules.UsualAlertThreshold),
            Unread = Problem.Together(amount.Problem, alert.Problem),
        };
    }
}

/// <summary>Makes a budget.</summary>
internal static class CreateBudget
{
    public static async Task<Results<Created<BudgetAnswer>, ProblemHttpResult>> HandleAsync(
        CreateBudgetBody body, Caller caller, ManageBudgets manage, ReadBudgets read, CancellationToken cancellationToken)
    {
        var made = await manage.CreateAsync(caller, body.ToDraft(), cancellationToken);
        return made.Problem is { } problem
            ? problem.ToHttp()
            : TypedResults.Created($"/api/v1/finops/budgets/{made.Value.Id}", BudgetAnswer.Of(await read.OfAsync(made.Value, cancellationToken)));
    }
}
