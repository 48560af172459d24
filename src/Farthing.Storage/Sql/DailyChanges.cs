namespace Farthing.Storage.Sql;

/// <summary>What a batch changes in sums by day, series and rate card: gathered in memory, written once per row at the end.</summary>
internal sealed class DailyChanges
{
    private const int SeriesBits = 28;
    private const int RateCardBits = 20;

    private readonly KeyTable keys = new();
    private readonly KeyOrder order = new();
    private SumChange[] changes = new SumChange[64];

    /// <summary>Adds what changes in one row.</summary>
    public void Add(int day, int series, int rateCard, in SumChange by)
    {
        if (series >> SeriesBits != 0 || rateCard >> RateCardBits != 0)
        {
            throw new InvalidOperationException("The store holds more series or rate cards than the rollup can number.");
        }

        // One more than the day: west of Greenwich the first instant of 1970 lies in the day before.
        var known = keys.Count;
        var index = keys.Add(((((ulong)(day + 1) << SeriesBits) | (uint)series) << RateCardBits) | (uint)rateCard);
        if (index >= changes.Length)
        {
            var larger = new SumChange[changes.Length * 2];
            Array.Copy(changes, larger, known);
            changes = larger;
        }

        changes[index] = index == known ? by : changes[index] + by;
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
    public ref readonly SumChange this[int row] => ref changes[row];

    /// <summary>How many rows change.</summary>
    public int Count => keys.Count;

    /// <summary>Drops all changes.</summary>
    public void Clear() => keys.Clear();
}
