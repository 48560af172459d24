using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>Writes what a batch changes in the sums of every level, in the order of the changes, so that batches wait for each other in one direction.</summary>
internal static class RollupRows
{
    private static readonly string UpsertSessions = SessionText.Upsert(
        "SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)", "least", "greatest");

    private const string DeleteEmptySessions =
        """
        DELETE FROM session_days USING unnest($1, $2, $3, $4) AS changed (session, day, series, rate_card)
        WHERE session_days.session = changed.session AND session_days.day = changed.day AND session_days.series = changed.series
          AND session_days.rate_card = changed.rate_card AND session_days.calls = 0
        """;

    /// <summary>Looks for the first and the last call of rows that may have lost one of them.</summary>
    private const string FindEnds =
        """
        UPDATE session_days SET first_at = found.first_at, last_at = found.last_at
        FROM unnest($1, $2, $3, $4) AS changed (session, day, series, rate_card)
        CROSS JOIN LATERAL (
            SELECT min(e.at) AS first_at, max(e.at) AS last_at
            FROM session_days d JOIN events e ON e.session = d.session AND e.series = d.series AND e.rate_card = d.rate_card
                AND e.at BETWEEN d.first_at AND d.last_at
            WHERE d.session = changed.session AND d.day = changed.day AND d.series = changed.series AND d.rate_card = changed.rate_card
        ) AS found
        WHERE session_days.session = changed.session AND session_days.day = changed.day AND session_days.series = changed.series
          AND session_days.rate_card = changed.rate_card AND found.first_at IS NOT NULL
        """;

    /// <summary>
    /// Whoever counts a session on a day for the first time holds the session until the commit: on which days it was before,
    /// and on which it was again, is not known while somebody else adds one.
    /// </summary>
    private const string LockNew =
        """
        SELECT 1 FROM sessions WHERE id IN (
            SELECT changed.head FROM unnest($1, $2) AS changed (day, head)
            WHERE NOT EXISTS (SELECT 1 FROM session_heads h WHERE h.day = changed.day AND h.head = changed.head)
        ) ORDER BY id FOR NO KEY UPDATE
        """;

    /// <summary>Counts sessions that had no call on a day before.</summary>
    private const string CountNew =
        $"""
        WITH come AS (
            INSERT INTO session_heads (day, head, series) SELECT DISTINCT * FROM unnest($1, $2, $3) ORDER BY 1, 2
            ON CONFLICT (day, head) DO NOTHING RETURNING day, head, series
        ), counted AS (
            INSERT INTO session_counts (day, series, sessions) SELECT day, series, count(*)::int FROM come GROUP BY 1, 2 ORDER BY 1, 2
            ON CONFLICT (day, series) DO UPDATE SET sessions = session_counts.sessions + excluded.sessions
        ), known AS (
            SELECT h.day, h.head, h.series, true AS was, true AS is_now FROM session_heads h WHERE h.head IN (SELECT head FROM come)
            UNION ALL SELECT day, head, series, false, true FROM come
        )
        {CountReturns}
        """;

    /// <summary>Takes sessions back that have no call on a day any more.</summary>
    private const string CountGone =
        $"""
        WITH gone AS (
            DELETE FROM session_heads USING (SELECT DISTINCT * FROM unnest($1, $2, $3)) AS changed (day, head, series)
            WHERE session_heads.day = changed.day AND session_heads.head = changed.head
              AND NOT EXISTS (SELECT 1 FROM session_days d WHERE d.head = changed.head AND d.day = changed.day)
            RETURNING session_heads.day, session_heads.head, session_heads.series
        ), counted AS (
            UPDATE session_counts SET sessions = session_counts.sessions - lost.sessions
            FROM (SELECT day, series, count(*)::int AS sessions FROM gone GROUP BY 1, 2) AS lost
            WHERE session_counts.day = lost.day AND session_counts.series = lost.series
        ), known AS (
            SELECT h.day, h.head, h.series, true AS was, NOT EXISTS (SELECT 1 FROM gone WHERE gone.day = h.day AND gone.head = h.head) AS is_now
            FROM session_heads h WHERE h.head IN (SELECT head FROM gone)
        )
        {CountReturns}
        """;

    /// <summary>What changes in the days that follow another one of the same session, from the days that it was known on before and is known on now.</summary>
    private const string CountReturns =
        """
        INSERT INTO session_returns (day, previous, series, sessions)
        SELECT day, previous, series, sum(change)::int FROM (
            SELECT day, lag(day) OVER (PARTITION BY head ORDER BY day) AS previous, series, 1 AS change FROM known WHERE is_now
            UNION ALL SELECT day, lag(day) OVER (PARTITION BY head ORDER BY day), series, -1 FROM known WHERE was
        ) AS changed WHERE previous IS NOT NULL GROUP BY 1, 2, 3 HAVING sum(change) <> 0 ORDER BY 1, 2, 3
        ON CONFLICT (day, previous, series) DO UPDATE SET sessions = session_returns.sessions + excluded.sessions
        """;

    /// <summary>Adds the statements that write the changes, if there are any; the events themselves are written before.</summary>
    public static void AddTo(NpgsqlBatch batch, RollupChanges changes, ICoarseNumbers coarse)
    {
        AddSessions(batch, changes.Sessions, coarse, changes.HasRemovals);
        foreach (var (level, rows) in changes.Levels)
        {
            AddLevel(batch, level, rows, changes.HasRemovals);
        }

        AddCounts(batch, changes, coarse);
    }

    private static void AddCounts(NpgsqlBatch batch, RollupChanges changes, ICoarseNumbers coarse)
    {
        var keys = new HashSet<(int Day, int Head, int Org)>();
        for (var row = 0; row < changes.Sessions.Count; row++)
        {
            ref readonly var change = ref changes.Sessions[row];
            if (coarse.HeadOf(change.Session) is > 0 and var head)
            {
                keys.Add((change.Day, head, coarse.Of(change.Series).Org));
            }
        }

        if (keys.Count > 0)
        {
            batch.Add(LockNew, Columns().AsSpan(0, 2));
            batch.Add(CountNew, Columns());
        }

        if (keys.Count > 0 && changes.HasRemovals)
        {
            batch.Add(CountGone, Columns());
        }

        NpgsqlParameter[] Columns() =>
        [
            Statements.Of(keys.Select(key => key.Day).ToArray()), Statements.Of(keys.Select(key => key.Head).ToArray()),
            Statements.Of(keys.Select(key => key.Org).ToArray()),
        ];
    }

    private static void AddLevel(NpgsqlBatch batch, RollupLevel level, DailyChanges changes, bool hasRemovals)
    {
        var rows = changes.InOrder();
        if (rows.Length == 0)
        {
            return;
        }

        var (day, series, rateCard) = (new int[rows.Length], new int[rows.Length], new int[rows.Length]);
        var sums = NewSums(rows.Length);
        for (var index = 0; index < rows.Length; index++)
        {
            (day[index], series[index], rateCard[index]) = changes.KeyOf(rows[index]);
            Fill(sums, index, changes[rows[index]]);
        }

        batch.Add(
            level.Upsert("SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"),
            [Statements.Of(day), Statements.Of(series), Statements.Of(rateCard), .. sums.Select(Statements.Of)]);
        if (hasRemovals)
        {
            batch.Add(
                $"""
                DELETE FROM {level.Table} USING unnest($1, $2, $3) AS changed (day, series, rate_card)
                WHERE {level.Table}.day = changed.day AND {level.Table}.series = changed.series AND {level.Table}.rate_card = changed.rate_card
                  AND {level.Table}.calls = 0
                """,
                Statements.Of(day), Statements.Of(series), Statements.Of(rateCard));
        }
    }

    private static void AddSessions(NpgsqlBatch batch, SessionChanges changes, ICoarseNumbers coarse, bool hasRemovals)
    {
        var rows = changes.InOrder();
        if (rows.Length == 0)
        {
            return;
        }

        var sums = NewSums(rows.Length);
        var (firstAt, lastAt, head) = (new long[rows.Length], new long[rows.Length], new int[rows.Length]);
        for (var index = 0; index < rows.Length; index++)
        {
            ref readonly var row = ref changes[rows[index]];
            Fill(sums, index, row.Sums);
            (firstAt[index], lastAt[index], head[index]) = (row.FirstAt, row.LastAt, coarse.HeadOf(row.Session));
        }

        batch.Add(
            UpsertSessions,
            [.. KeysOf(changes, rows), .. sums.Select(Statements.Of), Statements.Of(firstAt), Statements.Of(lastAt), Statements.Of(head)]);
        if (!hasRemovals)
        {
            return;
        }

        batch.Add(DeleteEmptySessions, KeysOf(changes, rows));
        var lost = new List<int>();
        foreach (var row in rows)
        {
            if (changes[row].HasLostAnEnd)
            {
                lost.Add(row);
            }
        }

        if (lost.Count > 0)
        {
            batch.Add(FindEnds, KeysOf(changes, [.. lost]));
        }
    }

    private static NpgsqlParameter[] KeysOf(SessionChanges changes, ReadOnlySpan<int> rows)
    {
        var keys = new int[4][];
        for (var column = 0; column < keys.Length; column++)
        {
            keys[column] = new int[rows.Length];
        }

        for (var index = 0; index < rows.Length; index++)
        {
            ref readonly var row = ref changes[rows[index]];
            (keys[0][index], keys[1][index], keys[2][index], keys[3][index]) = (row.Session, row.Day, row.Series, row.RateCard);
        }

        return Array.ConvertAll(keys, Statements.Of);
    }

    private static long[][] NewSums(int length)
    {
        var sums = new long[SumChange.Columns.Length][];
        for (var column = 0; column < sums.Length; column++)
        {
            sums[column] = new long[length];
        }

        return sums;
    }

    private static void Fill(long[][] sums, int index, in SumChange change)
    {
        for (var column = 0; column < sums.Length; column++)
        {
            sums[column][index] = change[column];
        }
    }
}
