using System.Globalization;
using Farthing.Domain.Forecasting;
using Farthing.Domain.Forecasting.Intervals;
using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Forecasting;

public sealed class ForecasterTests
{
    private static readonly double[] HalfYear = InventedSeries.Weekly(180, 100);
    private static readonly double[] Swinging = [.. Enumerable.Range(0, 180).Select(static day => day % 7 == 0 ? 1_000d : day % 7 == 3 ? 500 : 1)];

    [Theory]
    [InlineData(0, "no_forecast")]
    [InlineData(6, "no_forecast")]
    [InlineData(7, "indicative")]
    [InlineData(13, "indicative")]
    [InlineData(14, "early")]
    [InlineData(55, "early")]
    [InlineData(56, "standard")]
    public void The_label_goes_by_the_days_that_are_known(int days, string label)
    {
        double[] values = [.. HalfYear[..days], double.NaN];

        var forecast = Forecaster.Forecast(InventedSeries.Of(values), 30);

        forecast.Label.ToWord().ShouldBe(label);
        forecast.Points.Count.ShouldBe(days < 7 ? 0 : 30);
        (forecast.Total is null).ShouldBe(days < 7);
    }

    [Fact]
    public void A_forecast_begins_on_the_day_after_the_series_and_knows_the_week()
    {
        var forecast = Forecaster.Forecast(InventedSeries.Of(HalfYear), 14);

        forecast.Points[0].Day.ShouldBe(InventedSeries.FirstDay.AddDays(180));
        forecast.Points.Where(point => point.Day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            .ShouldAllBe(point => point.Band.Mean > 15 && point.Band.Mean < 40);
        forecast.Points.Where(point => point.Day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .ShouldAllBe(point => point.Band.Mean > 85 && point.Band.Mean < 115);
    }

    [Fact]
    public void An_incident_of_yesterday_is_not_in_next_months_forecast()
    {
        double[] values = [.. HalfYear[..^1], 5_000];

        var usual = Forecaster.Forecast(InventedSeries.Of(HalfYear), 30).Total!.Band.Mean;
        var after = Forecaster.Forecast(InventedSeries.Of(values), 30).Total!.Band.Mean;

        after.ShouldBe(usual, usual * 0.05m);
    }

    [Fact]
    public void An_incident_of_the_last_week_does_not_come_every_week_where_weeks_are_alike()
    {
        double[] values = [.. Enumerable.Range(0, 61).Select(static day => 10 + (5 * Math.Sin(2 * Math.PI * day / 7)))];
        values[^4] = 60;

        var forecast = Forecaster.Forecast(InventedSeries.Of(values), 28);

        forecast.Method.ShouldBe(ForecastMethod.SeasonalNaive);
        forecast.Points.ShouldAllBe(point => point.Band.Mean < 20);
    }

    [Fact]
    public void The_leaderboard_names_every_method_and_the_best_stands_first()
    {
        var forecast = Forecaster.Forecast(InventedSeries.Of(HalfYear), 30);

        forecast.Leaderboard.Select(score => score.Method).Order().ShouldBe(Enum.GetValues<ForecastMethod>());
        forecast.Leaderboard.Select(score => score.Mase).ShouldBeInOrder();
        forecast.Backtest!.Mase.ShouldBe(forecast.Leaderboard.First(score => score.Method == forecast.Method).Mase);
        forecast.Backtest.Coverage95!.Value.ShouldBeGreaterThan(0.85m);
    }

    [Fact]
    public void Another_method_is_preferred_only_where_it_is_clearly_better()
    {
        var swinging = Forecaster.Study(InventedSeries.Of(Swinging), 30);

        Forecaster.Study(InventedSeries.Of(HalfYear), 30).Method.ShouldBe(ForecastMethod.RobustComb);
        swinging.Leaderboard[0].Mase.ShouldBe(0);
        swinging.Method.ShouldBe(swinging.Leaderboard[0].Method);
        Forecaster.Study(InventedSeries.Of(HalfYear[..40]), 30).Method.ShouldBe(ForecastMethod.RobustComb);
    }

    [Fact]
    public void The_trend_is_that_of_the_weeks_and_not_of_their_noise()
    {
        double[] climbing = [.. HalfYear.Select((value, day) => value * (1 + (day / 60d)))];

        Forecaster.Forecast(InventedSeries.Of(HalfYear), 7).Trend.ShouldBe(TrendDirection.Stable);
        Forecaster.Forecast(InventedSeries.Of(climbing), 7).Trend.ShouldBe(TrendDirection.Increasing);
        Forecaster.Forecast(InventedSeries.Of([.. climbing.Reverse()]), 7).Trend.ShouldBe(TrendDirection.Decreasing);
    }

    [Fact]
    public void Known_events_change_their_days_and_the_total_by_as_much()
    {
        var series = InventedSeries.Of(HalfYear);
        var first = series.NextDay;
        KnownEvent[] events =
        [
            new() { Name = "a new price", FirstDay = first.AddDays(1), LastDay = DateOnly.MaxValue, Factor = 2 },
            new() { Name = "renewal", FirstDay = first.AddDays(2), LastDay = first.AddDays(2), AddedPerDay = 1_000 },
        ];

        var plain = Forecaster.Forecast(series, 3);
        var changed = Forecaster.Forecast(series, 3, events: events);

        changed.Points[0].ShouldBe(plain.Points[0]);
        changed.Points[1].Band.Mean.ShouldBe(plain.Points[1].Band.Mean * 2, 0.001m);
        changed.Points[2].Band.Mean.ShouldBe((plain.Points[2].Band.Mean * 2) + 1_000, 0.001m);
        changed.Total!.Band.Mean.ShouldBe(changed.Points.Sum(point => point.Band.Mean));
        (changed.Points[1].Band.Upper95 - changed.Points[1].Band.Mean)
            .ShouldBe((plain.Points[1].Band.Upper95 - plain.Points[1].Band.Mean) * 2, 0.001m);
    }

    [Fact]
    public void Siblings_move_the_intervals_and_leave_the_mean()
    {
        var calm = Forecaster.Study(InventedSeries.Of(HalfYear), 30);
        var wild = Forecaster.Study(InventedSeries.Of(InventedSeries.Weekly(180, 100, week: 0, noise: 2, seed: 3)), 30);

        var alone = calm.ToForecast();
        var pooled = calm.ToForecast(ResidualPool.Of([calm.Residuals, wild.Residuals]));

        pooled.Points.Select(point => point.Band.Mean).ShouldBe(alone.Points.Select(point => point.Band.Mean));
        pooled.Points[0].Band.Upper95.ShouldNotBe(alone.Points[0].Band.Upper95);
    }

    [Fact]
    public void After_steady_growth_a_month_may_still_cost_less_than_is_expected()
    {
        double[] growing = [.. HalfYear[..60].Select(static (value, day) => value * Math.Pow(1.01, day))];

        var band = Forecaster.Forecast(InventedSeries.Of(growing), 30).Total!.Band;

        band.Lower95.ShouldBeLessThan(band.Mean);
        (band.Upper95 - band.Mean).ShouldBeGreaterThan(band.Mean - band.Lower95);
    }

    [Fact]
    public void That_a_pilot_became_a_rollout_once_does_not_make_every_month_boundless()
    {
        double[] rolledOut = [.. InventedSeries.Weekly(200, 0.5), .. InventedSeries.Weekly(160, 200)];

        var band = Forecaster.Forecast(InventedSeries.Of(rolledOut), 30).Total!.Band;

        band.Upper95.ShouldBeInRange(band.Mean * 1.1m, band.Mean * 2);
    }

    [Fact]
    public void The_outlook_of_a_period_adds_what_was_spent_and_says_how_likely_its_limit_is_passed()
    {
        var rest = Forecaster.Forecast(InventedSeries.Of(HalfYear), 10);
        var mean = rest.Total!.Band.Mean;

        var safe = PeriodOutlook.Of(Dollars(500), Usd.Zero, Dollars(500 + (mean * 3)), rest);
        var risky = PeriodOutlook.Of(Dollars(500), Usd.Zero, Dollars(500 + (mean * 0.5m)), rest);

        safe.End!.Mean.ShouldBe(500 + mean);
        safe.ChanceOver!.Value.ShouldBeLessThan(0.05m);
        safe.IsAtRisk.ShouldBeFalse();
        risky.ChanceOver!.Value.ShouldBeGreaterThan(0.95m);
        risky.IsAtRisk.ShouldBeTrue();
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("0.25", 0)]
    [InlineData("0.25", 400)]
    [InlineData("0", 30)]
    public void A_day_that_is_running_costs_what_was_spent_and_its_share_of_what_was_expected(string left, int spent)
    {
        var series = InventedSeries.Of(HalfYear);
        var share = decimal.Parse(left, CultureInfo.InvariantCulture);

        var plain = Forecaster.Forecast(series, 4);
        var running = Forecaster.Forecast(series, 4, events: [KnownEvent.Running(series.NextDay, Dollars(spent), share)]);

        var (expected, band) = (plain.Points[0].Band.Mean, running.Points[0].Band);
        band.Mean.ShouldBe(spent + (expected * share), 0.001m);
        band.Lower95.ShouldBeGreaterThanOrEqualTo(spent);
        (share > 0 || (band.Lower95 == band.Upper95 && band.Mean == spent)).ShouldBeTrue();
        running.Points.Skip(1).ShouldBe(plain.Points.Skip(1));
        running.Total!.Band.Mean.ShouldBe(running.Points.Sum(point => point.Band.Mean));
        running.Total.Band.Lower95.ShouldBeGreaterThanOrEqualTo(spent);
    }

    [Fact]
    public void What_was_spent_today_is_the_least_that_a_period_costs_and_what_is_left_of_today_counts()
    {
        var series = InventedSeries.Of(HalfYear);
        var evening = Forecaster.Forecast(series, 1, events: [KnownEvent.Running(series.NextDay, Dollars(1_000), 0.01m)]);
        var quiet = Forecaster.Forecast(series, 1, events: [KnownEvent.Running(series.NextDay, Usd.Zero, 0.01m)]);

        PeriodOutlook.Of(Dollars(500), Dollars(1_000), Dollars(1_600), evening).End!.Lower95.ShouldBeGreaterThanOrEqualTo(1_500);
        PeriodOutlook.Of(Dollars(500), Dollars(1_000), Dollars(1_600), evening).IsAtRisk.ShouldBeFalse();
        PeriodOutlook.Of(Dollars(500), Dollars(1_000), Dollars(1_499), evening).ChanceOver.ShouldBe(1);
        PeriodOutlook.Of(Usd.Zero, Usd.Zero, Dollars(50), quiet).IsAtRisk.ShouldBeFalse();
        PeriodOutlook.EndOf(500, 1_000, evening.Total!.Band with { Lower80 = 0, Lower95 = 0 }).Lower95.ShouldBe(1_500);
    }

    [Fact]
    public void A_period_that_is_over_or_has_no_forecast_says_what_is_certain()
    {
        var none = Forecaster.Forecast(InventedSeries.Of(1, 2, 3), 10);

        PeriodOutlook.Of(Dollars(5), Dollars(6), Dollars(10), rest: null).ChanceOver.ShouldBe(1);
        PeriodOutlook.Of(Dollars(10), Usd.Zero, Dollars(10), rest: null).ChanceOver.ShouldBe(0);
        PeriodOutlook.Of(Dollars(10), Usd.Zero, Dollars(10), none).ChanceOver.ShouldBeNull();
        PeriodOutlook.Of(Dollars(5), Dollars(6), Dollars(10), none).ChanceOver.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(366)]
    public void The_days_are_bounded(int days) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Forecaster.Forecast(InventedSeries.Of(HalfYear), days));

    [Fact]
    public void A_year_ahead_is_possible_and_its_band_never_narrows_again()
    {
        var points = Forecaster.Forecast(InventedSeries.Of(HalfYear), 365).Points;

        points.Count.ShouldBe(365);
        points.Skip(200).Select(point => point.Band.Upper95 - point.Band.Mean).ShouldBeInOrder();
    }

    private static Usd Dollars(decimal amount) => Usd.FromDecimal(amount);
}
