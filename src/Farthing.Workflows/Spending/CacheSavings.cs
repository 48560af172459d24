using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending;

/// <summary>
/// Adds up what reading caches saved against sending the same tokens as uncached input. Exact: rates are whole femtodollars
/// a token, so the order and the grouping of calls do not matter, and the sum is rounded once.
/// </summary>
public sealed class CacheSavings
{
    private Int128 femtodollars;

    /// <summary>The sum, rounded half-even to a picodollar; negative where caches cost more than they saved.</summary>
    public Usd Total => Usd.FromFemtodollars(femtodollars);

    /// <summary>Adds the calls of a row of a query that groups by rate card.</summary>
    public void Add(SpendRow row) => Add(row.Card ?? throw new ArgumentException("The row's query does not group by rate card.", nameof(row)), row.Tokens.CacheRead);

    /// <summary>Adds tokens that were read from a cache at the rates of a card. What is only estimated or has no price saves nothing that is known.</summary>
    public void Add(RateCard card, long cacheRead)
    {
        if (card.Status is PricingStatus.Exact or PricingStatus.AssumedHost)
        {
            femtodollars += (Int128)(card[TokenClass.Input].Femtodollars - card[TokenClass.CacheRead].Femtodollars) * cacheRead;
        }
    }
}
