namespace Farthing.Domain.Forecasting.Intervals;

/// <summary>
/// What errors usually look like, for series that have neither a past of their own nor siblings with one: 39 quantiles, from
/// 2.5 % to 97.5 %, of what the combination missed by on other people's series.
/// </summary>
/// <remarks>
/// Measured on the 70 series of <c>bench/data/nn5-dev.csv</c> (NN5, CC BY 4.0), forecasts of 30 days from every seventh day,
/// without their last 120 days, with which <c>bench/forecast.sh</c> tests. Per day and scaled, errors of longer and shorter
/// periods hardly differ: what misses is the level.
/// </remarks>
internal static class TypicalErrors
{
    private const int ReachDays = 90;

    /// <summary>After 14 to 42 days of history.</summary>
    public static Residuals Young { get; } = Of(
        daily: [
            -4.63, -3.16, -2.44, -2.00, -1.69, -1.46, -1.28, -1.12, -0.99, -0.88, -0.77, -0.67, -0.59,
            -0.50, -0.43, -0.35, -0.27, -0.20, -0.13, -0.06, 0.02, 0.09, 0.17, 0.24, 0.32, 0.41,
            0.50, 0.59, 0.69, 0.80, 0.93, 1.06, 1.22, 1.40, 1.62, 1.91, 2.30, 2.93, 4.18,
        ],
        total: [
            -2.09, -1.39, -1.08, -0.89, -0.76, -0.66, -0.57, -0.51, -0.44, -0.39, -0.34, -0.29, -0.25,
            -0.21, -0.17, -0.14, -0.10, -0.06, -0.03, 0.00, 0.03, 0.07, 0.10, 0.13, 0.17, 0.20,
            0.24, 0.28, 0.33, 0.37, 0.42, 0.48, 0.53, 0.60, 0.67, 0.78, 0.92, 1.12, 1.51,
        ]);

    /// <summary>After 56 to 365 days.</summary>
    public static Residuals Grown { get; } = Of(
        daily: [
            -3.71, -2.46, -1.82, -1.45, -1.20, -1.02, -0.88, -0.76, -0.66, -0.58, -0.50, -0.43, -0.37,
            -0.31, -0.25, -0.19, -0.14, -0.08, -0.03, 0.02, 0.08, 0.13, 0.19, 0.24, 0.30, 0.36,
            0.42, 0.49, 0.56, 0.63, 0.72, 0.81, 0.92, 1.04, 1.20, 1.39, 1.66, 2.10, 3.07,
        ],
        total: [
            -1.40, -1.03, -0.84, -0.72, -0.62, -0.53, -0.47, -0.41, -0.36, -0.31, -0.27, -0.23, -0.20,
            -0.16, -0.13, -0.10, -0.07, -0.04, -0.01, 0.01, 0.04, 0.07, 0.09, 0.12, 0.15, 0.18,
            0.21, 0.24, 0.27, 0.31, 0.35, 0.39, 0.44, 0.50, 0.57, 0.65, 0.75, 0.91, 1.21,
        ]);

    private static Residuals Of(double[] daily, double[] total) => new(0, 0, ReachDays, [daily, daily, daily, daily], total);
}
