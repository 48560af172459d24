using Farthing.Domain.Forecasting.Intervals;

namespace Farthing.Domain.Forecasting;

/// <summary>How a method did inside the history.</summary>
/// <param name="Method">The method.</param>
/// <param name="Mase">Its mean absolute scaled error (week), four decimals.</param>
/// <param name="ApeOfTotal">The median percentage error of its totals, two decimals; null when nothing was spent.</param>
/// <param name="Origins">From how many days of the past it was tried.</param>
public sealed record MethodScore(ForecastMethod Method, decimal Mase, decimal? ApeOfTotal, int Origins);

/// <summary>
/// Forecasts that were made again from days of the past, each with nothing but what was known then, and compared with what
/// came: the source of the leaderboard and of the intervals.
/// </summary>
internal sealed class Backtest
{
    private const int OriginDaysMin = 7;
    private const int FullHistoryDays = 56;
    private const int MembersDaysMin = 21;
    private const int MonthDays = 30;
    private const int PastDaysMin = 26;
    private const double NoiseShareMin = 0.02;

    /// <summary>With fewer origins than this nobody is preferred to the combination.</summary>
    public const int ChoiceOriginsMin = 8;

    private readonly double[] actual;
    private readonly double[] filled;
    private readonly int[] origins;
    private readonly double[] scales;
    private readonly double[] units;
    private readonly double[] forecasts;

    private Backtest(DailySeries series, int[] origins, int days)
    {
        actual = series.Values as double[] ?? [.. series.Values];
        filled = series.Filled;
        this.origins = origins;
        Days = days;
        scales = new double[origins.Length];
        units = new double[origins.Length];
        forecasts = new double[origins.Length * ForecastMethods.Count * days];
    }

    /// <summary>How many days each forecast reaches.</summary>
    public int Days { get; }

    /// <summary>From how many days of the past forecasts were made.</summary>
    public int Origins => origins.Length;

    /// <summary>Runs the forecasts of the past.</summary>
    /// <param name="series">The series; at least one day is known.</param>
    /// <param name="comb">The methods, prepared for the series.</param>
    /// <param name="days">How many days are forecast today.</param>
    public static Backtest Run(DailySeries series, RobustComb comb, int days)
    {
        var count = series.Filled.Length;
        var reach = Math.Min(days, Math.Max(count / 2, Math.Min(MonthDays, count - PastDaysMin)));
        var backtest = new Backtest(series, OriginsOf(count, reach), Math.Max(1, reach));
        for (var origin = 0; origin < backtest.origins.Length; origin++)
        {
            var past = backtest.origins[origin];
            comb.Forecast(past, backtest.Days, backtest.At(origin), isTrial: true);
            backtest.Measure(origin, comb.Cleaned[..past]);
        }

        return backtest;
    }

    /// <summary>The mean weekly change, but no less than a share of the mean day.</summary>
    public static double ScaleOf(ReadOnlySpan<double> days)
    {
        var (sum, change) = (0d, 0d);
        var lag = days.Length < 2 * Scores.Week ? 1 : Scores.Week;
        for (var day = 0; day < days.Length; day++)
        {
            sum += Math.Abs(days[day]);
            change += day < lag ? 0 : Math.Abs(days[day] - days[day - lag]);
        }

        return Math.Max(change / Math.Max(1, days.Length - lag), NoiseShareMin * sum / days.Length);
    }

    /// <summary>The errors of a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="first">The first origin that counts.</param>
    /// <param name="count">How many origins count.</param>
    public Residuals ErrorsOf(ForecastMethod method, int first, int count)
    {
        var totals = new List<double>(count);
        var buckets = new List<double>[Residuals.BucketCount];
        for (var bucket = 0; bucket < buckets.Length; bucket++)
        {
            buckets[bucket] = new(bucket < (Days + 13) / 7 ? count * 7 : 0);
        }

        for (var origin = first; origin < first + count; origin++)
        {
            var errors = ErrorOf(method, origin);
            if (!double.IsNaN(errors))
            {
                totals.Add(errors);
                Collect(method, origin, buckets);
            }
        }

        return new(totals.Count, count == 0 ? 0 : origins[first + count - 1] - origins[first], Days, [.. buckets.Select(static bucket => bucket.ToArray())], [.. totals]);
    }

    /// <summary>One forecast of one method.</summary>
    public ReadOnlySpan<double> Forecast(ForecastMethod method, int origin) => RobustComb.Of(method, At(origin), Days);

    /// <summary>What came after an origin; NaN where it is not known.</summary>
    public ReadOnlySpan<double> Actual(int origin) => actual.AsSpan(origins[origin], Days);

    /// <summary>The unit of errors at an origin.</summary>
    public double UnitAt(int origin) => units[origin];

    /// <summary>All methods that could be tried, the best first.</summary>
    /// <remarks>All over the same origins: those with a full history when there are enough, else those with a weekly one.</remarks>
    public IReadOnlyList<MethodScore> Leaderboard()
    {
        var full = CountFrom(FullHistoryDays);
        var counted = full >= ChoiceOriginsMin ? full : CountFrom(MembersDaysMin) is > 0 and var some ? some : Origins;
        var board = new List<MethodScore>(ForecastMethods.Count);
        for (var method = 0; method < ForecastMethods.Count; method++)
        {
            if (ScoreOf((ForecastMethod)method, Origins - counted) is { } score)
            {
                board.Add(score);
            }
        }

        return [.. board.OrderBy(static score => score.Mase).ThenBy(static score => score.Method)];
    }

    private MethodScore? ScoreOf(ForecastMethod method, int first)
    {
        var (sum, count) = (0d, 0);
        var shares = new List<double>(Origins - first);
        for (var origin = first; origin < Origins; origin++)
        {
            var forecast = Forecast(method, origin);
            var mase = Scores.Mase(Actual(origin), forecast, scales[origin]);
            if (double.IsNaN(forecast[0]))
            {
                return null;
            }

            if (double.IsFinite(mase))
            {
                sum += mase;
                count++;
            }

            if (Scores.ApeOfTotal(Actual(origin), forecast) is var share && double.IsFinite(share))
            {
                shares.Add(share);
            }
        }

        return count == 0
            ? null
            : new(method, Estimate.Round(sum / count, 4), shares.Count == 0 ? null : Estimate.Round(MedianOf(shares), 2), count);
    }

    private static double MedianOf(List<double> values) =>
        Statistics.OrderStatistics.Median(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values));

    /// <summary>The mean error a day of one forecast in its unit; NaN when the method had too little history.</summary>
    private double ErrorOf(ForecastMethod method, int origin)
    {
        var forecast = Forecast(method, origin);
        var came = filled.AsSpan(origins[origin], Days);
        var sum = 0d;
        for (var day = 0; day < Days; day++)
        {
            sum += came[day] - forecast[day];
        }

        return units[origin] > 0 ? sum / Days / units[origin] : double.NaN;
    }

    /// <summary>
    /// Errors are measured by what days differed by before them, or with what came where that is more: where a pilot becomes a
    /// rollout, what was missed is of the size of the rollout.
    /// </summary>
    private void Measure(int origin, ReadOnlySpan<double> cleaned)
    {
        var with = filled.AsSpan(0, origins[origin] + Days);
        scales[origin] = ScaleOf(with[..origins[origin]]);
        units[origin] = Math.Max(ErrorUnit.Of(scales[origin], cleaned), ErrorUnit.Of(ScaleOf(with), with));
    }

    private void Collect(ForecastMethod method, int origin, List<double>[] buckets)
    {
        var forecast = Forecast(method, origin);
        var came = Actual(origin);
        for (var day = 0; day < Days; day++)
        {
            if (!double.IsNaN(came[day]))
            {
                buckets[Residuals.BucketOf(day + 1)].Add((came[day] - forecast[day]) / units[origin]);
            }
        }
    }

    private int CountFrom(int pastMin) => origins.Count(past => past >= pastMin);

    private Span<double> At(int origin) =>
        forecasts.AsSpan(origin * ForecastMethods.Count * Days, ForecastMethods.Count * Days);

    /// <summary>The longer the history, the more days of the past, and the farther apart.</summary>
    private static int[] OriginsOf(int count, int reach)
    {
        var (step, most) = count switch
        {
            < 90 => (1, 20),
            < 240 => (2, 30),
            _ => (5, 40),
        };
        var last = count - reach;
        var fitting = reach < 1 || last < OriginDaysMin ? 0 : Math.Min(most, ((last - OriginDaysMin) / step) + 1);
        var pasts = new int[fitting];
        for (var origin = 0; origin < fitting; origin++)
        {
            pasts[origin] = last - ((fitting - 1 - origin) * step);
        }

        return pasts;
    }
}
