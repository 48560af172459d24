using Farthing.Domain.Money;

namespace Farthing.Domain.Ledger;

/// <summary>Giving credit and taking it back.</summary>
public sealed partial class WalletBook
{
    /// <summary>Gives credit. What the wallet owes is paid from it at once, when it may be used for everything and now.</summary>
    /// <param name="grant">The grant; its id is new.</param>
    /// <param name="cause">Why.</param>
    public Refusal? Give(Grant grant, Cause cause)
    {
        if (Unaskable(grant.Amount) is { } unaskable)
        {
            return unaskable;
        }

        if (grant.ExpiresAt is { } end && (end <= cause.Clock || end <= grant.EffectiveAt))
        {
            return new(RefusalReason.GrantExpired);
        }

        if (Wallet.State == WalletState.Closed)
        {
            return new(RefusalReason.WalletClosed);
        }

        grant = grant with { DueAt = grant.DueAfter(cause.Clock) };
        var balance = new GrantBalance(grant, default);
        grants.Insert(PlaceOf(grant), balance);
        changes.Add(grant);
        _ = Post(
            cause with { Terms = LedgerChain.TermsOf(grant) },
            [new(grant.FundingAccount, EntrySide.Debit, grant.Amount), new(grant.Account.Id, EntrySide.Credit, grant.Amount)]);
        Repay(cause);
        return null;
    }

    /// <summary>
    /// Takes a grant back: what is free of it, once debts are paid, goes where it came from; what is held follows when the
    /// hold ends.
    /// </summary>
    public Refusal? Void(GrantBalance balance, Cause cause)
    {
        if (balance.Grant.VoidedAt is not null)
        {
            return new(RefusalReason.GrantVoided);
        }

        Repay(cause);
        balance.Grant = balance.Grant with { VoidedAt = cause.Clock, DueAt = null };
        changes.Void(balance.Grant);
        if (!Sweep(balance, cause, isVoid: true))
        {
            // Without anything to move, a marker: that it was taken back, and when, stands in the chain.
            _ = Post(OfVoid(balance.Grant, cause), []);
        }

        return null;
    }

    /// <summary>
    /// Pays back credit that was bought and not used; never more than is free of that grant, and nothing that is owed: what
    /// a debt needs is not the customer's to take along.
    /// </summary>
    /// <param name="balance">The grant.</param>
    /// <param name="amount">How much; null for all that can be paid back.</param>
    /// <param name="cause">Why.</param>
    public Refusal? Refund(GrantBalance balance, Credits? amount, Cause cause)
    {
        if (balance.Grant.Category != GrantCategory.Paid)
        {
            return new(RefusalReason.GrantNotPaid);
        }

        if (balance.Grant.IsOver(cause.Clock))
        {
            return new(balance.Grant.VoidedAt is not null ? RefusalReason.GrantVoided : RefusalReason.GrantExpired);
        }

        var free = Refundable(balance, cause.Clock);
        var wanted = amount ?? free;
        if (wanted > free || free <= Credits.Zero)
        {
            return new(RefusalReason.GrantSpent, free, wanted);
        }

        if (wanted <= Credits.Zero)
        {
            return new(RefusalReason.AmountOutOfRange, Needed: wanted);
        }

        Repay(cause);
        _ = Post(cause, [new(balance.Grant.Account.Id, EntrySide.Debit, wanted), new(balance.Grant.FundingAccount, EntrySide.Credit, wanted)]);
        return null;
    }

    /// <summary>Lets what is free of a grant go once its time is over; before, it only pays what is owed, as soon as it has begun.</summary>
    public void Expire(GrantBalance balance, Cause cause)
    {
        Sweep(balance, cause);
        Repay(cause);
    }

    private int PlaceOf(Grant grant)
    {
        var place = grants.FindIndex(other => BurnOrder.Instance.Compare(grant, other.Grant) < 0);
        return place < 0 ? grants.Count : place;
    }

    /// <summary>What of a grant could be paid back: free of it once debts are paid, and of all credit beyond them.</summary>
    private Credits Refundable(GrantBalance balance, DateTimeOffset now)
    {
        var free = balance.Counters.Free;
        var beyond = Credits.Zero - Owed;
        foreach (var other in grants)
        {
            beyond += other.Grant.IsOver(now) ? Credits.Zero : other.Counters.Free;
        }

        foreach (var line in Repayments(now))
        {
            free -= line.Grant == balance.Grant.Id ? line.Amount : Credits.Zero;
        }

        return Min(free, beyond > Credits.Zero ? beyond : Credits.Zero);
    }

    /// <summary>What each grant would pay of what is owed: the unrestricted ones that can be used now, in burn order.</summary>
    private List<HoldLine> Repayments(DateTimeOffset now) => Owed > Credits.Zero ? Allocate(Owed, CreditUse.Any, now) : [];

    /// <summary>
    /// Pays what is owed with what is free: a debt that arose while credit was held or not yet good is paid as soon as the
    /// wallet is touched with it free.
    /// </summary>
    private void Repay(Cause cause)
    {
        PostRepaid(Repayments(cause.Clock), cause);
        if (Owed > Credits.Zero)
        {
            // What begins later pays then, also where the clock was set back behind a beginning that was seen to.
            grants.FindAll(balance => balance.Grant.EffectiveAt > cause.Clock).ForEach(balance => Schedule(balance, cause.Clock));
        }
    }

    /// <summary>Says when the sweeper is to look at a grant next, where everything is done that its time has asked for.</summary>
    private void Schedule(GrantBalance balance, DateTimeOffset now)
    {
        var due = balance.Grant.DueAfter(now);
        if (due != balance.Grant.DueAt)
        {
            balance.Grant = balance.Grant with { DueAt = due };
            changes.Schedule(balance.Grant);
        }
    }

    private void PostRepaid(List<HoldLine> lines, Cause cause)
    {
        if (lines.Count == 0)
        {
            return;
        }

        var repaid = Credits.Zero;
        var entries = new List<Entry>();
        foreach (var line in lines)
        {
            entries.Add(new(Chart.Grant(line.Grant), EntrySide.Debit, line.Amount));
            repaid += line.Amount;
        }

        // What was ever paid only grows, so the key is new each time.
        var key = $"{TransactionKind.OverdraftRepaid}/{Wallet.Id}/{receivable.CreditsPosted}";
        entries.Add(new(Wallet.Receivable.Id, EntrySide.Credit, repaid));
        _ = Post(Behind(cause, key, TransactionKind.OverdraftRepaid, cause.ExternalId), entries);
    }

    /// <summary>
    /// Posts what is free of a grant that is over; nothing when it is not over or nothing is free. Credit that is about to be
    /// lost pays what is owed first, unless it was taken back.
    /// </summary>
    /// <returns>Whether anything left the grant but to pay what is owed.</returns>
    private bool Sweep(GrantBalance balance, Cause cause, bool isVoid = false)
    {
        Schedule(balance, cause.Clock);
        var grant = balance.Grant;
        if (!grant.IsOver(cause.Clock) || balance.Counters.Free <= Credits.Zero)
        {
            return false;
        }

        var repaid = grant.Applicability.IsUnrestricted && !grant.WasTakenBack ? Min(Owed, balance.Counters.Free) : Credits.Zero;
        PostRepaid(repaid > Credits.Zero ? [new(grant.Id, repaid)] : [], cause);
        var left = balance.Counters.Free;
        if (left <= Credits.Zero)
        {
            return false;
        }

        // What was ever taken of it only grows, so the key is new each time, even when a clock was set back in between.
        var key = $"{TransactionKind.Expiry}/{grant.Id}/{balance.Counters.DebitsPosted}";
        _ = Post(
            isVoid ? OfVoid(grant, cause) : Behind(cause, key, TransactionKind.Expiry, grant.Id),
            [new(grant.Account.Id, EntrySide.Debit, left), new(grant.LeftoverAccount, EntrySide.Credit, left)]);
        return true;
    }

    /// <summary>Why a grant is taken back; the time of the service is the instant from which it is.</summary>
    private static Cause OfVoid(Grant grant, Cause cause) => Behind(cause, cause.Key, cause.Kind, grant.Id) with { ServiceAt = grant.VoidedAt };

    /// <summary>Why something follows from a cause; it belongs to no run and no event.</summary>
    private static Cause Behind(Cause cause, string key, string kind, string externalId) =>
        new(key, kind, cause.Source, externalId, cause.At) { Actor = cause.Actor, Reason = cause.Reason, Memo = cause.Memo };
}
