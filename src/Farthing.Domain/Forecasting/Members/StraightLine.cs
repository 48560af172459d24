namespace Farthing.Domain.Forecasting.Members;

/// <summary>Least squares over the days, in floating point: a member of comparisons and the slope of Theta.</summary>
/// <param name="Mean">The mean of the days.</param>
/// <param name="Slope">How much a day is more than the one before.</param>
/// <param name="Days">How many days it was drawn through.</param>
internal readonly record struct StraightLine(double Mean, double Slope, int Days)
{
    /// <summary>Draws the line through at least one day.</summary>
    public static StraightLine Through(ReadOnlySpan<double> days)
    {
        var middle = (days.Length - 1) / 2d;
        var (sum, products) = (0d, 0d);
        for (var day = 0; day < days.Length; day++)
        {
            sum += days[day];
            products += days[day] * (day - middle);
        }

        double count = days.Length;
        return new(sum / count, days.Length < 2 ? 0 : products * 12 / (count * ((count * count) - 1)), days.Length);
    }

    /// <summary>Follows the line, never below zero.</summary>
    public void Forecast(Span<double> forecast)
    {
        for (var ahead = 0; ahead < forecast.Length; ahead++)
        {
            forecast[ahead] = Math.Max(0, Mean + (Slope * (ahead + ((Days + 1) / 2d))));
        }
    }
}
