using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Pricing;

/// <summary>What a shelf of rate cards is for: one row under one reading of a model name.</summary>
/// <param name="Row">The row.</param>
/// <param name="Status">How sure the row is.</param>
/// <param name="Fast">Whether the name says fast mode.</param>
/// <param name="Profile">The factor that the name carries.</param>
/// <param name="Online">The price of a web search that the name adds; null when it adds none.</param>
internal sealed record ShelfLabel(PriceRow Row, PricingStatus Status, bool Fast, Factor Profile, Rate? Online)
{
    /// <summary>Equal for equal labels of one catalog.</summary>
    public string Key => $"{Row.Key}|{(int)Status}|{(Fast ? "fast" : "")}|{Profile}|{(Online is null ? "" : "online")}";

    /// <summary>Whether the name carries a factor.</summary>
    public bool HasProfile => Profile.Numerator != Profile.Denominator;
}

/// <summary>
/// The rate cards of one row, each made when the first call needs it and then shared by all calls. Thread-safe: when two
/// threads make the same card, one of the two wins for ever.
/// </summary>
internal sealed class RateCardShelf
{
    private readonly PeriodCards[] periods;
    private readonly PeriodCards? early;

    /// <summary>Sets the shelf up; cards come later.</summary>
    /// <param name="label">What it is for.</param>
    /// <param name="catalog">Where periods that point to another row find it.</param>
    /// <param name="estimateEarly">Whether calls before the first known price are estimated at it; otherwise they have none.</param>
    public RateCardShelf(ShelfLabel label, PriceCatalog catalog, bool estimateEarly)
    {
        var searchPrice = catalog.ProviderOf(label.Row.Provider)?.WebSearch;
        periods = [.. label.Row.Periods.Select(period => PeriodFor(period, label, catalog, searchPrice, estimateEarly))];
        if (periods[0].FromTicks > 0 && estimateEarly)
        {
            early = PeriodFor(label.Row.Periods[0], label with { Status = PricingStatus.Fallback }, catalog, searchPrice, estimateEarly);
        }
    }

    /// <summary>The card that holds for a call; null when the call is older than the first known price.</summary>
    public RateCard? Find(DateTimeOffset at, in CallTerms terms, long prompt, bool searched)
    {
        var ticks = at.UtcTicks;
        var index = periods.Length - 1;
        while (index >= 0 && ticks < periods[index].FromTicks)
        {
            index--;
        }

        return (index >= 0 ? periods[index] : early)?.Find(at, terms, prompt, searched);
    }

    private static PeriodCards PeriodFor(PricePeriod period, ShelfLabel label, PriceCatalog catalog, Rate? searchPrice, bool estimateEarly)
    {
        var fromTicks = period.From?.UtcTicks ?? 0;
        if (period.As is not { } key)
        {
            return new(fromTicks, period, label, searchPrice);
        }

        var target = catalog.Find(key) ?? throw new InvalidOperationException($"{label.Row.Key} points to '{key}', which compiling has checked.");
        return new(fromTicks, new RateCardShelf(label with { Row = target }, catalog, estimateEarly));
    }
}

/// <summary>The rate cards of one price period, in one flat table: call class, context tier, region, window, unpriced search.</summary>
internal sealed class PeriodCards
{
    private const int TierCount = (int)ServiceTier.Priority + 1;
    private const int Modes = 2;

    private readonly RateCardShelf? other;
    private readonly CardRecipe[] recipes = [];
    private readonly GeoFactor[] regions = [];
    private readonly PriceWindow[] windows = [];
    private readonly Rate? webSearch;
    private readonly int contextSlots = 1;
    private readonly RateCard?[] cards = [];

    public PeriodCards(long fromTicks, RateCardShelf other) => (FromTicks, this.other) = (fromTicks, other);

    public PeriodCards(long fromTicks, PricePeriod period, ShelfLabel label, Rate? searchPrice)
    {
        FromTicks = fromTicks;
        (regions, windows) = ([.. period.Geo], [.. period.Windows]);
        webSearch = label.Online ?? period.WebSearch ?? searchPrice;
        recipes = new CardRecipe[TierCount * Modes];
        for (var index = 0; index < recipes.Length; index++)
        {
            recipes[index] = new(label, period, (ServiceTier)(index / Modes), fast: label.Fast || index % Modes == 1, webSearch);
            contextSlots = Math.Max(contextSlots, recipes[index].TierCount + 1);
        }

        cards = new RateCard?[recipes.Length * contextSlots * (regions.Length + 1) * (windows.Length + 1) * 2];
    }

    /// <summary>The first instant of the period.</summary>
    public long FromTicks { get; }

    public RateCard? Find(DateTimeOffset at, in CallTerms terms, long prompt, bool searched)
    {
        if (other is not null)
        {
            return other.Find(at, terms, prompt, searched);
        }

        var which = ((int)terms.Tier * Modes) + (terms.Fast ? 1 : 0);
        var tier = recipes[which].TierOf(prompt);
        var geo = terms.Geo.Length == 0 ? 0 : GeoOf(terms.Geo);
        var window = windows.Length == 0 ? 0 : WindowOf(at);
        var unpricedSearch = searched && webSearch is null;
        var slot = (which * contextSlots) + tier;
        slot = (slot * (regions.Length + 1)) + geo;
        slot = (slot * (windows.Length + 1)) + window;
        slot = (slot * 2) + (unpricedSearch ? 1 : 0);
        return cards[slot] ?? Make(slot, recipes[which], tier, geo, window, unpricedSearch);
    }

    private RateCard Make(int slot, CardRecipe recipe, int tier, int geo, int window, bool unpricedSearch)
    {
        var card = recipe.Make(tier, geo, window, unpricedSearch);
        return Interlocked.CompareExchange(ref cards[slot], card, null) ?? card;
    }

    private int GeoOf(string region)
    {
        var index = regions.Length;
        while (index > 0 && !string.Equals(regions[index - 1].Region, region, StringComparison.OrdinalIgnoreCase))
        {
            index--;
        }

        return index;
    }

    private int WindowOf(DateTimeOffset at)
    {
        for (var index = 0; index < windows.Length; index++)
        {
            if (windows[index].Covers(at))
            {
                return index + 1;
            }
        }

        return 0;
    }
}
