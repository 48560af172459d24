using Farthing.Domain.Forecasting.Members;

namespace Farthing.Domain.Forecasting;

/// <summary>
/// The combination: the median of up to four simple forecasts of the cleaned series, never below zero, beside the forecasts of
/// its members, of its last week again, and of a straight line through the days as they came. Asked for any beginning of a
/// series, it sees nothing behind the end of it.
/// </summary>
/// <remarks>Fewer than 21 days: the weekday mean alone. Fewer than 56: three members, none with a week of its own.</remarks>
internal sealed class RobustComb
{
    private const int Week = 7;
    private const int SmoothingDaysMin = 21;

    private readonly double[] values;
    private readonly double[] cleaned;
    private readonly double[] adjusted;
    private readonly Cleaning cleaning;
    private readonly DampedHoltWinters holtWinters = new();

    /// <summary>Prepares the forecasts of a series without gaps.</summary>
    public RobustComb(double[] values)
    {
        this.values = values;
        cleaned = new double[values.Length];
        adjusted = new double[values.Length];
        cleaning = new(values);
    }

    /// <summary>The days as they were cleaned last.</summary>
    public ReadOnlySpan<double> Cleaned => cleaned;

    /// <summary>Forecasts what follows the first days of the series by every method that has enough of them.</summary>
    /// <param name="count">How many days of history it sees; at least one.</param>
    /// <param name="days">How many days to forecast.</param>
    /// <param name="forecasts">Takes the forecasts, <paramref name="days"/> for each method in its order; NaN where it has too little.</param>
    /// <param name="isTrial">Whether it is one of many trials, asked for in ascending order, whose fits may share work.</param>
    public void Forecast(int count, int days, Span<double> forecasts, bool isTrial)
    {
        var clean = cleaned.AsSpan(0, count);
        cleaning.Clean(clean);
        forecasts.Fill(double.NaN);
        WeekdayMean.Forecast(clean, Of(ForecastMethod.WeekdayMean, forecasts, days));
        if (count >= SmoothingDaysMin)
        {
            Smooth(clean, days, forecasts);
        }

        if (count >= DampedHoltWinters.DaysMin)
        {
            if (isTrial)
            {
                holtWinters.FitOn(clean);
            }
            else
            {
                holtWinters.Fit(clean);
            }

            holtWinters.Forecast(Of(ForecastMethod.DampedHoltWinters, forecasts, days));
        }

        Combine(days, forecasts);
        SeasonalNaive.Forecast(clean, Of(ForecastMethod.SeasonalNaive, forecasts, days));
        StraightLine.Through(values.AsSpan(0, count)).Forecast(Of(ForecastMethod.StraightLine, forecasts, days));
    }

    /// <summary>The days of one method.</summary>
    public static Span<double> Of(ForecastMethod method, Span<double> forecasts, int days) =>
        forecasts.Slice((int)method * days, days);

    private void Smooth(ReadOnlySpan<double> clean, int days, Span<double> forecasts)
    {
        Span<double> season = stackalloc double[Week];
        var level = adjusted.AsSpan(0, clean.Length);
        WeekSeason.Find(clean, season);
        WeekSeason.Remove(clean, season, level);
        var smoothed = SimpleSmoothing.Fit(level);
        var simple = Of(ForecastMethod.SimpleSmoothing, forecasts, days);
        simple.Fill(smoothed.Value);
        WeekSeason.Restore(clean.Length, season, simple);
        var theta = Of(ForecastMethod.DampedTheta, forecasts, days);
        DampedTheta.Forecast(smoothed.Value, StraightLine.Through(level).Slope, theta);
        WeekSeason.Restore(clean.Length, season, theta);
    }

    private static void Combine(int days, Span<double> forecasts)
    {
        var combined = Of(ForecastMethod.RobustComb, forecasts, days);
        for (var ahead = 0; ahead < days; ahead++)
        {
            var one = Clamp(ForecastMethod.WeekdayMean, ahead, days, forecasts);
            var two = Clamp(ForecastMethod.SimpleSmoothing, ahead, days, forecasts);
            var three = Clamp(ForecastMethod.DampedTheta, ahead, days, forecasts);
            var four = Clamp(ForecastMethod.DampedHoltWinters, ahead, days, forecasts);
            combined[ahead] = double.IsNaN(two) ? one : double.IsNaN(four) ? Middle(one, two, three) : Middle(one, two, three, four);
        }
    }

    /// <summary>One forecast of one member, lifted to zero where it is below.</summary>
    private static double Clamp(ForecastMethod method, int ahead, int days, Span<double> forecasts)
    {
        ref var forecast = ref forecasts[((int)method * days) + ahead];
        forecast = forecast < 0 ? 0 : forecast;
        return forecast;
    }

    private static double Middle(double one, double two, double three) =>
        Math.Max(Math.Min(one, two), Math.Min(Math.Max(one, two), three));

    private static double Middle(double one, double two, double three, double four)
    {
        var least = Math.Min(Math.Min(one, two), Math.Min(three, four));
        var most = Math.Max(Math.Max(one, two), Math.Max(three, four));
        return (one + two + three + four - least - most) / 2;
    }
}
