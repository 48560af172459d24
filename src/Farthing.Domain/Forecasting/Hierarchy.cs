using Farthing.Domain.Money;

namespace Farthing.Domain.Forecasting;

/// <summary>A part of a larger scope: a team of an organisation, a project of a team.</summary>
/// <param name="Series">Its history.</param>
/// <param name="Forecast">Its own forecast, over the same days as that of the whole.</param>
public sealed record ForecastPart(DailySeries Series, Forecast Forecast);

/// <summary>Makes the forecasts of parts add up to the forecast of the whole, to the last digit.</summary>
public static class Hierarchy
{
    private const int ShareDays = 28;
    private const long Unit = Usd.PicodollarsPerUsd / 10_000;

    /// <summary>
    /// Gives each part its share of every day of the whole: its share of the last four weeks. Its intervals grow or shrink as
    /// its total does; a part that has no forecast of its own takes its share of those of the whole.
    /// </summary>
    /// <param name="whole">The forecast of the whole.</param>
    /// <param name="parts">The parts, which together are the whole.</param>
    public static IReadOnlyList<Forecast> Reconcile(Forecast whole, IReadOnlyList<ForecastPart> parts)
    {
        if (whole.Total is not { } total || parts.Count == 0)
        {
            return [.. parts.Select(static part => part.Forecast)];
        }

        var shares = SharesOf(parts);
        var means = whole.Points.Select(point => Split(point.Band.Mean, shares)).ToArray();
        return [.. parts.Select((part, at) => Refit(part.Forecast, whole, total, [.. means.Select(day => day[at])], shares[at]))];
    }

    private static Forecast Refit(Forecast part, Forecast whole, PeriodTotal wholeTotal, decimal[] means, decimal share)
    {
        var sum = means.Sum();
        var (shape, total, ratio) = part.Total is { } own && part.Points.Count == means.Length
            ? (part.Points, own, own.Band.Mean > 0 ? sum / own.Band.Mean : 1)
            : (whole.Points, wholeTotal, share);
        return part with
        {
            Points = [.. shape.Select((point, day) => new ForecastPoint(point.Day, point.Band.About(means[day], ratio)))],
            Total = total.About(sum, ratio),
        };
    }

    /// <summary>Shares of the last four weeks; equal ones when nothing was spent.</summary>
    private static decimal[] SharesOf(IReadOnlyList<ForecastPart> parts)
    {
        var sums = parts.Select(static part => Math.Max(0, part.Series.Filled.TakeLast(ShareDays).Sum())).ToArray();
        var all = sums.Sum();
        return [.. sums.Select(sum => all > 0 ? (decimal)(sum / all) : 1m / parts.Count)];
    }

    private static decimal[] Split(decimal whole, decimal[] shares)
    {
        var exact = new Usd[shares.Length];
        for (var part = 0; part < shares.Length; part++)
        {
            exact[part] = Usd.FromDecimal(decimal.Round(whole * shares[part], 12, MidpointRounding.ToEven));
        }

        return [.. Rounding.Apportion(exact, Unit, Usd.FromDecimal(whole)).Select(static part => part.ToDecimal())];
    }
}
