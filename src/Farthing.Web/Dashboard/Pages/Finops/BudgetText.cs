using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Dashboard.Pages.Finops;

/// <summary>Words that only pages of budgets need.</summary>
public static class BudgetText
{
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
