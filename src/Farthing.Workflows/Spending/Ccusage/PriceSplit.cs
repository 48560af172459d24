using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending.Ccusage;

/// <summary>What ccusage makes of one call by its rules.</summary>
/// <param name="Computed">Its cost from tokens; zero when it has no price.</param>
/// <param name="IsKnown">Whether its price for the model was measured; otherwise nothing can be said about the call.</param>
internal readonly record struct CcusageView(Usd Computed, bool IsKnown);

/// <summary>
/// Splits the difference between our cost of a call and ccusage's into rules that add up to it exactly. From our side
/// one term of the price after another is taken away by rating the call again without it; from theirs one rule after
/// another; what is left is a difference of flat rates per class.
/// </summary>
/// <param name="rate">Prices a call by today's catalog.</param>
/// <param name="rules">Their rules.</param>
/// <param name="today">Whose prices ccusage may have taken for calls of every time.</param>
internal sealed class PriceSplit(Func<UsageEvent, Rating> rate, CcusageRules rules, DateTimeOffset today)
{
    /// <summary>Posts the parts of (ours − theirs) and tells theirs.</summary>
    /// <param name="call">The call.</param>
    /// <param name="isUnpricedThere">Whether ccusage says that it has no price for the model.</param>
    /// <param name="ledger">Where the parts go.</param>
    public CcusageView Split(PricedCall call, bool isUnpricedThere, DifferenceLedger ledger)
    {
        var charge = isUnpricedThere ? null : rules.Charge(call.Usage);
        var theirs = charge?.Computed.Total ?? Usd.Zero;
        var difference = call.Rating.Cost.Total - theirs;
        switch (call.Rating.Card.Status)
        {
            case PricingStatus.Fallback:
                ledger.Post(DifferenceRule.Fallback, CostClass.Call, difference);
                break;
            case PricingStatus.Unpriced:
                ledger.Post(DifferenceRule.UnpricedHere, CostClass.Call, difference);
                break;
            default:
                PostPriced(call, charge, ledger);
                break;
        }

        return new(theirs, charge is not null || isUnpricedThere);
    }

    private void PostPriced(PricedCall call, CcusageCharge? charge, DifferenceLedger ledger)
    {
        if (charge is not { } theirs)
        {
            ledger.Post(DifferenceRule.UnpricedModel, call.Rating.Cost);
            return;
        }

        var usage = call.Usage;
        var listed = rate(usage).Cost;
        var anywhere = Without(usage, listed, usage.Terms.Geo.Length > 0, usage.Terms with { Geo = string.Empty });
        var standard = Without(anywhere.Usage, anywhere.Cost, usage.Terms.Tier != ServiceTier.Standard, usage.Terms with { Geo = string.Empty, Tier = ServiceTier.Standard });
        var plain = Without(standard.Usage, standard.Cost, usage.Terms.Fast, CallTerms.Standard);
        var flat = FlatCost(plain.Usage);

        ledger.Post(DifferenceRule.CatalogMoved, call.Rating.Cost - listed);
        ledger.Post(DifferenceRule.Geo, listed - anywhere.Cost);
        ledger.Post(DifferenceRule.ServiceTier, anywhere.Cost - standard.Cost);
        ledger.Post(DifferenceRule.Fast, standard.Cost - plain.Cost - (theirs.Computed - theirs.Tiered));
        var (tiers, theirTiers) = (plain.Cost - flat, theirs.Tiered - theirs.Flat);
        if (tiers != theirTiers || flat != theirs.Flat)
        {
            var now = plain.Usage with { OccurredAt = today };
            var flatNow = FlatCost(now);
            var tierRule = rules.IsMarginal(usage) ? DifferenceRule.LongContextMarginal : DifferenceRule.LongContext;
            PostClasses(tiers, theirTiers, rate(now).Cost - flatNow, _ => tierRule, ledger);
            PostClasses(flat, theirs.Flat, flatNow, FlatRule, ledger);
        }
    }

    private static DifferenceRule FlatRule(CostClass costClass) => costClass switch
    {
        CostClass.CacheRead => DifferenceRule.CacheReadPrice,
        CostClass.CacheWrite5m => DifferenceRule.CacheWritePrice,
        CostClass.CacheWrite1h => DifferenceRule.OneHourWrite,
        CostClass.Units => DifferenceRule.WebSearch,
        _ => DifferenceRule.PriceDifference,
    };

    private static void PostClasses(
        in CostByClass ours, in CostByClass theirs, in CostByClass oursToday, Func<CostClass, DifferenceRule> ruleOf, DifferenceLedger ledger)
    {
        Post(CostClass.Input, ours.Input, theirs.Input, oursToday.Input);
        Post(CostClass.CacheRead, ours.CacheRead, theirs.CacheRead, oursToday.CacheRead);
        Post(CostClass.CacheWrite5m, ours.CacheWrite5m, theirs.CacheWrite5m, oursToday.CacheWrite5m);
        Post(CostClass.CacheWrite1h, ours.CacheWrite1h, theirs.CacheWrite1h, oursToday.CacheWrite1h);
        Post(CostClass.Output, ours.Output, theirs.Output, oursToday.Output);
        Post(CostClass.Modalities, ours.Modalities, theirs.Modalities, oursToday.Modalities);
        Post(CostClass.Units, ours.Units, theirs.Units, oursToday.Units);

        // Only what today's price explains is put down to the time of the call.
        void Post(CostClass costClass, Usd our, Usd their, Usd ourToday) =>
            ledger.Post(their == ourToday ? DifferenceRule.DatedPrice : ruleOf(costClass), costClass, our - their);
    }

    private (UsageEvent Usage, CostByClass Cost) Without(UsageEvent usage, CostByClass cost, bool applies, CallTerms terms)
    {
        if (!applies)
        {
            return (usage, cost);
        }

        var simpler = usage with { Terms = terms };
        return (simpler, rate(simpler).Cost);
    }

    // An empty prompt is never a long one, so its card holds the base rates.
    private CostByClass FlatCost(UsageEvent usage) =>
        Rater.Cost(rate(usage with { Tokens = default }).Card, usage.Tokens, usage.WebSearches);
}
