using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Budgeting;

namespace Farthing.Workflows.Tests.Budgeting;

public sealed class SpendOfBudgetsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_budget_counts_estimates_and_tells_how_sure_they_are()
    {
        var spend = new SpendOfBudgets(new MemorySpend(
        [
            SampleSpend.Call(Noon, "claude-sonnet-5", default, usd: "2"),
            SampleSpend.Call(Noon, "gpt-5.5", default, PricingStatus.AssumedHost, "0.5"),
            SampleSpend.Call(Noon, "claude-lab-preview-x1", default, PricingStatus.Fallback, "70"),
            SampleSpend.Call(Noon, "unheard-of", default, PricingStatus.Unpriced, "0"),
        ]));

        var days = await spend.ByDayAsync(Dimensions.LocalOrg, BudgetScope.Org, [string.Empty], TimeZoneInfo.Utc, new(2026, 3, 1), TestContext.Current.CancellationToken);

        var day = days.ShouldHaveSingleItem();
        day.Cost.ToString().ShouldBe("72.5");
        (day.Pricing.Exact.Calls, day.Pricing.AssumedHost.Calls, day.Pricing.Estimated.Calls, day.Pricing.Unpriced.Calls).ShouldBe((1, 1, 1, 1));
    }
}
