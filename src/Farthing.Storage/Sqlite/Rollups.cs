using System.Text;
using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>
/// The sums of the events at every level. Changes are written once per row at the end of a batch, in the order of the
/// tables.
/// </summary>
internal sealed class Rollups(Connection connection, EventPlaces places, LocalDays days)
{
    private readonly RollupChanges changes = new(days);
    private readonly CoarseNumbers coarse = new(places);
    private readonly SessionDayTable sessions = new(connection);

    private (RollupTable Table, DailyChanges Changes)[] Levels => field ??=
        [.. changes.Levels.Select(level => (new RollupTable(connection, level.Level), level.Changes))];

    /// <summary>Counts a call.</summary>
    public void Add(UsageEvent usage, in StoredCost cost, in EventPlace place) => changes.Add(usage, cost, place);

    /// <summary>Takes a counted call back.</summary>
    public void Remove(UsageEvent usage, in StoredCost cost, in EventPlace place) => changes.Remove(usage, cost, place);

    /// <summary>Writes the changes of the batch.</summary>
    public void Write()
    {
        changes.SumUp(coarse);
        sessions.Write(changes.Sessions, coarse);
        foreach (var (table, level) in Levels)
        {
            table.Write(level, changes.HasRemovals);
        }

        changes.Clear();
    }

    /// <summary>Drops the changes of a batch that failed, and what is remembered of the series.</summary>
    public void Forget()
    {
        changes.Clear();
        coarse.Forget();
        sessions.Forget();
    }
}

/// <summary>The coarser series and sessions of those that are known; they are given numbers when they are new.</summary>
internal sealed class CoarseNumbers(EventPlaces places) : ICoarseNumbers
{
    private const int KnownMax = 262_144;

    private readonly Dictionary<int, CoarseSeries> series = [];
    private readonly Dictionary<int, int> heads = [];

    /// <inheritdoc/>
    public int HeadOf(int session)
    {
        if (!heads.TryGetValue(session, out var head))
        {
            if (heads.Count >= KnownMax)
            {
                heads.Clear();
            }

            heads[session] = head = places.Sessions.HeadOf(session);
        }

        return head;
    }

    /// <summary>Forgets what it remembers: the tables may have changed.</summary>
    public void Forget()
    {
        series.Clear();
        heads.Clear();
    }

    /// <inheritdoc/>
    public CoarseSeries Of(int number)
    {
        if (!series.TryGetValue(number, out var coarse))
        {
            if (series.Count >= KnownMax)
            {
                series.Clear();
            }

            series[number] = coarse = CoarseSeries.Of(places.Series[number], places.Series.IdOf);
        }

        return coarse;
    }
}

/// <summary>The table of one level.</summary>
internal sealed class RollupTable(Connection connection, RollupLevel level)
{
    private const int FirstSum = 4;

    private Statement Upsert => field ??= connection.Prepare(
        Encoding.UTF8.GetBytes(level.Upsert("VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)")));

    private Statement DeleteEmpty => field ??= connection.Prepare(
        Encoding.UTF8.GetBytes($"DELETE FROM {level.Table} WHERE day = ?1 AND series = ?2 AND rate_card = ?3 AND calls = 0"));

    /// <summary>Writes changes.</summary>
    public void Write(DailyChanges changes, bool hasRemovals)
    {
        foreach (var row in changes.InOrder())
        {
            var (day, series, rateCard) = changes.KeyOf(row);
            var upsert = Upsert;
            upsert.Bind(1, day);
            upsert.Bind(2, series);
            upsert.Bind(3, rateCard);
            BindSums(upsert, FirstSum, changes[row]);
            upsert.Run();
            if (hasRemovals)
            {
                DeleteEmpty.Bind(1, day);
                DeleteEmpty.Bind(2, series);
                DeleteEmpty.Bind(3, rateCard);
                DeleteEmpty.Run();
            }
        }
    }

    /// <summary>Binds the sums of a row.</summary>
    public static void BindSums(Statement statement, int from, in SumChange sums)
    {
        statement.Bind(from, sums.Calls);
        statement.Bind(from + 1, sums.Input);
        statement.Bind(from + 2, sums.CacheRead);
        statement.Bind(from + 3, sums.CacheWrite5m);
        statement.Bind(from + 4, sums.CacheWrite1h);
        statement.Bind(from + 5, sums.Output);
        statement.Bind(from + 6, sums.Reasoning);
        statement.Bind(from + 7, sums.ModalityTokens);
        statement.Bind(from + 8, sums.WebSearches);
        statement.Bind(from + 9, sums.CostHigh);
        statement.Bind(from + 10, sums.CostLow);
    }
}
