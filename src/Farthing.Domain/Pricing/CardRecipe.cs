using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Pricing;

/// <summary>
/// How the rate cards of one service tier and mode of a period are put together: which published tables lie over which,
/// and what is assumed where nothing is published. Assumptions are written on the card.
/// </summary>
internal sealed class CardRecipe
{
    private readonly ShelfLabel label;
    private readonly PricePeriod period;
    private readonly PriceList list;
    private readonly ContextTier[] tiers;
    private readonly string terms;
    private readonly Rate? webSearch;

    public CardRecipe(ShelfLabel label, PricePeriod period, ServiceTier tier, bool fast, Rate? webSearch)
    {
        (this.label, this.period, this.webSearch) = (label, period, webSearch);
        var quick = fast && tier != ServiceTier.Batch && period.HasFast;
        var published = quick ? period.Fast ?? period.Priority : period.ListOf(tier);
        list = published ?? period.Standard!;
        tiers = [.. list.Tiers.Count > 0 ? list.Tiers : period.Standard!.Tiers];
        terms = TermsOf(tier, fast, quick, published is not null);
    }

    /// <summary>How many context tiers there are.</summary>
    public int TierCount => tiers.Length;

    /// <summary>The number of the tier that a prompt is in, 0 for none.</summary>
    public int TierOf(long prompt)
    {
        var tier = tiers.Length;
        while (tier > 0 && !tiers[tier - 1].Covers(prompt))
        {
            tier--;
        }

        return tier;
    }

    /// <summary>Makes a card.</summary>
    /// <param name="tier">From <see cref="TierOf"/>.</param>
    /// <param name="geo">1-based number of the region in the period, 0 for none.</param>
    /// <param name="window">1-based number of the window in the period, 0 for none.</param>
    /// <param name="unpricedSearch">Whether the call ran web searches that nobody has published a price for.</param>
    /// <param name="terms">What to write as terms instead; null for the usual.</param>
    public RateCard Make(int tier, int geo, int window, bool unpricedSearch, string? terms = null)
    {
        RateTable?[] tables =
        [
            window > 0 ? period.Windows[window - 1].Rates : null,
            tier > 0 && list.Tiers.Count > 0 ? list.Tiers[tier - 1].Rates : null,
            list.Rates,
            period.Standard!.Rates,
        ];
        var factor = label.HasProfile ? label.Profile : geo > 0 ? period.Geo[geo - 1].Factor : Factor.One;
        var assumed = new List<string>();
        var rates = RatesOf(tables, factor, assumed);
        if (period.Excludes.Length > 0)
        {
            assumed.Add("not included: " + period.Excludes);
        }

        if (unpricedSearch)
        {
            assumed.Add("web searches have no known price");
        }

        return new RateCard(rates)
        {
            Model = label.Row.Key,
            Status = label.Status,
            Terms = terms ?? Describe(tier, geo, window),
            From = PricePeriod.Write(period.From),
            To = PricePeriod.Write(period.To),
            Source = period.Source,
            AsOf = period.AsOf,
            Confidence = period.Confidence,
            WebSearch = webSearch ?? Rate.Free,
            Reasoning = TryFind(tables, PriceComponent.Reasoning, factor, out var reasoning) ? reasoning : null,
            Assumed = string.Join("; ", assumed),
        };
    }

    /// <summary>
    /// Unlisted prices: cache reads and writes are prompt tokens and cost what the prompt costs; a host with one write
    /// price has that one for every lifetime; another modality costs what text costs. No hour of cache is cheaper than five
    /// minutes of it.
    /// </summary>
    private static Rate[] RatesOf(RateTable?[] tables, Factor factor, List<string> assumed)
    {
        var rates = new Rate[RateTable.ComponentCount - 1];
        for (var component = PriceComponent.Input; component < PriceComponent.Reasoning; component++)
        {
            if (TryFind(tables, component, factor, out rates[(int)component]) && !IsBelowShortWrite(component, rates))
            {
                continue;
            }

            var standIn = StandInOf(component);
            rates[(int)component] = rates[(int)standIn];
            if (component is PriceComponent.CacheRead or PriceComponent.CacheWrite5m or PriceComponent.CacheWrite1h)
            {
                assumed.Add($"{RateTable.NameOf(component)}={RateTable.NameOf(standIn)}");
            }
        }

        return rates;
    }

    /// <summary>A tier that lists only the short write must not leave the long one cheaper.</summary>
    private static bool IsBelowShortWrite(PriceComponent component, Rate[] rates) =>
        component == PriceComponent.CacheWrite1h
        && rates[(int)PriceComponent.CacheWrite1h].Femtodollars < rates[(int)PriceComponent.CacheWrite5m].Femtodollars;

    /// <summary>Always an earlier component, so that its rate is known; output has none and stays free.</summary>
    private static PriceComponent StandInOf(PriceComponent component) => component switch
    {
        PriceComponent.CacheWrite1h => PriceComponent.CacheWrite5m,
        PriceComponent.CacheReadAudio or PriceComponent.CacheReadImage => PriceComponent.CacheRead,
        PriceComponent.OutputAudio or PriceComponent.OutputImage or PriceComponent.OutputVideo => PriceComponent.Output,
        PriceComponent.Output => PriceComponent.Output,
        _ => PriceComponent.Input,
    };

    /// <summary>The first of the tables that lists the component counts, the nearest coming first.</summary>
    private static bool TryFind(RateTable?[] tables, PriceComponent component, Factor factor, out Rate rate)
    {
        foreach (var table in tables)
        {
            if (table is not null && table.TryGet(component, out var published))
            {
                return published.TryScale(factor.Numerator, factor.Denominator, out rate)
                    ? true
                    : throw new InvalidOperationException($"{published} times {factor} is inexact, which compiling has refused.");
            }
        }

        rate = Rate.Free;
        return false;
    }

    private string Describe(int tier, int geo, int window)
    {
        var text = label.Status == PricingStatus.Fallback ? "before the first known price; " + terms : terms;
        if (tier > 0)
        {
            text += $"; {tiers[tier - 1].Condition}{(list.Tiers.Count > 0 ? string.Empty : " not listed")}";
        }

        if (label.HasProfile)
        {
            text += $"; profile x{label.Profile}";
        }
        else if (geo > 0)
        {
            text += $"; geo={period.Geo[geo - 1].Region} x{period.Geo[geo - 1].Factor}";
        }

        text += window > 0 ? $"; {period.Windows[window - 1].Label}" : string.Empty;
        return label.Online is null ? text : text + "; online";
    }

    private string TermsOf(ServiceTier tier, bool fast, bool quick, bool published)
    {
        var name = tier switch
        {
            ServiceTier.Batch => "batch",
            ServiceTier.Flex => "flex",
            ServiceTier.Priority => "priority",
            _ => "standard",
        };
        if (quick)
        {
            return period.Fast is null ? "fast (priority)" : "fast";
        }

        var text = published ? name : $"standard ({name} not listed)";
        return fast ? $"{text} ({(tier == ServiceTier.Batch ? "never fast" : "fast not listed")})" : text;
    }
}
