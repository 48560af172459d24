using System.Text.Json.Serialization;
using Farthing.Domain.Forecasting;
using Farthing.Workflows.Forecasting;

namespace Farthing.Web.Api.Finops;

/// <summary>A forecast, as Primer's clients read it; from <c>method</c> on it is ours.</summary>
internal sealed record ForecastAnswer
{
    private const int MoneyDecimals = 2;

    public required IReadOnlyList<ForecastHistoryAnswer> Historical { get; init; }

    public required IReadOnlyList<ForecastPointAnswer> Forecast { get; init; }

    public required decimal? MonthlyProjection { get; init; }

    public required string TrendDirection { get; init; }

    /// <summary><c>ols</c>, or the method that was chosen.</summary>
    public required string Method { get; init; }

    /// <summary>The method that did best when it was tried on the days that are known, and the line beside it; null when there are too few.</summary>
    public required BetterMethodAnswer? Better { get; init; }

    /// <summary>How much our forecast may be trusted: <c>no_forecast</c>, <c>indicative</c>, <c>early</c> or <c>standard</c>.</summary>
    public required string Label { get; init; }

    /// <summary>All days of our forecast together, with an interval of their own; with <c>method=auto</c> only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BandAnswer? PeriodTotal { get; init; }

    /// <summary>How our forecast and its intervals did on the days that are known; with <c>method=auto</c> only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BacktestAnswer? Backtest { get; init; }

    public required PricingStatusAnswer PricingStatus { get; init; }

    /// <summary>The answer with Primer's line.</summary>
    public static ForecastAnswer OfLine(SpendForecast forecast) => Of(forecast) with
    {
        Forecast = [.. forecast.Line.Points.Select(static point => new ForecastPointAnswer(point.Day, point.Projected, point.Upper, point.Lower, null, null))],
        MonthlyProjection = forecast.Line.MonthlyProjection,
        TrendDirection = forecast.Line.Trend.ToWord(),
        Method = ForecastMethod.StraightLine.ToWord(),
    };

    /// <summary>The answer with our forecast.</summary>
    public static ForecastAnswer OfBest(SpendForecast forecast)
    {
        var best = forecast.Forecast;
        return Of(forecast) with
        {
            Historical = [.. forecast.Line.History.Where(day => best.Points is not [var first, ..] || day.Day < first.Day).Select(day => HistoryOf(forecast, day))],
            Forecast = [.. best.Points.Select(static point => new ForecastPointAnswer(
                point.Day, point.Band.Mean, point.Band.Upper80, point.Band.Lower80, point.Band.Upper95, point.Band.Lower95))],
            MonthlyProjection = forecast.Month is { } month ? decimal.Round(month, MoneyDecimals, MidpointRounding.ToEven) : null,
            TrendDirection = best.Trend.ToWord(),
            Method = best.Method.ToWord(),
            PeriodTotal = best.Total is { } total ? BandAnswer.Of(total.Band) : null,
            Backtest = best.Backtest is { } score ? BacktestAnswer.Of(score) : null,
        };
    }

    private static ForecastAnswer Of(SpendForecast forecast) => new()
    {
        Historical = [.. forecast.Line.History.Select(day => HistoryOf(forecast, day))],
        Forecast = [],
        MonthlyProjection = null,
        TrendDirection = string.Empty,
        Method = string.Empty,
        Better = forecast.Better is { } better ? BetterMethodAnswer.Of(better) : null,
        Label = forecast.Forecast.Label.ToWord(),
        PricingStatus = PricingStatusAnswer.Of(forecast.Pricing),
    };

    private static ForecastHistoryAnswer HistoryOf(SpendForecast forecast, PrimerDay day) =>
        new(day.Day, day.Cost, forecast.Sessions.GetValueOrDefault(day.Day));
}

/// <summary>One day with spend.</summary>
internal sealed record ForecastHistoryAnswer(DateOnly Date, decimal EstimatedCost, long SessionCount);

/// <summary>One day to come. The bounds are those of Primer's band, or of the 80 % interval with <c>method=auto</c>, which adds that of 95 %.</summary>
internal sealed record ForecastPointAnswer(
    DateOnly Date,
    decimal ProjectedCost,
    decimal UpperBound,
    decimal LowerBound,
    [property: JsonPropertyName("upper_bound_95"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? UpperBound95,
    [property: JsonPropertyName("lower_bound_95"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? LowerBound95);

/// <summary>How two methods did on the days that are known, as mean absolute scaled errors: 1 is as good as repeating the last week, less is better.</summary>
/// <param name="Method">The best one.</param>
/// <param name="Mase">Its error.</param>
/// <param name="OlsMase">The straight line's.</param>
/// <param name="Origins">From how many days of the past they were tried.</param>
internal sealed record BetterMethodAnswer(string Method, decimal Mase, decimal OlsMase, int Origins)
{
    public static BetterMethodAnswer Of(BetterMethod better) => new(better.Best.Method.ToWord(), better.Best.Mase, better.Line.Mase, better.Best.Origins);
}

/// <summary>An estimate with its intervals, in dollars.</summary>
internal sealed record BandAnswer(
    decimal Mean,
    [property: JsonPropertyName("lower_80")] decimal Lower80,
    [property: JsonPropertyName("upper_80")] decimal Upper80,
    [property: JsonPropertyName("lower_95")] decimal Lower95,
    [property: JsonPropertyName("upper_95")] decimal Upper95)
{
    public static BandAnswer Of(ForecastBand band) => new(band.Mean, band.Lower80, band.Upper80, band.Lower95, band.Upper95);
}

/// <summary>How a method and its intervals did on the days that are known.</summary>
/// <param name="Mase">Mean absolute scaled error.</param>
/// <param name="Coverage80">The share of days inside the interval of 80 %; null with too few tries.</param>
/// <param name="Coverage95">The same for 95 %.</param>
/// <param name="Origins">From how many days of the past it was tried.</param>
internal sealed record BacktestAnswer(
    decimal Mase, [property: JsonPropertyName("coverage_80")] decimal? Coverage80, [property: JsonPropertyName("coverage_95")] decimal? Coverage95, int Origins)
{
    public static BacktestAnswer Of(BacktestScore score) => new(score.Mase, score.Coverage80, score.Coverage95, score.Origins);
}
