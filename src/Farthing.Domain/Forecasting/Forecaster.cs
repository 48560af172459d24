using Farthing.Domain.Forecasting.Intervals;

namespace Farthing.Domain.Forecasting;

/// <summary>
/// Forecasts spend: the combination of <see cref="RobustComb"/>, or another method where the history clearly prefers it, with
/// hybrid conformal intervals. Pure: the same series always gives the same forecast, on every machine.
/// </summary>
public static class Forecaster
{
    /// <summary>The most days ahead.</summary>
    public const int DaysMax = 365;

    /// <summary>Looks at a series once; see <see cref="Study"/> for series that have siblings.</summary>
    /// <param name="series">The series up to yesterday.</param>
    /// <param name="days">How many days to forecast, 1 to <see cref="DaysMax"/>.</param>
    public static Study Study(DailySeries series, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, DaysMax);
        return Forecasting.Study.Of(series, days);
    }

    /// <summary>The combination alone, dollars by day: no choice, no intervals, in a fraction of the time.</summary>
    /// <param name="series">The series up to yesterday.</param>
    /// <param name="days">How many days to forecast, 1 to <see cref="DaysMax"/>.</param>
    /// <returns>Nothing when fewer than seven days are known.</returns>
    public static double[] Means(DailySeries series, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, DaysMax);
        if (series.Known < Forecasting.Study.ForecastDaysMin)
        {
            return [];
        }

        var forecasts = new double[ForecastMethods.Count * days];
        new RobustComb(series.Filled).Forecast(series.Filled.Length, days, forecasts, isTrial: false);
        return RobustComb.Of(ForecastMethod.RobustComb, forecasts, days).ToArray();
    }

    /// <summary>Forecasts a series.</summary>
    /// <param name="series">The series up to yesterday.</param>
    /// <param name="days">How many days to forecast, 1 to <see cref="DaysMax"/>.</param>
    /// <param name="pool">The errors of siblings that were studied over as many days.</param>
    /// <param name="events">Known events, in the order they work.</param>
    public static Forecast Forecast(
        DailySeries series,
        int days,
        ResidualPool? pool = null,
        IReadOnlyList<KnownEvent>? events = null) => Study(series, days).ToForecast(pool, events);
}
