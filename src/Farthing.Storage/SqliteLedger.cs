using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Storage.Sql.Ledger;
using Farthing.Storage.Sqlite.Ledger;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage;

/// <summary>
/// The credit ledger in the embedded store. Its units of work go through the store's one writer, so nothing else moves
/// while one is decided; the clock is the process's, because the file has one writer.
/// </summary>
public sealed class SqliteLedger : ILedgerStore, ILedgerQueries, IRunQueries, IPeriodQueries, ILedgerUpkeep, IKeptAnswers
{
    private readonly SqliteStore store;
    private readonly TimeProvider time;
    private Writing? writing;

    /// <summary>The ledger in a store, which stays open as long as it is used.</summary>
    /// <param name="store">The store.</param>
    /// <param name="time">The clock.</param>
    public SqliteLedger(SqliteStore store, TimeProvider time) => (this.store, this.time) = (store, time);

    /// <inheritdoc/>
    public bool AppliesInParallel => false;

    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken) =>
        store.Gate.WriteAsync(
            connection =>
            {
                writing ??= new(connection);
                writing.Apply(requests, time.GetUtcNow(), store.Gate.RollBacks);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WalletBalance>> WalletsAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.Wallets(query, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<GrantBalance>> GrantsAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.Grants(query), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Hold>> HoldsAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.Holds(query), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SealedTransaction>> TransactionsAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.Transactions(query), cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountTransactionsAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.CountTransactions(query), cancellationToken);

    /// <inheritdoc/>
    public Task<Run?> FindRunAsync(string org, string id, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.Runs(new() { Org = org, Id = id, Limit = 1 }) is [var run] ? run : null, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> RunsAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.Runs(query), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerPeriod>> PeriodsAsync(string org, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.Periods(org), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PeriodClose>> ClosesAsync(string org, AccountingMonth month, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.Closes(org, month), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Overdue>> OverdueAsync(int limit, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.Overdue(time.GetUtcNow(), limit), cancellationToken);

    /// <inheritdoc/>
    public Task<TrialBalance> TrialBalanceAsync(string org, AccountingMonth through, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.TrialBalance(org, through), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> OrgsAsync(CancellationToken cancellationToken) => ReadAsync(reader => reader.Orgs(), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<SealedTransaction> ChainAsync(string org, CancellationToken cancellationToken) =>
        Stream(connection => new LedgerReader(connection).Chain(org), cancellationToken).ToAsyncEnumerable();

    /// <inheritdoc/>
    public IAsyncEnumerable<LedgerRecord> RecordsAsync(string org, CancellationToken cancellationToken) =>
        Stream(connection => new RecordReader(connection).Records(org), cancellationToken).ToAsyncEnumerable();

    /// <inheritdoc/>
    public Task<LedgerCounters> CountersAsync(string org, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.Counters(org), cancellationToken);

    /// <inheritdoc/>
    public Task<int> ForgetAsync(TimeSpan age, int limit, CancellationToken cancellationToken) =>
        store.Gate.WriteAsync(connection => new LedgerReader(connection).Change(LedgerUpkeepText.ForgetAnswers(time.GetUtcNow() - age, limit)), cancellationToken);

    private Task<T> ReadAsync<T>(Func<LedgerReader, T> read, CancellationToken cancellationToken) =>
        store.Database.ReadAsync(connection => read(new(connection)), cancellationToken);

    /// <summary>Rows of one moment, one by one.</summary>
    private IEnumerable<T> Stream<T>(Func<Sqlite.Engine.Connection, IEnumerable<T>> read, CancellationToken cancellationToken)
    {
        var connection = store.Database.Take();
        try
        {
            connection.Execute("BEGIN");
            foreach (var row in read(connection))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return row;
            }
        }
        finally
        {
            store.Database.GiveBack(connection);
        }
    }
}
