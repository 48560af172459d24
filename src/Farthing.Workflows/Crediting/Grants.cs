using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Workflows.Crediting;

/// <summary>Gives credit. The same grant again is answered as it is.</summary>
public sealed class GiveCredit : LedgerRequest<GrantBalance>
{
    /// <summary>The grant; times that nobody chose are set when it is made.</summary>
    public required Grant Grant { get; init; }

    /// <summary>Whether it is good from now on, whatever its effective time says.</summary>
    public bool FromNow { get; init; }

    /// <summary>What caused it: <c>admin</c>, a payment provider …</summary>
    public string Source { get; init; } = "admin";

    /// <summary>The cause's id at the source; empty for the grant's own.</summary>
    public string ExternalId { get; init; } = string.Empty;

    /// <summary>Why, in a word.</summary>
    public string Reason { get; init; } = "admin_grant";

    /// <summary>A remark for people.</summary>
    public string Memo { get; init; } = string.Empty;

    /// <summary>The month that it belongs to; the credit is good from when it says, whatever that month is.</summary>
    public Posting Posting { get; init; }

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys)
    {
        keys.Wallets.Add(new(Org, Grant.Wallet));
        keys.Grants.Add(new(Org, Grant.Id));
        keys.Chains.Add(Org);
    }

    /// <inheritdoc/>
    protected override Result<GrantBalance> Perform(LedgerUnit unit)
    {
        if (unit.FindBookOfGrant(new(Org, Grant.Id))?.Find(Grant.Id) is { } known)
        {
            return known.Grant.IsSameRequest(Grant, isFromNow: FromNow)
                ? Again(known.Copy())
                : new Refusal(RefusalReason.IdTaken).ToProblem();
        }

        if (unit.FindBook(new(Org, Grant.Wallet)) is not { } book)
        {
            return Problem.NotFound("wallet");
        }

        if (unit.RefusePeriod(Org, Posting) is { } problem)
        {
            return problem;
        }

        var grant = Grant with { Org = Org, CreatedAt = unit.Clock, EffectiveAt = FromNow ? unit.Clock : Grant.EffectiveAt };
        var cause = unit.CauseOf(Org, $"grant/{Grant.Id}", TransactionKind.Grant, Source, ExternalId.Length > 0 ? ExternalId : Grant.Id) with
        {
            Actor = Actor,
            Reason = Reason,
            Memo = Memo,
            Period = unit.PeriodOf(Org, Posting),
        };
        if (book.Give(grant, cause) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var given = book.Find(grant.Id)!;
        unit.Tell(LedgerAudit.Of(StampOf(unit), LedgerAudit.GrantGiven, null, AuditedGrant.Of(given)));
        return given.Copy();
    }
}

/// <summary>What is done to a grant that is there.</summary>
public abstract class GrantRequest : LedgerRequest<GrantBalance>
{
    /// <summary>The grant's id.</summary>
    public required string Grant { get; init; }

    /// <summary>A remark for people.</summary>
    public string Memo { get; init; } = string.Empty;

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys)
    {
        keys.Grants.Add(new(Org, Grant));
        keys.Chains.Add(Org);
    }

    /// <inheritdoc/>
    protected sealed override Result<GrantBalance> Perform(LedgerUnit unit)
    {
        if (unit.FindBookOfGrant(new(Org, Grant)) is not { } book || book.Find(Grant) is not { } balance)
        {
            return Problem.NotFound("grant");
        }

        var result = Perform(book, balance, unit);
        return result.Succeeded ? result.Value.Copy() : result;
    }

    /// <summary>Does it.</summary>
    protected abstract Result<GrantBalance> Perform(WalletBook book, GrantBalance balance, LedgerUnit unit);
}

/// <summary>Takes a grant back.</summary>
public sealed class VoidGrant : GrantRequest
{
    /// <inheritdoc/>
    protected override Result<GrantBalance> Perform(WalletBook book, GrantBalance balance, LedgerUnit unit)
    {
        var cause = unit.CauseOf(Org, $"void/{Grant}", TransactionKind.Void, "admin", Grant) with { Actor = Actor, Reason = "grant_voided", Memo = Memo };
        var before = AuditedGrant.Of(balance);
        if (book.Void(balance, cause) is { } refusal)
        {
            return refusal.ToProblem();
        }

        unit.Tell(LedgerAudit.Of(StampOf(unit), LedgerAudit.GrantVoided, before, AuditedGrant.Of(balance)));
        return balance;
    }
}

/// <summary>Pays back what was bought and not used. The same refund again is answered as it was.</summary>
public sealed class RefundGrant : GrantRequest
{
    /// <summary>The refund's id, chosen by the caller.</summary>
    public required string Id { get; init; }

    /// <summary>How much; null for everything that is free.</summary>
    public Credits? Amount { get; init; }

    /// <summary>The month that it belongs to.</summary>
    public Posting Posting { get; init; }

    private string Key => $"refund/{Id}";

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys)
    {
        base.Name(keys);
        keys.Transactions.Add(new(Org, Transaction.IdOf(Org, Key)));
    }

    /// <inheritdoc/>
    protected override Result<GrantBalance> Perform(WalletBook book, GrantBalance balance, LedgerUnit unit)
    {
        if (unit.FindTransaction(new(Org, Transaction.IdOf(Org, Key))) is { Transaction: var known })
        {
            return known.ExternalId == Grant && (Amount is null || known.Amount == Amount) && Posting.IsOf(known)
                ? Again(balance)
                : new Refusal(RefusalReason.IdTaken).ToProblem();
        }

        if (unit.RefusePeriod(Org, Posting) is { } problem)
        {
            return problem;
        }

        var cause = unit.CauseOf(Org, Key, TransactionKind.Refund, "admin", Grant) with
        {
            Actor = Actor,
            Reason = "credits_refunded",
            Memo = Memo,
            Period = unit.PeriodOf(Org, Posting),
        };
        var before = AuditedGrant.Of(balance);
        if (book.Refund(balance, Amount, cause) is { } refusal)
        {
            return refusal.ToProblem();
        }

        unit.Tell(LedgerAudit.Of(StampOf(unit), LedgerAudit.GrantRefunded, before, AuditedGrant.Of(balance)));
        return balance;
    }
}

/// <summary>Lets time do its work on a grant.</summary>
public sealed class ExpireGrant : GrantRequest
{
    /// <inheritdoc/>
    protected override Result<GrantBalance> Perform(WalletBook book, GrantBalance balance, LedgerUnit unit)
    {
        book.Expire(balance, unit.CauseOf(Org, $"{TransactionKind.Expiry}/{Grant}", TransactionKind.Expiry, "sweeper", Grant) with { Actor = Actor });
        return balance;
    }
}
