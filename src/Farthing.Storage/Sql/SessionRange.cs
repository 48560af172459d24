using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>What sessions did in a range: on its whole days by their sums, at its edges by the calls themselves.</summary>
/// <param name="source">Where rows come from.</param>
/// <param name="cover">The range.</param>
/// <param name="edges">The calls at the edges.</param>
internal sealed class SessionRange(ISessionSource source, RangeCover cover, IReadOnlyList<SessionRow> edges)
{
    /// <summary>The whole days.</summary>
    public RangeCover Cover => cover;

    /// <summary>The calls outside of them.</summary>
    public IReadOnlyList<SessionRow> Edges => edges;

    /// <summary>Reads the edges of a range.</summary>
    public static async ValueTask<SessionRange> ReadAsync(ISessionSource source, RangeCover cover)
    {
        var edges = new List<SessionRow>();
        foreach (var (range, _) in cover.Edges)
        {
            edges.AddRange(await source.RawAsync(range));
        }

        return new(source, cover, edges);
    }

    /// <summary>All that the sessions with some keys used in the range.</summary>
    public async ValueTask<SessionSums> WholeAsync(IReadOnlyCollection<string> keys)
    {
        var sessions = await source.OfKeysAsync(keys);
        var sums = new SessionSums();
        foreach (var row in await source.OfAsync(sessions.Keys, cover.First, cover.Last))
        {
            Add(row);
        }

        foreach (var row in edges)
        {
            if (sessions.ContainsKey(row.Session))
            {
                Add(row);
            }
        }

        return sums;

        void Add(in SessionRow row) => sums.Add(
            source.SeriesOf(row.Series), sessions[row.Session], DateTimeOffset.FromUnixTimeMilliseconds(row.FirstAt),
            DateTimeOffset.FromUnixTimeMilliseconds(row.LastAt), row.ToSum());
    }
}
