using System.Text;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>The sums of the events by session, day, series and rate card, with the times of the first and the last of them.</summary>
internal sealed class SessionDayTable(Connection connection)
{
    private const int FirstSum = 5;
    private const int FirstAt = 16;

    /// <summary>Days of sessions that are remembered to be there.</summary>
    private const int KnownMax = 262_144;

    private readonly HashSet<(int Day, int Head)> known = [];
    private readonly Dictionary<(int Day, int Org), int> counts = [];
    private readonly SessionReturnTable returns = new(connection);

    private Statement Upsert => field ??= connection.Prepare(Encoding.UTF8.GetBytes(SessionText.Upsert(
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)", "min", "max")));

    private Statement DeleteEmpty => field ??= connection.Prepare(
        "DELETE FROM session_days WHERE session = ?1 AND day = ?2 AND series = ?3 AND rate_card = ?4 AND calls = 0"u8);

    private Statement InsertHead => field ??= connection.Prepare("INSERT INTO session_heads (day, head, series) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"u8);

    private Statement DeleteHead => field ??= connection.Prepare(
        """
        DELETE FROM session_heads WHERE day = ?1 AND head = ?2
            AND NOT EXISTS (SELECT 1 FROM session_days WHERE head = ?2 AND day = ?1)
        """u8);

    private Statement UpsertCount => field ??= connection.Prepare(
        """
        INSERT INTO session_counts (day, series, sessions) VALUES (?1, ?2, ?3)
        ON CONFLICT (day, series) DO UPDATE SET sessions = sessions + excluded.sessions
        """u8);

    private Statement SelectEnds => field ??= connection.Prepare(
        "SELECT first_at, last_at FROM session_days WHERE session = ?1 AND day = ?2 AND series = ?3 AND rate_card = ?4"u8);

    private Statement SelectTimes => field ??= connection.Prepare(
        """
        SELECT min(at), max(at) FROM events
        WHERE id >= ?1 AND id < ?2 AND at BETWEEN ?6 AND ?7 AND session = ?3 AND series = ?4 AND rate_card = ?5
        """u8);

    private Statement UpdateEnds => field ??= connection.Prepare(
        "UPDATE session_days SET first_at = ?5, last_at = ?6 WHERE session = ?1 AND day = ?2 AND series = ?3 AND rate_card = ?4"u8);

    /// <summary>Writes changes; the events themselves are written before.</summary>
    public void Write(SessionChanges changes, ICoarseNumbers coarse)
    {
        foreach (var number in changes.InOrder())
        {
            ref readonly var row = ref changes[number];
            var head = coarse.HeadOf(row.Session);
            BindKey(Upsert, in row);
            RollupTable.BindSums(Upsert, FirstSum, row.Sums);
            Upsert.Bind(FirstAt, row.FirstAt);
            Upsert.Bind(FirstAt + 1, row.LastAt);
            Upsert.Bind(FirstAt + 2, head);
            Upsert.Run();
            if (head != 0 && !row.HasRemovals && known.Add((row.Day, head)))
            {
                Count(InsertHead, row.Day, head, coarse.Of(row.Series).Org, 1);
            }

            if (row.HasRemovals)
            {
                BindKey(DeleteEmpty, in row);
                DeleteEmpty.Run();
                FindEnds(in row);
                CountAgain(row.Day, head, coarse.Of(row.Series).Org);
            }
        }

        WriteCounts();
    }

    /// <summary>Forgets what it remembers: the tables may have changed.</summary>
    public void Forget()
    {
        known.Clear();
        counts.Clear();
        returns.Forget();
    }

    /// <summary>Counts a session that may have lost its last call of a day, or won its first one.</summary>
    private void CountAgain(int day, int head, int org)
    {
        if (head != 0)
        {
            known.Remove((day, head));
            Count(InsertHead, day, head, org, 1);
            Count(DeleteHead, day, head, org: null, -1, org);
        }
    }

    private void Count(Statement change, int day, int head, int? org, int by, int? counted = null)
    {
        change.Bind(1, day);
        change.Bind(2, head);
        if (org is { } bound)
        {
            change.Bind(3, bound);
        }

        change.Run();
        if (connection.Changes == 1)
        {
            var key = (day, counted ?? org ?? 0);
            counts[key] = counts.GetValueOrDefault(key) + by;
            returns.Note(day, head, counted ?? org ?? 0, by);
        }
    }

    private void WriteCounts()
    {
        foreach (var ((day, org), sessions) in counts)
        {
            UpsertCount.Bind(1, day);
            UpsertCount.Bind(2, org);
            UpsertCount.Bind(3, sessions);
            UpsertCount.Run();
        }

        counts.Clear();
        returns.Write();
        if (known.Count > KnownMax)
        {
            known.Clear();
        }
    }

    private static void BindKey(Statement statement, ref readonly SessionChanges.Row row)
    {
        statement.Bind(1, row.Session);
        statement.Bind(2, row.Day);
        statement.Bind(3, row.Series);
        statement.Bind(4, row.RateCard);
    }

    /// <summary>Looks for the first and the last call of a row that may have lost one of them, between those that it had.</summary>
    private void FindEnds(ref readonly SessionChanges.Row row)
    {
        if (!row.HasLostAnEnd)
        {
            return;
        }

        BindKey(SelectEnds, in row);
        if (!SelectEnds.Step())
        {
            return;
        }

        var range = new EventRange(SelectEnds.Integer(0), SelectEnds.Integer(1) + 1);
        SelectEnds.Reset();
        SelectTimes.BindIds(1, range.FromId, range.EndId);
        SelectTimes.Bind(3, row.Session);
        SelectTimes.Bind(4, row.Series);
        SelectTimes.Bind(5, row.RateCard);
        SelectTimes.Bind(6, range.From);
        SelectTimes.Bind(7, range.End - 1);
        _ = SelectTimes.Step();
        BindKey(UpdateEnds, in row);
        UpdateEnds.Bind(5, SelectTimes.Integer(0));
        UpdateEnds.Bind(6, SelectTimes.Integer(1));
        SelectTimes.Reset();
        UpdateEnds.Run();
    }
}
