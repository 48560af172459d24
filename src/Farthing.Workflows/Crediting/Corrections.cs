using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Workflows.Crediting;

/// <summary>Corrects a wallet by hand, up or down, with a reason. The same correction again is answered as it was.</summary>
public sealed class AdjustWallet : LedgerRequest<WalletBalance>
{
    /// <summary>The correction's id, chosen by the caller.</summary>
    public required string Id { get; init; }

    /// <summary>The wallet.</summary>
    public required string Wallet { get; init; }

    /// <summary>What is given, or taken when negative; not zero.</summary>
    public required Credits Amount { get; init; }

    /// <summary>Why; told to whoever reads the statement.</summary>
    public required string Reason { get; init; }

    /// <summary>The month that it belongs to.</summary>
    public Posting Posting { get; init; }

    private string Key => $"{TransactionKind.Adjustment}/{Id}";

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys)
    {
        keys.Wallets.Add(new(Org, Wallet));
        keys.Transactions.Add(new(Org, Transaction.IdOf(Org, Key)));
        keys.Chains.Add(Org);
    }

    /// <inheritdoc/>
    protected override Result<WalletBalance> Perform(LedgerUnit unit)
    {
        if (unit.FindBook(new(Org, Wallet)) is not { } book)
        {
            return Problem.NotFound("wallet");
        }

        if (unit.FindTransaction(new(Org, Transaction.IdOf(Org, Key))) is { Transaction: var known })
        {
            return known.Wallet == Wallet && known.Delta == Amount && Posting.IsOf(known)
                ? Again(Balances.Of(book, unit.Clock))
                : new Refusal(RefusalReason.IdTaken).ToProblem();
        }

        if (unit.RefusePeriod(Org, Posting) is { } problem)
        {
            return problem;
        }

        var cause = unit.CauseOf(Org, Key, TransactionKind.Adjustment, "admin", Id) with { Actor = Actor, Reason = Reason, Period = unit.PeriodOf(Org, Posting) };
        var before = AuditedWallet.Of(book);
        if ((Amount > Credits.Zero ? book.Give(GrantOf(unit.Clock), cause) : book.Deduct(Credits.Zero - Amount, cause)) is { } refusal)
        {
            return refusal.ToProblem();
        }

        unit.Tell(LedgerAudit.Of(StampOf(unit), LedgerAudit.WalletAdjusted, Wallet, before, AuditedWallet.Of(book)));
        return Balances.Of(book, unit.Clock);
    }

    private Grant GrantOf(DateTimeOffset now) => new()
    {
        Org = Org,
        Id = $"{TransactionKind.Adjustment}:{Id}",
        Wallet = Wallet,
        Category = GrantCategory.Compensation,
        Amount = Amount,
        EffectiveAt = now,
        CreatedAt = now,
    };
}

/// <summary>Undoes a charge, or a part of it. The same reversal again is answered as it was.</summary>
public sealed class ReverseTransaction : LedgerRequest<PostedTransaction>
{
    /// <summary>The reversal's id, chosen by the caller.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the transaction to undo.</summary>
    public required string Transaction { get; init; }

    /// <summary>How much; null for everything that is left of it.</summary>
    public Credits? Amount { get; init; }

    /// <summary>Why; told to whoever reads the statement.</summary>
    public required string Reason { get; init; }

    /// <summary>The month that it belongs to; not before that of what it undoes.</summary>
    public Posting Posting { get; init; }

    private string Key => $"{TransactionKind.Reversal}/{Id}";

    private LedgerKey Own => new(Org, Domain.Ledger.Transaction.IdOf(Org, Key));

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys)
    {
        keys.Transactions.Add(new(Org, Transaction));
        keys.Transactions.Add(Own);
        keys.Chains.Add(Org);
    }

    /// <inheritdoc/>
    protected override Result<PostedTransaction> Perform(LedgerUnit unit)
    {
        if (unit.FindTransaction(new(Org, Transaction)) is not { } original || unit.FindBook(new(Org, original.Transaction.Wallet)) is not { } book)
        {
            return Problem.NotFound("transaction");
        }

        if (unit.FindTransaction(Own) is { } known)
        {
            return known.Transaction.Reverses == Transaction && (Amount is null || known.Transaction.Amount == Amount) && Posting.IsOf(known.Transaction)
                ? Again(known)
                : new Refusal(RefusalReason.IdTaken).ToProblem();
        }

        if (unit.RefusePeriod(Org, Posting) is { } problem)
        {
            return problem;
        }

        if (Posting.Period < original.Transaction.Month)
        {
            return Problem.Invalid("period", $"What is undone belongs to {original.Transaction.Month}; undo it there or later.");
        }

        var cause = unit.CauseOf(Org, Key, TransactionKind.Reversal, "admin", original.Transaction.ExternalId) with
        {
            Actor = Actor,
            Reason = Reason,
            Run = original.Transaction.Run,
            Event = original.Transaction.Event,
            Period = unit.PeriodOf(Org, Posting),
        };
        var before = AuditedWallet.Of(book);
        if (book.Reverse(original.Transaction, original.Undone, Amount, cause) is { } refusal)
        {
            return refusal.ToProblem();
        }

        unit.Tell(LedgerAudit.Of(StampOf(unit), LedgerAudit.TransactionReversed, Transaction, before, AuditedWallet.Of(book)));
        return new PostedTransaction(unit.Changes.Transactions.First(transaction => transaction.Org == Org && transaction.Key == Key), Credits.Zero);
    }
}
