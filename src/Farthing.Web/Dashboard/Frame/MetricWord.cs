using Farthing.Workflows.Exploring;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>A figure as addresses and people name it.</summary>
/// <param name="Metric">The figure.</param>
/// <param name="Word">Its name in addresses and files.</param>
/// <param name="Name">What people call it.</param>
public sealed record MetricWord(SpendMetric Metric, string Word, string Name)
{
    /// <summary>Its name in addresses, the same on every page.</summary>
    public const string Field = "show";

    /// <summary>All of them; the first one is shown unless told.</summary>
    public static IReadOnlyList<MetricWord> All { get; } =
    [
        new(SpendMetric.Cost, "cost", "Cost"),
        new(SpendMetric.Tokens, "tokens", "Tokens"),
        new(SpendMetric.Calls, "calls", "Calls"),
        new(SpendMetric.Input, "input", "Uncached input"),
        new(SpendMetric.CacheRead, "cache_read", "Cache reads"),
        new(SpendMetric.CacheWrite, "cache_write", "Cache writes"),
        new(SpendMetric.Output, "output", "Output"),
        new(SpendMetric.WebSearches, "searches", "Web searches"),
    ];

    /// <summary>The one of a figure.</summary>
    public static MetricWord Of(SpendMetric metric) => All.First(word => word.Metric == metric);

    /// <summary>The one of a word; null for any other word.</summary>
    public static MetricWord? Find(string? word) => All.FirstOrDefault(one => one.Word == word);
}
