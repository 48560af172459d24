using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending;

/// <summary>What explains a cost, in the same words wherever it is shown. What there is nothing to say of is an empty text.</summary>
public static class CostWords
{
    private const int FemtodollarDecimals = 15;

    /// <summary>The name of a line of a build-up: <c>cache write 5m</c>.</summary>
    public static string Of(CostLine line) => line.Unit switch
    {
        CostUnit.WebSearches => "web searches",
        CostUnit.Reasoning => "reasoning",
        _ => Of(line.Class),
    };

    /// <summary>The name of a token class.</summary>
    public static string Of(TokenClass tokenClass) => tokenClass switch
    {
        TokenClass.Input => "input",
        TokenClass.CacheRead => "cache read",
        TokenClass.CacheWrite5m => "cache write 5m",
        TokenClass.CacheWrite1h => "cache write 1h",
        TokenClass.Output => "output",
        TokenClass.InputAudio => "audio input",
        TokenClass.CacheReadAudio => "audio cache read",
        TokenClass.OutputAudio => "audio output",
        TokenClass.InputImage => "image input",
        TokenClass.CacheReadImage => "image cache read",
        TokenClass.OutputImage => "image output",
        TokenClass.InputVideo => "video input",
        TokenClass.OutputVideo => "video output",
        TokenClass.Citation => "citation",
        _ => throw new ArgumentOutOfRangeException(nameof(tokenClass), tokenClass, "The class has no name."),
    };

    /// <summary>How sure a price is, and why.</summary>
    public static string Of(PricingStatus status) => status switch
    {
        PricingStatus.Exact => "exact: the catalog prices this model at this host",
        PricingStatus.AssumedHost => "assumed host: the host has no price of its own; its maker's was taken",
        PricingStatus.Fallback => "fallback: the model has no price; a flagged estimate stands in",
        _ => "unpriced: the model has no price; the cost is unknown, not zero",
    };

    /// <summary>When the rates of a card hold.</summary>
    public static string PeriodOf(RateCard card) => card switch
    {
        { Status: PricingStatus.Unpriced } => string.Empty,
        { From: "", To: "" } => "from the beginning",
        { From: "" } => $"until {card.To}",
        { To: "" } => $"from {card.From}",
        _ => $"from {card.From} until {card.To}",
    };

    /// <summary>What decides the price besides model, time and size: <c>batch, region us</c>; empty at list price.</summary>
    public static string Of(CallTerms terms)
    {
        var tier = terms.Tier switch
        {
            ServiceTier.Batch => "batch",
            ServiceTier.Flex => "flex",
            ServiceTier.Priority => "priority",
            _ => string.Empty,
        };
        return Join(", ", tier, terms.Fast ? "fast mode" : string.Empty, terms.Geo.Length > 0 ? $"region {terms.Geo}" : string.Empty);
    }

    /// <summary>What is to be known about the figures of a call; empty when they are good.</summary>
    public static string Of(EventQuality quality)
    {
        return Join(
            "; ",
            Told(EventQuality.Sidechain, "a sidechain of its session"),
            Told(EventQuality.OutputLowerBound, "the log holds a streaming placeholder, so the true output is at least this"),
            Told(EventQuality.IncompleteStream, "the stream broke off; counted as far as seen"),
            Told(EventQuality.ClassesInferred, "the classes were derived by a rule, not told by the source"),
            Told(EventQuality.ModelAssumed, "the log names no model; one was assumed"),
            Told(EventQuality.Failed, "the call failed; counted as far as the provider did"),
            Told(EventQuality.SessionTotal, "not a call but the sum of a session's calls to one model, as its client reported it"));

        string Told(EventQuality flag, string words) => (quality & flag) != EventQuality.Good ? words : string.Empty;
    }

    /// <summary>What the rounding of single calls added, as a sentence; empty when nothing.</summary>
    public static string RoundingOf(CostBuildUp buildUp) =>
        buildUp.RoundingFemtodollars == 0
            ? string.Empty
            : $"each class of each call is rounded to a picodollar, which makes {Femtodollars(buildUp.RoundingFemtodollars)} USD here";

    /// <summary>An amount of femtodollars in dollars, exact.</summary>
    public static string Femtodollars(Int128 femtodollars) => DecimalText.FormatExact(femtodollars, FemtodollarDecimals);

    private static string Join(string separator, params IEnumerable<string> texts) => string.Join(separator, texts.Where(static text => text.Length > 0));
}
