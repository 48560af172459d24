namespace Farthing.Domain.Forecasting;

/// <summary>
/// How good a forecast was. Days of which nothing is known (NaN) do not count; a score of no days is NaN.
/// </summary>
public static class Scores
{
    /// <summary>The weekly season.</summary>
    public const int Week = 7;

    /// <summary>The mean absolute change over a season inside the history: the unit of <see cref="Mase"/> and of residuals.</summary>
    /// <param name="history">The history.</param>
    /// <param name="season">How many days a season has.</param>
    public static double Scale(ReadOnlySpan<double> history, int season = Week)
    {
        var (sum, count) = (0d, 0);
        for (var day = season; day < history.Length; day++)
        {
            Add(Math.Abs(history[day] - history[day - season]), ref sum, ref count);
        }

        return sum / count;
    }

    /// <summary>Mean absolute scaled error: below one is better than repeating the season was in the history.</summary>
    public static double Mase(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast, double scale)
    {
        var (sum, count) = (0d, 0);
        for (var day = 0; day < actual.Length; day++)
        {
            Add(Math.Abs(actual[day] - forecast[day]), ref sum, ref count);
        }

        return sum / count / scale;
    }

    /// <summary>Symmetric mean absolute percentage error, 0 to 200; a day that is zero in both counts as right.</summary>
    public static double Smape(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        var (sum, count) = (0d, 0);
        for (var day = 0; day < actual.Length; day++)
        {
            var size = Math.Abs(actual[day]) + Math.Abs(forecast[day]);
            Add(size == 0 ? 0 : 200 * Math.Abs(actual[day] - forecast[day]) / size, ref sum, ref count);
        }

        return sum / count;
    }

    /// <summary>The pinball loss of one quantile.</summary>
    /// <param name="actual">What came.</param>
    /// <param name="quantile">What was said to be passed with probability 1 − <paramref name="level"/>.</param>
    /// <param name="level">The level of the quantile, 0 to 1.</param>
    public static double Pinball(double actual, double quantile, double level) =>
        actual >= quantile ? (actual - quantile) * level : (quantile - actual) * (1 - level);

    /// <summary>Winkler's interval score: the width and, for a miss, 2 ÷ miscoverage times the distance.</summary>
    public static double Interval(double actual, double lower, double upper, double miscoverage) =>
        upper - lower + (2 / miscoverage * (Math.Max(0, lower - actual) + Math.Max(0, actual - upper)));

    /// <summary>Mean scaled interval score: the mean of <see cref="Interval"/> ÷ scale.</summary>
    public static double Msis(
        ReadOnlySpan<double> actual, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, double miscoverage, double scale)
    {
        var (sum, count) = (0d, 0);
        for (var day = 0; day < actual.Length; day++)
        {
            Add(Interval(actual[day], lower[day], upper[day], miscoverage), ref sum, ref count);
        }

        return sum / count / scale;
    }

    /// <summary>The share of days inside their interval, bounds included.</summary>
    public static double Coverage(ReadOnlySpan<double> actual, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        var (sum, count) = (0d, 0);
        for (var day = 0; day < actual.Length; day++)
        {
            Add(double.IsNaN(actual[day]) ? double.NaN : actual[day] >= lower[day] && actual[day] <= upper[day] ? 1 : 0, ref sum, ref count);
        }

        return sum / count;
    }

    /// <summary>The absolute percentage error of the period's total; NaN when nothing was spent.</summary>
    public static double ApeOfTotal(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        var (came, difference) = Totals(actual, forecast);
        return came == 0 ? double.NaN : 100 * Math.Abs(difference / came);
    }

    /// <summary>The mean error, forecast less truth: positive when too much was forecast.</summary>
    public static double Bias(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        var (sum, count) = (0d, 0);
        for (var day = 0; day < actual.Length; day++)
        {
            Add(forecast[day] - actual[day], ref sum, ref count);
        }

        return sum / count;
    }

    private static (double Came, double Difference) Totals(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        var (came, difference) = (0d, 0d);
        for (var day = 0; day < actual.Length; day++)
        {
            if (!double.IsNaN(actual[day]))
            {
                came += actual[day];
                difference += forecast[day] - actual[day];
            }
        }

        return (came, difference);
    }

    private static void Add(double value, ref double sum, ref int count)
    {
        if (!double.IsNaN(value))
        {
            sum += value;
            count++;
        }
    }
}
