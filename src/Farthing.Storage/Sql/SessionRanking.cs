using Farthing.Domain.Money;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>
/// Lists sessions by what they cost, a page at a time. The cost of every session is added up from all its rows in the range,
/// on each page again: what a page takes grows with the range. What else a session did is looked up for those only that may be on the page.
/// </summary>
internal sealed class SessionRanking(ISessionSource source, SessionRange range)
{
    /// <summary>Reads a page.</summary>
    public async ValueTask<IReadOnlyList<SessionSpend>> ReadAsync(SessionListPage page)
    {
        var places = PlacesOf(await CostsAsync(), page);
        var sessions = await source.SessionsAsync(places);
        var keys = sessions.Values.Select(static session => session.Key).ToHashSet(StringComparer.Ordinal);
        return (await range.WholeAsync(keys)).ToPage(page);
    }

    private async ValueTask<SessionCosts> CostsAsync()
    {
        var costs = new SessionCosts();
        await source.AddCostsAsync(range.Cover.First, range.Cover.Last, costs);
        if (range.Edges.Count > 0)
        {
            var heads = await source.HeadsAsync([.. range.Edges.Select(static row => row.Session).Distinct()]);
            foreach (var row in range.Edges)
            {
                costs.Add(heads.GetValueOrDefault(row.Session), row.Sums.CostHigh, row.Sums.CostLow, row.LastAt);
            }
        }

        return costs;
    }

    /// <summary>
    /// The numbers of the sessions that may be on a page. Those with the same cost and the same last call are ordered by their keys, which
    /// are not known here; so all of them are among these that are level with the place where the page begins or ends.
    /// </summary>
    private static List<int> PlacesOf(SessionCosts costs, SessionListPage page)
    {
        Rank? from = page.After is { } after ? new Rank(after.Cost, after.LastAt.ToUnixTimeMilliseconds()) : null;
        var worst = new PriorityQueue<Rank, Rank>(Comparer<Rank>.Create(static (left, right) => right.CompareTo(left)));
        foreach (var (_, rank) in costs.Ranks())
        {
            if ((from is not { } begin || rank > begin) && (worst.Count < page.Limit || rank < worst.Peek()))
            {
                worst.Enqueue(rank, rank);
                if (worst.Count > page.Limit)
                {
                    worst.Dequeue();
                }
            }
        }

        var last = worst.Count > 0 ? worst.Peek() : from;
        return
        [
            .. costs.Ranks()
                .Where(session => (from is not { } begin || session.Rank >= begin) && (last is not { } end || session.Rank <= end))
                .Select(static session => session.Head),
        ];
    }
}

/// <summary>A place in the list without the key: the dearest first, of equal ones that with the latest call.</summary>
internal readonly record struct Rank(Usd Cost, long LastAt) : IComparable<Rank>
{
    /// <inheritdoc/>
    public int CompareTo(Rank other)
    {
        var order = other.Cost.CompareTo(Cost);
        return order != 0 ? order : other.LastAt.CompareTo(LastAt);
    }

    public static bool operator <(Rank left, Rank right) => left.CompareTo(right) < 0;

    public static bool operator >(Rank left, Rank right) => left.CompareTo(right) > 0;

    public static bool operator <=(Rank left, Rank right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Rank left, Rank right) => left.CompareTo(right) >= 0;
}

/// <summary>What sessions cost, estimates included, by the number that a session has whatever its version. What has no price costs nothing.</summary>
internal sealed class SessionCosts
{
    private const int ExpectedMax = 1_000_000;

    private readonly Dictionary<int, (long High, long Low, long LastAt)> costs = [];
    private (int Head, long High, long Low, long LastAt) run;

    /// <summary>Makes room for about so many sessions at once, instead of more and more.</summary>
    public void Expect(int sessions) => costs.EnsureCapacity(Math.Min(sessions, ExpectedMax));

    /// <summary>Adds what a session cost. What follows each other of one session is added up before it is looked for.</summary>
    /// <param name="head">Its number; 0 for calls without a session.</param>
    /// <param name="high">The upper halves of the amounts.</param>
    /// <param name="low">The lower halves.</param>
    /// <param name="lastAt">The last call of it.</param>
    public void Add(int head, long high, long low, long lastAt)
    {
        if (head == run.Head)
        {
            run = (head, run.High + high, run.Low + low, Math.Max(run.LastAt, lastAt));
            return;
        }

        EndRun();
        run = (head, high, low, lastAt);
    }

    /// <summary>The sessions, in no order.</summary>
    public IEnumerable<(int Head, Rank Rank)> Ranks()
    {
        EndRun();
        return costs.Select(static cost => (cost.Key, new Rank(StoredCost.Join(cost.Value.High, cost.Value.Low), cost.Value.LastAt)));
    }

    private void EndRun()
    {
        if (run.Head != 0)
        {
            ref var cost = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(costs, run.Head, out var isKnown);
            cost = isKnown ? (cost.High + run.High, cost.Low + run.Low, Math.Max(cost.LastAt, run.LastAt)) : (run.High, run.Low, run.LastAt);
        }

        run = default;
    }
}
