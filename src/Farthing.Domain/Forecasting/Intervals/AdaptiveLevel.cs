namespace Farthing.Domain.Forecasting.Intervals;

/// <summary>
/// Adaptive conformal inference (Gibbs and Candès 2021): after each day that came out, the miscoverage that intervals are made
/// with is moved a little, so that in the long run they miss as often as promised, whatever the series does.
/// </summary>
public static class AdaptiveLevel
{
    private const double Step = 0.02;
    private const double LeastMiscoverage = 0.001;
    private const double MostMiscoverage = 0.5;

    /// <summary>The miscoverage for the next interval.</summary>
    /// <param name="current">The one that the last interval was made with.</param>
    /// <param name="promised">The one that was promised, such as 0.05.</param>
    /// <param name="missed">Whether the truth lay outside.</param>
    public static double Next(double current, double promised, bool missed) =>
        Math.Clamp(current + (Step * (promised - (missed ? 1 : 0))), LeastMiscoverage, MostMiscoverage);
}
