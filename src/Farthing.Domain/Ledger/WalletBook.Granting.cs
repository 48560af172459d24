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
        if (grant.Amount <= Credits.Zero)
        {
            return new(RefusalReason.AmountOutOfRange, Needed: grant.Amount);
        }

        if (grant.ExpiresAt is { } end && (end <= cause.Clock || end <= grant.EffectiveAt))
        {
            return new(RefusalReason.GrantExpired);
        }

        if (Wallet.State == WalletState.Closed)
        {
            return new(RefusalReason.WalletClosed);
        }

        var balance = new GrantBalance(grant, default);
        grants.Insert(PlaceOf(grant), balance);
        changes.Add(grant);
        _ = Post(cause, [new(grant.FundingAccount, EntrySide.Debit, grant.Amount), new(grant.Account.Id, EntrySide.Credit, grant.Amount)]);
        if (grant.Applicability.IsUnrestricted && grant.IsUsable(cause.Clock))
        {
            Repay(balance, cause);
        }

        return null;
    }

    /// <summary>Takes a grant back: what is free of it goes where it came from, what is held follows when the hold ends.</summary>
    public Refusal? Void(GrantBalance balance, Cause cause)
    {
        if (balance.Grant.VoidedAt is not null)
        {
            return new(RefusalReason.GrantVoided);
        }

        balance.Grant = balance.Grant with { VoidedAt = cause.Clock };
        changes.Void(balance.Grant);
        Sweep(balance, cause.Key, cause, cause.Kind);
        return null;
    }

    /// <summary>Pays back credit that was bought and not used; never more than is free of that grant.</summary>
    /// <param name="balance">The grant.</param>
    /// <param name="amount">How much; null for all that is free.</param>
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

        var free = balance.Counters.Free;
        var wanted = amount ?? free;
        if (wanted > free || free <= Credits.Zero)
        {
            return new(RefusalReason.GrantSpent, free, wanted);
        }

        if (wanted <= Credits.Zero)
        {
            return new(RefusalReason.AmountOutOfRange, Needed: wanted);
        }

        _ = Post(cause, [new(balance.Grant.Account.Id, EntrySide.Debit, wanted), new(balance.Grant.FundingAccount, EntrySide.Credit, wanted)]);
        return null;
    }

    /// <summary>Lets what is free of a grant go once its time is over; nothing happens before.</summary>
    public void Expire(GrantBalance balance, Cause cause)
    {
        if (balance.Grant.IsOver(cause.Clock))
        {
            Sweep(balance, cause.Key, cause);
        }
    }

    private int PlaceOf(Grant grant)
    {
        var place = grants.FindIndex(other => BurnOrder.Instance.Compare(grant, other.Grant) < 0);
        return place < 0 ? grants.Count : place;
    }

    private void Repay(GrantBalance balance, Cause cause)
    {
        var repaid = Min(Owed, balance.Counters.Free);
        if (repaid > Credits.Zero)
        {
            _ = Post(
                cause with { Key = cause.Key + "/repaid", Kind = TransactionKind.OverdraftRepaid },
                [new(balance.Grant.Account.Id, EntrySide.Debit, repaid), new(Wallet.Receivable.Id, EntrySide.Credit, repaid)]);
        }
    }

    /// <summary>Posts what is free of a grant that is over; nothing when it is not over or nothing is free.</summary>
    private void Sweep(GrantBalance balance, string key, Cause cause, string kind = TransactionKind.Expiry)
    {
        var left = balance.Counters.Free;
        if (balance.Grant.IsOver(cause.Clock) && left > Credits.Zero)
        {
            _ = Post(
                new(key, kind, cause.Source, balance.Grant.Id, cause.At) { Actor = cause.Actor, Reason = cause.Reason, Memo = cause.Memo },
                [new(balance.Grant.Account.Id, EntrySide.Debit, left), new(balance.Grant.LeftoverAccount, EntrySide.Credit, left)]);
        }
    }
}
