using System.Collections.Concurrent;
using Farthing.Domain.Ledger;
using Farthing.Storage.Postgres.Engine;
using Farthing.Workflows.Crediting;
using Npgsql;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>
/// Does units of work: one round trip locks and loads, unless everything is remembered from the unit before; one writes and
/// commits.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="time">A clock instead of the database's; null for that.</param>
internal sealed class LedgerUnits(PostgresDatabase database, TimeProvider? time)
{
    /// <summary>What the server says when a conditional statement missed a row.</summary>
    private const string RowMissing = "FRT01";

    /// <summary>
    /// The planner knows nothing of a new table until it was analyzed, and the server gets to that once a minute; until
    /// then it may read a whole organisation for one row. So the tables are analyzed after so many units of a process.
    /// </summary>
    private static readonly long[] AnalyzedAfter = [32, 512];

    private readonly AccountNumbers numbers = new();
    private readonly LedgerMemory memory = new(time);
    private readonly ConcurrentDictionary<string, bool> chains = new(StringComparer.Ordinal);
    private long done;

    /// <summary>Does requests in one transaction.</summary>
    public async Task ApplyAsync(IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            try
            {
                await ApplyAsync(connection, requests, cancellationToken);
            }
            catch
            {
                await RollBackAsync(connection);
                throw;
            }

            if (AnalyzedAfter.AsSpan().Contains(Interlocked.Increment(ref done)))
            {
                await AnalyzeAsync(connection);
            }
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.NumericValueOutOfRange)
        {
            throw new OverflowException("An account of the ledger cannot count that far.", failure);
        }
        catch (PostgresException failure) when (IsRace(failure))
        {
            throw new LedgerRaceException(failure.MessageText, failure);
        }
        catch (NpgsqlException failure)
        {
            throw PostgresFailures.Tell(failure, database.Url);
        }
    }

    private async Task ApplyAsync(NpgsqlConnection connection, IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken)
    {
        var keys = LedgerKeys.Of(requests);
        if (memory.Begin(keys) is { } remembered)
        {
            try
            {
                await FinishAsync(connection, remembered, requests, cancellationToken);
                return;
            }
            catch (Exception failure) when (failure is LedgerRaceException or OverflowException || (failure is PostgresException refused && IsRace(refused)))
            {
                // What was remembered is not so any more; what is loaded is.
                await RollBackAsync(connection);
            }
        }

        await FinishAsync(connection, await LoadAsync(connection, keys, cancellationToken), requests, cancellationToken);
    }

    private async Task FinishAsync(NpgsqlConnection connection, BegunUnit begun, IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            begun.Unit.Decide(requests);
            begun.RequireProvable();
            await WriteAsync(connection, begun, cancellationToken);
        }
        catch
        {
            memory.Forget(begun);
            throw;
        }

        foreach (var org in begun.Keys.Chains)
        {
            chains[org] = true;
        }

        memory.Keep(begun);
    }

    private async Task<BegunUnit> LoadAsync(NpgsqlConnection connection, LedgerKeys keys, CancellationToken cancellationToken)
    {
        await using var load = new NpgsqlBatch(connection);
        var loading = new UnitLoading(load, keys, chains.Keys.ToHashSet(StringComparer.Ordinal));
        loading.Say();
        var unit = await loading.ReadAsync(time, cancellationToken);
        memory.Note(loading.Now);
        foreach (var (account, number) in loading.Numbers)
        {
            numbers.Remember(account, number);
        }

        return new(unit, keys, loading.Versions);
    }

    private async Task WriteAsync(NpgsqlConnection connection, BegunUnit begun, CancellationToken cancellationToken)
    {
        var postings = UnitWriting.Postings(begun.Unit, out var floors);
        var accounts = new Dictionary<LedgerKey, long>(postings.Count);
        var unknown = new List<KeyValuePair<LedgerKey, AccountChange>>();
        foreach (var posting in postings)
        {
            if (numbers.Find(posting.Key) is { } number)
            {
                accounts[posting.Key] = number;
            }
            else
            {
                unknown.Add(posting);
            }
        }

        await using var write = new NpgsqlBatch(connection);
        new UnitLocking(write, begun).Say();
        Dictionary<LedgerKey, long> opened = [];
        if (unknown.Count > 0)
        {
            await write.ExecuteNonQueryAsync(cancellationToken);
            write.BatchCommands.Clear();
            opened = await AccountNumbers.OpenAsync(connection, unknown, cancellationToken);
            foreach (var (account, number) in opened)
            {
                accounts[account] = number;
            }
        }

        new UnitWriting(write, begun, accounts).Say(postings, floors);
        await write.ExecuteNonQueryAsync(cancellationToken);
        foreach (var (account, number) in opened)
        {
            numbers.Remember(account, number);
        }
    }

    /// <summary>Whether somebody else was faster; the unit is done again then.</summary>
    private static bool IsRace(PostgresException failure) =>
        failure.SqlState is PostgresErrorCodes.UniqueViolation or RowMissing || PostgresFailures.IsWorthAnotherTry(failure);

    private static async Task AnalyzeAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var command = new NpgsqlCommand("ANALYZE wallets, accounts, grants, holds, transactions, entries, runs", connection);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException)
        {
            // The unit is committed, and its callers are told so; the server gets to its statistics by itself.
        }
    }

    private static async Task RollBackAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var command = new NpgsqlCommand("ROLLBACK", connection);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone, and the transaction with it.
        }
    }
}
