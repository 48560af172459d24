using Farthing.Domain.Forecasting.Intervals;

namespace Farthing.Domain.Forecasting;

/// <summary>
/// What all days of a forecast cost together. Its interval comes from the errors of past totals: daily bounds must not be
/// added, because errors of many days partly make up for each other.
/// </summary>
public sealed record PeriodTotal
{
    private readonly Conformal conformal;
    private readonly double unit;

    /// <summary>A total with the distribution of its error.</summary>
    /// <param name="band">The total and its intervals.</param>
    /// <param name="conformal">The distribution of errors.</param>
    /// <param name="unit">The dollars that one of its units is worth over the period.</param>
    internal PeriodTotal(ForecastBand band, Conformal conformal, double unit) =>
        (Band, this.conformal, this.unit) = (band, conformal, unit);

    /// <summary>The total and its intervals.</summary>
    public ForecastBand Band { get; }

    /// <summary>How likely the period costs more than an amount, 0 to 1.</summary>
    public double ChanceAbove(decimal amount) =>
        amount < 0 ? 1
        : unit > 0 ? conformal.ChanceAbove((double)(amount - Band.Mean) / unit)
        : Band.Mean > amount ? 1 : 0;

    /// <summary>The same distribution about another total, stretched by a ratio.</summary>
    internal PeriodTotal About(decimal mean, decimal ratio) => new(Band.About(mean, ratio), conformal, unit * (double)ratio);

    /// <summary>The same distribution with dollars added that are certain.</summary>
    internal PeriodTotal Plus(decimal dollars) => new(Band.Plus(dollars), conformal, unit);

    /// <summary>The same distribution, its band not above another one.</summary>
    internal PeriodTotal AtMost(ForecastBand other) => new(Band.AtMost(other), conformal, unit);
}
