namespace Farthing.Domain.Forecasting.Intervals;

/// <summary>
/// What errors are measured in, so that those of a small past and of other series can be compared: the mean weekly change of
/// the history, for as much as is spent now. Who spends twice as much misses by twice as much; who pauses, by half at least.
/// </summary>
internal static class ErrorUnit
{
    private const int RecentDays = 56;
    private const double GrowthMin = 0.5;

    /// <summary>The unit at the end of a history.</summary>
    /// <param name="scale">The mean weekly change.</param>
    /// <param name="days">Its days, best without their incidents.</param>
    public static double Of(double scale, ReadOnlySpan<double> days)
    {
        var (all, recent) = (MeanOf(days), MeanOf(days[Math.Max(0, days.Length - RecentDays)..]));
        return all > 0 ? scale * Math.Max(GrowthMin, recent / all) : scale;
    }

    private static double MeanOf(ReadOnlySpan<double> days)
    {
        var sum = 0d;
        foreach (var day in days)
        {
            sum += day;
        }

        return sum / days.Length;
    }
}
