using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;
using Farthing.Domain.Pricing;
using Farthing.Domain.Tests.Caching;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Tests.PlanFit;

/// <summary>Primer's cases of plan fit, by their ids; where Primer answers binary noise the exact answer is expected.</summary>
public sealed class PlanBandsTests
{
    private static readonly PlanPeriod Month = new(30);

    public static TheoryData<string, decimal, string, decimal, decimal, decimal> Bands => new()
    {
        { "CM1", 0m, "api_key", 0m, 0m, 0m },
        { "CM2", 19.99m, "api_key", 19.99m, 0m, 0.67m },
        { "CM3", 20.00m, "api_key", 20.00m, 0m, 0.67m },
        { "CM4", 20.01m, "pro", 20m, 0.01m, 0.67m },
        { "CM6", 100.00m, "pro", 20m, 80m, 3.33m },
        { "CM7", 100.01m, "max_5x", 100m, 0.01m, 3.33m },
        { "CM9", 200.00m, "max_5x", 100m, 100m, 6.67m },
        { "above CM9", 200.01m, "max_20x", 200m, 0.01m, 6.67m },
        { "CM11", 321.525m, "max_20x", 200m, 121.52m, 10.72m },
        { "CM12", 15.75m, "api_key", 15.75m, 0m, 0.52m },
        { "CM13", 0.0028m, "api_key", 0m, 0m, 0m },
    };

    [Theory]
    [MemberData(nameof(Bands))]
    public void The_dearest_tier_below_the_cost_fits(string id, decimal cost, string tier, decimal planCost, decimal savings, decimal daily)
    {
        var fit = PlanBands.Fit([Engineer("ada", cost)], Month, PlanTiers.Primer).Engineers.ShouldHaveSingleItem();

        (fit.Tier.Name, Money(fit.MonthlyPlanCost), Money(fit.Savings), Money(fit.DailyAverage)).ShouldBe((tier, planCost, savings, daily), id);
    }

    [Fact]
    public void CM11_thirty_equal_calls_are_added_exactly()
    {
        var call = new TokenCounts { Input = 50_000, Output = 130_000, CacheRead = 20_000, CacheWrite5m = 10_000 };
        var cost = CostOf(Cards.Opus4, call);
        var month = new Usd(cost.Picodollars * 30);

        var fit = PlanBands.Fit([new("ada", "Ada", month)], Month, PlanTiers.Primer).Engineers.ShouldHaveSingleItem();

        cost.ShouldBe(Usd.FromDecimal(10.7175m));
        (fit.MonthlyApiCost, fit.Savings, fit.Tier.Name).ShouldBe((Ratio.FromDecimal(321.525m), Ratio.FromDecimal(121.525m), "max_20x"));
    }

    [Fact]
    public void AN1_costs_of_two_models_add_up()
    {
        var sonnet = CostOf(Cards.Sonnet4, new TokenCounts { Input = 1_000_000, Output = 500_000 });
        var opus = CostOf(Cards.Opus4, new TokenCounts { Input = 100_000, Output = 50_000 });

        (sonnet, opus, sonnet + opus).ShouldBe((Usd.FromDecimal(10.5m), Usd.FromDecimal(5.25m), Usd.FromDecimal(15.75m)));
    }

    [Fact]
    public void CM14_without_engineers_every_tier_has_an_empty_line()
    {
        var report = PlanBands.Fit([], Month, PlanTiers.Primer);

        report.Engineers.ShouldBeEmpty();
        report.Allocation.Select(line => (line.Tier.Name, line.Tier.Label, line.Tier.MonthlyCost.ToDecimal(), line.Engineers, Money(line.MonthlyCost))).ShouldBe(
        [
            ("api_key", "API Key", 0m, 0, 0m),
            ("pro", "Claude Pro", 20m, 0, 0m),
            ("max_5x", "Claude Max (5x)", 100m, 0, 0m),
            ("max_20x", "Claude Max (20x)", 200m, 0, 0m),
        ]);
        (report.TotalApiCost, report.TotalPlanCost, report.TotalSavings).ShouldBe((Ratio.Zero, Ratio.Zero, Ratio.Zero));
    }

    [Fact]
    public void CM15_a_period_is_whole_days()
    {
        var start = new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

        PlanPeriod.Between(start, start.AddDays(14), TimeZoneInfo.Utc).Days.ShouldBe(14);
        PlanPeriod.Between(start, start.AddDays(14).AddSeconds(-1), TimeZoneInfo.Utc).Days.ShouldBe(13);
        PlanPeriod.Between(start, start.AddHours(3), TimeZoneInfo.Utc).Days.ShouldBe(1);
    }

    [Theory]
    [InlineData("2026-11-20T00:00:00Z", "2026-11-20T23:59:59.999Z", "UTC", 1)]
    [InlineData("2026-11-20T00:00:00Z", "2026-11-21T23:59:59.999Z", "UTC", 2)]
    [InlineData("2026-11-20T00:00:00Z", "2026-11-21T23:59:59.998Z", "UTC", 1)]
    [InlineData("2026-03-27T23:00:00Z", "2026-03-29T21:59:59.999Z", "Europe/Berlin", 2)]
    public void Days_that_are_asked_for_whole_are_all_counted(string first, string last, string zone, int days) =>
        PlanPeriod.Between(
            DateTimeOffset.Parse(first, CultureInfo.InvariantCulture), DateTimeOffset.Parse(last, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone)).Days.ShouldBe(days);

    [Fact]
    public void CM18_everybody_is_counted_once()
    {
        var report = PlanBands.Fit([Engineer("ada", 150), Engineer("bob", 5)], Month, PlanTiers.Primer);

        report.Engineers.Select(fit => fit.Engineer.Id).ShouldBe(["bob", "ada"]);
        report.Allocation.Select(line => (line.Tier.Name, line.Engineers, Money(line.MonthlyCost)))
            .ShouldBe([("api_key", 1, 5m), ("pro", 0, 0m), ("max_5x", 1, 100m), ("max_20x", 0, 0m)]);
        (Money(report.TotalApiCost), Money(report.TotalPlanCost), Money(report.TotalSavings)).ShouldBe((155m, 105m, 50m));
    }

    [Fact]
    public void A_cost_of_other_days_is_extrapolated_to_thirty()
    {
        var fit = PlanBands.Fit([Engineer("ada", 70)], new(7), PlanTiers.Primer).Engineers[0];

        (Money(fit.MonthlyApiCost), Money(fit.DailyAverage), fit.Tier.Name).ShouldBe((300m, 10m, "max_20x"));
    }

    [Fact]
    public void The_lines_of_the_tiers_add_up_and_nothing_is_lost() => Laws.Hold<uint[], byte>((cents, days) =>
    {
        var engineers = cents.Select((cost, index) => Engineer($"{index}", cost % 100_000 / 100m));
        var report = PlanBands.Fit(engineers, new(days + 1), PlanTiers.Primer);
        return report.Allocation.Sum(line => line.Engineers) == cents.Length
            && report.Allocation.Aggregate(Ratio.Zero, (sum, line) => sum + line.MonthlyCost) == report.TotalPlanCost
            && report.TotalSavings >= Ratio.Zero;
    });

    private static Usd CostOf(RateCard card, TokenCounts tokens) =>
        card[TokenClass.Input].Times(tokens.Input) + card[TokenClass.Output].Times(tokens.Output)
        + card[TokenClass.CacheRead].Times(tokens.CacheRead) + card[TokenClass.CacheWrite5m].Times(tokens.CacheWrite5m);

    private static EngineerCost Engineer(string id, decimal cost) => new(id, id, Usd.FromDecimal(cost));

    private static decimal Money(Ratio amount) => amount.Round(PlanBands.MoneyDecimals);
}
