using System.Data;
using Farthing.Domain.Usage;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Farthing.Storage.Sql.AgentSessions;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Sessions;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>
/// Appends batches. One of plain new events is one statement and shares its organisations with others of that kind; any
/// other batch has them to itself: what it may belong to is read at once, settled in memory and written at once.
/// </summary>
internal sealed class UsageWriter(NpgsqlDataSource source, LocalDays days)
{
    /// <summary>How often a transaction is begun anew that gave way to another one.</summary>
    private const int TriesMax = 5;

    /// <summary>Locks of organisations: <c>FRTH</c> and one of so many slots, for the server has room for some thousands.</summary>
    private const int LockClass = 0x46525448;
    private const uint LockSlots = 256;

    /// <summary>
    /// Plans that look into an index row by row, for as long as the transaction lasts: the server keeps a plan that it made
    /// when a table was small. None of them is worth compiling.
    /// </summary>
    private const string PlanByIndex =
        """
        SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
            set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true)
        """;

    private readonly EventNumbers numbers = new(source);
    private readonly RollupChanges rollups = new(days);
    private readonly KeyOrder order = new();

    /// <summary>Makes a batch durable, or leaves everything as it was.</summary>
    public async Task<AppendResult> AppendAsync(AppendBatch batch, CancellationToken cancellationToken)
    {
        numbers.Begin();
        foreach (var (usage, rating, file) in batch.Events)
        {
            numbers.Note(usage, rating.Card);
            numbers.NoteFile(file);
        }

        foreach (var path in batch.Positions.Keys)
        {
            numbers.NoteFile(path);
        }

        await numbers.StoreNotedAsync(cancellationToken);
        return await TryAsync(
            async () =>
            {
                if (!batch.IsPlain || !await TryAppendNewAsync(batch, cancellationToken))
                {
                    await AppendAnyAsync(batch, cancellationToken);
                }

                return batch.Tell();
            });
    }

    /// <summary>Changes reported sessions and makes them durable with what they count for, alone in their organisation.</summary>
    public async Task<T> ChangeSessionsAsync<T>(string org, IReadOnlyList<string> ids, Func<SessionBook, T> change, CancellationToken cancellationToken)
    {
        numbers.Begin();
        numbers.NoteFile(string.Empty);
        await numbers.StoreNotedAsync(cancellationToken);
        return await TryAsync(
            async () =>
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
                await using (var begin = Begin(connection, transaction, [org], exclusive: true))
                {
                    await begin.ExecuteNonQueryAsync(cancellationToken);
                }

                var book = await AgentSessionRows.ReadBookAsync(connection, org, ids, cancellationToken);
                var result = change(book);
                var known = await KnownCalls.ReadAsync(connection, TotalsReplacement.EventsOf(book.Kept), cancellationToken);
                new TotalsReplacement(known).Replace(book.Kept, numbers.FileOf(string.Empty));
                await WriteAsync(connection, transaction, [], known, cancellationToken);
                await AgentSessionRows.KeepAsync(connection, book.Kept, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return result;
            });
    }

    private static async Task<T> TryAsync<T>(Func<Task<T>> write)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await write();
            }
            catch (PostgresException failure) when (attempt < TriesMax && PostgresFailures.IsWorthAnotherTry(failure))
            {
                // Rolled back as a whole; it is begun anew.
            }
        }
    }

    /// <summary>Appends a batch of plain events, provided that all of them are new; false, and nothing done, when one is not.</summary>
    private async Task<bool> TryAppendNewAsync(AppendBatch batch, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await using var statements = Begin(connection, transaction, batch.Orgs, exclusive: false);
        var insert = ColumnsOf(batch).AddTo(statements, areNew: false);
        await AddRollupsAsync(statements, cancellationToken);
        LogRows.AddTo(statements, batch.Positions.Values, numbers);
        var mark = AgentSessionRows.AddMark(statements, batch.Events.Select(static rated => rated.Usage));
        await statements.ExecuteNonQueryAsync(cancellationToken);
        if (insert.RecordsAffected != batch.Events.Count || mark?.RecordsAffected > 0)
        {
            await transaction.RollbackAsync(cancellationToken);
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        Array.Clear(batch.Verdicts);
        return true;
    }

    /// <summary>Appends whatever it is, alone in its organisations.</summary>
    private async Task AppendAnyAsync(AppendBatch batch, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await using (var begin = Begin(connection, transaction, batch.Orgs, exclusive: true))
        {
            await begin.ExecuteNonQueryAsync(cancellationToken);
        }

        var records = batch.Events.ConvertAll(rated => rated.Usage);
        var counted = await AgentSessionRows.ReadCountedAsync(connection, records, cancellationToken);
        var known = await KnownCalls.ReadAsync(connection, [.. records, .. counted.SelectMany(SessionTotals.Of)], cancellationToken);
        var reconciliation = new Reconciliation(known);
        for (var index = 0; index < batch.Events.Count; index++)
        {
            var rated = batch.Events[index];
            batch.Verdicts[index] = reconciliation.Settle(rated, numbers.FileOf(rated.File));
        }

        await TakeBackKnownByCallsAsync(connection, counted, known, cancellationToken);
        await WriteAsync(connection, transaction, batch.Positions.Values, known, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Takes back what sessions counted for of which calls have just come.</summary>
    private static async Task TakeBackKnownByCallsAsync(
        NpgsqlConnection connection, IReadOnlyList<AgentSession> counted, KnownCalls known, CancellationToken cancellationToken)
    {
        if (counted.Count == 0)
        {
            return;
        }

        var calls = known.Inserted.ToLookup(static call => call.Usage.Session.Key, static call => call.Usage.Dimensions, StringComparer.Ordinal);
        foreach (var session in counted)
        {
            if (calls[session.Id].Any(of => of.Org == session.Org && SessionTotals.Owns(session, of.User)))
            {
                new TotalsReplacement(known).TakeBack(SessionTotals.Of(session));
                await AgentSessionRows.MarkAsync(connection, session, cancellationToken);
            }
        }
    }

    private async Task WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<LogPosition> positions, KnownCalls known, CancellationToken cancellationToken)
    {
        var inserted = known.Inserted;
        foreach (var call in inserted)
        {
            numbers.Note(call.Usage, call.Rating.Card);
        }

        // A joined call may have dimensions that no record had.
        await numbers.StoreNotedAsync(cancellationToken);
        await using var statements = new NpgsqlBatch(connection, transaction);
        rollups.Clear();
        KnownRows.AddRemovals(statements, known, rollups, numbers);
        var columns = ColumnsOf(inserted);
        var insert = columns.Count > 0 ? columns.AddTo(statements, areNew: true) : null;
        KnownRows.AddNames(statements, known);
        await AddRollupsAsync(statements, cancellationToken);
        LogRows.AddTo(statements, positions, numbers);
        if (statements.BatchCommands.Count > 0)
        {
            await statements.ExecuteNonQueryAsync(cancellationToken);
        }

        if (insert is not null && insert.RecordsAffected != columns.Count)
        {
            throw new InvalidOperationException("Calls that were not found are there.");
        }
    }

    private async Task AddRollupsAsync(NpgsqlBatch statements, CancellationToken cancellationToken)
    {
        await numbers.StoreCoarseAsync(cancellationToken);
        rollups.SumUp(numbers);
        RollupRows.AddTo(statements, rollups, numbers);
    }

    /// <summary>The first statements of every transaction: how to plan, and the locks of the organisations, in one order.</summary>
    private static NpgsqlBatch Begin(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<string> orgs, bool exclusive)
    {
        var statements = new NpgsqlBatch(connection, transaction);
        statements.Add(PlanByIndex);
        statements.Add(
            exclusive
                ? "SELECT pg_advisory_xact_lock($1, slot) FROM unnest($2) AS slot"
                : "SELECT pg_advisory_xact_lock_shared($1, slot) FROM unnest($2) AS slot",
            Statements.Of(LockClass), Statements.Of(orgs.Select(SlotOf).Distinct().Order().ToArray()));
        return statements;
    }

    /// <summary>The same for all processes and versions.</summary>
    private static int SlotOf(string org) => (int)(unchecked((ulong)EventId.AliasOf(org, string.Empty, string.Empty)) % LockSlots);

    private EventColumns ColumnsOf(AppendBatch batch)
    {
        rollups.Clear();
        order.Clear(batch.Events.Count);
        for (var index = 0; index < batch.Events.Count; index++)
        {
            order.Add(batch.Events[index].Usage.Id.High, index);
        }

        order.Sort();
        var columns = new EventColumns(batch.Events.Count);
        foreach (var index in order.Items)
        {
            var (usage, rating, file) = batch.Events[index];
            Add(columns, usage, rating, numbers.FileOf(file));
        }

        return columns;
    }

    private EventColumns ColumnsOf(List<StoredCall> calls)
    {
        var columns = new EventColumns(calls.Count);
        foreach (var (usage, rating, file) in calls)
        {
            Add(columns, usage, rating, file);
        }

        return columns;
    }

    private void Add(EventColumns columns, UsageEvent usage, in Domain.Pricing.Rating rating, int file)
    {
        _ = StoredCost.TryFrom(rating.Cost, out var cost);
        var place = numbers.Of(usage, rating.Card, file);
        columns.Add(usage, cost, place);
        rollups.Add(usage, cost, place);
        numbers.NoteCoarse(usage, place);
    }
}
