namespace Farthing.Storage.Sql;

/// <summary>
/// Sorts numbers by 64-bit keys, stable, byte by byte. Rows that are inserted in the order of their key are appended to
/// a page that is in the cache instead of searched for.
/// </summary>
internal sealed class KeyOrder
{
    private const int Values = 256;
    private const ulong LowByte = 0xFF;
    private ulong[] keys = [];
    private ulong[] otherKeys = [];
    private int[] items = [];
    private int[] otherItems = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The items, in order after <see cref="Sort"/>.</summary>
    public ReadOnlySpan<int> Items => items.AsSpan(0, Count);

    /// <summary>Starts anew with room for a number of items.</summary>
    public void Clear(int capacity)
    {
        Count = 0;
        if (keys.Length < capacity)
        {
            (keys, otherKeys) = (new ulong[capacity], new ulong[capacity]);
            (items, otherItems) = (new int[capacity], new int[capacity]);
        }
    }

    /// <summary>Adds an item; the capacity must suffice.</summary>
    public void Add(ulong key, int item)
    {
        keys[Count] = key;
        items[Count++] = item;
    }

    /// <summary>Sorts by key; equal keys keep their order.</summary>
    public void Sort()
    {
        Span<int> starts = stackalloc int[Values];
        for (var shift = 0; shift < 64; shift += 8)
        {
            starts.Clear();
            foreach (var key in keys.AsSpan(0, Count))
            {
                starts[(int)((key >> shift) & LowByte)]++;
            }

            if (Count == 0 || starts[(int)((keys[0] >> shift) & LowByte)] == Count)
            {
                continue;
            }

            Scatter(starts, shift);
            (keys, otherKeys) = (otherKeys, keys);
            (items, otherItems) = (otherItems, items);
        }
    }

    private void Scatter(Span<int> counts, int shift)
    {
        var start = 0;
        for (var value = 0; value < Values; value++)
        {
            (counts[value], start) = (start, start + counts[value]);
        }

        for (var index = 0; index < Count; index++)
        {
            var to = counts[(int)((keys[index] >> shift) & LowByte)]++;
            otherKeys[to] = keys[index];
            otherItems[to] = items[index];
        }
    }
}
