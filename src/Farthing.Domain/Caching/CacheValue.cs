using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Caching;

/// <summary>
/// What cached tokens cost, what they would have cost uncached, and what the writes would have cost at the other lifetime.
/// Exact: rates are whole femtodollars a token, so neither the order nor the grouping of calls matters, and each figure is
/// rounded once, to a picodollar.
/// </summary>
public readonly record struct CacheValue
{
    /// <summary>Tokens read from a cache.</summary>
    public long ReadTokens { get; private init; }

    private Int128 Reads { get; init; }

    private Int128 ReadsAsInput { get; init; }

    private Int128 Writes5m { get; init; }

    private Int128 Writes5mAsInput { get; init; }

    private Int128 Writes5mAt1h { get; init; }

    private Int128 Writes1h { get; init; }

    private Int128 Writes1hAsInput { get; init; }

    private Int128 Writes1hAt5m { get; init; }

    /// <summary>What reading saved against sending the same tokens as input: reads × (input rate − read rate). Primer's "savings".</summary>
    public Usd GrossSavings => Usd.FromFemtodollars(ReadsAsInput - Reads);

    /// <summary>What five-minute writes cost above input: writes × (write rate − input rate).</summary>
    public Usd WritePremium5m => Usd.FromFemtodollars(Writes5m - Writes5mAsInput);

    /// <summary>What one-hour writes cost above input.</summary>
    public Usd WritePremium1h => Usd.FromFemtodollars(Writes1h - Writes1hAsInput);

    /// <summary>What writing cost above input, at either lifetime.</summary>
    public Usd WritePremium => WritePremium5m + WritePremium1h;

    /// <summary>What caching saved in all; negative where more was written than was ever read again.</summary>
    public Usd NetSavings => GrossSavings - WritePremium;

    /// <summary>What the tokens that were read would have cost as input.</summary>
    public Usd ReadsAtInputRate => Usd.FromFemtodollars(ReadsAsInput);

    /// <summary>The part of the input price that reading from a cache saved; null when nothing was read.</summary>
    public Ratio? EffectiveDiscount => ReadsAsInput == 0 ? null : Ratio.Of(ReadsAsInput - Reads, ReadsAsInput);

    /// <summary>What a token that was read saved on average, in dollars; null when nothing was read.</summary>
    public Ratio? SavingsPerReadToken => ReadTokens == 0 ? null : Ratio.Dollars(GrossSavings) / Ratio.Of(ReadTokens);

    /// <summary>How much more the five-minute writes would have cost had they lived an hour; of models without that choice nothing.</summary>
    public Usd ExtraFor1h => Usd.FromFemtodollars(Writes5mAt1h - Writes5m);

    /// <summary>How much less the one-hour writes would have cost had they lived five minutes; of models without that choice nothing.</summary>
    public Usd SavedBy5m => Usd.FromFemtodollars(Writes1h - Writes1hAt5m);

    /// <summary>The value of tokens at the rates of a card.</summary>
    public static CacheValue Of(RateCard card, in TokenCounts tokens)
    {
        Int128 input = card[TokenClass.Input].Femtodollars;
        Int128 read = card[TokenClass.CacheRead].Femtodollars;
        Int128 write5m = card[TokenClass.CacheWrite5m].Femtodollars;
        Int128 write1h = card[TokenClass.CacheWrite1h].Femtodollars;
        var hasChoice = CacheLifetimes.HasChoice(card);
        return new()
        {
            ReadTokens = tokens.CacheRead,
            Reads = read * tokens.CacheRead,
            ReadsAsInput = input * tokens.CacheRead,
            Writes5m = write5m * tokens.CacheWrite5m,
            Writes5mAsInput = input * tokens.CacheWrite5m,
            Writes5mAt1h = (hasChoice ? write1h : write5m) * tokens.CacheWrite5m,
            Writes1h = write1h * tokens.CacheWrite1h,
            Writes1hAsInput = input * tokens.CacheWrite1h,
            Writes1hAt5m = (hasChoice ? write5m : write1h) * tokens.CacheWrite1h,
        };
    }

    /// <summary>Adds up.</summary>
    public static CacheValue operator +(CacheValue left, CacheValue right) => new()
    {
        ReadTokens = left.ReadTokens + right.ReadTokens,
        Reads = left.Reads + right.Reads,
        ReadsAsInput = left.ReadsAsInput + right.ReadsAsInput,
        Writes5m = left.Writes5m + right.Writes5m,
        Writes5mAsInput = left.Writes5mAsInput + right.Writes5mAsInput,
        Writes5mAt1h = left.Writes5mAt1h + right.Writes5mAt1h,
        Writes1h = left.Writes1h + right.Writes1h,
        Writes1hAsInput = left.Writes1hAsInput + right.Writes1hAsInput,
        Writes1hAt5m = left.Writes1hAt5m + right.Writes1hAt5m,
    };
}
