using Farthing.Domain.Pricing;

namespace Farthing.Explaining;

/// <summary>A rate card in words: the row, what holds, since when, and where the prices were read.</summary>
internal static class RateCardFacts
{
    /// <summary>Describes a card.</summary>
    public static FactList Of(RateCard card)
    {
        var facts = new FactList();
        facts.Add("Rate card", card.Model);
        facts.Add("Terms", card.Terms);
        facts.Add("Period", PeriodOf(card));
        facts.Add("Source", card.Source);
        facts.Add("Read on", card.AsOf);
        facts.Add("Confidence", card.Confidence);
        facts.Add("Assumed", card.Assumed);
        facts.Add("Status", StatusOf(card.Status));
        return facts;
    }

    private static string PeriodOf(RateCard card) => card switch
    {
        { Status: PricingStatus.Unpriced } => string.Empty,
        { From: "", To: "" } => "since ever",
        { From: "" } => $"until {card.To}",
        { To: "" } => $"from {card.From}",
        _ => $"from {card.From} until {card.To}",
    };

    private static string StatusOf(PricingStatus status) => status switch
    {
        PricingStatus.Exact => "exact: the catalog prices this model at this host",
        PricingStatus.AssumedHost => "assumed host: the host has no price of its own; its maker's was taken",
        PricingStatus.Fallback => "fallback: the model has no price; a flagged estimate stands in",
        _ => "unpriced: the model has no price; the cost is unknown, not zero",
    };
}
