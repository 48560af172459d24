using Farthing.Domain.Money;

namespace Farthing.Domain.Forecasting;

/// <summary>
/// How a period with a limit is likely to end: what was spent before the day that is running, and the forecast of that day and
/// the others, in which what was spent of it counts (<see cref="KnownEvent.Running"/>).
/// </summary>
public sealed record PeriodOutlook
{
    private const decimal RiskyChance = 0.5m;

    /// <summary>What the whole period is likely to cost, with intervals; null when there is no forecast of its other days.</summary>
    public required ForecastBand? End { get; init; }

    /// <summary>How likely it ends above the limit, 0 to 1 with four decimals; null when there is no forecast.</summary>
    public required decimal? ChanceOver { get; init; }

    /// <summary>Whether it is more likely to end above its limit than not.</summary>
    public bool IsAtRisk => ChanceOver > RiskyChance;

    /// <summary>Looks ahead from within a period.</summary>
    /// <param name="before">What was spent in the period before the forecast begins.</param>
    /// <param name="today">What was spent already of the first day of the forecast.</param>
    /// <param name="limit">What may be spent in all.</param>
    /// <param name="rest">The forecast of exactly the other days of the period; null when none is left.</param>
    public static PeriodOutlook Of(Usd before, Usd today, Usd limit, Forecast? rest)
    {
        var isOver = before + today > limit;
        if (rest is null)
        {
            return new() { End = Certain(Rounded(before + today)), ChanceOver = isOver ? 1 : 0 };
        }

        if (rest.Total is not { } total)
        {
            return new() { End = null, ChanceOver = isOver ? 1 : null };
        }

        return new()
        {
            End = EndOf(Rounded(before), Rounded(today), total.Band),
            ChanceOver = isOver ? 1 : Estimate.Round(total.ChanceAbove((limit - before).ToDecimal()), Estimate.Decimals),
        };
    }

    /// <summary>What a whole period is likely to cost, with intervals; never less than what is spent.</summary>
    /// <param name="before">Dollars that were spent before the forecast begins.</param>
    /// <param name="today">Dollars that were spent already of its first day.</param>
    /// <param name="rest">The forecast of all its days together.</param>
    public static ForecastBand EndOf(decimal before, decimal today, ForecastBand rest)
    {
        var least = before + today;
        return new()
        {
            Mean = Math.Max(least, before + rest.Mean),
            Lower80 = Math.Max(least, before + rest.Lower80),
            Upper80 = Math.Max(least, before + rest.Upper80),
            Lower95 = Math.Max(least, before + rest.Lower95),
            Upper95 = Math.Max(least, before + rest.Upper95),
        };
    }

    private static decimal Rounded(Usd amount) => amount.Round(Estimate.Decimals).ToDecimal();

    private static ForecastBand Certain(decimal amount) =>
        new() { Mean = amount, Lower80 = amount, Upper80 = amount, Lower95 = amount, Upper95 = amount };
}
