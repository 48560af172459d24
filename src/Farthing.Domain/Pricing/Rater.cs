using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Pricing;

/// <summary>What to do with a call whose model has no price.</summary>
public enum UnknownModelPolicy
{
    /// <summary>Estimate it at a known model's price, flagged: good for reports.</summary>
    Fallback,

    /// <summary>Cost nothing, flagged.</summary>
    Zero,

    /// <summary>Cost nothing yet: charging waits until the catalog learns the price. The rule for billing.</summary>
    Hold,

    /// <summary>Refuse the call at the door.</summary>
    Reject,
}

/// <summary>
/// Prices calls by one catalog. Pure: the same call always gets the same cost, in any order and on any thread. Fast: what
/// a name means and every rate card are worked out once.
/// </summary>
public sealed class Rater
{
    /// <summary>The row that estimates stand on: Claude Sonnet 4, the most used model when the first product of this kind chose it.</summary>
    public const string StandInKey = "anthropic/claude-sonnet-4-0";

    private readonly ModelMemo<Meaning> memo = new();
    private readonly Dictionary<string, RateCardShelf> shelves = new(StringComparer.Ordinal);
    private readonly Lock shelvesLock = new();
    private readonly RateCard standIn;
    private readonly RateCard notAModel = new() { Model = "not a model", Status = PricingStatus.Exact, Terms = "no tokens" };

    /// <summary>Makes a rater.</summary>
    /// <param name="catalog">The prices.</param>
    /// <param name="policy">What to do with unknown models.</param>
    public Rater(PriceCatalog catalog, UnknownModelPolicy policy = UnknownModelPolicy.Fallback)
    {
        (Catalog, Policy) = (catalog, policy);
        standIn = StandIn(catalog);
    }

    /// <summary>The prices.</summary>
    public PriceCatalog Catalog { get; }

    /// <summary>What is done with unknown models.</summary>
    public UnknownModelPolicy Policy { get; }

    /// <summary>Prices a call; the sum of a session's calls at base rates, for how long their prompts were is not known.</summary>
    public Rating Rate(UsageEvent usage)
    {
        var card = CardFor(
            usage.Dimensions.Provider, usage.Dimensions.Model, usage.OccurredAt, usage.Terms, usage.Tokens, usage.WebSearches, usage.IsSessionTotal ? 0 : usage.Tokens.Prompt);
        return new(card, Cost(card, usage.Tokens, usage.WebSearches));
    }

    /// <summary>Prices a call given in pieces.</summary>
    /// <param name="provider">Who was called, as the source spells it; empty when it does not tell.</param>
    /// <param name="model">The model as the source spells it.</param>
    /// <param name="at">When the call started.</param>
    /// <param name="terms">What the response says about tier, mode and region.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="webSearches">Billed web searches.</param>
    public Rating Rate(string provider, string model, DateTimeOffset at, in CallTerms terms, in TokenCounts tokens, int webSearches = 0)
    {
        var card = CardFor(provider, model, at, terms, tokens, webSearches, tokens.Prompt);
        return new(card, Cost(card, tokens, webSearches));
    }

    /// <summary>What a model name means, from memory where possible.</summary>
    public Resolution Resolve(string provider, string model) => MeaningOf(provider, model).Resolution;

    /// <summary>What tokens cost at a rate card: each class rounded half-even to picodollars once.</summary>
    public static CostByClass Cost(RateCard card, in TokenCounts tokens, int webSearches) => new()
    {
        Input = card[TokenClass.Input].Times(tokens.Input),
        CacheRead = card[TokenClass.CacheRead].Times(tokens.CacheRead),
        CacheWrite5m = card[TokenClass.CacheWrite5m].Times(tokens.CacheWrite5m),
        CacheWrite1h = card[TokenClass.CacheWrite1h].Times(tokens.CacheWrite1h),
        Output = OutputCost(card, tokens),
        Modalities = tokens.Modalities is { } modalities ? ModalityCost(card, modalities) : Usd.Zero,
        Units = webSearches == 0 ? Usd.Zero : card.WebSearch.Times(webSearches),
    };

    private static Usd OutputCost(RateCard card, in TokenCounts tokens) =>
        tokens.Reasoning > 0 && card.Reasoning is not null
            ? ReasonedOutputCost(card, tokens)
            : card[TokenClass.Output].Times(tokens.Output);

    /// <summary>Two rates, one class: added before the one rounding.</summary>
    private static Usd ReasonedOutputCost(RateCard card, in TokenCounts tokens) => Usd.FromFemtodollars(
        Math.BigMul(card[TokenClass.Output].Femtodollars, tokens.Output - tokens.Reasoning)
        + Math.BigMul(card.Reasoning!.Value.Femtodollars, tokens.Reasoning));

    private static Usd ModalityCost(RateCard card, ModalityCounts modalities)
    {
        var cost = Usd.Zero;
        for (var tokenClass = TokenClass.InputAudio; tokenClass <= TokenClass.Citation; tokenClass++)
        {
            cost += card[tokenClass].Times(modalities[tokenClass]);
        }

        return cost;
    }

    /// <summary>The base rates of the stand-in row, flat: an estimate does not pretend to know tiers and regions.</summary>
    private static RateCard StandIn(PriceCatalog catalog)
    {
        var flat = new CallTerms(ServiceTier.Standard, Fast: false, string.Empty);
        if (catalog.Find(StandInKey) is { } row)
        {
            var label = new ShelfLabel(row, PricingStatus.Fallback, Fast: false, Factor.One, Online: null);
            var latest = row.Periods[^1];
            return new CardRecipe(label, latest, flat.Tier, flat.Fast, latest.WebSearch ?? catalog.ProviderOf(row.Provider)?.WebSearch)
                .Make(tier: 0, geo: 0, window: 0, unpricedSearch: false, terms: "estimate");
        }

        return new()
        {
            Model = StandInKey,
            Status = PricingStatus.Fallback,
            Terms = "estimate",
            Source = "built in: the catalog lacks the row",
            [TokenClass.Input] = new(3_000_000_000),
            [TokenClass.CacheRead] = new(300_000_000),
            [TokenClass.CacheWrite5m] = new(3_750_000_000),
            [TokenClass.CacheWrite1h] = new(3_750_000_000),
            [TokenClass.Output] = new(15_000_000_000),
        };
    }

    private RateCard CardFor(
        string provider, string model, DateTimeOffset at, in CallTerms terms, in TokenCounts tokens, int webSearches, long prompt)
    {
        var meaning = MeaningOf(provider, model);
        if (meaning.Shelf?.Find(at, terms, prompt, webSearches > 0) is { } card)
        {
            return card;
        }

        return meaning.Resolution.IsNotAModel && tokens.Total == 0 && webSearches == 0 ? notAModel : meaning.Otherwise;
    }

    private Meaning MeaningOf(string provider, string model) => memo.Find(provider, model) ?? WorkOut(provider, model);

    private Meaning WorkOut(string provider, string model)
    {
        var resolution = ModelResolver.Resolve(Catalog, provider, model);
        var otherwise = Policy == UnknownModelPolicy.Fallback ? standIn : RateCard.Unpriced(model, Policy switch
        {
            UnknownModelPolicy.Zero => "zero",
            UnknownModelPolicy.Hold => "held",
            _ => "rejected",
        });
        var meaning = new Meaning(resolution, resolution.Row is { } row ? ShelfOf(row, resolution) : null, otherwise);
        memo.Keep(provider, model, meaning);
        return meaning;
    }

    private RateCardShelf ShelfOf(PriceRow row, Resolution resolution)
    {
        var online = resolution.Online ? Catalog.ProviderOf(resolution.Host)?.OnlineSearch : null;
        var label = new ShelfLabel(row, resolution.Status, resolution.Fast, resolution.Profile, online);
        var key = label.Key;
        lock (shelvesLock)
        {
            if (!shelves.TryGetValue(key, out var shelf))
            {
                shelf = new(label, Catalog, estimateEarly: Policy == UnknownModelPolicy.Fallback);
                shelves.Add(key, shelf);
            }

            return shelf;
        }
    }

    private sealed record Meaning(Resolution Resolution, RateCardShelf? Shelf, RateCard Otherwise);
}
