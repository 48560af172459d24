using System.Globalization;
using Farthing.Domain.Forecasting;
using Farthing.Domain.Forecasting.Intervals;
using Farthing.Testing;

namespace Farthing.Domain.Tests.Forecasting;

/// <summary>What <c>bench/forecast.sh</c> claims, held on the same series: accuracy beside the yardsticks, and intervals that hold.</summary>
public sealed class Nn5AccuracyTests
{
    private const int TestDays = 56;
    private const int MonthDays = 30;
    private static readonly double[][] All = Read();

    [Fact]
    public void The_combination_beats_every_yardstick_over_the_last_eight_weeks()
    {
        var comb = MaseOf(series => Forecaster.Means(series, TestDays));
        var chosen = MaseOf(series => Forecaster.Study(series, TestDays) is var study ? study.Means(study.Method) : []);

        comb.ShouldBeLessThan(0.87);
        chosen.ShouldBeLessThan(0.87);
        foreach (var yardstick in (Func<DailySeries, double[]>[])
        [
            static series => Baselines.SeasonalNaive(series, TestDays),
            static series => Baselines.SimpleSmoothing(series, TestDays),
            static series => Baselines.Theta(series, TestDays),
            static series => Baselines.StraightLine(series, TestDays),
        ])
        {
            var other = MaseOf(yardstick);
            comb.ShouldBeLessThan(other);
            chosen.ShouldBeLessThan(other);
        }
    }

    [Theory]
    [InlineData(120, 4)]
    [InlineData(365, 11)]
    public void Intervals_hold_the_truth_as_often_as_they_say(int historyDays, int months)
    {
        List<bool> daily80 = [], daily95 = [], total95 = [];
        for (var month = 1; month <= months; month++)
        {
            var studies = All.Select(values => Forecaster.Study(Before(values, month, historyDays), MonthDays)).ToArray();
            var pool = ResidualPool.Of(studies.Select(static study => study.Residuals));
            for (var series = 0; series < All.Length; series++)
            {
                var forecast = studies[series].ToForecast(pool);
                var came = All[series].AsSpan(All[series].Length - (month * MonthDays), MonthDays).ToArray();
                var known = forecast.Points.Zip(came).Where(static pair => !double.IsNaN(pair.Second)).ToArray();
                daily80.AddRange(known.Select(static pair => IsWithin(pair.Second, pair.First.Band.Lower80, pair.First.Band.Upper80)));
                daily95.AddRange(known.Select(static pair => IsWithin(pair.Second, pair.First.Band.Lower95, pair.First.Band.Upper95)));
                if (known.Length == MonthDays)
                {
                    total95.Add(IsWithin(came.Sum(), forecast.Total!.Band.Lower95, forecast.Total.Band.Upper95));
                }
            }
        }

        Share(daily95).ShouldBeInRange(0.92, 0.98);
        Share(daily80).ShouldBeInRange(0.75, 0.88);
        Share(total95).ShouldBeInRange(0.90, 0.99);
    }

    private static double MaseOf(Func<DailySeries, double[]> forecast) => All.Average(values =>
    {
        var history = values.AsSpan(0, values.Length - TestDays);
        return Scores.Mase(values.AsSpan(history.Length), forecast(InventedSeries.Of(history.ToArray())), Scores.Scale(history));
    });

    private static DailySeries Before(double[] values, int month, int historyDays) =>
        InventedSeries.Of(values.AsSpan(values.Length - (month * MonthDays) - historyDays, historyDays).ToArray());

    private static bool IsWithin(double value, decimal lower, decimal upper) => value >= (double)lower && value <= (double)upper;

    private static double Share(List<bool> held) => held.Count(static one => one) / (double)held.Count;

    private static double[][] Read()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "bench", "data", "nn5-dev.csv")).Skip(1).Select(line => line.Split(',')).ToArray();
        return [.. Enumerable.Range(2, rows[0].Length - 2).Select(column => rows.Select(row => Number(row[column])).ToArray())];
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
