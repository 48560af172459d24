using Farthing.Domain.Money;

namespace Farthing.Domain.Allocation;

/// <summary>Why spend changed from one period to another: parts that add up to the change to the last digit.</summary>
public readonly record struct BridgeParts
{
    /// <summary>More or fewer tokens, everything else as it was.</summary>
    public Usd Volume { get; init; }

    /// <summary>Tokens that moved between groups and models of other prices.</summary>
    public Usd Mix { get; init; }

    /// <summary>Longer or shorter answers for as many tokens: output costs more than the prompt.</summary>
    public Usd Output { get; init; }

    /// <summary>Prompts of which caches hold more or less.</summary>
    public Usd Cache { get; init; }

    /// <summary>Rates that changed for the same model and class of tokens.</summary>
    public Usd Price { get; init; }

    /// <summary>What is not paid by such tokens: web searches, images, audio, and the rounding of each call.</summary>
    public Usd Other { get; init; }

    /// <summary>The whole change.</summary>
    public Usd Sum => Volume + Mix + Output + Cache + Price + Other;

    /// <summary>Adds up.</summary>
    public static BridgeParts operator +(BridgeParts left, BridgeParts right) => new()
    {
        Volume = left.Volume + right.Volume,
        Mix = left.Mix + right.Mix,
        Output = left.Output + right.Output,
        Cache = left.Cache + right.Cache,
        Price = left.Price + right.Price,
        Other = left.Other + right.Other,
    };

    /// <summary>Takes away.</summary>
    public static BridgeParts operator -(BridgeParts left, BridgeParts right) => new()
    {
        Volume = left.Volume - right.Volume,
        Mix = left.Mix - right.Mix,
        Output = left.Output - right.Output,
        Cache = left.Cache - right.Cache,
        Price = left.Price - right.Price,
        Other = left.Other - right.Other,
    };
}

/// <summary>
/// The price, volume and mix bridge between two periods: quantities change at old prices, and prices at new quantities
/// (after Laspeyres, as cost accounting does it), with mix taken apart into groups, output and caching.
/// </summary>
/// <remarks>
/// Each group goes from its old cost to its new one by steps, and a part is the distance between two of them:
/// its old cost × all new tokens ÷ all old tokens (volume); its new tokens at its old average (mix); its new prompt and
/// output at their old averages (output); its new tokens of each class at their old rates (cache); the same at the new
/// rates (price); its new cost (other). A step is rounded half-even to a picodollar, so what rounding takes from one part
/// the next one gets, and nothing is lost. What was not there before has no old price: its own is taken, so that a model
/// that takes the place of another is mix. Without any old tokens everything is volume.
/// </remarks>
public static class SpendBridge
{
    private const int FemtodollarsPerPicodollar = 1_000;

    /// <summary>The parts of each group, in their order. Groups are as fine as prices are: a group has one model.</summary>
    public static IReadOnlyList<BridgeParts> Of(IReadOnlyList<(BridgeUse Before, BridgeUse After)> groups)
    {
        var before = groups.Sum(static group => group.Before.All.Count);
        var after = groups.Sum(static group => group.After.All.Count);
        return [.. groups.Select(group => PartsOf(StepsOf(group.Before, group.After, before, after)))];
    }

    private static BridgeParts PartsOf(Usd[] steps) => new()
    {
        Volume = steps[1] - steps[0],
        Mix = steps[2] - steps[1],
        Output = steps[3] - steps[2],
        Cache = steps[4] - steps[3],
        Price = steps[5] - steps[4],
        Other = steps[6] - steps[5],
    };

    private static Usd[] StepsOf(in BridgeUse old, in BridgeUse now, long before, long after)
    {
        if (before == 0)
        {
            return [old.Cost, now.Cost, now.Cost, now.Cost, now.Cost, now.Cost, now.Cost];
        }

        var grown = (Ratio.Dollars(old.Cost) * Ratio.Of(after) / Ratio.Of(before)).ToUsd();
        if (old.All.Count == 0)
        {
            return [old.Cost, grown, now.Cost, now.Cost, now.Cost, now.Cost, now.Cost];
        }

        var beside = Ratio.Of((old.Cost.Picodollars * FemtodollarsPerPicodollar) - old.All.Femtodollars) * Ratio.Of(now.All.Count) / Ratio.Of(old.All.Count);
        return
        [
            old.Cost,
            grown,
            Rounded(old.All.At(now.All) + beside),
            Rounded(old.Prompt.At(now.Prompt) + old.Output.At(now.Output) + beside),
            Rounded(
                old.Input.At(now.Input) + old.CacheRead.At(now.CacheRead) + old.CacheWrite5m.At(now.CacheWrite5m) + old.CacheWrite1h.At(now.CacheWrite1h)
                + old.Output.At(now.Output) + beside),
            Rounded(Ratio.Of(now.All.Femtodollars) + beside),
            now.Cost,
        ];
    }

    private static Usd Rounded(Ratio femtodollars) => (femtodollars / Ratio.Of(Usd.PicodollarsPerUsd) / Ratio.Of(FemtodollarsPerPicodollar)).ToUsd();
}
