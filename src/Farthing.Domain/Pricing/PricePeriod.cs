using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Pricing;

/// <summary>
/// Rates for large prompts. They hold for the whole request, output included, once the prompt passes the threshold;
/// catalogs with marginal tiers are refused.
/// </summary>
/// <param name="Threshold">Prompt tokens; positive.</param>
/// <param name="Inclusive">Whether a prompt of exactly the threshold is in the tier (<c>≥</c>) or not yet (<c>&gt;</c>).</param>
/// <param name="Rates">The rates in the tier; what it does not list keeps the rate below.</param>
public sealed record ContextTier(long Threshold, bool Inclusive, RateTable Rates)
{
    /// <summary>How the tier is written in the terms of a rate card: <c>prompt&gt;200000</c>.</summary>
    public string Condition => $"prompt{(Inclusive ? ">=" : ">")}{Threshold}";

    /// <summary>Whether a prompt of this size is in the tier.</summary>
    public bool Covers(long prompt) => prompt > Threshold || (Inclusive && prompt == Threshold);
}

/// <summary>One published price list: base rates and the tiers for large prompts, thresholds ascending.</summary>
/// <param name="Rates">The rates of an ordinary prompt.</param>
/// <param name="Tiers">The tiers, none when the price is flat.</param>
public sealed record PriceList(RateTable Rates, IReadOnlyList<ContextTier> Tiers);

/// <summary>A factor on every token rate that a region adds.</summary>
/// <param name="Region">The region as a response names it, for example <c>us</c>.</param>
/// <param name="Factor">The published factor.</param>
public sealed record GeoFactor(string Region, Factor Factor);

/// <summary>What a model cost from one instant (included) to another (excluded), and where that was read.</summary>
public sealed record PricePeriod
{
    /// <summary>The first instant; null when the price holds from the beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The first instant after; null while it is in force.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The key of another row that prices the calls of this period: what a moving name meant then. Null for none.</summary>
    public string? As { get; init; }

    /// <summary>The list price; null only when <see cref="As"/> is set.</summary>
    public PriceList? Standard { get; init; }

    /// <summary>The price of asynchronous calls; null when none is published.</summary>
    public PriceList? Batch { get; init; }

    /// <summary>The price of the slower tier; null when none is published.</summary>
    public PriceList? Flex { get; init; }

    /// <summary>The price of the faster tier; null when none is published.</summary>
    public PriceList? Priority { get; init; }

    /// <summary>The price of fast mode; null when none is published.</summary>
    public PriceList? Fast { get; init; }

    /// <summary>Whether fast mode is another name of the priority tier.</summary>
    public bool IsFastPriority { get; init; }

    /// <summary>Factors of regions that cost more.</summary>
    public IReadOnlyList<GeoFactor> Geo { get; init; } = [];

    /// <summary>Times of the week at which other rates hold; the first that covers a call counts.</summary>
    public IReadOnlyList<PriceWindow> Windows { get; init; } = [];

    /// <summary>The price of one web search; null when the row has none of its own.</summary>
    public Rate? WebSearch { get; init; }

    /// <summary>Whether the zero prices are meant.</summary>
    public bool IsFree { get; init; }

    /// <summary>What the provider charges besides and a call's cost does not hold; empty for nothing.</summary>
    public string Excludes { get; init; } = string.Empty;

    /// <summary>An introductory price, in the provider's words; empty for none.</summary>
    public string Promo { get; init; } = string.Empty;

    /// <summary>What a reader should know; empty for nothing.</summary>
    public string Note { get; init; } = string.Empty;

    /// <summary>Components taken from a second source.</summary>
    public IReadOnlyList<string> Filled { get; init; } = [];

    /// <summary>Where the price was read.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>The day on which it was read.</summary>
    public string AsOf { get; init; } = string.Empty;

    /// <summary>How trustworthy that is: <c>mirrored-official</c>, <c>api</c>, <c>aggregated</c>, <c>derived</c>, <c>disputed</c>.</summary>
    public string Confidence { get; init; } = string.Empty;

    /// <summary>Whether fast mode has a price of its own.</summary>
    public bool HasFast => Fast is not null || (IsFastPriority && Priority is not null);

    /// <summary>The published list of a service tier; null when there is none.</summary>
    public PriceList? ListOf(ServiceTier tier) => tier switch
    {
        ServiceTier.Batch => Batch,
        ServiceTier.Flex => Flex,
        ServiceTier.Priority => Priority,
        _ => Standard,
    };

    /// <summary>Writes an instant as catalogs do: the day alone when it is midnight UTC; empty for null.</summary>
    public static string Write(DateTimeOffset? instant) => instant switch
    {
        null => string.Empty,
        { TimeOfDay.Ticks: 0 } day => $"{day:yyyy-MM-dd}",
        { } moment => $"{moment:yyyy-MM-ddTHH:mm:ssZ}",
    };
}
