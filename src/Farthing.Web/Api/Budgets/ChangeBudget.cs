using Farthing.Domain.Money;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Budgets;

/// <summary>What is to change about a budget; what is left out or null stays. Whose spend it limits cannot be changed.</summary>
internal sealed record ChangeBudgetBody
{
    public string? Name { get; init; }

    public NumberText? Amount { get; init; }

    public string? Period { get; init; }

    public NumberText? AlertThresholdPct { get; init; }

    /// <summary>Who answers for it; an empty text for nobody.</summary>
    public string? Owner { get; init; }

    public string? Zone { get; init; }

    public bool? Hard { get; init; }

    public IReadOnlyList<int>? Thresholds { get; init; }

    /// <summary>The change, with the numbers that are none.</summary>
    public BudgetChange ToChange()
    {
        var amount = Amount is { } sent ? BudgetNumbers.Amount(sent) : Usd.Zero;
        var alert = AlertThresholdPct is { } percent ? BudgetNumbers.Percent("alert_threshold_pct", percent) : 0;
        return new()
        {
            Name = Name,
            Amount = Amount is null ? null : amount.Or(Usd.Zero),
            Period = Period,
            AlertThresholdPercent = AlertThresholdPct is null ? null : alert.Or(0),
            Owner = Owner,
            Zone = Zone,
            IsHard = Hard,
            Thresholds = Thresholds,
            Unread = Problem.Together(amount.Problem, alert.Problem),
        };
    }
}

/// <summary>Changes a budget.</summary>
internal static class ChangeBudget
{
    public static async Task<Results<Ok<BudgetAnswer>, ProblemHttpResult>> HandleAsync(
        string id, ChangeBudgetBody body, Caller caller, ManageBudgets manage, ReadBudgets read, CancellationToken cancellationToken)
    {
        var changed = await manage.ChangeAsync(caller, id, body.ToChange(), cancellationToken);
        return changed.Problem is { } problem ? problem.ToHttp() : TypedResults.Ok(BudgetAnswer.Of(await read.OfAsync(changed.Value, cancellationToken)));
    }
}
