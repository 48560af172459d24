using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Workflows.Crediting;

/// <summary>The capture of a hold, as the chain has it.</summary>
/// <param name="Sequence">The transaction.</param>
/// <param name="Wallet">The wallet that paid.</param>
/// <param name="Kind">See <see cref="TransactionKind"/>.</param>
/// <param name="BookedAt">When it was booked.</param>
/// <param name="ServiceAt">When the service was rendered.</param>
/// <param name="Debits">Its entries on the debit side, in their order.</param>
public sealed record CaptureTrace(
    long Sequence, string Wallet, string Kind, DateTimeOffset BookedAt, DateTimeOffset ServiceAt, IReadOnlyList<Entry> Debits);

/// <summary>A transaction of a run, as the chain has it.</summary>
/// <param name="Sequence">The transaction.</param>
/// <param name="Wallet">The wallet that paid.</param>
/// <param name="Source">What caused it.</param>
/// <param name="ExternalId">The cause's id at the source.</param>
/// <param name="Reason">Why.</param>
/// <param name="ServiceAt">When the service was rendered.</param>
/// <param name="IsReversal">Whether it undoes another one.</param>
/// <param name="Delta">What it added to the wallet.</param>
/// <param name="Uncollected">What of it nobody paid; negative where it undoes that.</param>
public sealed record RunTrace(
    long Sequence, string Wallet, string Source, string ExternalId, string Reason, DateTimeOffset ServiceAt, bool IsReversal, Credits Delta, Credits Uncollected);

/// <summary>A trial balance as it is kept, without its text.</summary>
/// <param name="Month">Of which month.</param>
/// <param name="Step">Which step of the month closed it.</param>
/// <param name="Actor">Who closed it.</param>
/// <param name="ClosedAt">When.</param>
/// <param name="Hash">The hash that is kept beside the text.</param>
/// <param name="TextHash">The hash that the text has.</param>
public sealed record KeptTrialBalance(AccountingMonth Month, int Step, string Actor, DateTimeOffset ClosedAt, string Hash, string TextHash)
{
    /// <summary>What a close keeps.</summary>
    public static KeptTrialBalance Of(PeriodClose close) =>
        new(close.Month, close.Step, close.Actor, close.ClosedAt, close.Hash, PeriodClose.HashOf(close.TrialBalance));
}

/// <summary>One thing that a store keeps of a ledger, with what the chain has about it.</summary>
public abstract record LedgerRecord
{
    private LedgerRecord()
    {
    }

    /// <summary>A transaction in its place.</summary>
    public sealed record Link(SealedTransaction Transaction) : LedgerRecord;

    /// <summary>The stored head of the chain.</summary>
    public sealed record Head(ChainHead Stored) : LedgerRecord;

    /// <summary>A hold.</summary>
    /// <param name="Hold">The hold.</param>
    /// <param name="HasWallet">Whether its wallet is there.</param>
    /// <param name="Capture">Its capture; null when the chain has none.</param>
    public sealed record KeptHold(Hold Hold, bool HasWallet, CaptureTrace? Capture) : LedgerRecord;

    /// <summary>An account.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Wallet">The wallet that it names; empty for accounts of the organisation.</param>
    /// <param name="OverdraftMax">What may be owed on it; null for no floor.</param>
    /// <param name="Counters">Its counters.</param>
    /// <param name="Owner">That wallet; null when there is none.</param>
    public sealed record KeptAccount(string Name, string Wallet, Credits? OverdraftMax, AccountCounters Counters, Wallet? Owner) : LedgerRecord;

    /// <summary>A grant.</summary>
    /// <param name="Grant">The grant.</param>
    /// <param name="Account">The name of the account that its row points to; empty when there is none.</param>
    /// <param name="AccountWallet">The wallet of that account.</param>
    public sealed record KeptGrant(Grant Grant, string Account, string AccountWallet) : LedgerRecord;

    /// <summary>A run.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="HasWallet">Whether its wallet is there, or it has none.</param>
    /// <param name="Traces">Its transactions in their order.</param>
    public sealed record KeptRun(Run Run, bool HasWallet, IReadOnlyList<RunTrace> Traces) : LedgerRecord;

    /// <summary>A month that was ever closed, or softly.</summary>
    public sealed record KeptMonth(LedgerPeriod Period) : LedgerRecord;

    /// <summary>What the books said when a month was closed.</summary>
    public sealed record KeptClose(KeptTrialBalance Close) : LedgerRecord;

    /// <summary>A row that cannot be what it claims to be: it does not even read.</summary>
    /// <param name="Table">The table.</param>
    /// <param name="Id">The row.</param>
    /// <param name="Why">What is wrong with it.</param>
    public sealed record Unreadable(string Table, string Id, string Why) : LedgerRecord;
}

/// <summary>Tells everything that is kept of a ledger, to prove it.</summary>
public interface ILedgerRecords
{
    /// <summary>
    /// Every row of an organisation's ledger from one moment, one by one: its transactions in the order of the chain, the
    /// head of the chain, holds, accounts, grants, runs in the order of plan and attempt, months and their trial balances.
    /// </summary>
    IAsyncEnumerable<LedgerRecord> RecordsAsync(string org, CancellationToken cancellationToken);
}
