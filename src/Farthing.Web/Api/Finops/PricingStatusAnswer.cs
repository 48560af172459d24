using Farthing.Workflows.Spending;

namespace Farthing.Web.Api.Finops;

/// <summary>Calls of one pricing status.</summary>
/// <param name="Calls">How many.</param>
/// <param name="Amount">What they cost in dollars, exactly; null where that is unknown.</param>
internal sealed record PricedShareAnswer(long Calls, decimal? Amount)
{
    /// <summary>The answer for calls whose cost is known, or at least estimated.</summary>
    public static PricedShareAnswer Of(PricedShare share) => new(share.Calls, share.Amount.ToDecimal());
}

/// <summary>How sure the figures of an answer are. Costs elsewhere in it are those of the first two; the rest is never added to them.</summary>
/// <param name="Exact">Priced by the catalog for their model and host.</param>
/// <param name="AssumedHost">Priced by the model author's price.</param>
/// <param name="Estimated">Of unknown models.</param>
/// <param name="Unpriced">Of unknown cost.</param>
internal sealed record PricingStatusAnswer(PricedShareAnswer Exact, PricedShareAnswer AssumedHost, PricedShareAnswer Estimated, PricedShareAnswer Unpriced)
{
    /// <summary>The answer for totals.</summary>
    public static PricingStatusAnswer Of(PricingTotals totals) => new(
        PricedShareAnswer.Of(totals.Exact),
        PricedShareAnswer.Of(totals.AssumedHost),
        PricedShareAnswer.Of(totals.Estimated),
        new(totals.Unpriced.Calls, null));
}
