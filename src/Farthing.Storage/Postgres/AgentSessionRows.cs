using Farthing.Domain.Usage;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Farthing.Storage.Sql.AgentSessions;
using Farthing.Workflows.Sessions;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>Reads and writes reported sessions beside the calls of a batch, inside the transaction of its owner.</summary>
internal static class AgentSessionRows
{
    /// <summary>So many sessions are asked for at once; a statement takes only so many parameters.</summary>
    private const int QueryMax = 500;

    /// <summary>As much of a session's key as the index over sessions holds.</summary>
    private const int IndexedLength = 100;

    /// <summary>The sessions that a batch's calls may belong to and that count for something of their own. No session, no look.</summary>
    private const string Counted =
        """
        EXISTS (SELECT 1 FROM agent_sessions LIMIT 1) AND agent_sessions.known_by_calls = 0
        AND agent_sessions.org = asked.whose AND agent_sessions.id = asked.session
        AND (asked.caller = '' OR agent_sessions.engineer = '' OR asked.caller = agent_sessions.engineer)
        """;

    /// <summary>Reads what reports are about.</summary>
    public static async Task<SessionBook> ReadBookAsync(NpgsqlConnection connection, string org, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var (known, callers) = (new List<AgentSession>(), new List<SessionCaller>());
        foreach (var part in ids.Chunk(QueryMax))
        {
            known.AddRange(await connection.ReadAsync(AgentSessionText.ByIds(org, part), static row => AgentSessionRow.Read(row), cancellationToken));
            callers.AddRange(await ReadCallersAsync(connection, org, part, cancellationToken));
        }

        return new(known, callers);
    }

    /// <summary>Keeps sessions, and counts them.</summary>
    public static async Task KeepAsync(NpgsqlConnection connection, IReadOnlyCollection<KeptSession> sessions, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var kept in sessions)
        {
            batch.BatchCommands.Add(CommandOf(AgentSessionRow.Upsert(kept.After)));
        }

        foreach (var change in SessionTallies.Changes(sessions))
        {
            batch.BatchCommands.Add(CommandOf(change));
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>The sessions with sums of their own that calls may be calls of.</summary>
    public static async Task<IReadOnlyList<AgentSession>> ReadCountedAsync(
        NpgsqlConnection connection, IEnumerable<UsageEvent> calls, CancellationToken cancellationToken)
    {
        if (ParametersOf(calls) is not { } parameters)
        {
            return [];
        }

        await using var command = connection.Say(
            $"SELECT {AgentSessionRow.Columns} FROM unnest($1, $2, $3) AS asked (whose, session, caller), agent_sessions WHERE {Counted}", parameters);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = await rows.ReadAllAsync(static row => AgentSessionRow.Read(row), cancellationToken);
        return [.. found.DistinctBy(static session => (session.Org, session.Id))];
    }

    /// <summary>
    /// Adds the statement that marks sessions with sums of their own that calls are calls of; null when no call names a
    /// session. When it marks any, the batch is not plain: the sums must go.
    /// </summary>
    public static NpgsqlBatchCommand? AddMark(NpgsqlBatch batch, IEnumerable<UsageEvent> calls) => ParametersOf(calls) is { } parameters
        ? batch.Add($"UPDATE agent_sessions SET known_by_calls = 1 FROM unnest($1, $2, $3) AS asked (whose, session, caller) WHERE {Counted}", parameters)
        : null;

    /// <summary>Marks a session as known by its calls.</summary>
    public static async Task MarkAsync(NpgsqlConnection connection, AgentSession session, CancellationToken cancellationToken)
    {
        await using var command = connection.Say(AgentSessionText.MarkKnownByCalls(session.Org, session.Id));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter[]? ParametersOf(IEnumerable<UsageEvent> calls)
    {
        var asked = new HashSet<(string Org, string Id, string Caller)>();
        foreach (var call in calls)
        {
            if (call.Session.Key.Length > 0 && (call.Quality & EventQuality.SessionTotal) == EventQuality.Good)
            {
                asked.Add((call.Dimensions.Org, call.Session.Key, call.Dimensions.User));
            }
        }

        return asked.Count == 0
            ? null
            :
            [
                Statements.Of(asked.Select(static one => PostgresText.Write(one.Org)).ToArray()),
                Statements.Of(asked.Select(static one => PostgresText.Write(one.Id)).ToArray()),
                Statements.Of(asked.Select(static one => PostgresText.Write(one.Caller)).ToArray()),
            ];
    }

    /// <summary>Who made calls in sessions: the index over the calls tells it.</summary>
    private static Task<IReadOnlyList<SessionCaller>> ReadCallersAsync(
        NpgsqlConnection connection, string org, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var sql = new SqlText()
            .Add(
                """
                SELECT DISTINCT s.key, r."user" FROM sessions s
                CROSS JOIN LATERAL (SELECT DISTINCT e.series FROM events e WHERE e.session = s.id AND e.quality &
                """,
                (long)EventQuality.SessionTotal)
            .Add("= 0) AS called JOIN series r ON r.id = called.series WHERE s.org =", org)
            .AddIn("""AND left(s.key, 100) COLLATE "C" """, ids.Select(static id => id[..Math.Min(id.Length, IndexedLength)]).Distinct(StringComparer.Ordinal))
            .AddIn("AND s.key", ids);
        return connection.ReadAsync(sql, static row => new SessionCaller(row.Text(0), row.Text(1)), cancellationToken);
    }

    private static NpgsqlBatchCommand CommandOf(SqlText sql)
    {
        var command = new NpgsqlBatchCommand(sql.ToString());
        foreach (var value in sql.Parameters)
        {
            command.Parameters.Add(value is long number ? Statements.Of(number) : Statements.Of(PostgresText.Write((string)value)));
        }

        return command;
    }
}
