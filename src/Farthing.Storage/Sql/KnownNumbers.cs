using System.Runtime.CompilerServices;

namespace Farthing.Storage.Sql;

/// <summary>The numbers that a table has given to values, as far as they have been asked for.</summary>
/// <param name="comparer">When two values are the same.</param>
internal sealed class KnownNumbers<TValue>(IEqualityComparer<TValue> comparer)
    where TValue : class
{
    private const int KnownMax = 65_536;
    private const int RecentSlots = 64;

    private readonly Dictionary<TValue, int> known = new(comparer);

    /// <summary>Events that follow each other mostly share the very objects: no need to compare a dozen texts.</summary>
    private readonly TValue?[] recent = new TValue?[RecentSlots];
    private readonly int[] recentNumbers = new int[RecentSlots];

    /// <summary>The number of a value, if it is known.</summary>
    public bool TryFind(TValue value, out int number)
    {
        var slot = RuntimeHelpers.GetHashCode(value) % RecentSlots;
        if (ReferenceEquals(recent[slot], value))
        {
            number = recentNumbers[slot];
            return true;
        }

        if (!known.TryGetValue(value, out number))
        {
            return false;
        }

        (recent[slot], recentNumbers[slot]) = (value, number);
        return true;
    }

    /// <summary>Notes a number.</summary>
    public void Remember(TValue value, int number) => known[value] = number;

    /// <summary>Forgets everything when there is too much of it.</summary>
    public void Trim()
    {
        if (known.Count >= KnownMax)
        {
            Forget();
        }
    }

    /// <summary>Forgets everything: the table may have changed.</summary>
    public void Forget()
    {
        known.Clear();
        Array.Clear(recent);
    }
}
