using Farthing.Domain.Forecasting.Intervals;

namespace Farthing.Domain.Forecasting;

/// <summary>How much a forecast may be trusted, by the days of history that are known.</summary>
public enum ForecastLabel
{
    /// <summary>Fewer than 7 days: history only.</summary>
    NoForecast,

    /// <summary>7 to 13 days: their mean, with the wide band of other people's series.</summary>
    Indicative,

    /// <summary>14 to 55 days.</summary>
    Early,

    /// <summary>56 days and more.</summary>
    Standard,
}

/// <summary>The words of the API for labels.</summary>
public static class ForecastLabels
{
    /// <summary><c>no_forecast</c>, <c>indicative</c>, <c>early</c> or <c>standard</c>.</summary>
    public static string ToWord(this ForecastLabel label) => label switch
    {
        ForecastLabel.NoForecast => "no_forecast",
        ForecastLabel.Indicative => "indicative",
        ForecastLabel.Early => "early",
        _ => "standard",
    };
}

/// <summary>An estimate with the intervals around it, in dollars with four decimals; nothing is below zero.</summary>
public sealed record ForecastBand
{
    /// <summary>What is expected.</summary>
    public required decimal Mean { get; init; }

    /// <summary>Four times in five the truth is not below.</summary>
    public required decimal Lower80 { get; init; }

    /// <summary>The upper bound that belongs to <see cref="Lower80"/>: together they hold the truth four times in five.</summary>
    public required decimal Upper80 { get; init; }

    /// <summary>The lower bound of the interval that holds the truth nineteen times in twenty.</summary>
    public required decimal Lower95 { get; init; }

    /// <summary>Its upper bound.</summary>
    public required decimal Upper95 { get; init; }

    /// <summary>Rounds estimates; the bounds are given as distances from the mean, and the least that it can be.</summary>
    internal static ForecastBand Of(double mean, Reach eighty, Reach ninetyFive, double least = 0) => new()
    {
        Mean = Estimate.Of(mean),
        Lower80 = Estimate.Of(Math.Max(least, mean + eighty.Below)),
        Upper80 = Estimate.Of(mean + eighty.Above),
        Lower95 = Estimate.Of(Math.Max(least, mean + ninetyFive.Below)),
        Upper95 = Estimate.Of(mean + ninetyFive.Above),
    };

    /// <summary>
    /// The same band about another mean, its distances stretched by a ratio. A bound of zero stays there: how far below it
    /// the truth might have gone, were it not for zero, is not known.
    /// </summary>
    internal ForecastBand About(decimal mean, decimal ratio) => new()
    {
        Mean = mean,
        Lower80 = Lower80 == 0 ? 0 : Math.Max(0, mean - Stretch(Mean - Lower80, ratio)),
        Upper80 = mean + Stretch(Upper80 - Mean, ratio),
        Lower95 = Lower95 == 0 ? 0 : Math.Max(0, mean - Stretch(Mean - Lower95, ratio)),
        Upper95 = mean + Stretch(Upper95 - Mean, ratio),
    };

    /// <summary>The same band with dollars added that are certain; nothing is below zero.</summary>
    internal ForecastBand Plus(decimal dollars) => new()
    {
        Mean = Math.Max(0, Mean + dollars),
        Lower80 = Math.Max(0, Lower80 + dollars),
        Upper80 = Math.Max(0, Upper80 + dollars),
        Lower95 = Math.Max(0, Lower95 + dollars),
        Upper95 = Math.Max(0, Upper95 + dollars),
    };

    /// <summary>The same band where nothing is above another one.</summary>
    internal ForecastBand AtMost(ForecastBand other) => new()
    {
        Mean = Math.Min(Mean, other.Mean),
        Lower80 = Math.Min(Lower80, other.Lower80),
        Upper80 = Math.Min(Upper80, other.Upper80),
        Lower95 = Math.Min(Lower95, other.Lower95),
        Upper95 = Math.Min(Upper95, other.Upper95),
    };

    private static decimal Stretch(decimal distance, decimal ratio) =>
        decimal.Round(distance * ratio, Estimate.Decimals, MidpointRounding.ToEven);
}

/// <summary>One day to come.</summary>
/// <param name="Day">The day.</param>
/// <param name="Band">What it may cost.</param>
public sealed record ForecastPoint(DateOnly Day, ForecastBand Band);

/// <summary>How the chosen method and its intervals did inside the history.</summary>
/// <param name="Mase">Mean absolute scaled error (week).</param>
/// <param name="Coverage80">
/// The share of days inside the 80 % interval, when the intervals of the later half are made from the earlier half; null with
/// fewer than eight origins.
/// </param>
/// <param name="Coverage95">The same for 95 %.</param>
/// <param name="Origins">From how many days of the past it was tried.</param>
public sealed record BacktestScore(decimal Mase, decimal? Coverage80, decimal? Coverage95, int Origins);

/// <summary>The forecast of one scope.</summary>
public sealed record Forecast
{
    /// <summary>How much it may be trusted.</summary>
    public required ForecastLabel Label { get; init; }

    /// <summary>The method that made it.</summary>
    public required ForecastMethod Method { get; init; }

    /// <summary>Where the last eight weeks were heading.</summary>
    public required TrendDirection Trend { get; init; }

    /// <summary>The days to come; none when there is no forecast.</summary>
    public required IReadOnlyList<ForecastPoint> Points { get; init; }

    /// <summary>All days together, with an interval of its own; null when there is no forecast.</summary>
    public required PeriodTotal? Total { get; init; }

    /// <summary>All methods that could be tried inside the history, the best first.</summary>
    public required IReadOnlyList<MethodScore> Leaderboard { get; init; }

    /// <summary>How the chosen one did; null when the history is too short to try.</summary>
    public required BacktestScore? Backtest { get; init; }

    /// <summary>The same with dollars added to its first day that are certain.</summary>
    internal Forecast PlusOnFirstDay(decimal dollars) => Points is not [var first, ..]
        ? this
        : this with { Points = [first with { Band = first.Band.Plus(dollars) }, .. Points.Skip(1)], Total = Total?.Plus(dollars) };

    /// <summary>The same where no band is above that of another forecast of the same days.</summary>
    internal Forecast AtMost(Forecast other) => this with
    {
        Points = [.. Points.Zip(other.Points, static (mine, theirs) => mine with { Band = mine.Band.AtMost(theirs.Band) })],
        Total = Total is { } mine && other.Total is { } theirs ? mine.AtMost(theirs.Band) : Total,
    };
}
