using Farthing.Domain.Money;
using Farthing.Domain.Pricing;

namespace Farthing.Workflows.Spending.Ccusage;

/// <summary>Adds up differences of cost (ours − theirs) by rule and class.</summary>
internal sealed class DifferenceLedger
{
    private readonly SortedDictionary<(DifferenceRule Rule, CostClass Class), (Usd Amount, long Calls)> entries = [];

    /// <summary>What has been posted and is not zero, in the order of the rules.</summary>
    public IEnumerable<(DifferenceRule Rule, CostClass Class, Usd Amount, long Calls)> Entries =>
        entries.Where(entry => entry.Value.Amount != Usd.Zero).Select(entry => (entry.Key.Rule, entry.Key.Class, entry.Value.Amount, entry.Value.Calls));

    /// <summary>Posts what one rule makes of one class of one call.</summary>
    public void Post(DifferenceRule rule, CostClass costClass, Usd amount)
    {
        if (amount != Usd.Zero)
        {
            var known = entries.GetValueOrDefault((rule, costClass));
            entries[(rule, costClass)] = (known.Amount + amount, known.Calls + 1);
        }
    }

    /// <summary>Posts every class of a call under one rule.</summary>
    public void Post(DifferenceRule rule, in CostByClass amounts)
    {
        Post(rule, CostClass.Input, amounts.Input);
        Post(rule, CostClass.CacheRead, amounts.CacheRead);
        Post(rule, CostClass.CacheWrite5m, amounts.CacheWrite5m);
        Post(rule, CostClass.CacheWrite1h, amounts.CacheWrite1h);
        Post(rule, CostClass.Output, amounts.Output);
        Post(rule, CostClass.Modalities, amounts.Modalities);
        Post(rule, CostClass.Units, amounts.Units);
    }
}

/// <summary>Class-by-class arithmetic of costs.</summary>
internal static class CostArithmetic
{
    extension(CostByClass)
    {
        /// <summary>Subtracts class by class.</summary>
        public static CostByClass operator -(CostByClass left, CostByClass right) => new()
        {
            Input = left.Input - right.Input,
            CacheRead = left.CacheRead - right.CacheRead,
            CacheWrite5m = left.CacheWrite5m - right.CacheWrite5m,
            CacheWrite1h = left.CacheWrite1h - right.CacheWrite1h,
            Output = left.Output - right.Output,
            Modalities = left.Modalities - right.Modalities,
            Units = left.Units - right.Units,
        };
    }
}
