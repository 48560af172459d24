using Farthing.Domain.Forecasting;
using Farthing.Domain.Forecasting.Intervals;

namespace Farthing.Bench.Forecast;

/// <summary>
/// How often the truth lies inside the intervals: some periods of every series, each forecast from the days before it, with the
/// errors of all series up to then as siblings.
/// </summary>
internal sealed record Calibration
{
    /// <summary>The months before the end of the series that lie behind all days that typical errors were measured on.</summary>
    public const int UnseenMonths = 4;

    /// <summary>Nearly a year, with its Christmas.</summary>
    public const int AllMonths = 11;

    /// <summary>What is called a month.</summary>
    public const int MonthDays = 30;

    private static readonly DateOnly FirstDay = new(1996, 3, 18);

    public required double Daily95 { get; init; }

    public required double Daily80 { get; init; }

    public required double Total95 { get; init; }

    public required double Total80 { get; init; }

    public required double Mase { get; init; }

    public required double LineMase { get; init; }

    public required double Ape { get; init; }

    public required double LineApe { get; init; }

    /// <summary>Measures the last months of the series.</summary>
    /// <param name="all">The series.</param>
    /// <param name="historyDays">How many days each forecast sees.</param>
    /// <param name="months">How many months are forecast.</param>
    /// <param name="isPooled">Whether siblings lend their errors.</param>
    public static Calibration OfMonths(double[][] all, int historyDays, int months, bool isPooled)
    {
        var tally = new Tally();
        for (var month = 1; month <= months; month++)
        {
            Measure(tally, all, historyDays, month * MonthDays, MonthDays, isPooled);
        }

        return tally.Close();
    }

    /// <summary>Measures the first of the last 56 days, which nothing was fitted to.</summary>
    /// <param name="all">The series.</param>
    /// <param name="historyDays">How many days each forecast sees.</param>
    /// <param name="days">How many days are forecast.</param>
    /// <param name="isPooled">Whether siblings lend their errors.</param>
    public static Calibration OfLastDays(double[][] all, int historyDays, int days, bool isPooled)
    {
        var tally = new Tally();
        Measure(tally, all, historyDays, Nn5.TestDays, days, isPooled);
        return tally.Close();
    }

    private static void Measure(Tally tally, double[][] all, int historyDays, int daysBeforeEnd, int days, bool isPooled)
    {
        var start = all[0].Length - daysBeforeEnd;
        var studies = all.Select(values => Forecaster.Study(History(values, start, historyDays), days)).ToArray();
        var pool = isPooled ? ResidualPool.Of(studies.Select(static study => study.Residuals)) : null;
        for (var series = 0; series < all.Length; series++)
        {
            var history = all[series].AsSpan(start - historyDays, historyDays);
            tally.Add(studies[series], studies[series].ToForecast(pool), history, all[series].AsSpan(start, days));
        }
    }

    private static DailySeries History(double[] values, int start, int historyDays) =>
        DailySeries.Of(FirstDay.AddDays(start - historyDays), values.AsSpan(start - historyDays, historyDays));

    private sealed class Tally
    {
        private readonly List<double> daily95 = [], daily80 = [], total95 = [], total80 = [], mase = [], lineMase = [], ape = [], lineApe = [];

        public void Add(Study study, Farthing.Domain.Forecasting.Forecast forecast, ReadOnlySpan<double> history, ReadOnlySpan<double> came)
        {
            for (var day = 0; day < came.Length; day++)
            {
                if (!double.IsNaN(came[day]))
                {
                    var band = forecast.Points[day].Band;
                    daily95.Add(Within(came[day], band.Lower95, band.Upper95));
                    daily80.Add(Within(came[day], band.Lower80, band.Upper80));
                }
            }

            var means = study.Means(study.Method);
            var scale = Scores.Scale(history);
            mase.Add(Scores.Mase(came, means, scale));
            lineMase.Add(Scores.Mase(came, study.Means(ForecastMethod.StraightLine), scale));
            ape.Add(Scores.ApeOfTotal(came, means));
            lineApe.Add(Scores.ApeOfTotal(came, study.Means(ForecastMethod.StraightLine)));
            if (!came.ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
            {
                var sum = came.ToArray().Sum();
                var band = forecast.Total!.Band;
                total95.Add(Within(sum, band.Lower95, band.Upper95));
                total80.Add(Within(sum, band.Lower80, band.Upper80));
            }
        }

        public Calibration Close() => new()
        {
            Daily95 = daily95.Average(),
            Daily80 = daily80.Average(),
            Total95 = total95.Average(),
            Total80 = total80.Average(),
            Mase = mase.Average(),
            LineMase = lineMase.Average(),
            Ape = ape.Average(),
            LineApe = lineApe.Average(),
        };

        private static double Within(double value, decimal lower, decimal upper) =>
            value >= (double)lower && value <= (double)upper ? 1 : 0;
    }
}
