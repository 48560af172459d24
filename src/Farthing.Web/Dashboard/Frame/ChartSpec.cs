using System.Text.Json;
using System.Text.Json.Serialization;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>How a series is drawn.</summary>
public enum SeriesShape
{
    /// <summary>Bars.</summary>
    Bar,

    /// <summary>A line.</summary>
    Line,

    /// <summary>A line with the room below it filled.</summary>
    Area,

    /// <summary>A broken line: what is expected.</summary>
    Dash,

    /// <summary>A bar from zero, beside those that rise and fall from it.</summary>
    Level,

    /// <summary>A bar from <see cref="ChartSeries.Low"/> up to <see cref="ChartSeries.Values"/>: what was added.</summary>
    Rise,

    /// <summary>A bar between the same two: what was taken away.</summary>
    Fall,

    /// <summary>The room between <see cref="ChartSeries.Low"/> and <see cref="ChartSeries.Values"/>.</summary>
    Band,

    /// <summary>A point, in a form that no other series has.</summary>
    Point,
}

/// <summary>One series of a chart.</summary>
/// <param name="Name">What it is called in the legend and in the table.</param>
/// <param name="Shape">How it is drawn.</param>
/// <param name="Values">A value for each label; null where there is none.</param>
public sealed record ChartSeries(string Name, SeriesShape Shape, IReadOnlyList<decimal?> Values)
{
    /// <summary>The lower edge of a band or of a bar that does not begin at zero.</summary>
    public IReadOnlyList<decimal?>? Low { get; init; }
}

/// <summary>What the values of a chart count.</summary>
public enum ChartUnit
{
    /// <summary>Dollars.</summary>
    Dollars,

    /// <summary>Things: tokens, calls.</summary>
    Count,
}

/// <summary>A chart. The same figures stand below it as a table, for those who do not see it.</summary>
public sealed record ChartSpec
{
    /// <summary>What it shows.</summary>
    public required string Title { get; init; }

    /// <summary>What the labels are: <c>Day</c>, <c>Model</c>.</summary>
    public required string Of { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The series.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Whether the labels stand at the side and the bars lie.</summary>
    public bool IsLying { get; init; }

    /// <summary>Whether bars stand on each other: their series add up.</summary>
    public bool IsStacked { get; init; }

    /// <summary>What its values count.</summary>
    public ChartUnit Unit { get; init; }

    /// <summary>Whether each step of the axis is ten times the one before, so that small and large values are told apart. What is 0 stands at its foot.</summary>
    public bool IsTenfold { get; init; }

    /// <summary>Whether dollars are written with four decimals: those of single calls.</summary>
    public bool IsFine { get; init; }

    /// <summary>Values that are marked by a line across: the prices of plans.</summary>
    public IReadOnlyList<decimal> Marks { get; init; } = [];

    /// <summary>What the only series adds up to, where the table tells it; what its values miss of it as they are shown has a row of its own.</summary>
    [JsonIgnore]
    public decimal? Total { get; init; }

    /// <summary>
    /// What the values and the series are called where each label has a value in one series alone: the table has these two
    /// columns instead of one for each series.
    /// </summary>
    [JsonIgnore]
    public (string Value, string Series)? OneEach { get; init; }

    /// <summary>Where each label leads to in the table; empty when they lead nowhere, null for one that does not.</summary>
    [JsonIgnore]
    public IReadOnlyList<string?> Links { get; init; } = [];

    /// <summary>The chart as the script that draws it reads it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ChartJson.Default.ChartSpec);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChartSpec))]
internal sealed partial class ChartJson : JsonSerializerContext;
