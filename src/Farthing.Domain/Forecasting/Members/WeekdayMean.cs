namespace Farthing.Domain.Forecasting.Members;

/// <summary>Each day as the last four of its weekday, half way to the mean of the last four weeks.</summary>
internal static class WeekdayMean
{
    private const int Week = 7;
    private const int WeeksMax = 4;
    private const double Shrinkage = 0.5;

    /// <summary>The least days of history from which weekdays are told apart; the mean of all days before.</summary>
    public const int WeekdaysDaysMin = 14;

    /// <summary>Forecasts the days that follow.</summary>
    /// <param name="days">The cleaned history; at least one day.</param>
    /// <param name="forecast">Takes the forecast.</param>
    public static void Forecast(ReadOnlySpan<double> days, Span<double> forecast)
    {
        var mean = MeanOf(days[^Math.Min(days.Length, Week * WeeksMax)..]);
        if (days.Length < WeekdaysDaysMin)
        {
            forecast.Fill(mean);
            return;
        }

        var weeks = Math.Min(WeeksMax, days.Length / Week);
        for (var ahead = 0; ahead < forecast.Length; ahead++)
        {
            if (ahead >= Week)
            {
                forecast[ahead] = forecast[ahead - Week];
                continue;
            }

            var sum = 0d;
            for (var week = 1; week <= weeks; week++)
            {
                sum += days[days.Length + ahead - (week * Week)];
            }

            forecast[ahead] = (Shrinkage * mean) + ((1 - Shrinkage) * sum / weeks);
        }
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
