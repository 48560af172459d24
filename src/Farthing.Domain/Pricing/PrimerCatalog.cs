using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Pricing;

/// <summary>One entry of Primer's price table.</summary>
/// <param name="Key">What a model name must begin with.</param>
/// <param name="Input">The rate of input.</param>
/// <param name="Output">The rate of output.</param>
/// <param name="CacheRead">The rate of cache reads.</param>
/// <param name="CacheWrite">The rate of cache writes of any lifetime.</param>
public sealed record PrimerPrice(string Key, Rate Input, Rate Output, Rate CacheRead, Rate CacheWrite)
{
    private const long Dollar = 1_000_000_000;

    /// <summary>Primer's label by input price: economy, standard, premium, flagship.</summary>
    public string Tier => Input.Femtodollars switch
    {
        < Dollar / 2 => "economy",
        < 2 * Dollar => "standard",
        < 6 * Dollar => "premium",
        _ => "flagship",
    };
}

/// <summary>What Primer would have taken for a model name.</summary>
/// <param name="Price">The entry.</param>
/// <param name="IsFallback">Whether no entry matched and the fallback was taken, which Primer did not show.</param>
public readonly record struct PrimerMatch(PrimerPrice Price, bool IsFallback);

/// <summary>
/// Primer's price table of May 2026 with its own rule, kept for comparing figures only: the longest key that begins the
/// name, case-sensitive, else Claude Sonnet 4. The rule misprices whole families (<c>claude-opus-4-7</c> at three times
/// its price), so nothing else in the house uses it.
/// </summary>
public sealed class PrimerCatalog
{
    private readonly PrimerPrice[] longestFirst;
    private readonly PrimerPrice fallback;

    /// <summary>Makes the catalog.</summary>
    /// <param name="name">Its name: <c>primer-2026-05</c>.</param>
    /// <param name="fallbackKey">The entry for names that match nothing; must be one of the prices.</param>
    /// <param name="prices">The entries.</param>
    public PrimerCatalog(string name, string fallbackKey, IReadOnlyList<PrimerPrice> prices)
    {
        (Name, Prices) = (name, prices);
        longestFirst = [.. prices.OrderByDescending(price => price.Key.Length)];
        fallback = prices.Single(price => price.Key == fallbackKey);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The entries in the order of the table.</summary>
    public IReadOnlyList<PrimerPrice> Prices { get; }

    /// <summary>The entry for a model name.</summary>
    public PrimerMatch Find(string model)
    {
        foreach (var price in longestFirst)
        {
            if (model.StartsWith(price.Key, StringComparison.Ordinal))
            {
                return new(price, IsFallback: false);
            }
        }

        return new(fallback, IsFallback: true);
    }

    /// <summary>What tokens cost by Primer's table: all writes at one price, no tiers, no dates.</summary>
    public CostByClass Cost(string model, in TokenCounts tokens)
    {
        var price = Find(model).Price;
        return new()
        {
            Input = price.Input.Times(tokens.Input),
            CacheRead = price.CacheRead.Times(tokens.CacheRead),
            CacheWrite5m = price.CacheWrite.Times(tokens.CacheWrite5m),
            CacheWrite1h = price.CacheWrite.Times(tokens.CacheWrite1h),
            Output = price.Output.Times(tokens.Output),
        };
    }
}
