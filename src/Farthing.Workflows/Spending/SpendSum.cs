using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending;

/// <summary>
/// What some calls used and cost together. Sums are exact. What is priced, what is estimated and what is unknown are kept
/// apart, because an estimate is never added to a price silently.
/// </summary>
public readonly record struct SpendSum
{
    /// <summary>How many calls.</summary>
    public long Calls { get; init; }

    /// <summary>Those of them whose model is unknown and whose cost is an estimate.</summary>
    public long EstimatedCalls { get; init; }

    /// <summary>Those of them whose cost is unknown.</summary>
    public long UnpricedCalls { get; init; }

    /// <summary>Those of them priced with the model author's price because the host has none of its own.</summary>
    public long AssumedHostCalls { get; init; }

    /// <summary>Tokens by class, without modalities.</summary>
    public TokenCounts Tokens { get; init; }

    /// <summary>Audio, image, video and citation tokens together.</summary>
    public long ModalityTokens { get; init; }

    /// <summary>Billed web searches.</summary>
    public long WebSearches { get; init; }

    /// <summary>What the priced calls cost.</summary>
    public Usd Cost { get; init; }

    /// <summary>That part of <see cref="Cost"/> which is at the model author's price.</summary>
    public Usd AssumedHostCost { get; init; }

    /// <summary>What the estimated calls may have cost.</summary>
    public Usd EstimatedCost { get; init; }

    /// <summary>All tokens.</summary>
    public long TotalTokens => Tokens.Total + ModalityTokens;

    /// <summary>Cost and estimate together: the best guess, to be shown with its mark only.</summary>
    public Usd BestCost => Cost + EstimatedCost;

    /// <summary>Whether there are calls and none of them has a price: what they cost is unknown, not nothing.</summary>
    public bool IsWithoutPrice => Calls > 0 && UnpricedCalls == Calls;

    /// <summary>The least sure of the prices in the sum; <see cref="PricingStatus.Exact"/> when there are no calls.</summary>
    public PricingStatus Status => this switch
    {
        { UnpricedCalls: > 0 } => PricingStatus.Unpriced,
        { EstimatedCalls: > 0 } => PricingStatus.Fallback,
        { AssumedHostCalls: > 0 } => PricingStatus.AssumedHost,
        _ => PricingStatus.Exact,
    };

    /// <summary>
    /// The part of the prompt that came from the cache, in thousandths, rounded down; null without a prompt. Cache writes
    /// count as prompt: they were not hits.
    /// </summary>
    public int? CacheHitPermille => Tokens.Prompt == 0 ? null : (int)(Tokens.CacheRead * 1000m / Tokens.Prompt);

    /// <summary>The sum of one row of a query.</summary>
    public static SpendSum Of(SpendRow row) => Of(row.Status, row.Cost) with
    {
        Calls = row.Calls,
        EstimatedCalls = row.Status == PricingStatus.Fallback ? row.Calls : 0,
        UnpricedCalls = row.Status == PricingStatus.Unpriced ? row.Calls : 0,
        AssumedHostCalls = row.Status == PricingStatus.AssumedHost ? row.Calls : 0,
        Tokens = row.Tokens,
        ModalityTokens = row.ModalityTokens,
        WebSearches = row.WebSearches,
    };

    /// <summary>The sum of one call.</summary>
    public static SpendSum Of(PricedCall call)
    {
        var status = call.Rating.Card.Status;
        return Of(status, call.Rating.Cost.Total) with
        {
            Calls = 1,
            EstimatedCalls = status == PricingStatus.Fallback ? 1 : 0,
            UnpricedCalls = status == PricingStatus.Unpriced ? 1 : 0,
            AssumedHostCalls = status == PricingStatus.AssumedHost ? 1 : 0,
            Tokens = call.Usage.Tokens with { Modalities = null },
            ModalityTokens = call.Usage.Tokens.Modalities?.Total ?? 0,
            WebSearches = call.Usage.WebSearches,
        };
    }

    /// <summary>Adds up.</summary>
    public static SpendSum operator +(SpendSum left, SpendSum right) => new()
    {
        Calls = left.Calls + right.Calls,
        EstimatedCalls = left.EstimatedCalls + right.EstimatedCalls,
        UnpricedCalls = left.UnpricedCalls + right.UnpricedCalls,
        AssumedHostCalls = left.AssumedHostCalls + right.AssumedHostCalls,
        Tokens = left.Tokens + right.Tokens,
        ModalityTokens = left.ModalityTokens + right.ModalityTokens,
        WebSearches = left.WebSearches + right.WebSearches,
        Cost = left.Cost + right.Cost,
        AssumedHostCost = left.AssumedHostCost + right.AssumedHostCost,
        EstimatedCost = left.EstimatedCost + right.EstimatedCost,
    };

    private static SpendSum Of(PricingStatus status, Usd cost) => status switch
    {
        PricingStatus.Exact => new() { Cost = cost },
        PricingStatus.AssumedHost => new() { Cost = cost, AssumedHostCost = cost },
        PricingStatus.Fallback => new() { EstimatedCost = cost },
        _ => default,
    };
}
