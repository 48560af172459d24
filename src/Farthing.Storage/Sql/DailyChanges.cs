using Farthing.Domain.Usage;

namespace Farthing.Storage.Sql;

/// <summary>What a batch changes in the sums by day, series and rate card: gathered in memory, written once per row at the end.</summary>
internal sealed class DailyChanges(LocalDays days)
{
    private const int SeriesBits = 28;
    private const int RateCardBits = 20;

    private readonly KeyTable keys = new();
    private readonly KeyOrder order = new();
    private Change[] changes = new Change[64];

    /// <summary>Whether a counted call was taken back, so that a row may have become empty.</summary>
    public bool HasRemovals { get; private set; }

    /// <summary>Counts a call.</summary>
    public void Add(UsageEvent usage, in StoredCost cost, in EventPlace place) => ChangeOf(usage, place).Count(usage, cost, 1);

    /// <summary>Takes a counted call back.</summary>
    public void Remove(UsageEvent usage, in StoredCost cost, in EventPlace place)
    {
        ChangeOf(usage, place).Count(usage, cost, -1);
        HasRemovals = true;
    }

    /// <summary>The changed rows in order of day, series and rate card; valid until the next change.</summary>
    public ReadOnlySpan<int> InOrder()
    {
        order.Clear(keys.Count);
        for (var index = 0; index < keys.Count; index++)
        {
            order.Add(keys.Keys[index], index);
        }

        order.Sort();
        return order.Items;
    }

    /// <summary>One row that <see cref="InOrder"/> names.</summary>
    public (int Day, int Series, int RateCard) KeyOf(int row)
    {
        var key = keys.Keys[row];
        return (
            (int)(key >> (SeriesBits + RateCardBits)) - 1,
            (int)((key >> RateCardBits) & ((1UL << SeriesBits) - 1)),
            (int)(key & ((1UL << RateCardBits) - 1)));
    }

    /// <summary>What a row that <see cref="InOrder"/> names is changed by.</summary>
    public ref readonly Change this[int row] => ref changes[row];

    /// <summary>Drops all changes.</summary>
    public void Clear()
    {
        keys.Clear();
        HasRemovals = false;
    }

    private ref Change ChangeOf(UsageEvent usage, in EventPlace place)
    {
        var day = days.DayOf(usage.OccurredAt.ToUnixTimeMilliseconds());
        if (place.Series >> SeriesBits != 0 || place.RateCard >> RateCardBits != 0)
        {
            throw new InvalidOperationException("The store holds more series or rate cards than the rollup can number.");
        }

        // One more than the day: west of Greenwich the first instant of 1970 lies in the day before.
        var key = ((((ulong)(day + 1) << SeriesBits) | (uint)place.Series) << RateCardBits) | (uint)place.RateCard;
        var known = keys.Count;
        var index = keys.Add(key);
        if (index >= changes.Length)
        {
            var larger = new Change[changes.Length * 2];
            Array.Copy(changes, larger, known);
            changes = larger;
        }

        ref var change = ref changes[index];
        if (index == known)
        {
            change = default;
        }

        return ref change;
    }

    /// <summary>What a batch adds to one row; negative when it takes more away.</summary>
    internal struct Change
    {
        public long Calls;
        public long Input;
        public long CacheRead;
        public long CacheWrite5m;
        public long CacheWrite1h;
        public long Output;
        public long Reasoning;
        public long ModalityTokens;
        public long WebSearches;
        public long CostHigh;
        public long CostLow;

        public void Count(UsageEvent usage, in StoredCost cost, int sign)
        {
            var tokens = usage.Tokens;
            var total = cost.Total;
            Calls += sign;
            Input += sign * tokens.Input;
            CacheRead += sign * tokens.CacheRead;
            CacheWrite5m += sign * tokens.CacheWrite5m;
            CacheWrite1h += sign * tokens.CacheWrite1h;
            Output += sign * tokens.Output;
            Reasoning += sign * tokens.Reasoning;
            ModalityTokens += sign * (tokens.Modalities?.Total ?? 0);
            WebSearches += sign * usage.WebSearches;
            CostHigh += sign * StoredCost.HighOf(total);
            CostLow += sign * StoredCost.LowOf(total);
        }
    }
}
