using Farthing.Domain.Money;

namespace Farthing.Domain.Forecasting;

/// <summary>A part of a larger scope: a team of an organisation, a project of a team.</summary>
/// <param name="Series">Its history.</param>
/// <param name="Forecast">Its own forecast of what it has not spent yet, over the same days as that of the whole.</param>
/// <param name="SpentToday">What it spent already of the first of these days; of the whole's forecast it is a part.</param>
public sealed record ForecastPart(DailySeries Series, Forecast Forecast, Usd SpentToday = default);

/// <summary>Makes the forecasts of parts add up to the forecast of the whole, to the last digit.</summary>
public static class Hierarchy
{
    private const int ShareDays = 28;
    private const long Unit = Usd.PicodollarsPerUsd / 10_000;

    /// <summary>
    /// Gives each part what it spent, and of the rest of every day its share of the last four weeks. Its intervals grow or
    /// shrink as this rest does; a part that has no forecast of its own takes its share of those of the whole. Because costs are
    /// not negative, no part is more than the whole, and none of its bounds above that of the whole.
    /// </summary>
    /// <param name="whole">The forecast of the whole.</param>
    /// <param name="parts">The parts, which together are the whole.</param>
    public static IReadOnlyList<Forecast> Reconcile(Forecast whole, IReadOnlyList<ForecastPart> parts)
    {
        if (whole.Points is not [var today, ..] || parts.Count == 0)
        {
            return [.. parts.Select(static part => part.Forecast)];
        }

        var spent = SpentOf(today, parts);
        var rest = whole.PlusOnFirstDay(-spent.Sum());
        var shares = SharesOf(parts);
        var means = rest.Points.Select(point => Split(point.Band.Mean, shares)).ToArray();
        return [.. parts.Select((part, at) => Refit(part.Forecast, rest, [.. means.Select(day => day[at])], shares[at]).PlusOnFirstDay(spent[at]).AtMost(whole))];
    }

    private static Forecast Refit(Forecast part, Forecast whole, decimal[] means, decimal share)
    {
        var sum = means.Sum();
        var (shape, total, ratio) = part.Total is { } own && part.Points.Count == means.Length
            ? (part.Points, own, own.Band.Mean > 0 ? sum / own.Band.Mean : 1)
            : (whole.Points, whole.Total!, share);
        return part with
        {
            Points = [.. shape.Select((point, day) => new ForecastPoint(point.Day, point.Band.About(means[day], ratio)))],
            Total = total.About(sum, ratio),
        };
    }

    /// <summary>What each part spent of today; of less where less is expected of all of it, because something is known to fall away.</summary>
    private static decimal[] SpentOf(ForecastPoint today, IReadOnlyList<ForecastPart> parts)
    {
        var all = parts.Aggregate(Usd.Zero, static (sum, part) => sum + part.SpentToday);
        var known = Math.Min(all.Round(Estimate.Decimals).ToDecimal(), today.Band.Mean);
        return Split(known, [.. parts.Select(part => all > Usd.Zero ? part.SpentToday.ToDecimal() / all.ToDecimal() : 0)]);
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
