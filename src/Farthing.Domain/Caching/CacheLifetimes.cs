using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Caching;

/// <summary>How long a written prompt should live.</summary>
public enum LifetimeAdvice
{
    /// <summary>The model has one lifetime only, or nothing was written.</summary>
    NoChoice,

    /// <summary>The lifetimes in use are the cheaper ones, or cost the same.</summary>
    Keep,

    /// <summary>What was written for five minutes would have been cheaper written for an hour.</summary>
    UseOneHour,

    /// <summary>What was written for an hour would have been cheaper written for five minutes.</summary>
    UseFiveMinutes,
}

/// <summary>After how many reads a written token has paid for itself. Null where it never does; all counts are exact and at least zero.</summary>
/// <param name="ReadsToPay5m">Reads until a five-minute write is cheaper than input: (write − input) ÷ (input − read).</param>
/// <param name="ReadsToPay1h">The same for a one-hour write.</param>
/// <param name="LateReadsFor1h">
/// Reads that come after five minutes and within the hour until the one-hour write is the cheaper of the two:
/// (1 h write − 5 min write) ÷ (5 min write − read), because each of them would have been written again.
/// </param>
public sealed record CacheBreakEven(Ratio? ReadsToPay5m, Ratio? ReadsToPay1h, Ratio? LateReadsFor1h);

/// <summary>What the writes of one rate card would have cost at the other lifetime.</summary>
/// <param name="Advice">What would have been cheaper.</param>
/// <param name="SavedBy1h">What an hour instead of five minutes would have saved; negative when it would have cost more.</param>
/// <param name="SavedBy5m">What five minutes instead of an hour would have saved; negative when it would have cost more.</param>
/// <param name="BreakEven">The counts of reads that decide.</param>
public sealed record LifetimeWhatIf(LifetimeAdvice Advice, Usd SavedBy1h, Usd SavedBy5m, CacheBreakEven BreakEven);

/// <summary>Compares the two lifetimes of cached prompts, five minutes and one hour.</summary>
public static class CacheLifetimes
{
    /// <summary>The short lifetime; every read renews it.</summary>
    public static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    /// <summary>The long lifetime; every read renews it.</summary>
    public static readonly TimeSpan OneHour = TimeSpan.FromHours(1);

    /// <summary>Whether a card prices both lifetimes, the long one higher.</summary>
    public static bool HasChoice(RateCard card) =>
        card[TokenClass.CacheWrite5m].Femtodollars > 0
        && card[TokenClass.CacheWrite1h].Femtodollars > card[TokenClass.CacheWrite5m].Femtodollars;

    /// <summary>The break-even counts at the rates of a card.</summary>
    public static CacheBreakEven BreakEven(RateCard card)
    {
        var (input, read) = (card[TokenClass.Input], card[TokenClass.CacheRead]);
        var (write5m, write1h) = (card[TokenClass.CacheWrite5m], card[TokenClass.CacheWrite1h]);
        return new(
            Reads(write5m, input, input, read),
            Reads(write1h, input, input, read),
            HasChoice(card) ? Reads(write1h, write5m, write5m, read) : null);
    }

    /// <summary>What the other lifetime would have cost.</summary>
    /// <param name="card">The rates.</param>
    /// <param name="tokens">What was written and read at them.</param>
    /// <param name="rewrittenLate">
    /// Tokens among the five-minute writes that were in the cache until less than an hour before: with an hour they would
    /// have been read. See <see cref="CacheVerdict.RewrittenLate"/>.
    /// </param>
    /// <param name="readLate">Tokens read more than five minutes after the call before: with five minutes they would have been written again.</param>
    public static LifetimeWhatIf WhatIf(RateCard card, in TokenCounts tokens, long rewrittenLate, long readLate)
    {
        var breakEven = BreakEven(card);
        if (!HasChoice(card) || tokens.CacheWrite == 0)
        {
            return new(LifetimeAdvice.NoChoice, Usd.Zero, Usd.Zero, breakEven);
        }

        Int128 read = card[TokenClass.CacheRead].Femtodollars;
        Int128 write5m = card[TokenClass.CacheWrite5m].Femtodollars;
        Int128 write1h = card[TokenClass.CacheWrite1h].Femtodollars;
        var late = Math.Min(rewrittenLate, tokens.CacheWrite5m);
        var by1h = (write5m * tokens.CacheWrite5m) - (write1h * (tokens.CacheWrite5m - late)) - (read * late);
        var by5m = ((write1h - write5m) * tokens.CacheWrite1h) - ((write5m - read) * Math.Min(readLate, tokens.CacheRead));
        by5m = tokens.CacheWrite1h == 0 ? 0 : by5m;
        return new(Advise(by1h, by5m), Usd.FromFemtodollars(by1h), Usd.FromFemtodollars(by5m), breakEven);
    }

    private static LifetimeAdvice Advise(Int128 by1h, Int128 by5m) => (by1h > 0, by5m > 0) switch
    {
        (true, _) when by1h >= by5m => LifetimeAdvice.UseOneHour,
        (_, true) => LifetimeAdvice.UseFiveMinutes,
        _ => LifetimeAdvice.Keep,
    };

    /// <summary>How many reads, each saving from − to, pay for dearer − cheaper.</summary>
    private static Ratio? Reads(Rate dearer, Rate cheaper, Rate from, Rate to)
    {
        var premium = Math.Max(dearer.Femtodollars - cheaper.Femtodollars, 0);
        var saving = from.Femtodollars - to.Femtodollars;
        return saving > 0 ? Ratio.Of(premium, saving) : null;
    }
}
