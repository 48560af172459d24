using Farthing.Domain.Pricing;
using Farthing.Workflows.Spending;

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
        facts.Add("Period", CostWords.PeriodOf(card));
        facts.Add("Source", card.Source);
        facts.Add("Read on", card.AsOf);
        facts.Add("Confidence", card.Confidence);
        facts.Add("Assumed", card.Assumed);
        facts.Add("Status", CostWords.Of(card.Status));
        return facts;
    }
}
