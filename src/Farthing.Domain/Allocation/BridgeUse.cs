using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Allocation;

/// <summary>What a group of calls used and cost in one period, as far as a <see cref="SpendBridge"/> looks at it. Adds up exactly.</summary>
public readonly record struct BridgeUse
{
    /// <summary>What it cost.</summary>
    public Usd Cost { get; init; }

    /// <summary>Uncached input.</summary>
    public PricedTokens Input { get; init; }

    /// <summary>Reads from a cache.</summary>
    public PricedTokens CacheRead { get; init; }

    /// <summary>Writes to a cache for five minutes, or for an untold time.</summary>
    public PricedTokens CacheWrite5m { get; init; }

    /// <summary>Writes to a cache for an hour.</summary>
    public PricedTokens CacheWrite1h { get; init; }

    /// <summary>Output, reasoning included.</summary>
    public PricedTokens Output { get; init; }

    /// <summary>The whole prompt.</summary>
    public PricedTokens Prompt => Input + CacheRead + CacheWrite5m + CacheWrite1h;

    /// <summary>All tokens.</summary>
    public PricedTokens All => Prompt + Output;

    /// <summary>The use of the calls that one rate card priced.</summary>
    public static BridgeUse Of(RateCard card, in TokenCounts tokens, Usd cost)
    {
        var apart = card.Reasoning is null ? 0 : tokens.Reasoning;
        return new()
        {
            Cost = cost,
            Input = PricedTokens.Of(tokens.Input, card[TokenClass.Input]),
            CacheRead = PricedTokens.Of(tokens.CacheRead, card[TokenClass.CacheRead]),
            CacheWrite5m = PricedTokens.Of(tokens.CacheWrite5m, card[TokenClass.CacheWrite5m]),
            CacheWrite1h = PricedTokens.Of(tokens.CacheWrite1h, card[TokenClass.CacheWrite1h]),
            Output = PricedTokens.Of(tokens.Output - apart, card[TokenClass.Output]) + PricedTokens.Of(apart, card.Reasoning ?? Rate.Free),
        };
    }

    /// <summary>Adds up.</summary>
    public static BridgeUse operator +(BridgeUse left, BridgeUse right) => new()
    {
        Cost = left.Cost + right.Cost,
        Input = left.Input + right.Input,
        CacheRead = left.CacheRead + right.CacheRead,
        CacheWrite5m = left.CacheWrite5m + right.CacheWrite5m,
        CacheWrite1h = left.CacheWrite1h + right.CacheWrite1h,
        Output = left.Output + right.Output,
    };
}

/// <summary>Tokens and what they are worth at their rates, not rounded.</summary>
/// <param name="Count">How many.</param>
/// <param name="Femtodollars">Their worth.</param>
public readonly record struct PricedTokens(long Count, Int128 Femtodollars)
{
    /// <summary>Tokens of one rate.</summary>
    public static PricedTokens Of(long count, Rate rate) => new(count, Math.BigMul(rate.Femtodollars, count));

    /// <summary>Adds up.</summary>
    public static PricedTokens operator +(PricedTokens left, PricedTokens right) => new(left.Count + right.Count, left.Femtodollars + right.Femtodollars);

    /// <summary>What another number of such tokens would have been worth at the same rates; that number's own worth when there was none to go by.</summary>
    internal Ratio At(PricedTokens other) => Count == 0 ? Ratio.Of(other.Femtodollars) : Ratio.Of(Femtodollars) * Ratio.Of(other.Count) / Ratio.Of(Count);
}
