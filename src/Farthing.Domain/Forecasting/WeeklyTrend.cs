using Farthing.Domain.Forecasting.Statistics;

namespace Farthing.Domain.Forecasting;

/// <summary>
/// The trend in words: the last four weeks beside the four before them. A change counts when it is more than 5 % and more than
/// the weeks differ anyway, and when the slope of the weeks (Theil and Sen) says the same.
/// </summary>
internal static class WeeklyTrend
{
    private const int Week = 7;
    private const int WeeksMax = 8;
    private const double ChangeMin = 0.05;

    /// <summary>Reads the trend; stable when there are fewer than two weeks.</summary>
    /// <param name="cleaned">The cleaned days.</param>
    public static TrendDirection Of(ReadOnlySpan<double> cleaned)
    {
        var weeks = Math.Min(WeeksMax, cleaned.Length / Week) / 2 * 2;
        Span<double> sums = stackalloc double[WeeksMax];
        sums = sums[..weeks];
        var (before, after) = (0d, 0d);
        for (var week = 0; week < weeks; week++)
        {
            sums[week] = 0;
            foreach (var day in cleaned.Slice(cleaned.Length - ((weeks - week) * Week), Week))
            {
                sums[week] += day;
            }

            before += week < weeks / 2 ? sums[week] : 0;
            after += week < weeks / 2 ? 0 : sums[week];
        }

        var change = (after - before) / Math.Max(1, weeks / 2);
        var least = Math.Max(ChangeMin * before / Math.Max(1, weeks / 2), Deviation(sums));
        var slope = Slope(sums);
        return Math.Abs(change) < least || change * slope <= 0 ? TrendDirection.Stable
            : change > 0 ? TrendDirection.Increasing : TrendDirection.Decreasing;
    }

    /// <summary>The median slope of all pairs of weeks.</summary>
    private static double Slope(ReadOnlySpan<double> sums)
    {
        Span<double> slopes = stackalloc double[WeeksMax * (WeeksMax - 1) / 2];
        var count = 0;
        for (var late = 1; late < sums.Length; late++)
        {
            for (var early = 0; early < late; early++)
            {
                slopes[count++] = (sums[late] - sums[early]) / (late - early);
            }
        }

        return OrderStatistics.Median(slopes[..count]);
    }

    private static double Deviation(ReadOnlySpan<double> sums)
    {
        var (mean, squares) = (0d, 0d);
        foreach (var sum in sums)
        {
            mean += sum / sums.Length;
        }

        foreach (var sum in sums)
        {
            squares += (sum - mean) * (sum - mean);
        }

        return sums.Length < 2 ? 0 : Math.Sqrt(squares / (sums.Length - 1));
    }
}
