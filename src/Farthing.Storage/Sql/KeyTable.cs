using System.Numerics;

namespace Farthing.Storage.Sql;

/// <summary>
/// Numbers distinct 64-bit keys in order of arrival: 0, 1, 2 … A hash table of its own, because the generic one over
/// our own types is compiled at run time, which a report of 60 ms cannot afford.
/// </summary>
internal sealed class KeyTable
{
    private const int CapacityMin = 64;
    private const ulong Mixer = 0x9E3779B97F4A7C15;

    private ulong[] keys = new ulong[CapacityMin];

    /// <summary>Slots hold the number of a key plus one; zero is free. Twice as many as keys, so that probes stay short.</summary>
    private int[] slots = new int[CapacityMin * 2];

    /// <summary>How many distinct keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>The keys by number.</summary>
    public ReadOnlySpan<ulong> Keys => keys.AsSpan(0, Count);

    /// <summary>The number of a key, which is given one if it is new.</summary>
    /// <returns>Equal to the earlier <see cref="Count"/> exactly when the key is new.</returns>
    public int Add(ulong key)
    {
        var slot = SlotOf(key);
        if (slots[slot] != 0)
        {
            return slots[slot] - 1;
        }

        if (Count == keys.Length)
        {
            Grow();
            slot = SlotOf(key);
        }

        keys[Count] = key;
        slots[slot] = Count + 1;
        return Count++;
    }

    /// <summary>Forgets all keys and keeps the room.</summary>
    public void Clear()
    {
        Array.Clear(slots);
        Count = 0;
    }

    private int SlotOf(ulong key)
    {
        var mask = slots.Length - 1;
        var slot = (int)(unchecked(key * Mixer) >> (64 - BitOperations.Log2((uint)slots.Length)));
        while (slots[slot] != 0 && keys[slots[slot] - 1] != key)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        var larger = new ulong[keys.Length * 2];
        Array.Copy(keys, larger, Count);
        keys = larger;
        slots = new int[keys.Length * 2];
        for (var index = 0; index < Count; index++)
        {
            slots[SlotOf(keys[index])] = index + 1;
        }
    }
}
