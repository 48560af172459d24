using Farthing.Domain.Budgets;
using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Budgets;

/// <summary>Primer's cases of budgets, by their ids; where Primer answers binary noise the exact answer is expected.</summary>
public sealed class BudgetStatusTests
{
    private static readonly int[] Thresholds = [50, 80, 100];

    public static TheoryData<string, string, decimal, decimal, int, decimal, decimal, decimal, BudgetState> Months => new()
    {
        { "BU1", "2026-02-15T12:00Z", 0m, 1000m, 80, 0m, 0m, 0m, BudgetState.OnTrack },
        { "BU8", "2026-02-15T12:00Z", 700m, 2000m, 80, 50m, 1400m, 35m, BudgetState.OnTrack },
        { "BU9, first day", "2026-02-01T06:00Z", 10m, 1000m, 80, 10m, 280m, 1m, BudgetState.OnTrack },
        { "BU9, second day", "2026-02-02T23:59Z", 10m, 1000m, 80, 10m, 280m, 1m, BudgetState.OnTrack },
        { "BU10", "2026-02-28T23:00Z", 800m, 1000m, 80, 29.63m, 829.63m, 80m, BudgetState.OnTrack },
        { "BU11", "2026-02-28T23:00Z", 1000m, 1000m, 80, 37.04m, 1037.04m, 100m, BudgetState.Warning },
        { "BU11, a cent more", "2026-02-28T23:00Z", 1000.01m, 1000m, 80, 37.04m, 1037.05m, 100m, BudgetState.OverBudget },
        { "BU12", "2026-12-15T00:00Z", 140m, 1000m, 80, 10m, 310m, 14m, BudgetState.OnTrack },
        { "BU15", "2026-02-15T12:00Z", 50m, 0m, 80, 3.57m, 100m, 0m, BudgetState.OnTrack },
        { "BU16", "2026-02-28T23:00Z", 1000m, 1000m, 100, 37.04m, 1037.04m, 100m, BudgetState.OnTrack },
        { "BU17", "2026-02-28T23:00Z", 500m, 1000m, 50, 18.52m, 518.52m, 50m, BudgetState.OnTrack },
        { "BU18", "2026-02-15T12:00Z", 0m, 1000m, 0, 0m, 0m, 0m, BudgetState.OnTrack },
    };

    [Theory]
    [MemberData(nameof(Months))]
    public void A_month_stands_as_in_Primers_case(
        string id, string now, decimal spend, decimal amount, int threshold, decimal burn, decimal projected, decimal percent, BudgetState state)
    {
        var status = BudgetStatus.Of(Usd.FromDecimal(amount), threshold, Usd.FromDecimal(spend), Month(now));

        Shown(status).ShouldBe((burn, projected, percent), id);
        status.State.ShouldBe(state, id);
    }

    [Fact]
    public void BU4_far_over_is_over()
    {
        var spend = Usd.FromDecimal(20 * 8.35875m);

        var status = BudgetStatus.Of(Usd.FromDecimal(5), 80, spend, Month("2026-02-15T12:00Z"));

        spend.Round(BudgetStatus.MoneyDecimals).ToDecimal().ShouldBe(167.18m);
        status.PercentUsed.Round(BudgetStatus.PercentDecimals).ShouldBe(3343.5m);
        status.PrimerState.ShouldBe(BudgetState.OverBudget);
    }

    [Theory]
    [InlineData(50, BudgetState.OnTrack)]
    [InlineData(51, BudgetState.AtRisk)]
    public void A_budget_is_at_risk_when_it_will_more_likely_be_overspent_than_not(int percent, BudgetState state)
    {
        var status = BudgetStatus.Of(Usd.FromDecimal(100), 80, Usd.FromDecimal(40), Month("2026-02-15T12:00Z"), percent / 100m);

        (status.State, status.PrimerState).ShouldBe((state, BudgetState.OnTrack));
    }

    [Fact]
    public void What_is_over_is_not_at_risk_any_more()
    {
        var status = BudgetStatus.Of(Usd.FromDecimal(100), 80, Usd.FromDecimal(101), Month("2026-02-15T12:00Z"), 1);

        (status.IsAtRisk, status.State, status.Variance).ShouldBe((false, BudgetState.OverBudget, Usd.FromDecimal(1)));
    }

    [Fact]
    public void Without_end_nothing_is_projected()
    {
        var began = DateTimeOffset.Parse("2026-01-01T00:00Z", null);
        var window = BudgetWindow.At(BudgetPeriod.Lifetime, TimeZoneInfo.Utc, began.AddDays(10), began);

        var status = BudgetStatus.Of(Usd.FromDecimal(100), 80, Usd.FromDecimal(40), window);

        Shown(status).ShouldBe((4m, 40m, 40m));
    }

    [Fact]
    public void A_rolling_window_projects_what_was_spent()
    {
        var window = BudgetWindow.At(BudgetPeriod.Rolling30Days, TimeZoneInfo.Utc, DateTimeOffset.Parse("2026-02-15T12:00Z", null));

        var status = BudgetStatus.Of(Usd.FromDecimal(100), 80, Usd.FromDecimal(60), window);

        Shown(status).ShouldBe((2m, 60m, 60m));
    }

    [Fact]
    public void More_spend_never_looks_better() => Laws.Hold<uint, uint, ushort>((spend, more, amount) =>
    {
        var window = Month("2026-02-15T12:00Z");
        var before = BudgetStatus.Of(Usd.FromDecimal(amount + 1), 80, new(spend), window);
        var after = BudgetStatus.Of(Usd.FromDecimal(amount + 1), 80, new((long)spend + more), window);
        return after.State >= before.State && after.ProjectedEndOfPeriod >= before.ProjectedEndOfPeriod;
    });

    [Fact]
    public void Thresholds_fire_once_and_strictly()
    {
        BudgetThresholds.ToFire(Ratio.Of(80), [100, 50, 80], []).ShouldBe([50]);
        BudgetThresholds.ToFire(Ratio.Of(801, 10), [100, 50, 80], [50]).ShouldBe([80]);
        BudgetThresholds.ToFire(Ratio.Of(300), [100, 50, 80], []).ShouldBe([50, 80, 100]);
        BudgetThresholds.ToFire(Ratio.Of(300), [100, 50, 80], [100, 80, 50]).ShouldBeEmpty();
    }

    [Fact]
    public void However_spend_grows_each_threshold_fires_once() => Laws.Hold<byte[]>(steps =>
    {
        var fired = new List<int>();
        var percent = 0;
        foreach (var step in steps)
        {
            percent += step;
            fired.AddRange(BudgetThresholds.ToFire(Ratio.Of(percent), Thresholds, fired));
        }

        return fired.SequenceEqual(Thresholds.Where(threshold => percent > threshold));
    });

    [Fact]
    public void A_threshold_that_is_passed_no_longer_is_armed_again() =>
        BudgetThresholds.ToRearm(Ratio.Of(80), Thresholds).ShouldBe([80, 100]);

    private static BudgetWindow Month(string now) => BudgetWindow.At(BudgetPeriod.Month, TimeZoneInfo.Utc, DateTimeOffset.Parse(now, null));

    private static (decimal Burn, decimal Projected, decimal Percent) Shown(BudgetStatus status) => (
        status.BurnRateDaily.Round(BudgetStatus.MoneyDecimals),
        status.ProjectedEndOfPeriod.Round(BudgetStatus.MoneyDecimals),
        status.PercentUsed.Round(BudgetStatus.PercentDecimals));
}
