namespace Farthing.Domain.Forecasting.Members;

/// <summary>The Theta method with a trend that dies away: the smoothed level and half the slope of the straight line.</summary>
internal static class DampedTheta
{
    private const double Damping = 0.97;
    private const double SlopeShare = 0.5;

    /// <summary>Forecasts the days that follow, still without their season.</summary>
    /// <param name="level">The level of <see cref="SimpleSmoothing"/>.</param>
    /// <param name="slope">The slope of <see cref="StraightLine"/> over the same days.</param>
    /// <param name="forecast">Takes the forecast.</param>
    public static void Forecast(double level, double slope, Span<double> forecast)
    {
        var (weight, sum) = (1d, 0d);
        for (var ahead = 0; ahead < forecast.Length; ahead++)
        {
            weight *= Damping;
            sum += weight;
            forecast[ahead] = level + (SlopeShare * slope * sum);
        }
    }
}
