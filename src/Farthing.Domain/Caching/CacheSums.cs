using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Caching;

/// <summary>
/// How the prompts of some calls were cached. Adds up exactly; made of the sums of one rate card at a time. What is priced
/// and what is only estimated are kept apart.
/// </summary>
public readonly record struct CacheSums
{
    /// <summary>Uncached prompt tokens.</summary>
    public long Input { get; init; }

    /// <summary>Prompt tokens read from a cache.</summary>
    public long CacheRead { get; init; }

    /// <summary>Prompt tokens written for five minutes, or for an untold time.</summary>
    public long CacheWrite5m { get; init; }

    /// <summary>Prompt tokens written for an hour.</summary>
    public long CacheWrite1h { get; init; }

    /// <summary>The value of the tokens that have a price, the model author's included.</summary>
    public CacheValue Priced { get; init; }

    /// <summary>The value of the tokens whose price is an estimate; never added to the rest silently.</summary>
    public CacheValue Estimated { get; init; }

    /// <summary>Prompt tokens whose price is unknown.</summary>
    public long UnpricedTokens { get; init; }

    /// <summary>All tokens written to a cache.</summary>
    public long CacheWrite => CacheWrite5m + CacheWrite1h;

    /// <summary>All prompt tokens.</summary>
    public long Prompt => Input + CacheRead + CacheWrite;

    /// <summary>Primer's hit rate: reads ÷ (reads + input), without writes; null when there are neither.</summary>
    public Ratio? HitRate => CacheRead + Input == 0 ? null : Ratio.Of(CacheRead, (Int128)CacheRead + Input);

    /// <summary>Reads ÷ the whole prompt: what was written was no hit; null without a prompt.</summary>
    public Ratio? HitRateWithWrites => Prompt == 0 ? null : Ratio.Of(CacheRead, Prompt);

    /// <summary>Primer's savings of a whole organisation: null when nothing was read from a cache, instead of nothing saved.</summary>
    public Usd? SavingsEstimate => CacheRead == 0 ? null : Priced.GrossSavings;

    /// <summary>The sums of one rate card's tokens; modalities are left out.</summary>
    public static CacheSums Of(RateCard card, in TokenCounts tokens) => new()
    {
        Input = tokens.Input,
        CacheRead = tokens.CacheRead,
        CacheWrite5m = tokens.CacheWrite5m,
        CacheWrite1h = tokens.CacheWrite1h,
        Priced = card.Status.IsPriced() ? CacheValue.Of(card, tokens) : default,
        Estimated = card.Status == PricingStatus.Fallback ? CacheValue.Of(card, tokens) : default,
        UnpricedTokens = card.Status == PricingStatus.Unpriced ? tokens.Input + tokens.CacheRead + tokens.CacheWrite : 0,
    };

    /// <summary>Adds up.</summary>
    public static CacheSums operator +(CacheSums left, CacheSums right) => new()
    {
        Input = left.Input + right.Input,
        CacheRead = left.CacheRead + right.CacheRead,
        CacheWrite5m = left.CacheWrite5m + right.CacheWrite5m,
        CacheWrite1h = left.CacheWrite1h + right.CacheWrite1h,
        Priced = left.Priced + right.Priced,
        Estimated = left.Estimated + right.Estimated,
        UnpricedTokens = left.UnpricedTokens + right.UnpricedTokens,
    };
}
