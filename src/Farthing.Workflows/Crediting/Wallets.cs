using Farthing.Domain.Ledger;

namespace Farthing.Workflows.Crediting;

/// <summary>Opens a wallet. The same wallet again is answered as it is.</summary>
public sealed class OpenWallet : LedgerRequest<WalletBalance>
{
    /// <summary>The wallet; its time of creation is set when it is opened.</summary>
    public required Wallet Wallet { get; init; }

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys) => keys.Wallets.Add(new(Org, Wallet.Id));

    /// <inheritdoc/>
    protected override Result<WalletBalance> Perform(LedgerUnit unit)
    {
        var now = unit.Clock;
        if (unit.FindBook(new(Org, Wallet.Id)) is not { } known)
        {
            var opened = unit.Open(Wallet with { Org = Org, CreatedAt = now });
            unit.Tell(LedgerAudit.Of(StampOf(unit), LedgerAudit.WalletOpened, Wallet.Id, null, AuditedWallet.Of(opened)));
            return Balances.Of(opened, now);
        }

        return (known.Wallet.Owner, known.Wallet.Name, known.Wallet.Overdraft, known.Wallet.OverdraftLimit)
            == (Wallet.Owner, Wallet.Name, Wallet.Overdraft, Wallet.OverdraftLimit)
            ? Again(Balances.Of(known, now))
            : new Refusal(RefusalReason.IdTaken).ToProblem();
    }
}

/// <summary>Changes the name, overdraft or state of a wallet. What changes nothing is not told in the audit.</summary>
public sealed class ChangeWallet : LedgerRequest<WalletBalance>
{
    /// <summary>The wallet's id.</summary>
    public required string Wallet { get; init; }

    /// <summary>Makes the changed wallet of the known one.</summary>
    public required Func<Wallet, Wallet> Change { get; init; }

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys) => keys.Wallets.Add(new(Org, Wallet));

    /// <inheritdoc/>
    protected override Result<WalletBalance> Perform(LedgerUnit unit)
    {
        if (unit.FindBook(new(Org, Wallet)) is not { } book)
        {
            return Problem.NotFound("wallet");
        }

        var (before, changed) = (AuditedWallet.Of(book), Change(book.Wallet));
        if (changed != book.Wallet)
        {
            if (book.Change(changed) is { } refusal)
            {
                return refusal.ToProblem();
            }

            unit.Tell(LedgerAudit.Of(StampOf(unit), LedgerAudit.WalletChanged, Wallet, before, AuditedWallet.Of(book)));
        }

        return Balances.Of(book, unit.Clock);
    }
}

/// <summary>What is in a book.</summary>
public static class Balances
{
    /// <summary>The wallet of a book with what is in it.</summary>
    public static WalletBalance Of(WalletBook book, DateTimeOffset now) =>
        new(book.Wallet, book.Balance, book.Held, book.Available(CreditUse.Any, now), book.Owed, book.Uncollected);

    /// <summary>The same with the grants that it is made of, for a book that nobody changes any more.</summary>
    public static WalletBalance WithGrants(WalletBook book, DateTimeOffset now) => Of(book, now) with { Grants = book.Grants };
}
