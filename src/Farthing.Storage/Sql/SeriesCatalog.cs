using System.Collections.Concurrent;
using Farthing.Domain.Usage;

namespace Farthing.Storage.Sql;

/// <summary>
/// The series that have been read from a store, for all who ask at the same time. A series that somebody could read is
/// never changed and never goes, so what is remembered stays true.
/// </summary>
internal sealed class SeriesCatalog
{
    private const int KnownMax = 262_144;

    private readonly ConcurrentDictionary<int, Dimensions> known = [];
    private int count;

    /// <summary>The dimensions of a series, if it has been read.</summary>
    public Dimensions? Find(int series) => known.GetValueOrDefault(series);

    /// <summary>Remembers a series.</summary>
    public void Remember(int series, Dimensions dimensions)
    {
        if (known.TryAdd(series, dimensions) && Interlocked.Increment(ref count) > KnownMax)
        {
            Interlocked.Exchange(ref count, 0);
            known.Clear();
        }
    }
}
