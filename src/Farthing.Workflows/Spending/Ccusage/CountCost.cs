using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending.Ccusage;

/// <summary>What tokens that ccusage counts and we do not, or the other way round, cost by its rules.</summary>
/// <param name="Surplus">Their cost beyond what their rules make of our calls.</param>
/// <param name="Note">What had to be concluded; empty when nothing.</param>
internal readonly record struct CountedCost(Usd Surplus, string Note)
{
    /// <summary>Nothing: the tokens have no price there.</summary>
    public static CountedCost None => new(Usd.Zero, string.Empty);
}

/// <summary>
/// Prices differences of counts. Where the calls in question are known the price is exact; where only token totals are
/// known, the one-hour share of cache writes is concluded from their cost and must come out as a whole number.
/// </summary>
/// <param name="rules">Their rules.</param>
/// <param name="prices">Their prices.</param>
/// <param name="settings">How their report was made.</param>
internal sealed class CountCost(CcusageRules rules, CcusagePriceList prices, CcusageSettings settings)
{
    /// <summary>What doubles may lose in one row: 1e-8 USD.</summary>
    public static readonly Usd Tolerance = new(10_000);

    private const string FastSuffix = "-fast";
    private const int TenthsPerUnit = 10;
    private const int FemtodollarsPerPicodollar = 1_000;

    /// <summary>Prices the difference of one cell.</summary>
    /// <param name="differing">The cell and why it differs.</param>
    /// <param name="residual">Their cost of the whole group beyond what is explained already.</param>
    /// <param name="isAlone">Whether the group has no other cell whose share of the residual is open.</param>
    public CountedCost Of(DifferingCell differing, Usd residual, bool isAlone)
    {
        var surplus = differing.Cell.Surplus;
        if (differing.Cell.IsUnpricedThere)
        {
            return CountedCost.None;
        }

        return differing.Finding switch
        {
            { Rule: not DifferenceRule.MissingRequestId and var rule, Calls: { Count: > 0 } calls } => new(OfCalls(calls, surplus, IsMove(rule)), string.Empty),
            _ => OfTokens(differing, residual, isAlone),
        };
    }

    // The calls are known: all of their prompt tokens count, once less or once more, and as much output as is missing.
    private Usd OfCalls(IReadOnlyList<PricedCall> calls, CcusageTokens surplus, bool isMove)
    {
        var isLess = surplus.Output < 0 || surplus.CacheRead < 0 || surplus.Input < 0 || surplus.CacheWrite < 0;
        var cost = Usd.Zero;
        var output = isLess ? -surplus.Output : surplus.Output;
        foreach (var call in calls)
        {
            var counted = Math.Min(output, call.Usage.Tokens.Output);
            output -= counted;
            var usage = call.Usage with { Tokens = call.Usage.Tokens with { Output = counted, Reasoning = 0 } };
            cost += CostOf(usage, isLess || isMove);
        }

        return isLess ? -cost : cost;
    }

    private static bool IsMove(DifferenceRule rule) => rule is DifferenceRule.DateOfSurvivor or DifferenceRule.SessionOfCopy;

    // A copy of a call carries the log's own cost only when it is the call itself that is counted elsewhere.
    private Usd CostOf(UsageEvent usage, bool isOriginal)
    {
        var isClaude = usage.Dimensions.Agent == CcusageRules.Claude;
        if (isClaude && isOriginal && settings.Mode != CcusageMode.Calculate && usage.ReportedCost is { } reported)
        {
            return reported;
        }

        var computed = isClaude && settings.Mode == CcusageMode.Display ? Usd.Zero : rules.Charge(usage)?.Computed.Total ?? Usd.Zero;
        return settings.IsCodexFast ? computed + rules.CodexFastSurplus(usage) : computed;
    }

    private CountedCost OfTokens(DifferingCell differing, Usd residual, bool isAlone)
    {
        if (PriceOf(differing) is not { Price: { } price, Tenths: var tenths })
        {
            return CountedCost.None;
        }

        var surplus = differing.Cell.Surplus;
        var flat = Flat(price.Base, surplus, tenths);
        var rest = residual - flat;
        if (!isAlone || IsDust(rest))
        {
            return new(flat, string.Empty);
        }

        var perHourWrite = Times(new(price.Base.CacheWrite1h.Femtodollars - price.Base.CacheWrite.Femtodollars), 1, tenths);
        var hours = perHourWrite == Usd.Zero ? 0 : Rounding.DivideHalfEven(rest.Picodollars, perHourWrite.Picodollars);
        var ours = differing.Cell.Tokens;
        var isPossible = hours >= -ours.CacheWrite1h && hours <= surplus.CacheWrite + ours.CacheWrite5m;
        if (isPossible && IsDust(rest - new Usd(hours * perHourWrite.Picodollars)))
        {
            return new(flat + new Usd(hours * perHourWrite.Picodollars), $"{hours} of these cache writes are one-hour writes, as their cost tells");
        }

        return price.Tier is { } tier && IsBetween(rest, Usd.Zero, Flat(tier.Rates, surplus, tenths) + Times(tier.Rates.CacheWrite1h, surplus.CacheWrite, tenths) - flat)
            ? new(residual, "their report does not tell which of these calls were long, so their share of the cost is taken as shown")
            : new(flat, string.Empty);
    }

    private (CcusagePrice? Price, int Tenths) PriceOf(DifferingCell differing)
    {
        var label = differing.Cell.Model;
        if (prices.Find(label) is { } price)
        {
            return (price, TenthsPerUnit);
        }

        return label.EndsWith(FastSuffix, StringComparison.Ordinal) && prices.Find(label[..^FastSuffix.Length]) is { } slow ? (slow, slow.FastTenths) : (null, 0);
    }

    private static Usd Flat(CcusageRates rates, CcusageTokens tokens, int tenths) =>
        Times(rates.Input, tokens.Input, tenths) + Times(rates.CacheWrite, tokens.CacheWrite, tenths)
        + Times(rates.CacheRead, tokens.CacheRead, tenths) + Times(rates.Output, tokens.Output, tenths);

    private static Usd Times(Rate rate, long tokens, int tenths) =>
        new(Rounding.DivideHalfEven(Math.BigMul(rate.Femtodollars, tokens) * tenths, TenthsPerUnit * FemtodollarsPerPicodollar));

    /// <summary>Whether an amount is no more than what doubles lose.</summary>
    public static bool IsDust(Usd amount) => amount <= Tolerance && -amount <= Tolerance;

    private static bool IsBetween(Usd amount, Usd low, Usd high) => amount >= low && amount <= high;
}
