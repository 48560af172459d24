namespace Farthing.Domain.Forecasting;

/// <summary>Where spend is heading.</summary>
public enum TrendDirection
{
    /// <summary>Neither up nor down by more than its own noise, or too little history to say.</summary>
    Stable,

    /// <summary>Up.</summary>
    Increasing,

    /// <summary>Down.</summary>
    Decreasing,
}

/// <summary>The words of the API for a trend.</summary>
public static class TrendWords
{
    /// <summary><c>stable</c>, <c>increasing</c> or <c>decreasing</c>.</summary>
    public static string ToWord(this TrendDirection trend) => trend switch
    {
        TrendDirection.Increasing => "increasing",
        TrendDirection.Decreasing => "decreasing",
        _ => "stable",
    };
}
