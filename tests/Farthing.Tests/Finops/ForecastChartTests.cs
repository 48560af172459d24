using System.Globalization;
using Farthing.Forecasting;

namespace Farthing.Tests.Finops;

public sealed class ForecastChartTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Theory]
    [InlineData("0", "0.0001")]
    [InlineData("0.00011", "0.00015")]
    [InlineData("7", "8")]
    [InlineData("12", "15")]
    [InlineData("100", "100")]
    [InlineData("100.01", "150")]
    public void A_scale_ends_at_a_round_amount(string amount, string top) =>
        ForecastChart.Above(decimal.Parse(amount, CultureInfo.InvariantCulture)).ShouldBe(decimal.Parse(top, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(20, 1)]
    [InlineData(400, 1)]
    [InlineData(20, 30)]
    [InlineData(400, 30)]
    [InlineData(400, 365)]
    public void A_chart_is_never_wider_than_its_room(int past, int future)
    {
        foreach (var width in (int[])[40, 80, 120, 300])
        {
            var room = ForecastChart.RoomOf(width);
            var days = ChartDays.Fit(Past(past), Future(future), Today, room);

            (days.Past.Count + days.Future.Count).ShouldBeLessThanOrEqualTo(room);
            days.Future.Sum(static column => column.Last.DayNumber - column.First.DayNumber + 1).ShouldBe(future);
            ForecastChart.Lines(days).ShouldAllBe(line => line.Length <= width);
        }
    }

    [Fact]
    public void Days_without_calls_are_gaps_and_whole_columns_meet_at_today()
    {
        DayFigures[] past = [new(Today.AddDays(-10), 8), new(Today.AddDays(-1), 4)];

        var days = ChartDays.Fit(past, Future(100), Today, 50);

        days.DaysPerColumn.ShouldBe(3);
        days.Past.Select(static column => column.Mean).ShouldBe([0, 0, 4m / 3]);
        days.Past[^1].Last.ShouldBe(Today.AddDays(-1));
        days.Future[0].First.ShouldBe(Today);
    }

    [Fact]
    public void The_past_is_bars_and_the_future_a_point_in_a_band()
    {
        DayFigures[] past = [new(Today.AddDays(-2), 8), new(Today.AddDays(-1), 0.01m)];

        var lines = ForecastChart.Lines(ChartDays.Fit(past, [new(Today, Today, 4.5m, 3, 6.5m)], Today, 40)).ToList();

        lines.Take(9).ShouldBe(
        [
            "      $8 ┤█",
            "         │█ ░",
            "         │█ ░",
            "         │█ •",
            "      $4 ┤█ ░",
            "         │█",
            "         │█",
            "         │█▁",
            "         └──┬",
        ]);
    }

    private static DayFigures[] Past(int count) => [.. Enumerable.Range(0, count).Select(at => new DayFigures(Today.AddDays(at - count), at % 7))];

    private static ChartColumn[] Future(int count) => [.. Enumerable.Range(0, count).Select(static at => new ChartColumn(Today.AddDays(at), Today.AddDays(at), 3, 1, 9))];
}
