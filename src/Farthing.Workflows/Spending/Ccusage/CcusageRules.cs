using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending.Ccusage;

/// <summary>
/// What ccusage makes of one call, in the steps in which it departs from a flat price: flat rates, then its long-context
/// rule, then its fast multiplier. It never charges for anything but tokens.
/// </summary>
/// <param name="Flat">Tokens at the base rates.</param>
/// <param name="Tiered">With the long-context rule.</param>
/// <param name="Computed">With the fast multiplier: what it shows when it computes the cost from tokens.</param>
public readonly record struct CcusageCharge(CostByClass Flat, CostByClass Tiered, CostByClass Computed);

/// <summary>
/// The cost rules of ccusage, observed from outside and computed exactly where it uses doubles. Service tier, region and
/// web searches change nothing there.
/// </summary>
public sealed class CcusageRules(CcusagePriceList prices)
{
    /// <summary>The agent whose long-context tiers are marginal and whose fast lines are multiplied.</summary>
    public const string Claude = "claude";

    private const string Codex = "codex";
    private const int TenthsPerUnit = 10;
    private const int FemtodollarsPerPicodollar = 1_000;

    /// <summary>What ccusage charges for a call; null when the price it has for the model was never measured.</summary>
    public CcusageCharge? Charge(UsageEvent usage)
    {
        if (prices.Find(usage.Dimensions.Model) is not { } price)
        {
            return null;
        }

        var flat = Cost(usage.Tokens, price.Base, price.Base, long.MaxValue, TenthsPerUnit);
        var isClaude = usage.Dimensions.Agent == Claude;
        var tenths = isClaude && usage.Terms.Fast ? price.FastTenths : TenthsPerUnit;
        if (price.Tier is not { } tier)
        {
            return new(flat, flat, tenths == TenthsPerUnit ? flat : Cost(usage.Tokens, price.Base, price.Base, long.MaxValue, tenths));
        }

        var threshold = (isClaude && tier.IsMarginal, usage.Tokens.Prompt > tier.Threshold) switch
        {
            (true, _) => tier.Threshold,
            (false, true) => 0,
            (false, false) => long.MaxValue,
        };
        return new(
            flat,
            Cost(usage.Tokens, price.Base, tier.Rates, threshold, TenthsPerUnit),
            Cost(usage.Tokens, price.Base, tier.Rates, threshold, tenths));
    }

    /// <summary>What ccusage adds to a Codex call when today's settings ask for the fast speed, however old the call is.</summary>
    public Usd CodexFastSurplus(UsageEvent usage)
    {
        if (usage.Dimensions.Agent != Codex || prices.Find(usage.Dimensions.Model) is not { FastTenths: > TenthsPerUnit } price || Charge(usage) is not { } charge)
        {
            return Usd.Zero;
        }

        return new(Rounding.DivideHalfEven(charge.Computed.Total.Picodollars * (price.FastTenths - TenthsPerUnit), TenthsPerUnit));
    }

    /// <summary>Whether ccusage re-rates only the tokens beyond the threshold of the model.</summary>
    public bool IsMarginal(UsageEvent usage) =>
        usage.Dimensions.Agent == Claude && prices.Find(usage.Dimensions.Model)?.Tier is { IsMarginal: true };

    /// <summary>The name under which ccusage lists the calls of a model: fast lines of Claude apart.</summary>
    public static string LabelOf(UsageEvent usage) =>
        usage.Terms.Fast && usage.Dimensions.Agent == Claude ? usage.Dimensions.Model + "-fast" : usage.Dimensions.Model;

    // Of every class, the tokens up to the threshold cost the base rate and those beyond it the dearer one.
    private static CostByClass Cost(in TokenCounts tokens, CcusageRates rates, CcusageRates above, long threshold, int tenths)
    {
        return new()
        {
            Input = Class(tokens.Input, rates.Input, above.Input),
            CacheRead = Class(tokens.CacheRead, rates.CacheRead, above.CacheRead),
            CacheWrite5m = Class(tokens.CacheWrite5m, rates.CacheWrite, above.CacheWrite),
            CacheWrite1h = Class(tokens.CacheWrite1h, rates.CacheWrite1h, above.CacheWrite1h),
            Output = Class(tokens.Output, rates.Output, above.Output),
        };

        Usd Class(long count, Rate low, Rate high)
        {
            var cheap = Math.Min(count, threshold);
            var femtodollars = (Int128)Math.BigMul(low.Femtodollars, cheap) + Math.BigMul(high.Femtodollars, count - cheap);
            return new(Rounding.DivideHalfEven(femtodollars * tenths, TenthsPerUnit * FemtodollarsPerPicodollar));
        }
    }
}
