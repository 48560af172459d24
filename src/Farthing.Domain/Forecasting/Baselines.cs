using Farthing.Domain.Forecasting.Members;

namespace Farthing.Domain.Forecasting;

/// <summary>The yardsticks that the combination is measured beside, over the days as they came: nothing is cleaned.</summary>
public static class Baselines
{
    private const int Week = 7;

    /// <summary>The last week again.</summary>
    public static double[] SeasonalNaive(DailySeries series, int days)
    {
        var forecast = new double[days];
        Members.SeasonalNaive.Forecast(series.Filled, forecast);
        return forecast;
    }

    /// <summary>The straight line of least squares over all calendar days.</summary>
    public static double[] StraightLine(DailySeries series, int days)
    {
        var forecast = new double[days];
        Members.StraightLine.Through(series.Filled).Forecast(forecast);
        return forecast;
    }

    /// <summary>Simple exponential smoothing of the days without their week, which is put back.</summary>
    public static double[] SimpleSmoothing(DailySeries series, int days) =>
        Adjusted(series, days, static (adjusted, forecast) => forecast.Fill(Members.SimpleSmoothing.Fit(adjusted).Value));

    /// <summary>The Theta method over the days without their week, which is put back.</summary>
    public static double[] Theta(DailySeries series, int days) =>
        Adjusted(series, days, static (adjusted, forecast) => ClassicTheta.Forecast(
            Members.SimpleSmoothing.Fit(adjusted), Members.StraightLine.Through(adjusted).Slope, adjusted.Length, forecast));

    private static double[] Adjusted(DailySeries series, int days, Action<double[], Span<double>> forecastBy)
    {
        Span<double> season = stackalloc double[Week];
        var adjusted = new double[series.Filled.Length];
        WeekSeason.Find(series.Filled, season);
        WeekSeason.Remove(series.Filled, season, adjusted);
        var forecast = new double[days];
        forecastBy(adjusted, forecast);
        WeekSeason.Restore(adjusted.Length, season, forecast);
        return forecast;
    }
}
