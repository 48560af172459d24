namespace Farthing.Domain.Forecasting;

/// <summary>How a forecast was made.</summary>
public enum ForecastMethod
{
    /// <summary>The median of the four members that follow: the default.</summary>
    RobustComb,

    /// <summary>The last four of each weekday, half way to the mean of four weeks.</summary>
    WeekdayMean,

    /// <summary>Simple exponential smoothing with the week put back.</summary>
    SimpleSmoothing,

    /// <summary>Smoothing and half of a trend that dies away.</summary>
    DampedTheta,

    /// <summary>Level, damped trend and week, smoothed together.</summary>
    DampedHoltWinters,

    /// <summary>The last week again.</summary>
    SeasonalNaive,

    /// <summary>The straight line of least squares: for comparison, never chosen.</summary>
    StraightLine,
}

/// <summary>The words of the API for methods.</summary>
public static class ForecastMethods
{
    /// <summary>How many there are.</summary>
    internal const int Count = 7;

    /// <summary>Such as <c>robust_comb</c>.</summary>
    public static string ToWord(this ForecastMethod method) => method switch
    {
        ForecastMethod.RobustComb => "robust_comb",
        ForecastMethod.WeekdayMean => "weekday_mean",
        ForecastMethod.SimpleSmoothing => "simple_smoothing",
        ForecastMethod.DampedTheta => "damped_theta",
        ForecastMethod.DampedHoltWinters => "damped_holt_winters",
        ForecastMethod.SeasonalNaive => "seasonal_naive",
        _ => "ols",
    };
}
