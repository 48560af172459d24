using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Budgeting;

namespace Farthing.Workflows.Tests.Budgeting;

public sealed class SpendOfBudgetsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_budget_is_not_held_against_an_estimate()
    {
        var spend = new SpendOfBudgets(new MemorySpend(
        [
            SampleSpend.Call(Noon, "claude-sonnet-5", default, usd: "2"),
            SampleSpend.Call(Noon, "gpt-5.5", default, PricingStatus.AssumedHost, "0.5"),
            SampleSpend.Call(Noon, "claude-lab-preview-x1", default, PricingStatus.Fallback, "70"),
        ]));

        var days = await spend.ByDayAsync(Dimensions.LocalOrg, BudgetScope.Org, [string.Empty], TimeZoneInfo.Utc, new(2026, 3, 1), TestContext.Current.CancellationToken);

        days.ShouldHaveSingleItem().Cost.ToString().ShouldBe("2.5");
    }
}
