using Farthing.Domain.Money;
using Farthing.Domain.Pricing;

namespace Farthing.Storage.Sql;

/// <summary>The cost of a call as columns hold it: picodollars by class, each and all together within a 64-bit integer.</summary>
internal readonly record struct StoredCost
{
    private const int HalfBits = 32;
    private const long LowHalf = 0xFFFF_FFFF;

    /// <summary>Uncached input.</summary>
    public long Input { get; init; }

    /// <summary>Cache reads.</summary>
    public long CacheRead { get; init; }

    /// <summary>Five-minute cache writes.</summary>
    public long CacheWrite5m { get; init; }

    /// <summary>One-hour cache writes.</summary>
    public long CacheWrite1h { get; init; }

    /// <summary>Output.</summary>
    public long Output { get; init; }

    /// <summary>Audio, image, video and citation tokens together.</summary>
    public long Modalities { get; init; }

    /// <summary>What is priced per unit.</summary>
    public long Units { get; init; }

    /// <summary>The cost of the call.</summary>
    public long Total => Input + CacheRead + CacheWrite5m + CacheWrite1h + Output + Modalities + Units;

    /// <summary>Takes a cost over; false when it is negative or 9.2 million dollars and more.</summary>
    public static bool TryFrom(in CostByClass cost, out StoredCost stored)
    {
        var fits = cost.Total.TryGetPicodollars(out _)
            & cost.Input.TryGetPicodollars(out var input) & cost.CacheRead.TryGetPicodollars(out var cacheRead)
            & cost.CacheWrite5m.TryGetPicodollars(out var cacheWrite5m) & cost.CacheWrite1h.TryGetPicodollars(out var cacheWrite1h)
            & cost.Output.TryGetPicodollars(out var output) & cost.Modalities.TryGetPicodollars(out var modalities)
            & cost.Units.TryGetPicodollars(out var units);
        stored = new()
        {
            Input = input,
            CacheRead = cacheRead,
            CacheWrite5m = cacheWrite5m,
            CacheWrite1h = cacheWrite1h,
            Output = output,
            Modalities = modalities,
            Units = units,
        };
        return fits && (input | cacheRead | cacheWrite5m | cacheWrite1h | output | modalities | units) >= 0;
    }

    /// <summary>Back to dollars.</summary>
    public CostByClass ToCost() => new()
    {
        Input = new Usd(Input),
        CacheRead = new Usd(CacheRead),
        CacheWrite5m = new Usd(CacheWrite5m),
        CacheWrite1h = new Usd(CacheWrite1h),
        Output = new Usd(Output),
        Modalities = new Usd(Modalities),
        Units = new Usd(Units),
    };

    /// <summary>The upper half of an amount, whose sums fit where sums of the whole may not.</summary>
    public static long HighOf(long picodollars) => picodollars >> HalfBits;

    /// <summary>The lower half of an amount, never negative.</summary>
    public static long LowOf(long picodollars) => picodollars & LowHalf;

    /// <summary>Joins sums of halves.</summary>
    public static Usd Join(long high, long low) =>
        Usd.FromHalves(high >> HalfBits, unchecked((ulong)high << HalfBits)) + new Usd(low);
}
