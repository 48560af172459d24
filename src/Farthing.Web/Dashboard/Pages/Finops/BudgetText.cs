using Farthing.Domain.Budgets;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Dashboard.Pages.Finops;

/// <summary>Words that only pages of budgets need.</summary>
public static class BudgetText
{
    /// <summary>Whose spend a budget limits: <c>whole organisation</c>, <c>team Platform</c>.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="name">What its team, engineer or API key is called; null when it has none, or it is gone.</param>
    public static string WhoseOf(Budget budget, string? name) => budget.Scope switch
    {
        BudgetScope.Org => "whole organisation",
        BudgetScope.Team or BudgetScope.ApiKey => $"{PlainWords.Within(BudgetWords.Of(budget.Scope))} {name ?? "that is gone"}",
        _ => $"{BudgetWords.Of(budget.Scope)} {name ?? budget.ScopeId}",
    };

    /// <summary>The window of a budget that is running, within a sentence.</summary>
    public static string NowOf(BudgetPeriod period) => period switch
    {
        BudgetPeriod.Month => "this month",
        BudgetPeriod.Quarter => "this quarter",
        BudgetPeriod.Day => "today",
        BudgetPeriod.Week => "this week",
        BudgetPeriod.Rolling30Days => "the last 30 days",
        _ => "since it was made",
    };

    /// <summary>How sure what was spent of a budget is, in sentences; empty where nothing was spent.</summary>
    public static IEnumerable<string> DoubtsOf(PricingTotals pricing)
    {
        if (pricing.Calls > 0 && pricing.Exact.Calls == pricing.Calls)
        {
            yield return "Prices exact.";
        }

        if (pricing.AssumedHost.Calls > 0)
        {
            yield return $"{PageText.Money(pricing.AssumedHost.Amount)} of it is at assumed prices: {PageText.Count(pricing.AssumedHost.Calls, "call")}.";
        }

        if (pricing.Estimated.Calls > 0)
        {
            yield return $"{PageText.Money(pricing.Estimated.Amount)} of it is estimated: {PageText.Count(pricing.Estimated.Calls, "call")} of unknown models.";
        }

        if (pricing.Unpriced.Calls > 0)
        {
            yield return $"Not in it: {PageText.Count(pricing.Unpriced.Calls, "call")} of unknown price.";
        }
    }
}
