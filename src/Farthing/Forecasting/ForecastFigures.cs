using System.Text.Json.Serialization;
using Farthing.Domain.Forecasting;
using Farthing.Finops;

namespace Farthing.Forecasting;

/// <summary>What the page shows of the API's forecast of a scope. Amounts are dollars.</summary>
/// <param name="Timezone">Whose days are meant.</param>
/// <param name="Label">How much it may be trusted.</param>
/// <param name="Method">How it was made.</param>
/// <param name="Trend">Where the last eight weeks were heading.</param>
/// <param name="History">The days with calls, today excluded.</param>
/// <param name="SpentToday">What today cost until now.</param>
/// <param name="Forecast">The days to come, from today on; none when too little is known.</param>
/// <param name="Total">All of them together.</param>
/// <param name="Backtest">How it did on the days that are known.</param>
/// <param name="Children">The parts, which add up to the whole.</param>
/// <param name="PricingStatus">How sure the prices of the history are.</param>
internal sealed record ForecastFigures(
    string Timezone,
    string Label,
    string Method,
    string Trend,
    IReadOnlyList<DayFigures> History,
    decimal SpentToday,
    IReadOnlyList<DayBandFigures> Forecast,
    BandFigures? Total,
    BacktestFigures? Backtest,
    IReadOnlyList<ChildFigures> Children,
    PricingFigures PricingStatus);

/// <summary>What one day cost.</summary>
internal sealed record DayFigures(DateOnly Date, decimal Cost);

/// <summary>What one day may cost.</summary>
internal sealed record DayBandFigures(DateOnly Date, BandFigures Cost);

/// <summary>An estimate with the intervals that hold the truth four times in five and nineteen in twenty.</summary>
internal sealed record BandFigures(
    decimal Mean,
    [property: JsonPropertyName("lower_80")] decimal Lower80,
    [property: JsonPropertyName("upper_80")] decimal Upper80,
    [property: JsonPropertyName("lower_95")] decimal Lower95,
    [property: JsonPropertyName("upper_95")] decimal Upper95)
{
    /// <summary>The figures of a band.</summary>
    public static BandFigures Of(ForecastBand band) => new(band.Mean, band.Lower80, band.Upper80, band.Lower95, band.Upper95);

    /// <summary>The band of these figures.</summary>
    public ForecastBand ToBand() => new() { Mean = Mean, Lower80 = Lower80, Upper80 = Upper80, Lower95 = Lower95, Upper95 = Upper95 };
}

/// <summary>How a method and its intervals did on the days that are known.</summary>
/// <param name="Mase">Its error as a part of that of repeating the week before.</param>
/// <param name="Coverage80">The share of days inside the interval of 80 %; null with too few tries.</param>
/// <param name="Coverage95">The same for 95 %.</param>
/// <param name="Origins">From how many days of the past it was tried.</param>
internal sealed record BacktestFigures(
    decimal Mase, [property: JsonPropertyName("coverage_80")] decimal? Coverage80, [property: JsonPropertyName("coverage_95")] decimal? Coverage95, int Origins);

/// <summary>A part of a forecast.</summary>
/// <param name="Id">Which one; null for all others together, empty for calls that name none.</param>
/// <param name="Label">How much it may be trusted.</param>
/// <param name="Total">All days together.</param>
/// <param name="Name">What people call it; null for all others together, and where a server does not say it.</param>
internal sealed record ChildFigures(string? Id, string Label, BandFigures? Total, string? Name = null);

/// <summary>What the page shows of Primer's line.</summary>
/// <param name="Historical">The days with calls.</param>
/// <param name="Forecast">The days to come.</param>
/// <param name="MonthlyProjection">Thirty days.</param>
/// <param name="TrendDirection">Where the line is heading.</param>
/// <param name="Better">What did best when it was tried; null when too little is known.</param>
/// <param name="PricingStatus">How sure the prices of the history are.</param>
internal sealed record LineFigures(
    IReadOnlyList<LineDayFigures> Historical,
    IReadOnlyList<LinePointFigures> Forecast,
    decimal MonthlyProjection,
    string TrendDirection,
    BetterFigures? Better,
    PricingFigures PricingStatus);

/// <summary>What one day cost.</summary>
internal sealed record LineDayFigures(DateOnly Date, decimal EstimatedCost);

/// <summary>What the line says of one day, one standard deviation of the past around it.</summary>
internal sealed record LinePointFigures(DateOnly Date, decimal ProjectedCost, decimal UpperBound, decimal LowerBound);

/// <summary>The best method and the line, by their errors.</summary>
internal sealed record BetterFigures(string Method, decimal Mase, decimal OlsMase);

/// <summary>Reads them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ForecastFigures))]
[JsonSerializable(typeof(LineFigures))]
internal sealed partial class ForecastFiguresJson : JsonSerializerContext;
