using Farthing.Domain.Forecasting;
using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Forecasting;

public sealed class DailySeriesTests
{
    private static readonly DateOnly First = new(2026, 3, 28);

    [Fact]
    public void A_day_without_spend_is_zero_and_a_day_without_knowledge_is_missing()
    {
        var series = DailySeries.FromAmounts(
            First,
            First.AddDays(3),
            [Of(3, 2m), Of(0, 1m), Of(0, 0.5m), Of(4, 9m), Of(-1, 9m)],
            new HashSet<DateOnly> { First.AddDays(2) });

        series.Values.ShouldBe([1.5, 0, double.NaN, 2]);
        series.Known.ShouldBe(3);
        series.NextDay.ShouldBe(First.AddDays(4));
    }

    [Fact]
    public void Only_the_last_365_days_are_kept()
    {
        var series = DailySeries.FromAmounts(First, First.AddDays(399), [Of(0, 9m), Of(399, 1m)]);
        var same = DailySeries.Of(First, new double[400]);

        series.FirstDay.ShouldBe(First.AddDays(35));
        series.Values.Count.ShouldBe(365);
        series.Values[364].ShouldBe(1);
        same.FirstDay.ShouldBe(series.FirstDay);
    }

    [Fact]
    public void A_series_that_ends_before_it_begins_is_empty()
    {
        var series = DailySeries.FromAmounts(First, First.AddDays(-1), []);

        series.Values.ShouldBeEmpty();
        Forecaster.Forecast(series, 30).Label.ShouldBe(ForecastLabel.NoForecast);
    }

    [Fact]
    public void A_missing_day_is_filled_by_its_weekday_and_not_by_zero()
    {
        double[] weeks = [1, 2, 3, 4, 5, 6, 7, 1, double.NaN, 3, 4, 5, 6, 7, 1, 4, 3, 4, 5, 6, 7];

        DailySeries.Of(First, weeks).Filled[8].ShouldBe(3);
        DailySeries.Of(First, [double.NaN, 5]).Filled.ShouldBe([5, 5]);
        DailySeries.Of(First, [double.NaN]).Filled.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_infinite_is_no_spend() =>
        Should.Throw<ArgumentOutOfRangeException>(() => DailySeries.Of(First, [double.PositiveInfinity]));

    private static DailyAmount Of(int day, decimal amount) => new(First.AddDays(day), Usd.FromDecimal(amount));
}
