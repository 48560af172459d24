using Farthing.Domain.Money;

namespace Farthing.Domain.Caching;

/// <summary>How one version of an agent caches against the version before it.</summary>
public enum CacheTrend
{
    /// <summary>There is no version before, or one of the two has too few calls or no prompt.</summary>
    TooFew,

    /// <summary>No difference beyond chance that matters.</summary>
    Same,

    /// <summary>It caches better.</summary>
    Better,

    /// <summary>It caches worse.</summary>
    Worse,
}

/// <summary>The caching of one version of an agent.</summary>
/// <param name="Version">The version, as the agent tells it.</param>
/// <param name="Calls">How many calls were made with it.</param>
/// <param name="Sums">Their tokens.</param>
public sealed record AgentVersionCaching(string Version, long Calls, CacheSums Sums);

/// <summary>A version compared to the one before it.</summary>
/// <param name="Current">The version.</param>
/// <param name="Previous">The one before; null for the first.</param>
/// <param name="Change">The hit rate's change, −1 to 1; null when one of them has none.</param>
/// <param name="Trend">What that means.</param>
public sealed record VersionComparison(AgentVersionCaching Current, AgentVersionCaching? Previous, Ratio? Change, CacheTrend Trend);

/// <summary>
/// Finds versions of an agent that broke its caching. A difference counts when it is at least two points and beyond chance
/// by the test of two proportions, with calls as trials and not tokens: tokens of a prompt hit or miss together.
/// </summary>
public static class CacheRegression
{
    /// <summary>Fewer calls than this say nothing about a version.</summary>
    public const int CallsMin = 30;

    private static readonly Ratio PointsMin = Ratio.Of(2, 100);

    // 1.96², two-sided 5 %: the square, because a ratio has no root.
    private static readonly Ratio CriticalSquare = Ratio.FromDecimal(3.8416m);

    /// <summary>Compares each version to the one before it.</summary>
    /// <param name="versions">The versions in the order in which they were used.</param>
    public static IReadOnlyList<VersionComparison> Compare(IReadOnlyList<AgentVersionCaching> versions)
    {
        var comparisons = new VersionComparison[versions.Count];
        for (var index = 0; index < comparisons.Length; index++)
        {
            comparisons[index] = Compare(versions[index], index == 0 ? null : versions[index - 1]);
        }

        return comparisons;
    }

    private static VersionComparison Compare(AgentVersionCaching current, AgentVersionCaching? previous)
    {
        if (previous?.Sums.HitRateWithWrites is not { } before || current.Sums.HitRateWithWrites is not { } after)
        {
            return new(current, previous, null, CacheTrend.TooFew);
        }

        var change = after - before;
        return new(current, previous, change, TrendOf(change, before, previous.Calls, after, current.Calls));
    }

    private static CacheTrend TrendOf(Ratio change, Ratio before, long callsBefore, Ratio after, long callsAfter)
    {
        if (Math.Min(callsBefore, callsAfter) < CallsMin)
        {
            return CacheTrend.TooFew;
        }

        var pooled = ((before * Ratio.Of(callsBefore)) + (after * Ratio.Of(callsAfter))) / Ratio.Of(callsBefore + callsAfter);
        var variance = pooled * (Ratio.One - pooled) * (Ratio.Of(1, callsBefore) + Ratio.Of(1, callsAfter));
        var isChance = change * change < CriticalSquare * variance;
        return change switch
        {
            _ when isChance => CacheTrend.Same,
            _ when change >= PointsMin => CacheTrend.Better,
            _ when Ratio.Zero - change >= PointsMin => CacheTrend.Worse,
            _ => CacheTrend.Same,
        };
    }
}
