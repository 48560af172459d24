using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Caching;

/// <summary>Why a call did not find its prompt in the cache.</summary>
public enum CacheMiss
{
    /// <summary>It did: nearly all that could be read was read.</summary>
    None,

    /// <summary>It is the first call of its session.</summary>
    FirstCall,

    /// <summary>The call before was served without a cache: there was nothing to find.</summary>
    NothingCached,

    /// <summary>The call before went to another model, and each model has a cache of its own.</summary>
    ModelSwitch,

    /// <summary>More time passed since the call before than the cache lives.</summary>
    LifetimeGap,

    /// <summary>The prompt is smaller than what was cached: the history was compacted or cut.</summary>
    Compaction,

    /// <summary>The prompt begins differently: changed tools, system prompt, files or an early message.</summary>
    PrefixChange,
}

/// <summary>What decides whether a call of a session finds its prompt in the cache.</summary>
/// <param name="At">When the call was made.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="Tokens">Its tokens.</param>
public readonly record struct CacheStep(DateTimeOffset At, string Model, TokenCounts Tokens);

/// <summary>What happened to the cache at a call.</summary>
/// <param name="Miss">Why the prompt was not found.</param>
/// <param name="LostTokens">Tokens that were cached and could have been read and were not.</param>
/// <param name="RewrittenLate">Those of them that were written again within an hour of the call before: an hour's lifetime would have kept them.</param>
/// <param name="ReadLate">Tokens that were read more than five minutes after the call before.</param>
public readonly record struct CacheVerdict(CacheMiss Miss, long LostTokens, long RewrittenLate, long ReadLate)
{
    /// <summary>What the loss cost: lost tokens that were written again or sent as input, less what reading them would have cost.</summary>
    public Usd Cost(RateCard card, in TokenCounts tokens)
    {
        var read = card[TokenClass.CacheRead].Femtodollars;
        var left = LostTokens;
        Int128 cost = 0;
        ReadOnlySpan<(TokenClass Class, long Count)> sent =
            [(TokenClass.CacheWrite1h, tokens.CacheWrite1h), (TokenClass.CacheWrite5m, tokens.CacheWrite5m), (TokenClass.Input, tokens.Input)];
        foreach (var (tokenClass, count) in sent)
        {
            var taken = Math.Min(left, count);
            cost += (Int128)(card[tokenClass].Femtodollars - read) * taken;
            left -= taken;
        }

        return Usd.FromFemtodollars(cost);
    }
}

/// <summary>
/// Tells cache misses apart by what a log says of a call and of the one before it in the same session. A cause that made
/// the miss certain (another model, a lifetime that ran out) is named before one that is concluded.
/// </summary>
public static class CacheMisses
{
    // A cache reads whole blocks and an agent rewrites the last turn, so a tenth may be lost at a hit.
    private const int LossTolerated = 10;

    /// <summary>Judges the calls of one session, given in order of time.</summary>
    public static IEnumerable<CacheVerdict> InSession(IEnumerable<CacheStep> calls)
    {
        CacheStep? before = null;
        var lifetime = CacheLifetimes.FiveMinutes;
        foreach (var call in calls)
        {
            yield return Judge(call, before, lifetime);
            lifetime = call.Tokens switch
            {
                { CacheWrite1h: > 0 } => CacheLifetimes.OneHour,
                { CacheWrite5m: > 0 } => CacheLifetimes.FiveMinutes,
                _ => lifetime,
            };
            before = call;
        }
    }

    /// <summary>Judges one call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="before">The call before it in the session; null for the first.</param>
    /// <param name="lifetime">How long what the call before cached lives, from its last use.</param>
    public static CacheVerdict Judge(in CacheStep call, CacheStep? before, TimeSpan lifetime)
    {
        if (before is not { } previous)
        {
            return new(CacheMiss.FirstCall, 0, 0, 0);
        }

        var cached = previous.Tokens.CacheRead + previous.Tokens.CacheWrite;
        var gap = call.At - previous.At;
        var readable = Math.Min(cached, call.Tokens.Prompt);
        var lost = Math.Max(readable - call.Tokens.CacheRead, 0);
        var miss = Cause(call, previous, cached, gap > lifetime, (Int128)lost * LossTolerated > readable);
        var isLate = gap > CacheLifetimes.FiveMinutes && gap <= CacheLifetimes.OneHour;
        return new(
            miss,
            miss == CacheMiss.None ? 0 : lost,
            miss == CacheMiss.LifetimeGap && isLate ? Math.Min(lost, call.Tokens.CacheWrite5m) : 0,
            isLate ? call.Tokens.CacheRead : 0);
    }

    private static CacheMiss Cause(in CacheStep call, in CacheStep previous, long cached, bool hasRunOut, bool isLoss)
    {
        if (cached == 0)
        {
            return call.Tokens.CacheRead > 0 ? CacheMiss.None : CacheMiss.NothingCached;
        }

        return isLoss switch
        {
            false => CacheMiss.None,
            _ when !string.Equals(call.Model, previous.Model, StringComparison.Ordinal) => CacheMiss.ModelSwitch,
            _ when hasRunOut => CacheMiss.LifetimeGap,
            _ when call.Tokens.Prompt < cached => CacheMiss.Compaction,
            _ => CacheMiss.PrefixChange,
        };
    }
}
