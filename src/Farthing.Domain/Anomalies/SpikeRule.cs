using Farthing.Domain.Money;

namespace Farthing.Domain.Anomalies;

/// <summary>Above how many times the usual spend to tell.</summary>
/// <param name="Warning">Strictly above this factor it is a warning.</param>
/// <param name="Critical">Strictly above this one it is critical.</param>
public readonly record struct SpikeThresholds(decimal Warning, decimal Critical)
{
    /// <summary>Twice and three times.</summary>
    public static SpikeThresholds Usual => new(AlertTypes.DefaultThreshold(AlertType.CostSpikeWarning), AlertTypes.DefaultThreshold(AlertType.CostSpikeCritical));

    /// <summary>How bad a factor is.</summary>
    public Severity Judge(Ratio factor) => factor switch
    {
        _ when factor > Ratio.FromDecimal(Critical) => Severity.Critical,
        _ when factor > Ratio.FromDecimal(Warning) => Severity.Warning,
        _ => Severity.None,
    };
}

/// <summary>What a rule says of the last day's spend.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Factor">The last day ÷ the usual; null when nothing is usual yet.</param>
/// <param name="Usual">What is usual, dollars a day.</param>
/// <param name="Reason">Why nothing is told although the factor is high: <see cref="SpikeRule.InsufficientHistory"/>, <see cref="SpikeRule.WithinSpread"/>; empty otherwise.</param>
public readonly record struct SpikeVerdict(Severity Severity, Ratio? Factor, Ratio Usual, string Reason);

/// <summary>
/// Tells when a day's spend is unusual. Primer's rule compares it to a week that the day is a part of; ours to the days
/// before it, and only says so when they are enough and the day stands out of their usual spread.
/// </summary>
public static class SpikeRule
{
    /// <summary>Fewer days of history say nothing.</summary>
    public const int HistoryDaysMin = 7;

    /// <summary>There are too few days before, or nothing was ever spent on them.</summary>
    public const string InsufficientHistory = "insufficient_history";

    /// <summary>Days differ so much that this one is nothing special.</summary>
    public const string WithinSpread = "within_spread";

    private const int WeekDays = 7;

    // Three deviations, of which 1.4826 × MAD is one for usual scatter.
    private static readonly Ratio SpreadFactor = Ratio.FromDecimal(3 * 1.4826m);

    /// <summary>Primer's rule: the last 24 hours ÷ the daily mean of the last seven days, these hours included.</summary>
    /// <param name="lastDay">What the last 24 hours cost.</param>
    /// <param name="lastWeek">What the last seven days cost, the last 24 hours included.</param>
    /// <param name="thresholds">Above which factors to tell.</param>
    public static SpikeVerdict Primer(Usd lastDay, Usd lastWeek, SpikeThresholds thresholds)
    {
        var usual = Ratio.Dollars(lastWeek) / Ratio.Of(WeekDays);
        if (usual <= Ratio.Zero)
        {
            return new(Severity.None, null, usual, string.Empty);
        }

        var factor = Ratio.Dollars(lastDay) / usual;
        return new(thresholds.Judge(factor), factor, usual, string.Empty);
    }

    /// <summary>
    /// Our rule. The usual is the median of the days before; where that is nothing, because most days are idle, their
    /// mean. The day must also be three robust deviations above it.
    /// </summary>
    /// <param name="lastDay">What the day costs.</param>
    /// <param name="before">What the days before it cost, from the first day with spend on, days without any as zero; in any order.</param>
    /// <param name="thresholds">Above which factors to tell.</param>
    public static SpikeVerdict Robust(Usd lastDay, IReadOnlyCollection<Usd> before, SpikeThresholds thresholds)
    {
        Ratio[] history = [.. before.Select(Ratio.Dollars)];
        var total = history.Aggregate(Ratio.Zero, static (sum, day) => sum + day);
        if (history.Length < HistoryDaysMin || total <= Ratio.Zero)
        {
            return new(Severity.None, null, Ratio.Zero, InsufficientHistory);
        }

        var median = Median(history);
        var usual = median > Ratio.Zero ? median : total / Ratio.Of(history.Length);
        var day = Ratio.Dollars(lastDay);
        var factor = day / usual;
        var severity = thresholds.Judge(factor);
        var isWithinSpread = day - usual <= SpreadFactor * Median(Array.ConvertAll(history, value => Distance(value, median)));
        return severity != Severity.None && isWithinSpread
            ? new(Severity.None, factor, usual, WithinSpread)
            : new(severity, factor, usual, string.Empty);
    }

    private static Ratio Distance(Ratio left, Ratio right) => left < right ? right - left : left - right;

    private static Ratio Median(Ratio[] values)
    {
        var ordered = values.Order().ToArray();
        var middle = ordered.Length / 2;
        return ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / Ratio.Of(2);
    }
}
