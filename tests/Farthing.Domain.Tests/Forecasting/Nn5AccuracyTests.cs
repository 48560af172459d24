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
    [InlineData(120, 11)]
    [InlineData(365, 4)]
    [InlineData(365, 11)]
    public void Intervals_of_months_hold_the_truth_as_often_as_they_say(int historyDays, int months)
    {
        var held = new Held();
        for (var month = 1; month <= months; month++)
        {
            held.Add(historyDays, month * MonthDays, MonthDays, isPooled: true);
        }

        Held.Share(held.Daily95).ShouldBeInRange(0.92, 0.98);
        Held.Share(held.Daily80).ShouldBeInRange(0.75, 0.87);
        Held.Share(held.Total95).ShouldBeInRange(0.90, 0.99);
    }

    [Theory]
    [InlineData(120, false)]
    [InlineData(120, true)]
    [InlineData(365, false)]
    [InlineData(365, true)]
    public void Intervals_of_the_last_eight_weeks_hold_the_truth_as_often_as_they_say(int historyDays, bool isPooled)
    {
        var (weeks, month) = (new Held(), new Held());
        weeks.Add(historyDays, TestDays, TestDays, isPooled);
        month.Add(historyDays, TestDays, MonthDays, isPooled);

        Held.Share(weeks.Daily95).ShouldBeInRange(0.92, 0.98);
        Held.Share(weeks.Daily80).ShouldBeInRange(0.75, 0.87);
        Held.Share(month.Total95).ShouldBeInRange(0.90, 0.99);
    }

    private static double MaseOf(Func<DailySeries, double[]> forecast) => All.Average(values =>
    {
        var history = values.AsSpan(0, values.Length - TestDays);
        return Scores.Mase(values.AsSpan(history.Length), forecast(InventedSeries.Of(history.ToArray())), Scores.Scale(history));
    });

    private static double[][] Read()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "bench", "data", "nn5-dev.csv")).Skip(1).Select(line => line.Split(',')).ToArray();
        return [.. Enumerable.Range(2, rows[0].Length - 2).Select(column => rows.Select(row => Number(row[column])).ToArray())];
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    /// <summary>Whether the truth lay inside: by day, and by forecast where all of its days are known.</summary>
    private sealed class Held
    {
        public List<bool> Daily80 { get; } = [];

        public List<bool> Daily95 { get; } = [];

        public List<bool> Total95 { get; } = [];

        public static double Share(List<bool> held) => held.Count(static one => one) / (double)held.Count;

        public void Add(int historyDays, int daysBeforeEnd, int days, bool isPooled)
        {
            var start = All[0].Length - daysBeforeEnd;
            var studies = All.Select(values => Forecaster.Study(InventedSeries.Of(values[(start - historyDays)..start]), days)).ToArray();
            var pool = isPooled ? ResidualPool.Of(studies.Select(static study => study.Residuals)) : null;
            foreach (var (study, values) in studies.Zip(All))
            {
                Add(study.ToForecast(pool), values[start..(start + days)]);
            }
        }

        private void Add(Forecast forecast, double[] came)
        {
            var known = forecast.Points.Zip(came).Where(static pair => !double.IsNaN(pair.Second)).ToArray();
            Daily80.AddRange(known.Select(static pair => IsWithin(pair.Second, pair.First.Band.Lower80, pair.First.Band.Upper80)));
            Daily95.AddRange(known.Select(static pair => IsWithin(pair.Second, pair.First.Band.Lower95, pair.First.Band.Upper95)));
            if (known.Length == came.Length)
            {
                Total95.Add(IsWithin(came.Sum(), forecast.Total!.Band.Lower95, forecast.Total.Band.Upper95));
            }
        }

        private static bool IsWithin(double value, decimal lower, decimal upper) => value >= (double)lower && value <= (double)upper;
    }
}
