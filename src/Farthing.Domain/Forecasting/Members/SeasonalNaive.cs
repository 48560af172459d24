namespace Farthing.Domain.Forecasting.Members;

/// <summary>Each day as the same weekday of the last week: what every method has to beat.</summary>
internal static class SeasonalNaive
{
    private const int Week = 7;

    /// <summary>Forecasts the days that follow; the last day when there is no week yet.</summary>
    /// <param name="days">The history; at least one day.</param>
    /// <param name="forecast">Takes the forecast.</param>
    public static void Forecast(ReadOnlySpan<double> days, Span<double> forecast)
    {
        for (var ahead = 0; ahead < forecast.Length; ahead++)
        {
            forecast[ahead] = days.Length < Week ? days[^1] : days[days.Length - Week + (ahead % Week)];
        }
    }
}
