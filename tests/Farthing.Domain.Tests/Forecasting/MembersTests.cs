using Farthing.Domain.Forecasting;
using Farthing.Domain.Forecasting.Members;

namespace Farthing.Domain.Tests.Forecasting;

public sealed class MembersTests
{
    private static readonly double[] Year = InventedSeries.Weekly(365, 100);

    [Fact]
    public void An_incident_is_clipped_and_the_days_around_it_are_left_alone()
    {
        var values = InventedSeries.Weekly(120, 100);
        values[60] = 5_000;

        var cleaned = Clean(values);

        cleaned[60].ShouldBeLessThan(300);
        Enumerable.Range(0, 120).Where(day => day != 60).ShouldAllBe(day => Math.Abs(cleaned[day] - values[day]) < 30);
    }

    [Fact]
    public void Three_days_at_a_new_level_are_a_new_level_and_two_are_not()
    {
        var values = InventedSeries.Weekly(100, 100, week: 0);
        Array.Fill(values, 400, 97, 3);

        Clean(values)[97..].ShouldBe([400, 400, 400]);
        Clean(values[..99])[97..].ShouldAllBe(day => day < 250);
    }

    [Fact]
    public void Cleaning_a_beginning_is_cleaning_a_series_that_ends_there()
    {
        var whole = new Cleaning(Year);
        foreach (var count in new[] { 1, 13, 14, 20, 21, 22, 57, 200, 365 })
        {
            var beginning = new double[count];
            whole.Clean(beginning);

            beginning.ShouldBe(Clean(Year[..count]));
        }
    }

    [Fact]
    public void A_week_is_found_where_there_is_one_and_only_there()
    {
        var season = new double[7];

        WeekSeason.Find(InventedSeries.Weekly(70, 100, noise: 0.1), season);
        season.Sum().ShouldBe(0, 1e-9);
        season[5].ShouldBe(-57, 5);
        WeekSeason.Find(InventedSeries.Weekly(70, 100, week: 0), season);
        season.ShouldAllBe(difference => difference == 0);
    }

    [Fact]
    public void The_weekday_mean_lies_half_way_between_its_weekday_and_all_days()
    {
        double[] days = [.. Enumerable.Repeat(new[] { 10d, 10, 10, 10, 10, 0, 0 }, 4).SelectMany(static week => week)];
        var forecast = new double[9];

        WeekdayMean.Forecast(days, forecast);

        forecast[0].ShouldBe((10 + (50 / 7d)) / 2, 1e-9);
        forecast[6].ShouldBe(50 / 7d / 2, 1e-9);
        forecast[8].ShouldBe(forecast[1]);
    }

    [Fact]
    public void Before_two_weeks_the_weekday_mean_is_the_mean()
    {
        var forecast = new double[2];

        WeekdayMean.Forecast([1, 2, 3, 4, 5, 6, 7, 8], forecast);

        forecast.ShouldBe([4.5, 4.5]);
    }

    [Fact]
    public void Smoothing_follows_a_wandering_level_fast_and_a_steady_one_slowly()
    {
        var wandering = Enumerable.Range(0, 100).Select(day => day * 1.0).ToArray();

        SimpleSmoothing.Fit(wandering).Share.ShouldBe(0.95);
        SimpleSmoothing.Fit(InventedSeries.Weekly(200, 100, week: 0)).Share.ShouldBeLessThan(0.11);
    }

    [Fact]
    public void The_straight_line_is_that_of_least_squares()
    {
        var line = StraightLine.Through([1, 3, 2, 6]);
        var forecast = new double[1];

        line.Forecast(forecast);

        line.Slope.ShouldBe(1.4, 1e-12);
        forecast[0].ShouldBe(6.5, 1e-12);
    }

    [Fact]
    public void Theta_adds_half_a_trend_that_dies_away()
    {
        var forecast = new double[400];

        DampedTheta.Forecast(10, 2, forecast);

        forecast[0].ShouldBe(10.97, 1e-12);
        forecast[399].ShouldBe(10 + (0.97 / 0.03), 0.01);
    }

    [Fact]
    public void Holt_and_Winters_follow_a_trend_and_a_week()
    {
        var days = Enumerable.Range(0, 140).Select(day => 100 + day + (day % 7 == 6 ? -50d : 0)).ToArray();
        var member = new DampedHoltWinters();
        var forecast = new double[7];

        member.Fit(days);
        member.Forecast(forecast);

        forecast[0].ShouldBe(240, 3);
        forecast[6].ShouldBe(196, 6);
    }

    [Fact]
    public void A_fit_that_goes_on_is_the_fit_of_the_whole_when_nothing_old_changed()
    {
        var (once, again) = (new DampedHoltWinters(), new DampedHoltWinters());
        var (expected, forecast) = (new double[30], new double[30]);
        foreach (var count in new[] { 100, 105, 110, 200, 365 })
        {
            again.FitOn(Year.AsSpan(0, count));
        }

        once.Fit(Year);

        once.Forecast(expected);
        again.Forecast(forecast);
        forecast.ShouldBe(expected);
    }

    [Fact]
    public void The_yardsticks_repeat_the_week_of_a_series_that_repeats_it()
    {
        var series = InventedSeries.Of(InventedSeries.Weekly(84, 100, noise: 0));
        foreach (var forecast in new[] { Baselines.SeasonalNaive(series, 7), Baselines.SimpleSmoothing(series, 7), Baselines.Theta(series, 7) })
        {
            forecast[0].ShouldBe(100, 2);
            forecast[6].ShouldBe(20, 2);
        }

        Baselines.StraightLine(series, 7).ShouldAllBe(day => day > 70 && day < 80);
    }

    private static double[] Clean(double[] values)
    {
        var cleaned = new double[values.Length];
        new Cleaning(values).Clean(cleaned);
        return cleaned;
    }
}
