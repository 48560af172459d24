using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Exploring;

/// <summary>A figure of spend that parts of it add up to.</summary>
public enum SpendMetric
{
    /// <summary>What has a price, in picodollars.</summary>
    Cost,

    /// <summary>All tokens.</summary>
    Tokens,

    /// <summary>Tokens of the prompt that no cache held.</summary>
    Input,

    /// <summary>Tokens read from a cache.</summary>
    CacheRead,

    /// <summary>Tokens written to a cache, whatever their lifetime.</summary>
    CacheWrite,

    /// <summary>Tokens of the answer, reasoning among them.</summary>
    Output,

    /// <summary>Calls.</summary>
    Calls,

    /// <summary>Billed web searches.</summary>
    WebSearches,
}

/// <summary>The figures of sums.</summary>
public static class SpendMetrics
{
    /// <summary>The figure of a sum: picodollars for cost, else a count.</summary>
    public static Int128 Of(this SpendMetric metric, in SpendSum sum) => metric switch
    {
        SpendMetric.Cost => sum.Cost.Picodollars,
        SpendMetric.Tokens => sum.TotalTokens,
        SpendMetric.Input => sum.Tokens.Input,
        SpendMetric.CacheRead => sum.Tokens.CacheRead,
        SpendMetric.CacheWrite => sum.Tokens.CacheWrite5m + sum.Tokens.CacheWrite1h,
        SpendMetric.Output => sum.Tokens.Output,
        SpendMetric.Calls => sum.Calls,
        SpendMetric.WebSearches => sum.WebSearches,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such figure."),
    };
}
