using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Workflows.Crediting;

/// <summary>Keeps the ledger.</summary>
public interface ILedgerStore
{
    /// <summary>
    /// Does requests in one transaction, in their order: locks and loads what <see cref="LedgerKeys.Of"/> names (wallets in
    /// the order of their keys, then chains), lets <see cref="LedgerUnit.Decide"/> decide, writes what came of it with one
    /// conditional statement a posting. Durable when the task completes; the answers then stand in the requests.
    /// </summary>
    /// <exception cref="OverflowException">An account would pass what it can count; nothing was done.</exception>
    /// <exception cref="LedgerRaceException">Somebody else was faster; nothing was done, and doing it again will see that.</exception>
    Task ApplyAsync(IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken);

    /// <summary>Whether requests of different organisations may be applied at the same time.</summary>
    bool AppliesInParallel { get; }
}

/// <summary>What a unit of work was decided on was changed by somebody else before it was written. It is to be done again.</summary>
#pragma warning disable RCS1194 // The fourth constructor would take an HRESULT, which means nothing here.
public sealed class LedgerRaceException : IOException
#pragma warning restore RCS1194
{
    /// <summary>Without a story.</summary>
    public LedgerRaceException()
    {
    }

    /// <summary>Says what was changed.</summary>
    public LedgerRaceException(string message)
        : base(message)
    {
    }

    /// <summary>Says what was changed.</summary>
    public LedgerRaceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A wallet with what is in it.</summary>
/// <param name="Wallet">The wallet.</param>
/// <param name="Balance">Given less taken; negative when it owes.</param>
/// <param name="Held">Reserved by open holds.</param>
/// <param name="Available">What a hold without a particular use could reserve now.</param>
/// <param name="Owed">What it owes.</param>
/// <param name="Uncollected">What its usage cost and nobody paid; in no other figure.</param>
public sealed record WalletBalance(Wallet Wallet, Credits Balance, Credits Held, Credits Available, Credits Owed, Credits Uncollected)
{
    /// <summary>
    /// The grants of which something is left or held, as queries find them: what is left of all of them, less what is owed,
    /// is the balance. Requests, which are many, do not tell them.
    /// </summary>
    public IReadOnlyList<GrantBalance> Grants { get; init; } = [];
}

/// <summary>Which wallets, grants, holds or runs are meant. Null means all.</summary>
public sealed record LedgerQuery
{
    /// <summary>Whose.</summary>
    public required string Org { get; init; }

    /// <summary>Only what belongs to wallets of these owners; null for the whole organisation. Decided by the asker's scope.</summary>
    public IReadOnlyList<WalletOwner>? Owners { get; init; }

    /// <summary>Only what belongs to wallets of this team and of the engineers who are in it now; null for no team in particular.</summary>
    public string? Team { get; init; }

    /// <summary>Only the grant, hold, transaction or run of this id.</summary>
    public string? Id { get; init; }

    /// <summary>Only this wallet.</summary>
    public string? Wallet { get; init; }

    /// <summary>Only wallets that owe.</summary>
    public bool OnlyOwing { get; init; }

    /// <summary>Only transactions of this kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Only transactions of this source.</summary>
    public string? Source { get; init; }

    /// <summary>Only transactions of this external id; of runs, only those of this plan.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Only transactions of this run.</summary>
    public string? Run { get; init; }

    /// <summary>Only transactions that take (true) or give (false).</summary>
    public bool? Debits { get; init; }

    /// <summary>Only transactions booked from this instant on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only transactions booked before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only holds in this state.</summary>
    public HoldState? State { get; init; }

    /// <summary>Only holds that have not ended, the one whose time is over first in front. They are few and come without pages.</summary>
    public bool OnlyOpen { get; init; }

    /// <summary>Grants and holds from the last id to the first. Ids that nobody chose sort by time, so that is the newest first.</summary>
    public bool LastFirst { get; init; }

    /// <summary>Goes on behind this one: an id, or for transactions a sequence number as text; null for the beginning.</summary>
    public string? After { get; init; }

    /// <summary>At most so many.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>Something whose time is over and that the sweeper should look at.</summary>
/// <param name="Org">Whose.</param>
/// <param name="Wallet">The wallet.</param>
/// <param name="Id">The hold or grant.</param>
/// <param name="IsHold">Whether it is a hold; a grant otherwise.</param>
public sealed record Overdue(string Org, string Wallet, string Id, bool IsHold);

/// <summary>Reads the ledger. Every answer is of one organisation and one moment.</summary>
public interface ILedgerQueries
{
    /// <summary>Wallets with what is in them, by id.</summary>
    Task<IReadOnlyList<WalletBalance>> WalletsAsync(LedgerQuery query, CancellationToken cancellationToken);

    /// <summary>Grants with their counters, by id.</summary>
    Task<IReadOnlyList<GrantBalance>> GrantsAsync(LedgerQuery query, CancellationToken cancellationToken);

    /// <summary>Holds, by id.</summary>
    Task<IReadOnlyList<Hold>> HoldsAsync(LedgerQuery query, CancellationToken cancellationToken);

    /// <summary>Transactions, the newest first; <see cref="LedgerQuery.After"/> is the sequence number of the last one seen.</summary>
    Task<IReadOnlyList<SealedTransaction>> TransactionsAsync(LedgerQuery query, CancellationToken cancellationToken);

    /// <summary>How many transactions a query means.</summary>
    Task<long> CountTransactionsAsync(LedgerQuery query, CancellationToken cancellationToken);
}

/// <summary>Reads runs.</summary>
public interface IRunQueries
{
    /// <summary>A run; null when there is none of that id in the organisation.</summary>
    Task<Run?> FindRunAsync(string org, string id, CancellationToken cancellationToken);

    /// <summary>Runs, the newest first; <see cref="LedgerQuery.After"/> is the id of the last one seen.</summary>
    Task<IReadOnlyList<Run>> RunsAsync(LedgerQuery query, CancellationToken cancellationToken);
}

/// <summary>Reads what became of the months of the books.</summary>
public interface IPeriodQueries
{
    /// <summary>The months that were ever closed, or softly, the latest first; at most one a month.</summary>
    Task<IReadOnlyList<LedgerPeriod>> PeriodsAsync(string org, CancellationToken cancellationToken);

    /// <summary>Every close of a month with what its books said then, the first one in front.</summary>
    Task<IReadOnlyList<PeriodClose>> ClosesAsync(string org, AccountingMonth month, CancellationToken cancellationToken);
}

/// <summary>What keeps the ledger honest over time: expiry, closing, proof.</summary>
public interface ILedgerUpkeep : ILedgerRecords
{
    /// <summary>Holds and grants of all organisations whose time is over, at most so many.</summary>
    Task<IReadOnlyList<Overdue>> OverdueAsync(int limit, CancellationToken cancellationToken);

    /// <summary>The sums of all accounts of an organisation over the transactions of a month and those before it, from one moment.</summary>
    Task<TrialBalance> TrialBalanceAsync(string org, AccountingMonth through, CancellationToken cancellationToken);

    /// <summary>The organisations that have a ledger.</summary>
    Task<IReadOnlyList<string>> OrgsAsync(CancellationToken cancellationToken);

    /// <summary>All transactions of an organisation in the order of the chain, from one moment.</summary>
    IAsyncEnumerable<SealedTransaction> ChainAsync(string org, CancellationToken cancellationToken);

    /// <summary>The stored counters, open holds and the stored head of an organisation's chain, for comparison with the chain.</summary>
    Task<LedgerCounters> CountersAsync(string org, CancellationToken cancellationToken);
}

/// <summary>What a store remembers besides the transactions, all of it derivable from them and from the open holds.</summary>
/// <param name="Accounts">The counters of every account by its name, with what may be owed on it.</param>
/// <param name="OpenHolds">Holds that have not ended.</param>
/// <param name="Head">The head of the chain.</param>
public sealed record LedgerCounters(
    IReadOnlyDictionary<string, (AccountCounters Counters, Credits? OverdraftMax)> Accounts, IReadOnlyList<Hold> OpenHolds, ChainHead Head);
