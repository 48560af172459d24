using Farthing.Domain.Forecasting;

namespace Farthing.Domain.Tests.Forecasting;

public sealed class ForecasterLaws
{
    private const int Days = 30;

    [Fact]
    public void Intervals_hold_their_mean_and_each_other_and_nothing_is_below_zero() => Laws.Hold(InventedSeries.Any, values =>
        Forecaster.Forecast(InventedSeries.Of(values), Days) is var forecast
        && forecast.Points.Select(point => point.Band).Concat(forecast.Total is { } total ? [total.Band] : []).All(IsOrdered));

    [Fact]
    public void Where_days_differ_the_truth_may_be_on_either_side_of_what_is_expected() => Laws.Hold(InventedSeries.Growing, values =>
        Forecaster.Forecast(InventedSeries.Of(values), 1 + (values.Length % Days)) is var forecast
        && forecast.Points.Select(point => point.Band).Append(forecast.Total!.Band)
            .All(band => IsOrdered(band) && (band.Mean == 0 || band.Lower95 < band.Mean) && band.Mean < band.Upper95));

    [Fact]
    public void Times_eight_the_forecast_is_times_eight() => Laws.Hold(InventedSeries.Any, values =>
    {
        var one = Forecaster.Means(InventedSeries.Of(values), Days);
        var eight = Forecaster.Means(InventedSeries.Of([.. values.Select(value => value * 8)]), Days);
        return one.Zip(eight).All(pair => Math.Abs((pair.First * 8) - pair.Second) <= 1e-9 * pair.Second);
    });

    [Fact]
    public void A_constant_series_goes_on_as_it_is() => Laws.Hold<byte, byte>((cents, count) =>
        Forecaster.Forecast(InventedSeries.Of([.. Enumerable.Repeat(cents / 100d, count + 7)]), Days) is var forecast
        && forecast.Points.Count == Days
        && forecast.Points.All(point => point.Band.Mean == cents / 100m)
        && forecast.Total!.Band.Mean == cents * Days / 100m
        && forecast.Trend == TrendDirection.Stable);

    [Fact]
    public void The_total_is_the_sum_of_the_days() => Laws.Hold(InventedSeries.Any, values =>
        Forecaster.Forecast(InventedSeries.Of(values), Days) is var forecast
        && (forecast.Total?.Band.Mean ?? 0) == forecast.Points.Sum(point => point.Band.Mean));

    [Fact]
    public void Parts_add_up_to_the_whole_on_every_day_and_in_all() => Laws.Hold(InventedSeries.Any, values =>
    {
        double[][] parts = [values, [.. values.Select(value => value / 3)], [.. values.Select((value, day) => day % 2 == 0 ? value : 0)]];
        var whole = Forecaster.Forecast(InventedSeries.Of([.. values.Select((_, day) => parts.Sum(part => part[day]))]), 10);
        var fitted = Hierarchy.Reconcile(
            whole, [.. parts.Select(part => new ForecastPart(InventedSeries.Of(part), Forecaster.Forecast(InventedSeries.Of(part), 10)))]);
        return Enumerable.Range(0, whole.Points.Count).All(day =>
                fitted.Sum(part => part.Points[day].Band.Mean) == whole.Points[day].Band.Mean)
            && fitted.Sum(part => part.Total?.Band.Mean ?? 0) == (whole.Total?.Band.Mean ?? 0)
            && fitted.SelectMany(part => part.Points).All(point => IsOrdered(point.Band));
    });

    [Fact]
    public void A_part_that_is_expected_to_cost_nothing_and_gets_a_share_may_still_cost_nothing()
    {
        // Spent on one day of the last four weeks: its own forecast is zero, its share is not.
        double[] rare = [.. Enumerable.Range(0, 120).Select(static day => day == 110 ? 40.0 : 0)];
        double[] steady = [.. InventedSeries.Weekly(120, 10)];
        var whole = Forecaster.Forecast(InventedSeries.Of([.. rare.Zip(steady, static (one, other) => one + other)]), 10);

        var fitted = Hierarchy.Reconcile(whole, [.. new[] { rare, steady }.Select(part => new ForecastPart(InventedSeries.Of(part), Forecaster.Forecast(InventedSeries.Of(part), 10)))]);

        fitted[0].Points.ShouldAllBe(static point => point.Band.Mean > 0 && point.Band.Lower80 == 0 && point.Band.Lower95 == 0);
        fitted[0].Total!.Band.Lower80.ShouldBe(0);
    }

    [Fact]
    public void The_chance_of_passing_an_amount_falls_as_the_amount_grows() => Laws.Hold(InventedSeries.Any, values =>
    {
        if (Forecaster.Forecast(InventedSeries.Of(values), Days).Total is not { } total)
        {
            return true;
        }

        var chances = Enumerable.Range(0, 20).Select(step => total.ChanceAbove(total.Band.Mean * step / 10)).ToArray();
        return chances.All(chance => chance is >= 0 and <= 1) && chances.Zip(chances.Skip(1)).All(pair => pair.First >= pair.Second);
    });

    private static bool IsOrdered(ForecastBand band) =>
        band is { Lower95: >= 0, Lower80: >= 0 }
        && band.Lower95 <= band.Lower80 && band.Lower80 <= band.Mean && band.Mean <= band.Upper80 && band.Upper80 <= band.Upper95;
}
