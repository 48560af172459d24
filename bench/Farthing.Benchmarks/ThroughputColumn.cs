using System.Collections.Concurrent;
using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Farthing.Benchmarks;

/// <summary>How much one operation handles, divided by the time that it took.</summary>
internal sealed class ThroughputColumn : IColumn
{
    private const double NanosecondsPerSecond = 1e9;
    private readonly ConcurrentDictionary<string, double> amounts = new(StringComparer.Ordinal);
    private readonly double unit;

    private ThroughputColumn(string name, string legend, double unit)
    {
        ColumnName = name;
        Legend = legend;
        this.unit = unit;
    }

    /// <summary>Megabytes of log read a second.</summary>
    public static ThroughputColumn MegabytesPerSecond { get; } = new("MB/s", "1e6 bytes a second", 1e6);

    /// <summary>Calls resolved and rated a second, in millions.</summary>
    public static ThroughputColumn MillionCallsPerSecond { get; } = new("M calls/s", "1e6 calls a second", 1e6);

    /// <inheritdoc/>
    public string Id => ColumnName;

    /// <inheritdoc/>
    public string ColumnName { get; }

    /// <inheritdoc/>
    public string Legend { get; }

    /// <inheritdoc/>
    public bool AlwaysShow => true;

    /// <inheritdoc/>
    public ColumnCategory Category => ColumnCategory.Custom;

    /// <inheritdoc/>
    public int PriorityInCategory => 0;

    /// <inheritdoc/>
    public bool IsNumeric => true;

    /// <inheritdoc/>
    public UnitType UnitType => UnitType.Dimensionless;

    /// <summary>Says how much one operation of a benchmark handles.</summary>
    /// <param name="key">The name of the benchmark's method, and the value of its parameter if it has one.</param>
    /// <param name="amount">Bytes or calls.</param>
    public void Set(string key, double amount) => amounts[key] = amount;

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        amounts.TryGetValue(Key(benchmarkCase), out var amount) && summary[benchmarkCase]?.ResultStatistics is { } statistics
            ? (amount / unit / (statistics.Mean / NanosecondsPerSecond)).ToString("N1", CultureInfo.InvariantCulture)
            : "-";

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    /// <inheritdoc/>
    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    /// <inheritdoc/>
    public bool IsAvailable(Summary summary) => true;

    private static string Key(BenchmarkCase benchmarkCase) =>
        benchmarkCase.Descriptor.WorkloadMethod.Name + string.Concat(benchmarkCase.Parameters.Items.Select(item => item.Value));
}
