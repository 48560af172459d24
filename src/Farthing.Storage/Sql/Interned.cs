namespace Farthing.Storage.Sql;

/// <summary>Remembers the numbers that a table gives to values, so that the table is asked once per value.</summary>
/// <param name="store">Finds the value in the table, or inserts it, and tells its number.</param>
/// <param name="comparer">When two values are the same.</param>
internal sealed class Interned<TValue>(Func<TValue, int> store, IEqualityComparer<TValue> comparer)
    where TValue : class
{
    private readonly KnownNumbers<TValue> known = new(comparer);

    /// <summary>The number of a value.</summary>
    public int IdOf(TValue value)
    {
        if (!known.TryFind(value, out var id))
        {
            id = store(value);
            Remember(value, id);
        }

        return id;
    }

    /// <summary>Tells a number that the table gave by another way.</summary>
    public void Remember(TValue value, int id)
    {
        known.Trim();
        known.Remember(value, id);
    }

    /// <summary>Forgets everything: the table may have changed.</summary>
    public void Forget() => known.Forget();
}
