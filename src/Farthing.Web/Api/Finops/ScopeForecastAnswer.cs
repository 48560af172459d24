using System.Globalization;
using System.Text.Json.Serialization;
using Farthing.Domain.Forecasting;
using Farthing.Domain.Money;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Api.Finops;

/// <summary>The forecast of a scope. Amounts are decimal text in dollars.</summary>
/// <param name="Scope"><c>org</c>, <c>team</c>, <c>project</c>, <c>engineer</c> or <c>model</c>.</param>
/// <param name="Id">Which one; null for the whole organisation.</param>
/// <param name="Timezone">Whose days are meant.</param>
/// <param name="Label">How much it may be trusted.</param>
/// <param name="Method">How it was made.</param>
/// <param name="Trend">Where the last eight weeks were heading.</param>
/// <param name="History">The days with calls, today excluded.</param>
/// <param name="SpentToday">What today cost until now.</param>
/// <param name="Forecast">The days to come, from today on; none when fewer than seven days are known.</param>
/// <param name="Total">All of them together, with an interval of their own.</param>
/// <param name="Backtest">How method and intervals did on the days that are known.</param>
/// <param name="Better">The method that did best there, beside a straight line.</param>
/// <param name="Children">The parts, which add up to the whole day by day.</param>
/// <param name="PricingStatus">How sure the prices of the history are.</param>
internal sealed record ScopeForecastAnswer(
    string Scope,
    string? Id,
    string Timezone,
    string Label,
    string Method,
    string Trend,
    IReadOnlyList<DayAmountAnswer> History,
    string SpentToday,
    IReadOnlyList<DayBandAnswer> Forecast,
    BandTextAnswer? Total,
    BacktestAnswer? Backtest,
    BetterMethodAnswer? Better,
    IReadOnlyList<ChildForecastAnswer> Children,
    PricingTextAnswer PricingStatus)
{
    /// <summary>The answer for a forecast.</summary>
    public static ScopeForecastAnswer Of(ScopeForecast forecast, string scope, string id, TimeZoneInfo zone) => new(
        scope,
        id.Length == 0 ? null : id,
        zone.Id,
        forecast.Forecast.Label.ToWord(),
        forecast.Forecast.Method.ToWord(),
        forecast.Forecast.Trend.ToWord(),
        [.. forecast.History.Select(static day => new DayAmountAnswer(day.Day, day.Amount.ToString()))],
        forecast.SpentToday.ToString(),
        DayBandAnswer.Of(forecast.Forecast.Points),
        forecast.Forecast.Total is { } total ? BandTextAnswer.Of(total.Band) : null,
        forecast.Forecast.Backtest is { } score ? BacktestAnswer.Of(score) : null,
        forecast.Better is { } better ? BetterMethodAnswer.Of(better) : null,
        [.. forecast.Children.Select(ChildForecastAnswer.Of)],
        PricingTextAnswer.Of(forecast.Pricing));
}

/// <summary>What one day cost.</summary>
internal sealed record DayAmountAnswer(DateOnly Date, string Cost);

/// <summary>What one day may cost.</summary>
internal sealed record DayBandAnswer(DateOnly Date, BandTextAnswer Cost)
{
    public static IReadOnlyList<DayBandAnswer> Of(IEnumerable<ForecastPoint> points) =>
        [.. points.Select(static point => new DayBandAnswer(point.Day, BandTextAnswer.Of(point.Band)))];
}

/// <summary>An estimate with its intervals.</summary>
internal sealed record BandTextAnswer(
    string Mean,
    [property: JsonPropertyName("lower_80")] string Lower80,
    [property: JsonPropertyName("upper_80")] string Upper80,
    [property: JsonPropertyName("lower_95")] string Lower95,
    [property: JsonPropertyName("upper_95")] string Upper95)
{
    public static BandTextAnswer Of(ForecastBand band) => new(Text(band.Mean), Text(band.Lower80), Text(band.Upper80), Text(band.Lower95), Text(band.Upper95));

    private static string Text(decimal dollars) => dollars.ToString("0.####", CultureInfo.InvariantCulture);
}

/// <summary>A part of a forecast.</summary>
/// <param name="Id">Which one; null for all others together, empty for calls that name none.</param>
/// <param name="Name">What people call it, the id where nothing else is known; null like the id, <c>(none)</c> for calls that name none.</param>
/// <param name="Label">How much it may be trusted.</param>
/// <param name="Total">All days together.</param>
/// <param name="Forecast">The days to come.</param>
internal sealed record ChildForecastAnswer(string? Id, string? Name, string Label, BandTextAnswer? Total, IReadOnlyList<DayBandAnswer> Forecast)
{
    private const string None = "(none)";

    public static ChildForecastAnswer Of(ForecastChild child) => new(
        child.IsRest ? null : child.Id,
        child.IsRest ? null : child.Id.Length == 0 ? None : child.Name,
        child.Forecast.Label.ToWord(),
        child.Forecast.Total is { } total ? BandTextAnswer.Of(total.Band) : null,
        DayBandAnswer.Of(child.Forecast.Points));
}

/// <summary>Calls of one pricing status; the amount as exact text.</summary>
internal sealed record PricedTextAnswer(long Calls, string? Amount);

/// <summary>How sure the figures of an answer are, see <see cref="PricingStatusAnswer"/>.</summary>
internal sealed record PricingTextAnswer(PricedTextAnswer Exact, PricedTextAnswer AssumedHost, PricedTextAnswer Estimated, PricedTextAnswer Unpriced)
{
    public static PricingTextAnswer Of(PricingTotals totals) =>
        new(Text(totals.Exact), Text(totals.AssumedHost), Text(totals.Estimated), new(totals.Unpriced.Calls, null));

    private static PricedTextAnswer Text(PricedShare share) => new(share.Calls, share.Amount == Usd.Zero ? "0" : share.Amount.ToString());
}
