namespace Farthing.Workflows.Crediting;

/// <summary>
/// Proves a ledger: replays the chain of an organisation from its first transaction, and compares every row that the store
/// keeps besides (accounts, holds, grants, runs, months) with what follows from the chain. Tells the first place that does not hold.
/// Rows come one by one; what is remembered of them grows with accounts and grants, not with transactions.
/// </summary>
public sealed class VerifyLedger(ILedgerRecords records)
{
    /// <summary>Verifies the ledger of an organisation. It may be written meanwhile: the comparison is of one moment.</summary>
    public async Task<LedgerVerdict> VerifyAsync(string org, CancellationToken cancellationToken)
    {
        var walk = new LedgerWalk();
        await foreach (var record in records.RecordsAsync(org, cancellationToken))
        {
            if (walk.Take(record) is { } broken)
            {
                return walk.VerdictOf(org, broken);
            }
        }

        return walk.VerdictOf(org, walk.End());
    }
}

/// <summary>Goes through the records of a ledger and hands each to whoever knows what must follow from the chain.</summary>
internal sealed class LedgerWalk
{
    private readonly LedgerReplay replay = new();
    private readonly KeptHolds holds;
    private readonly KeptAccounts accounts;
    private readonly KeptGrants grants;
    private readonly KeptRuns runs;

    /// <summary>Begins in front of the first transaction.</summary>
    public LedgerWalk()
    {
        holds = new(replay);
        accounts = new(replay, holds);
        grants = new(replay);
        runs = new(replay);
    }

    /// <summary>Takes in the next record; tells how it does not hold.</summary>
    public LedgerBreak? Take(LedgerRecord record) => record switch
    {
        LedgerRecord.Link link => replay.Take(link.Transaction),
        LedgerRecord.Head head => replay.Compare(head.Stored),
        LedgerRecord.KeptHold hold => holds.Take(hold),
        LedgerRecord.KeptAccount account => accounts.Take(account),
        LedgerRecord.KeptGrant grant => grants.Take(grant),
        LedgerRecord.KeptRun run => runs.Take(run),
        LedgerRecord.KeptMonth month => replay.Periods.Take(month.Period),
        LedgerRecord.KeptClose close => replay.Periods.Take(close.Close),
        LedgerRecord.Unreadable row => LedgerBreak.Of(row.Table, row.Id, "a row that can be read", row.Why),
        _ => throw new InvalidOperationException($"Nobody knows what {record} follows from."),
    };

    /// <summary>After the last record: tells what is missing.</summary>
    public LedgerBreak? End() => holds.End() ?? accounts.End() ?? grants.End() ?? runs.End() ?? replay.Periods.End();

    /// <summary>What it came to.</summary>
    public LedgerVerdict VerdictOf(string org, LedgerBreak? broken) =>
        new(org, replay.Head.Sequence, accounts.Count, holds.OpenCount, Convert.ToHexStringLower(replay.Head.Hash.Span), broken);
}
