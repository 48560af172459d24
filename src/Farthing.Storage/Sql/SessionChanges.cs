namespace Farthing.Storage.Sql;

/// <summary>
/// What a batch changes in the sums by session, day, series and rate card: the finest of the rollups, from which the
/// changes of all others follow.
/// </summary>
internal sealed class SessionChanges
{
    private const int SeriesBits = 28;
    private const int PlaceBits = 28;
    private const int RateCardBits = 20;

    private readonly KeyTable places = new();
    private readonly KeyTable keys = new();
    private readonly KeyOrder order = new();
    private Row[] rows = new Row[64];

    /// <summary>How many rows change.</summary>
    public int Count => keys.Count;

    /// <summary>A changed row, by number.</summary>
    public ref readonly Row this[int row] => ref rows[row];

    /// <summary>Counts a call, or takes it back.</summary>
    /// <param name="day">Its day.</param>
    /// <param name="at">Its time.</param>
    /// <param name="place">Where it belongs.</param>
    /// <param name="by">Its numbers; negative to take it back.</param>
    public void Add(int day, long at, in EventPlace place, in SumChange by)
    {
        if (place.Series >> SeriesBits != 0 || place.RateCard >> RateCardBits != 0)
        {
            throw new InvalidOperationException("The store holds more series or rate cards than the rollup can number.");
        }

        var pair = places.Add(((ulong)(uint)place.Session << SeriesBits) | (uint)place.Series);
        var known = keys.Count;
        var index = keys.Add((((ulong)(day + 1) << RateCardBits) | (uint)place.RateCard) << PlaceBits | (uint)pair);
        if (index >= rows.Length)
        {
            var larger = new Row[rows.Length * 2];
            Array.Copy(rows, larger, known);
            rows = larger;
        }

        ref var row = ref rows[index];
        if (index == known)
        {
            row = new(day, place);
        }

        row.Count(at, by);
    }

    /// <summary>The changed rows in order of session, day, series and rate card; valid until the next change.</summary>
    public ReadOnlySpan<int> InOrder()
    {
        order.Clear(keys.Count);
        for (var index = 0; index < keys.Count; index++)
        {
            order.Add((ulong)(uint)rows[index].Series << RateCardBits | (uint)rows[index].RateCard, index);
        }

        // The order is stable, so what is sorted by its last columns first is sorted by all of them in the end.
        order.Sort();
        var byLast = order.Items.ToArray();
        order.Clear(keys.Count);
        foreach (var index in byLast)
        {
            order.Add((ulong)(uint)rows[index].Session << RateCardBits | (uint)(rows[index].Day + 1), index);
        }

        order.Sort();
        return order.Items;
    }

    /// <summary>Drops all changes.</summary>
    public void Clear()
    {
        places.Clear();
        keys.Clear();
    }

    /// <summary>One row with the times of the calls that come to it and leave it.</summary>
    internal struct Row(int day, EventPlace place)
    {
        public readonly int Day = day;
        public readonly int Session = place.Session;
        public readonly int Series = place.Series;
        public readonly int RateCard = place.RateCard;
        public SumChange Sums;
        public long FirstAt = long.MaxValue;
        public long LastAt = long.MinValue;
        private long firstGone = long.MaxValue;
        private long lastGone = long.MinValue;

        /// <summary>Whether a call was taken back, so that the row may have become empty.</summary>
        public readonly bool HasRemovals => lastGone > long.MinValue;

        /// <summary>Whether the first or the last call may have left without another one in its place.</summary>
        public readonly bool HasLostAnEnd => HasRemovals && (FirstAt > firstGone || LastAt < lastGone);

        public void Count(long at, in SumChange by)
        {
            Sums += by;
            if (by.Calls > 0)
            {
                (FirstAt, LastAt) = (Math.Min(FirstAt, at), Math.Max(LastAt, at));
            }
            else
            {
                (firstGone, lastGone) = (Math.Min(firstGone, at), Math.Max(lastGone, at));
            }
        }
    }
}
