using Farthing.Domain.Caching;
using Farthing.Workflows.Caching;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Sessions;

/// <summary>Some calls of a session that follow each other.</summary>
/// <param name="First">The number of the first one; calls are counted from 1.</param>
/// <param name="Last">The number of the last one.</param>
/// <param name="Sum">What they used and cost together.</param>
public sealed record SessionStep(int First, int Last, SpendSum Sum)
{
    /// <summary>How many calls it stands for.</summary>
    public int Calls => Last - First + 1;

    /// <summary>A session's calls as steps of the same number of calls, the last one maybe of fewer; no more than a chart can show.</summary>
    /// <param name="calls">The calls in order of time.</param>
    /// <param name="stepsMax">How many steps at most; positive.</param>
    public static IReadOnlyList<SessionStep> Of(IReadOnlyList<PricedCall> calls, int stepsMax)
    {
        var width = Math.Max((calls.Count + stepsMax - 1) / stepsMax, 1);
        var steps = new List<SessionStep>();
        for (var first = 0; first < calls.Count; first += width)
        {
            var some = calls.Skip(first).Take(width).ToList();
            steps.Add(new(first + 1, first + some.Count, some.Aggregate(default(SpendSum), static (sum, call) => sum + SpendSum.Of(call))));
        }

        return steps;
    }
}

/// <summary>A session opened to what it is made of, as far as whoever asks may see it.</summary>
public sealed record OpenedSession
{
    /// <summary>What it used and cost, whole; the sum of all its calls.</summary>
    public required SessionSpend Spend { get; init; }

    /// <summary>What its client reported of it; null when nothing was reported.</summary>
    public AgentSession? Reported { get; init; }

    /// <summary>Other agents that have a session of the same key, which has nothing to do with it.</summary>
    public required IReadOnlyList<string> OtherAgents { get; init; }

    /// <summary>Its calls in order of time, the first of them where there are too many.</summary>
    public required IReadOnlyList<JudgedCall> Calls { get; init; }

    /// <summary>Whether it has more calls than <see cref="Calls"/>; what follows is then about those.</summary>
    public required bool IsCut { get; init; }

    /// <summary>What the calls cost, by model and rate card.</summary>
    public required IReadOnlyList<CostBuildUp> BuildUps { get; init; }

    /// <summary>How the prompts of the calls were cached.</summary>
    public required CacheSums Caching { get; init; }

    /// <summary>Why calls missed the cache, dearest first.</summary>
    public required IReadOnlyList<MissCause> Causes { get; init; }

    /// <summary>The calls as steps of a chart.</summary>
    public required IReadOnlyList<SessionStep> Steps { get; init; }

    /// <summary>How sure the prices of the calls are.</summary>
    public required PricingTotals Pricing { get; init; }

    /// <summary>What people and teams are called.</summary>
    public required DimensionNames Names { get; init; }
}
