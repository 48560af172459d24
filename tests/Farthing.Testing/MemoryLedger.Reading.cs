using System.Globalization;
using System.Runtime.CompilerServices;
using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;

namespace Farthing.Testing;

/// <summary>What can be asked of the ledger in memory: every answer a copy from one moment.</summary>
public partial class MemoryLedger
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<WalletBalance>> WalletsAsync(LedgerQuery query, CancellationToken cancellationToken) => Ask(() =>
        Page(
            wallets.Values.Where(wallet => IsMeant(query, wallet.Org, wallet.Id) && (query.Id ?? wallet.Id) == wallet.Id).Select(BalanceOf)
                .Where(balance => !query.OnlyOwing || balance.Owed > Credits.Zero),
            balance => balance.Wallet.Id,
            query));

    /// <inheritdoc/>
    public Task<IReadOnlyList<GrantBalance>> GrantsAsync(LedgerQuery query, CancellationToken cancellationToken) => Ask(() =>
        Page(
            grants.Values.Where(grant => IsMeant(query, grant.Org, grant.Wallet) && (query.Id ?? grant.Id) == grant.Id)
                .Select(grant => new GrantBalance(grant, CountersOf(grant.Account))),
            balance => balance.Grant.Id,
            query));

    /// <inheritdoc/>
    public Task<IReadOnlyList<Hold>> HoldsAsync(LedgerQuery query, CancellationToken cancellationToken) => Ask(() =>
    {
        var meant = holds.Values.Where(hold => IsMeant(query, hold.Org, hold.Wallet) && (query.Id ?? hold.Id) == hold.Id && (query.State ?? hold.State) == hold.State);
        return query.OnlyOpen
            ? [.. meant.Where(hold => !hold.IsClosed).OrderBy(hold => hold.ExpiresAt).ThenBy(hold => hold.Id, StringComparer.Ordinal).Take(query.Limit)]
            : Page(meant, hold => hold.Id, query);
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<SealedTransaction>> TransactionsAsync(LedgerQuery query, CancellationToken cancellationToken) => Ask(() =>
    {
        var before = query.After is { } after ? long.Parse(after, CultureInfo.InvariantCulture) : long.MaxValue;
        return Matching(query).Reverse().Where(link => link.Sequence < before).Take(query.Limit).ToList();
    });

    /// <inheritdoc/>
    public Task<long> CountTransactionsAsync(LedgerQuery query, CancellationToken cancellationToken) => Task.FromResult(Locked(() => (long)Matching(query).Count()));

    /// <inheritdoc/>
    public Task<Run?> FindRunAsync(string org, string id, CancellationToken cancellationToken) =>
        Task.FromResult(Locked(() => runs.GetValueOrDefault(new(org, id))));

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> RunsAsync(LedgerQuery query, CancellationToken cancellationToken) => Ask(() =>
    {
        var newest = runsInOrder.AsEnumerable().Reverse().Select(key => runs[key]).Where(run => run.Org == query.Org);
        var rest = query.After is { } after ? newest.SkipWhile(run => run.Id != after).Skip(1) : newest;
        return rest
            .Where(run => IsMeant(query, run.Org, run.Wallet) && (query.Id ?? run.Id) == run.Id && (query.Run ?? run.Id) == run.Id
                && (query.ExternalId ?? run.Plan) == run.Plan)
            .Take(query.Limit)
            .ToList();
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerPeriod>> PeriodsAsync(string org, CancellationToken cancellationToken) =>
        Ask(() => periods.Values.Where(period => period.Org == org).OrderByDescending(period => period.Month).ToList());

    /// <inheritdoc/>
    public Task<IReadOnlyList<PeriodClose>> ClosesAsync(string org, AccountingMonth month, CancellationToken cancellationToken) =>
        Ask(() => closes.Values.Where(close => close.Org == org && close.Month == month).ToList());

    /// <inheritdoc/>
    public Task<IReadOnlyList<Overdue>> OverdueAsync(int limit, CancellationToken cancellationToken) => Ask(() =>
    {
        var now = time.GetUtcNow();
        var late = holds.Values
            .Where(hold => hold.State is HoldState.Open or HoldState.Forwarded && hold.ExpiresAt <= now)
            .Select(hold => new Overdue(hold.Org, hold.Wallet, hold.Id, IsHold: true));
        var due = grants.Values
            .Where(grant => grant.DueAt <= now)
            .Select(grant => new Overdue(grant.Org, grant.Wallet, grant.Id, IsHold: false));
        return late.Concat(due).Take(limit).ToList();
    });

    /// <inheritdoc/>
    public Task<TrialBalance> TrialBalanceAsync(string org, AccountingMonth through, CancellationToken cancellationToken) => Task.FromResult(Locked(() => new TrialBalance(
        [
            .. ChainOf(org)
            .Where(link => link.Transaction.Month <= through)
            .SelectMany(link => link.Transaction.Entries)
            .GroupBy(entry => entry.Account, StringComparer.Ordinal)
            .OrderBy(account => account.Key, StringComparer.Ordinal)
            .Select(account => new TrialLine(account.Key, Sum(account, EntrySide.Debit), Sum(account, EntrySide.Credit))),
        ],
        heads.GetValueOrDefault(org, ChainHead.Start))));

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> OrgsAsync(CancellationToken cancellationToken) => Ask(() =>
        chains.Keys.Concat(wallets.Keys.Select(wallet => wallet.Org)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList());

    /// <inheritdoc/>
    public async IAsyncEnumerable<SealedTransaction> ChainAsync(string org, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var link in Locked(() => ChainOf(org).ToList()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return link;
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LedgerRecord> RecordsAsync(string org, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var record in Locked(() => Records(org).ToList()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record;
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<LedgerCounters> CountersAsync(string org, CancellationToken cancellationToken) => Task.FromResult(Locked(() => new LedgerCounters(
        accounts.Where(account => account.Key.Org == org)
            .ToDictionary(account => account.Key.Id, account => (account.Value.Counters, account.Value.OverdraftMax), StringComparer.Ordinal),
        [.. holds.Values.Where(hold => hold.Org == org && !hold.IsClosed)],
        heads.GetValueOrDefault(org, ChainHead.Start))));

    private IEnumerable<LedgerRecord> Records(string org)
    {
        var chain = ChainOf(org);
        var captures = chain.Where(link => link.Transaction.Key.StartsWith("hold/", StringComparison.Ordinal))
            .ToDictionary(link => link.Transaction.Key, CaptureOf, StringComparer.Ordinal);
        var traces = chain.ToLookup(link => link.Transaction.Run, TraceOf, StringComparer.Ordinal);
        return Enumerable.Empty<LedgerRecord>()
            .Concat(chain.Select(link => new LedgerRecord.Link(link)))
            .Append(new LedgerRecord.Head(heads.GetValueOrDefault(org, ChainHead.Start)))
            .Concat(holds.Values.Where(hold => hold.Org == org).Select(hold =>
                new LedgerRecord.KeptHold(hold, wallets.ContainsKey(new(org, hold.Wallet)), captures.GetValueOrDefault($"hold/{hold.Id}"))))
            .Concat(accounts.Where(account => account.Key.Org == org).Select(account => new LedgerRecord.KeptAccount(
                account.Key.Id, account.Value.Wallet, account.Value.OverdraftMax, account.Value.Counters, wallets.GetValueOrDefault(new(org, account.Value.Wallet)))))
            .Concat(grants.Values.Where(grant => grant.Org == org).Select(grant => new LedgerRecord.KeptGrant(grant, grant.Account.Id, grant.Wallet)))
            .Concat(runs.Values.Where(run => run.Org == org).OrderBy(run => run.Plan, StringComparer.Ordinal).ThenBy(run => run.Attempt)
                .Select(run => new LedgerRecord.KeptRun(run, run.Wallet.Length == 0 || wallets.ContainsKey(new(org, run.Wallet)), [.. traces[run.Id]])))
            .Concat(periods.Values.Where(period => period.Org == org).Select(period => new LedgerRecord.KeptMonth(period)))
            .Concat(closes.Values.Where(close => close.Org == org).Select(close => new LedgerRecord.KeptClose(KeptTrialBalance.Of(close))));

        static CaptureTrace CaptureOf(SealedTransaction link) => new(
            link.Sequence, link.Transaction.Wallet, link.Transaction.Kind, link.Transaction.BookedAt, link.Transaction.ServiceAt,
            [.. link.Transaction.Entries.Where(entry => entry.Side == EntrySide.Debit)]);

        static RunTrace TraceOf(SealedTransaction link) => new(
            link.Sequence, link.Transaction.Wallet, link.Transaction.Source, link.Transaction.ExternalId, link.Transaction.Reason, link.Transaction.ServiceAt,
            link.Transaction.Reverses.Length > 0, link.Transaction.Delta, link.Transaction.Uncollected);
    }

    private WalletBalance BalanceOf(Wallet wallet) =>
        Balances.WithGrants(new WalletBook(wallet, GrantsIn(wallet), CountersOf(wallet.Receivable), CountersOf(wallet.UncollectedAccount), new()), time.GetUtcNow());

    private bool IsMeant(LedgerQuery query, string org, string wallet) =>
        org == query.Org
        && (query.Wallet ?? wallet) == wallet
        && query.Team is null
        && (query.Owners is not { } owners || (wallets.TryGetValue(new(org, wallet), out var known) && owners.Contains(known.Owner)));

    private IEnumerable<SealedTransaction> Matching(LedgerQuery query) =>
        from link in ChainOf(query.Org)
        let transaction = link.Transaction
        where IsMeant(query, transaction.Org, transaction.Wallet)
            && (query.Id ?? transaction.Id) == transaction.Id
            && (query.Kind ?? transaction.Kind) == transaction.Kind
            && (query.Source ?? transaction.Source) == transaction.Source
            && (query.ExternalId ?? transaction.ExternalId) == transaction.ExternalId
            && (query.Run ?? transaction.Run) == transaction.Run
            && (query.Debits is not { } debits || (debits ? transaction.Delta.Nanocredits < 0 : transaction.Delta.Nanocredits > 0))
            && (query.From is not { } since || transaction.BookedAt >= since)
            && (query.To is not { } until || transaction.BookedAt < until)
        select link;

    private static Int128 Sum(IEnumerable<Entry> entries, EntrySide side) =>
        entries.Where(entry => entry.Side == side).Aggregate(Int128.Zero, (sum, entry) => sum + entry.Amount.Nanocredits);

    private static List<T> Page<T>(IEnumerable<T> rows, Func<T, string> id, LedgerQuery query) => query.LastFirst
        ? [.. rows.Where(row => query.After is null || string.CompareOrdinal(id(row), query.After) < 0).Reverse().Take(query.Limit)]
        : [.. rows.Where(row => query.After is null || string.CompareOrdinal(id(row), query.After) > 0).Take(query.Limit)];

    private Task<IReadOnlyList<T>> Ask<T>(Func<IReadOnlyList<T>> read) => Task.FromResult(Locked(read));

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }
}
