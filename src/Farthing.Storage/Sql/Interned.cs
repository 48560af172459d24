using System.Runtime.CompilerServices;

namespace Farthing.Storage.Sql;

/// <summary>Remembers the numbers that a table gives to values, so that the table is asked once per value.</summary>
/// <param name="store">Finds the value in the table, or inserts it, and tells its number.</param>
/// <param name="comparer">When two values are the same.</param>
internal sealed class Interned<TValue>(Func<TValue, int> store, IEqualityComparer<TValue> comparer)
    where TValue : class
{
    private const int KnownMax = 65_536;
    private const int RecentSlots = 64;

    private readonly Dictionary<TValue, int> known = new(comparer);

    /// <summary>Events that follow each other mostly share the very objects: no need to compare a dozen texts.</summary>
    private readonly TValue?[] recent = new TValue?[RecentSlots];
    private readonly int[] recentIds = new int[RecentSlots];

    /// <summary>The number of a value.</summary>
    public int IdOf(TValue value)
    {
        var slot = RuntimeHelpers.GetHashCode(value) % RecentSlots;
        if (!ReferenceEquals(recent[slot], value))
        {
            recentIds[slot] = Look(value);
            recent[slot] = value;
        }

        return recentIds[slot];
    }

    /// <summary>Tells a number that the table gave by another way.</summary>
    public void Remember(TValue value, int id)
    {
        if (known.Count >= KnownMax)
        {
            known.Clear();
        }

        known[value] = id;
    }

    /// <summary>Forgets everything: the table may have changed.</summary>
    public void Forget()
    {
        known.Clear();
        Array.Clear(recent);
    }

    private int Look(TValue value)
    {
        if (!known.TryGetValue(value, out var id))
        {
            id = store(value);
            Remember(value, id);
        }

        return id;
    }
}
