namespace Farthing.Domain.Forecasting.Members;

/// <summary>The usual difference of each weekday to its week, when the series has a week at all.</summary>
internal static class WeekSeason
{
    /// <summary>The least days in which a week is looked for.</summary>
    public const int DaysMin = 21;

    private const int Week = 7;
    private const int HalfWeek = 3;
    private const double TenPercentPoint = 1.645;

    /// <summary>
    /// Finds the differences, which add up to zero; all zero when the correlation with the week before is no more than
    /// chance (the test of the M4 competition) or there are fewer than <see cref="DaysMin"/> days.
    /// </summary>
    /// <param name="days">The days, without gaps.</param>
    /// <param name="season">Takes the difference of day t at t modulo 7.</param>
    public static void Find(ReadOnlySpan<double> days, Span<double> season)
    {
        season[..Week].Clear();
        if (days.Length < DaysMin || !IsSeasonal(days))
        {
            return;
        }

        Span<int> counts = stackalloc int[Week];
        counts.Clear();
        var around = Sum(days[..(Week - 1)]);
        for (var day = HalfWeek; day + HalfWeek < days.Length; day++)
        {
            around += days[day + HalfWeek];
            season[day % Week] += days[day] - (around / Week);
            counts[day % Week]++;
            around -= days[day - HalfWeek];
        }

        var mean = 0d;
        for (var weekday = 0; weekday < Week; weekday++)
        {
            season[weekday] /= counts[weekday];
            mean += season[weekday] / Week;
        }

        for (var weekday = 0; weekday < Week; weekday++)
        {
            season[weekday] -= mean;
        }
    }

    /// <summary>Takes the season out.</summary>
    public static void Remove(ReadOnlySpan<double> days, ReadOnlySpan<double> season, Span<double> adjusted)
    {
        var weekday = 0;
        for (var day = 0; day < days.Length; day++)
        {
            adjusted[day] = days[day] - season[weekday];
            weekday = weekday == Week - 1 ? 0 : weekday + 1;
        }
    }

    /// <summary>Puts the season on days that follow a history.</summary>
    /// <param name="historyDays">How many days the history has.</param>
    /// <param name="season">The differences.</param>
    /// <param name="forecast">The days that follow.</param>
    public static void Restore(int historyDays, ReadOnlySpan<double> season, Span<double> forecast)
    {
        for (var ahead = 0; ahead < forecast.Length; ahead++)
        {
            forecast[ahead] += season[(historyDays + ahead) % Week];
        }
    }

    private static bool IsSeasonal(ReadOnlySpan<double> days)
    {
        var mean = Sum(days) / days.Length;
        Span<double> lagged = stackalloc double[Week + 1];
        lagged.Clear();
        for (var lag = 0; lag <= Week; lag++)
        {
            var early = days[..^lag];
            var late = days[lag..];
            var sum = 0d;
            for (var day = 0; day < early.Length; day++)
            {
                sum += (early[day] - mean) * (late[day] - mean);
            }

            lagged[lag] = sum;
        }

        if (lagged[0] <= 0)
        {
            return false;
        }

        var squares = 0d;
        for (var lag = 1; lag < Week; lag++)
        {
            squares += lagged[lag] / lagged[0] * (lagged[lag] / lagged[0]);
        }

        return Math.Abs(lagged[Week] / lagged[0]) > TenPercentPoint / Math.Sqrt(days.Length) * Math.Sqrt(1 + (2 * squares));
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0d;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
