using Farthing.Domain.Money;

namespace Farthing.Domain.Ledger;

/// <summary>A grant with the counters of its account.</summary>
public sealed class GrantBalance(Grant grant, AccountCounters counters)
{
    /// <summary>The grant.</summary>
    public Grant Grant { get; internal set; } = grant;

    /// <summary>Its account.</summary>
    public AccountCounters Counters { get; internal set; } = counters;

    /// <summary>As it is now; what happens to the grant later does not show in it.</summary>
    public GrantBalance Copy() => new(Grant, Counters);
}

/// <summary>Why something is posted: goes into the transaction as it is.</summary>
/// <param name="Key">The natural key.</param>
/// <param name="Kind">See <see cref="TransactionKind"/>.</param>
/// <param name="Source">What caused it.</param>
/// <param name="ExternalId">The cause's id at the source.</param>
/// <param name="At">When it is booked.</param>
public sealed record Cause(string Key, string Kind, string Source, string ExternalId, DateTimeOffset At)
{
    /// <summary>Why, in a word.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>Who does it.</summary>
    public string Actor { get; init; } = string.Empty;

    /// <summary>A remark for people.</summary>
    public string Memo { get; init; } = string.Empty;

    /// <summary>The run it charges.</summary>
    public string Run { get; init; } = string.Empty;

    /// <summary>The usage event it charges.</summary>
    public string Event { get; init; } = string.Empty;

    /// <summary>
    /// What the clock shows, by which grants and holds begin and end. It is <see cref="At"/> unless the books are ahead of
    /// it: where a clock was set back, no booking moves before another one and nothing ends early.
    /// </summary>
    public DateTimeOffset Clock { get; init; } = At;

    /// <summary>When the service was rendered; null for now.</summary>
    public DateTimeOffset? ServiceAt { get; init; }

    /// <summary>The terms of the grant that it makes.</summary>
    public string Terms { get; init; } = string.Empty;

    /// <summary>The earlier month that it belongs to; null for the month of its booking. What follows from it does not.</summary>
    public AccountingMonth? Period { get; init; }

    /// <summary>The transaction that it undoes.</summary>
    public string Reverses { get; init; } = string.Empty;
}

/// <summary>
/// One wallet as a unit of work sees and changes it. The rules of the ledger are methods on it: they check first and then
/// change, so that a refusal leaves everything as it was. It knows no database: whoever loads it holds the wallet's lock.
/// </summary>
public sealed partial class WalletBook
{
    private readonly List<GrantBalance> grants;
    private readonly LedgerChanges changes;
    private AccountCounters receivable;
    private AccountCounters uncollected;

    /// <summary>Opens the book of a wallet.</summary>
    /// <param name="wallet">The wallet.</param>
    /// <param name="grants">Its grants with anything left or held, and those that the work names.</param>
    /// <param name="receivable">The account of what it owes.</param>
    /// <param name="uncollected">The account of what nobody paid.</param>
    /// <param name="changes">Where results are told.</param>
    public WalletBook(Wallet wallet, IEnumerable<GrantBalance> grants, AccountCounters receivable, AccountCounters uncollected, LedgerChanges changes)
    {
        Wallet = wallet;
        this.grants = [.. grants.OrderBy(balance => balance.Grant, BurnOrder.Instance)];
        this.receivable = receivable;
        this.uncollected = uncollected;
        this.changes = changes;
    }

    private WalletBook(WalletBook before, LedgerChanges changes)
    {
        (Wallet, grants, receivable, uncollected) = (before.Wallet, before.grants, before.receivable, before.uncollected);
        this.changes = changes;
    }

    /// <summary>The wallet.</summary>
    public Wallet Wallet { get; private set; }

    /// <summary>Its grants in burn order.</summary>
    public IReadOnlyList<GrantBalance> Grants => grants;

    /// <summary>What it owes; never negative.</summary>
    public Credits Owed => new(receivable.DebitsPosted - receivable.CreditsPosted);

    /// <summary>What its usage cost and nobody paid, less what was undone of it; in no balance.</summary>
    public Credits Uncollected => new(uncollected.DebitsPosted - uncollected.CreditsPosted);

    /// <summary>What was given less what was taken; negative when it owes more than it has. The sum of all transactions.</summary>
    public Credits Balance
    {
        get
        {
            var balance = Credits.Zero - Owed;
            foreach (var grant in grants)
            {
                balance += grant.Counters.Posted;
            }

            return balance;
        }
    }

    /// <summary>What open holds have reserved.</summary>
    public Credits Held
    {
        get
        {
            var held = Credits.Zero;
            foreach (var grant in grants)
            {
                held += grant.Counters.Held;
            }

            return held;
        }
    }

    /// <summary>What can be reserved now for a use: free credit of the grants that serve it, less what is owed.</summary>
    public Credits Available(in CreditUse use, DateTimeOffset now)
    {
        var available = Credits.Zero - Owed;
        foreach (var balance in grants)
        {
            if (Serves(balance, use, now))
            {
                available += balance.Counters.Free;
            }
        }

        return available;
    }

    /// <summary>The same book for the next unit of work. This one is not used any more.</summary>
    /// <param name="next">Where results are told from now on.</param>
    public WalletBook Reopen(LedgerChanges next) => new(this, next);

    /// <summary>A grant of the wallet; null when it is not in the book.</summary>
    public GrantBalance? Find(string grant) => grants.Find(balance => string.Equals(balance.Grant.Id, grant, StringComparison.Ordinal));

    /// <summary>Changes what the wallet is, not what is in it.</summary>
    /// <returns>A refusal when it owes more than the new limit.</returns>
    public Refusal? Change(Wallet changed)
    {
        if (changed.OverdraftMax is { } most && Owed > most)
        {
            return new(RefusalReason.AmountOutOfRange, Available: most, Needed: Owed);
        }

        if (changed.OverdraftMax != Wallet.OverdraftMax)
        {
            changes.Add(changed.Receivable, changed.Id, changed.OverdraftMax, default);
        }

        Wallet = changed;
        changes.Put(changed, isNew: false);
        return null;
    }

    private static bool Serves(GrantBalance balance, in CreditUse use, DateTimeOffset now) =>
        balance.Grant.IsUsable(now) && balance.Grant.Applicability.Covers(use) && balance.Counters.Free > Credits.Zero;

    private Refusal? Unusable() => Wallet.State switch
    {
        WalletState.Frozen => new(RefusalReason.WalletFrozen),
        WalletState.Closed => new(RefusalReason.WalletClosed),
        _ => null,
    };

    /// <summary>Posts a transaction: the one place where counters of posted money change.</summary>
    private Transaction Post(Cause cause, IReadOnlyList<Entry> entries)
    {
        var before = Balance;
        foreach (var entry in entries)
        {
            Apply(entry.Account, AccountCounters.Of(entry.Side, entry.Amount));
        }

        var after = Balance;
        var transaction = new Transaction
        {
            Org = Wallet.Org,
            Key = cause.Key,
            Kind = cause.Kind,
            Wallet = Wallet.Id,
            Source = cause.Source,
            ExternalId = cause.ExternalId,
            Reason = cause.Reason,
            Actor = cause.Actor,
            Memo = cause.Memo,
            Run = cause.Run,
            Event = cause.Event,
            BookedAt = cause.At,
            ServiceAt = cause.ServiceAt ?? cause.At,
            Period = cause.Period,
            Reverses = cause.Reverses,
            Terms = cause.Terms,
            Delta = after - before,
            BalanceAfter = after,
            Entries = entries,
        };
        changes.Add(transaction);
        return transaction;
    }

    /// <summary>Changes an account of the wallet or of its organisation.</summary>
    private void Apply(string account, in AccountCounters change)
    {
        var key = new LedgerKey(Wallet.Org, account);
        if (key == Wallet.Receivable)
        {
            receivable += change;
            changes.Add(key, Wallet.Id, Wallet.OverdraftMax, change);
        }
        else if (key == Wallet.UncollectedAccount)
        {
            uncollected += change;
            changes.Add(key, Wallet.Id, null, change);
        }
        else if (grants.Find(balance => balance.Grant.Account == key) is { } grant)
        {
            grant.Counters += change;
            changes.Add(key, Wallet.Id, Credits.Zero, change);
        }
        else
        {
            changes.Add(key, string.Empty, null, change);
        }
    }

    /// <summary>Why an amount cannot be asked for; null when it can.</summary>
    private static Refusal? Unaskable(Credits amount) => amount switch
    {
        _ when amount <= Credits.Zero => new(RefusalReason.AmountOutOfRange, Needed: amount),
        _ when amount > LedgerLimits.AmountMax => new(RefusalReason.AmountTooLarge, LedgerLimits.AmountMax, amount),
        _ => null,
    };

    private static Credits Min(Credits left, Credits right) => left < right ? left : right;
}
