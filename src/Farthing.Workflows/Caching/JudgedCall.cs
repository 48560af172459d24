using Farthing.Domain.Caching;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Caching;

/// <summary>A call of a session, and what happened to the cache at it.</summary>
/// <param name="Call">The call.</param>
/// <param name="Verdict">What happened.</param>
public sealed record JudgedCall(PricedCall Call, CacheVerdict Verdict)
{
    /// <summary>What the miss cost more than reading the lost tokens; nothing where the price is not sure.</summary>
    public Usd Lost => HasPrice ? Verdict.Cost(Call.Rating.Card, Call.Usage.Tokens) : Usd.Zero;

    /// <summary>Whether the price of the call is sure enough to say what a miss cost.</summary>
    public bool HasPrice => Call.Rating.Card.Status.IsPriced();

    /// <summary>Every call of a session with its verdict, session by session; what belongs to no session has nothing before it. The sum of a session's calls tells nothing about any of them and is found to miss nothing.</summary>
    /// <param name="calls">The calls in order of time.</param>
    public static IReadOnlyList<JudgedCall> Judge(IReadOnlyCollection<PricedCall> calls)
    {
        var judged = new List<JudgedCall>(calls.Count);
        var sessions = calls.Where(static call => call.Usage.Session.Key.Length > 0).GroupBy(static call => (call.Usage.Dimensions.Agent, call.Usage.Session.Key));
        foreach (var session in sessions)
        {
            var single = session.Where(static call => !call.Usage.IsSessionTotal).ToList();
            var steps = single.Select(static call => new CacheStep(call.Usage.OccurredAt, call.Usage.Dimensions.Model, call.Usage.Tokens));
            judged.AddRange(single.Zip(CacheMisses.InSession(steps), static (call, verdict) => new JudgedCall(call, verdict)));
            judged.AddRange(session.Where(static call => call.Usage.IsSessionTotal).Select(static call => new JudgedCall(call, default)));
        }

        return judged;
    }
}

/// <summary>One cause of cache misses.</summary>
/// <param name="Miss">The cause.</param>
/// <param name="Calls">How many calls missed for it.</param>
/// <param name="LostTokens">Tokens that could have been read and were not.</param>
/// <param name="Cost">What that cost more than reading them.</param>
public sealed record MissCause(CacheMiss Miss, long Calls, long LostTokens, Usd Cost)
{
    /// <summary>How many of the calls lost tokens and have no sure price: what they cost more is unknown and in no figure.</summary>
    public long UnknownCalls { get; init; }

    /// <summary>The causes of calls, dearest first; calls that hit are none.</summary>
    public static IReadOnlyList<MissCause> Of(IEnumerable<JudgedCall> judged) =>
    [
        .. judged.Where(static line => line.Verdict.Miss != CacheMiss.None)
            .GroupBy(static line => line.Verdict.Miss)
            .Select(static group => new MissCause(
                group.Key,
                group.Count(),
                group.Sum(static line => line.Verdict.LostTokens),
                group.Aggregate(Usd.Zero, static (sum, line) => sum + line.Lost))
            {
                UnknownCalls = group.Count(static line => line.Verdict.LostTokens > 0 && !line.HasPrice),
            })
            .OrderByDescending(static cause => cause.Cost)
            .ThenBy(static cause => cause.Miss),
    ];
}
