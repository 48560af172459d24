using Farthing.Domain.Forecasting;
using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Forecasting;

/// <summary>Primer's own cases (FC…) with the exact answers: its floats break ties by their noise.</summary>
public sealed class PrimerLineTests
{
    private static readonly DateOnly FirstDay = new(2026, 3, 1);

    [Fact]
    public void FC1_without_history_there_is_nothing()
    {
        var line = PrimerLine.Through([], 30);

        line.History.ShouldBeEmpty();
        line.Points.ShouldBeEmpty();
        line.MonthlyProjection.ShouldBe(0m);
        line.Trend.ShouldBe(TrendDirection.Stable);
    }

    [Fact]
    public void FC2_one_day_is_a_history_and_a_month_of_it_but_no_forecast()
    {
        var line = PrimerLine.Through(Days(0.0105m), 30);

        line.History.ShouldBe([new PrimerDay(FirstDay, 0.0105m)]);
        line.Points.ShouldBeEmpty();
        line.MonthlyProjection.ShouldBe(0.32m);
    }

    [Fact]
    public void FC3_a_straight_history_goes_on_straight()
    {
        var line = PrimerLine.Through(Days(0.0107475m, 0.0212475m, 0.0317475m, 0.0422475m, 0.0527475m), 30);

        line.History.Select(day => day.Cost).ShouldBe([0.0107m, 0.0212m, 0.0317m, 0.0422m, 0.0527m]);
        line.Points.Take(3).Select(point => point.Projected).ShouldBe([0.0632m, 0.0737m, 0.0842m]);
        line.Points[29].ShouldBe(new PrimerPoint(FirstDay.AddDays(34), 0.3677m, 0.3677m, 0.3677m));
        line.MonthlyProjection.ShouldBe(6.46m);
        line.Trend.ShouldBe(TrendDirection.Increasing);
    }

    [Fact]
    public void FC4_a_bent_history_has_a_band()
    {
        var line = PrimerLine.Through(Days(0.0525m, 0.21m, 0.4725m, 0.84m, 1.3125m, 1.89m, 2.5725m, 3.36m, 4.2525m, 5.25m), 30);

        line.Points[0].ShouldBe(new PrimerPoint(FirstDay.AddDays(10), 5.1975m, 5.624m, 4.771m));
        line.Points[29].ShouldBe(new PrimerPoint(FirstDay.AddDays(39), 21.945m, 22.3715m, 21.5185m));
        line.MonthlyProjection.ShouldBe(407.14m);
        line.Trend.ShouldBe(TrendDirection.Increasing);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(30)]
    [InlineData(365)]
    public void FC5_FC6_a_flat_history_goes_on_flat_for_as_many_days_as_were_asked(int days)
    {
        var line = PrimerLine.Through(Days(0.0105m, 0.0105m, 0.0105m, 0.0105m, 0.0105m), days);

        line.Points.Count.ShouldBe(days);
        line.Points.ShouldAllBe(point => point.Projected == 0.0105m && point.Upper == 0.0105m && point.Lower == 0.0105m);
        line.MonthlyProjection.ShouldBe(0.32m);
        line.Trend.ShouldBe(TrendDirection.Stable);
    }

    [Fact]
    public void FC7_two_days_make_a_line_without_a_band_and_few_days_stand_for_a_month()
    {
        var line = PrimerLine.Through(Days(10m, 20m), 5);

        line.Points.Select(point => point.Projected).ShouldBe([30m, 40m, 50m, 60m, 70m]);
        line.Points.ShouldAllBe(point => point.Upper == point.Projected && point.Lower == point.Projected);
        line.MonthlyProjection.ShouldBe(1500m);
        line.Trend.ShouldBe(TrendDirection.Increasing);
    }

    [Fact]
    public void FC9_a_falling_line_stops_at_zero_and_the_band_stands_on_it()
    {
        var line = PrimerLine.Through(Days(20m, 15m, 10m, 5m, 1m), 30);

        line.Points.ShouldAllBe(point => point.Projected == 0m && point.Upper == 0.3651m && point.Lower == 0m);
        line.MonthlyProjection.ShouldBe(0m);
        line.Trend.ShouldBe(TrendDirection.Decreasing);
    }

    [Fact]
    public void FC10_days_without_spend_are_absent_and_the_line_goes_by_position()
    {
        var line = PrimerLine.Through([Day(0, 10m), Day(9, 10m), Day(10, 40m)], 30);

        line.Points[0].ShouldBe(new PrimerPoint(FirstDay.AddDays(11), 50m, 62.2474m, 37.7526m));
        line.Points.Skip(1).Take(2).Select(point => point.Projected).ShouldBe([65m, 80m]);
        line.MonthlyProjection.ShouldBe(8025m);
    }

    [Fact]
    public void FC10_three_days_of_it_stand_for_a_month() =>
        PrimerLine.Through([Day(0, 10m), Day(9, 10m), Day(10, 40m)], 3).MonthlyProjection.ShouldBe(1950m);

    [Fact]
    public void FC11_a_slope_of_exactly_a_twentieth_of_the_mean_is_stable()
    {
        var line = PrimerLine.Through(Days(9.5m, 10m, 10.5m), 1);

        line.Trend.ShouldBe(TrendDirection.Stable);
        line.Points[0].Projected.ShouldBe(11m);
        PrimerLine.Through(Days(9.5m, 10m, 10.500001m), 1).Trend.ShouldBe(TrendDirection.Increasing);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(366)]
    public void FC15_the_days_are_bounded(int days) => Should.Throw<ArgumentOutOfRangeException>(() => PrimerLine.Through([], days));

    [Fact]
    public void A_history_without_spend_is_stable_at_nothing()
    {
        var line = PrimerLine.Through(Days(0m, 0m, 0m), 2);

        line.Points.ShouldAllBe(point => point.Projected == 0m && point.Upper == 0m);
        line.Trend.ShouldBe(TrendDirection.Stable);
    }

    [Fact]
    public void Large_amounts_stay_exact() =>
        PrimerLine.Through(Days(1_000_000_000.000000000001m, 2_000_000_000.000000000001m), 1)
            .Points[0].ShouldBe(new PrimerPoint(FirstDay.AddDays(2), 3_000_000_000m, 3_000_000_000m, 3_000_000_000m));

    [Fact]
    public void Times_a_thousand_everything_is_times_a_thousand() => Laws.Hold<byte[]>(cents =>
    {
        var one = PrimerLine.Through(Days([.. cents.Select(cent => cent * 10m)]), 5);
        var thousand = PrimerLine.Through(Days([.. cents.Select(cent => cent * 10_000m)]), 5);
        return one.Trend == thousand.Trend
            && one.Points.Zip(thousand.Points).All(pair => Math.Abs((pair.First.Upper * 1_000) - pair.Second.Upper) <= 0.05005m)
            && one.Points.All(point => point.Lower >= 0 && point.Lower <= point.Projected && point.Projected <= point.Upper);
    });

    private static DailyAmount[] Days(params decimal[] amounts) => [.. amounts.Select((amount, day) => Day(day, amount))];

    private static DailyAmount Day(int day, decimal amount) => new(FirstDay.AddDays(day), Usd.FromDecimal(amount));
}
