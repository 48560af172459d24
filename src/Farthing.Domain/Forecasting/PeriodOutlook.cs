using Farthing.Domain.Money;

namespace Farthing.Domain.Forecasting;

/// <summary>How a period with a limit is likely to end: what was spent so far and the forecast of its other days.</summary>
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
    /// <param name="spent">What was spent in the period before the forecast begins.</param>
    /// <param name="limit">What may be spent in all.</param>
    /// <param name="rest">The forecast of exactly the other days of the period; null when none is left.</param>
    public static PeriodOutlook Of(Usd spent, Usd limit, Forecast? rest)
    {
        var before = spent.Round(Estimate.Decimals).ToDecimal();
        if (rest is null)
        {
            return new() { End = Certain(before), ChanceOver = spent > limit ? 1 : 0 };
        }

        if (rest.Total is not { } total)
        {
            return new() { End = null, ChanceOver = spent > limit ? 1 : null };
        }

        var band = total.Band;
        return new()
        {
            End = new()
            {
                Mean = before + band.Mean,
                Lower80 = before + band.Lower80,
                Upper80 = before + band.Upper80,
                Lower95 = before + band.Lower95,
                Upper95 = before + band.Upper95,
            },
            ChanceOver = Estimate.Round(total.ChanceAbove((limit - spent).ToDecimal()), Estimate.Decimals),
        };
    }

    private static ForecastBand Certain(decimal amount) =>
        new() { Mean = amount, Lower80 = amount, Upper80 = amount, Lower95 = amount, Upper95 = amount };
}
