using System.Runtime.CompilerServices;
using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Storage.Postgres.Ledger;
using Farthing.Storage.Sql.Ledger;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage;

/// <summary>
/// The credit ledger in PostgreSQL, for one server or several. A unit of work locks its wallets, runs and chains in the
/// order of their keys, so that units never wait for each other in a ring; the clock is the database's.
/// </summary>
public sealed class PostgresLedger : ILedgerStore, ILedgerQueries, IRunQueries, IPeriodQueries, ILedgerUpkeep, IKeptAnswers
{
    private readonly PostgresDatabase database;
    private readonly TimeProvider? time;
    private readonly LedgerUnits units;

    /// <summary>The ledger in a database, which stays open as long as it is used.</summary>
    /// <param name="database">The database.</param>
    /// <param name="time">A clock instead of the database's, for tests with a time of their own; null for the database's.</param>
    public PostgresLedger(PostgresDatabase database, TimeProvider? time = null)
    {
        (this.database, this.time) = (database, time);
        units = new(database, time);
    }

    /// <summary>Which of the servers that share the database sweeps.</summary>
    public ISweepTurn Turn => field ??= new AdvisoryTurn(database);

    /// <inheritdoc/>
    public bool AppliesInParallel => true;

    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken) => units.ApplyAsync(requests, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WalletBalance>> WalletsAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        ReadAsync(async (reader, token) => await reader.WalletsAsync(query, await NowAsync(reader, token), token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<GrantBalance>> GrantsAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        ReadAsync((reader, token) => reader.ReadAsync(LedgerQueryText.Grants(query), GrantRow.Read, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Hold>> HoldsAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        ReadAsync((reader, token) => reader.ReadAsync(LedgerQueryText.Holds(query), HoldRow.Read, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SealedTransaction>> TransactionsAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<SealedTransaction>>(
            async (reader, token) => await reader.LinksAsync(LedgerQueryText.Transactions(query), token).ToListAsync(token), cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountTransactionsAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        ReadAsync(async (reader, token) => (await reader.ReadAsync(LedgerQueryText.CountTransactions(query), row => row.Integer(0), token))[0], cancellationToken);

    /// <inheritdoc/>
    public async Task<Run?> FindRunAsync(string org, string id, CancellationToken cancellationToken) =>
        await RunsAsync(new() { Org = org, Id = id, Limit = 1 }, cancellationToken) is [var run] ? run : null;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> RunsAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        ReadAsync((reader, token) => reader.ReadAsync(LedgerQueryText.Runs(query), RunRow.Read, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerPeriod>> PeriodsAsync(string org, CancellationToken cancellationToken) =>
        ReadAsync((reader, token) => reader.ReadAsync(PeriodRow.Periods(org), PeriodRow.Read, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PeriodClose>> ClosesAsync(string org, AccountingMonth month, CancellationToken cancellationToken) =>
        ReadAsync((reader, token) => reader.ReadAsync(PeriodRow.Closes(org, month), PeriodRow.ReadClose, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Overdue>> OverdueAsync(int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            async (reader, token) => await reader.ReadAsync(
                LedgerUpkeepText.Overdue(await NowAsync(reader, token), limit), LedgerUpkeepText.ReadOverdue, token),
            cancellationToken);

    /// <inheritdoc/>
    public Task<TrialBalance> TrialBalanceAsync(string org, AccountingMonth through, CancellationToken cancellationToken) =>
        ReadAsync((reader, token) => reader.TrialBalanceAsync(org, through, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> OrgsAsync(CancellationToken cancellationToken) =>
        ReadAsync((reader, token) => reader.ReadAsync(LedgerUpkeepText.Orgs(), row => row.Text(0), token), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<SealedTransaction> ChainAsync(string org, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // One statement is one moment.
        await using var connection = await database.DoAsync(async token => await database.Source.OpenConnectionAsync(token), cancellationToken);
        await foreach (var link in new LedgerReader(connection).LinksAsync(LedgerUpkeepText.Chain(org), cancellationToken))
        {
            yield return link;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LedgerRecord> RecordsAsync(string org, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.DoAsync(async token => await database.Source.OpenConnectionAsync(token), cancellationToken);
        await foreach (var record in new RecordReader(connection).RecordsAsync(org, cancellationToken))
        {
            yield return record;
        }
    }

    /// <inheritdoc/>
    public Task<LedgerCounters> CountersAsync(string org, CancellationToken cancellationToken) =>
        ReadAsync((reader, token) => reader.CountersAsync(org, token), cancellationToken);

    /// <inheritdoc/>
    public Task<int> ForgetAsync(TimeSpan age, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            async (reader, token) => await reader.ChangeAsync(LedgerUpkeepText.ForgetAnswers(await NowAsync(reader, token) - age, limit), token), cancellationToken);

    private Task<T> ReadAsync<T>(Func<LedgerReader, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        database.DoAsync(
            async token =>
            {
                await using var connection = await database.Source.OpenConnectionAsync(token);
                return await read(new(connection), token);
            },
            cancellationToken);

    private async Task<DateTimeOffset> NowAsync(LedgerReader reader, CancellationToken cancellationToken) =>
        time?.GetUtcNow()
        ?? (await reader.ReadAsync(LedgerUpkeepText.Clock(), row => row.Instant(0), cancellationToken))[0];
}
