namespace Farthing.Domain.Forecasting.Members;

/// <summary>The Theta method as it won the M3 competition: a yardstick, not a member.</summary>
internal static class ClassicTheta
{
    /// <summary>Forecasts the days that follow, still without their season.</summary>
    /// <param name="level">Smoothing of the same days.</param>
    /// <param name="slope">The slope of <see cref="StraightLine"/> over them.</param>
    /// <param name="historyDays">How many days there are.</param>
    /// <param name="forecast">Takes the forecast.</param>
    public static void Forecast(SimpleSmoothing.Level level, double slope, int historyDays, Span<double> forecast)
    {
        var forgotten = 1d;
        for (var day = 0; day < historyDays; day++)
        {
            forgotten *= 1 - level.Share;
        }

        for (var ahead = 0; ahead < forecast.Length; ahead++)
        {
            forecast[ahead] = level.Value + (slope / 2 * (ahead + ((1 - forgotten) / level.Share)));
        }
    }
}
