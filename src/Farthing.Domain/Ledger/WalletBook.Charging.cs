using Farthing.Domain.Money;

namespace Farthing.Domain.Ledger;

/// <summary>What a charge consists of: each part is income of its own kind.</summary>
/// <param name="Passthrough">Model calls at cost.</param>
/// <param name="Markup">What comes on top of them.</param>
/// <param name="SuccessFee">The fee for a run that succeeded.</param>
public readonly record struct ChargeParts(Credits Passthrough, Credits Markup, Credits SuccessFee)
{
    /// <summary>All parts together.</summary>
    public Credits Total => Passthrough + Markup + SuccessFee;

    /// <summary>Whether every part is something or nothing.</summary>
    public bool HasNoNegative => Passthrough >= Credits.Zero && Markup >= Credits.Zero && SuccessFee >= Credits.Zero;

    /// <summary>Model calls at cost and nothing else.</summary>
    public static ChargeParts Of(Credits passthrough) => new(passthrough, Credits.Zero, Credits.Zero);

    internal void AddTo(List<Entry> entries)
    {
        Add(Chart.Passthrough, Passthrough);
        Add(Chart.Markup, Markup);
        Add(Chart.SuccessFee, SuccessFee);

        void Add(string account, Credits amount)
        {
            if (amount > Credits.Zero)
            {
                entries.Add(new(account, EntrySide.Credit, amount));
            }
        }
    }
}

/// <summary>Taking credit for usage that already happened, and undoing it.</summary>
public sealed partial class WalletBook
{
    /// <summary>
    /// Settles usage that already happened: from the grants that serve it, then as debt up to the wallet's limit, the rest
    /// as uncollected. It is never refused for want of credit, because the usage cannot be undone.
    /// </summary>
    /// <param name="parts">What is charged. Nothing at all posts a marker without entries.</param>
    /// <param name="use">What it was for.</param>
    /// <param name="cause">Why.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part is negative; giving back is a reversal.</exception>
    public Transaction Charge(in ChargeParts parts, in CreditUse use, Cause cause)
    {
        if (!parts.HasNoNegative)
        {
            throw new ArgumentOutOfRangeException(nameof(parts), parts, "A charge takes; giving back is a reversal.");
        }

        var entries = new List<Entry>();
        Settle(parts.Total, use, cause.Clock, entries);
        parts.AddTo(entries);
        var charge = Post(cause, entries);
        Repay(cause);
        return charge;
    }

    /// <summary>Takes credit by hand; refused when there is too little and the wallet may not owe that much.</summary>
    public Refusal? Deduct(Credits amount, Cause cause)
    {
        if (amount <= Credits.Zero)
        {
            return new(RefusalReason.AmountOutOfRange, Needed: amount);
        }

        var room = Wallet.OverdraftMax is { } most ? Available(CreditUse.Any, cause.Clock) + most : amount;
        if (room < amount)
        {
            return new(RefusalReason.InsufficientCredits, room, amount);
        }

        var entries = new List<Entry>();
        Settle(amount, CreditUse.Any, cause.Clock, entries);
        entries.Add(new(Chart.Adjustments, EntrySide.Credit, amount));
        _ = Post(cause, entries);
        Repay(cause);
        return null;
    }

    /// <summary>
    /// Undoes a charge, or the last part of it: income goes back, the grants that paid get their credit again, last paid
    /// first. A grant that is over passes it on; what the wallet owed and has paid since comes back as compensation.
    /// </summary>
    /// <param name="original">The charge.</param>
    /// <param name="undone">What was undone of it before.</param>
    /// <param name="amount">How much; null for all that is left.</param>
    /// <param name="cause">Why; its key is new.</param>
    public Refusal? Reverse(Transaction original, Credits undone, Credits? amount, Cause cause)
    {
        var left = original.Total(EntrySide.Debit) - undone;
        var wanted = amount ?? left;
        if (original.Kind is not (TransactionKind.Capture or TransactionKind.Charge or TransactionKind.LateUsage)
            || wanted <= Credits.Zero || wanted > left)
        {
            return new(RefusalReason.NotReversible, left, wanted);
        }

        var entries = new List<Entry>();
        TakeBack(original, EntrySide.Credit, undone, wanted, entries);
        TakeBack(original, EntrySide.Debit, undone, wanted, entries);
        CapAtDebt(entries, cause);
        _ = Post(cause with { Kind = TransactionKind.Reversal, Reverses = original.Id }, entries);
        foreach (var balance in grants)
        {
            if (entries.Exists(entry => entry.Account == balance.Grant.Account.Id))
            {
                Sweep(balance, cause);
            }
        }

        Repay(cause);
        return null;
    }

    /// <summary>Mirrors the last lines of one side that were not mirrored before.</summary>
    private static void TakeBack(Transaction original, EntrySide side, Credits undone, Credits wanted, List<Entry> entries)
    {
        var mirrored = side == EntrySide.Debit ? EntrySide.Credit : EntrySide.Debit;
        for (var index = original.Entries.Count - 1; index >= 0 && wanted > Credits.Zero; index--)
        {
            var line = original.Entries[index];
            if (line.Side != side)
            {
                continue;
            }

            var before = Min(undone, line.Amount);
            undone -= before;
            var share = Min(wanted, line.Amount - before);
            wanted -= share;
            if (share > Credits.Zero)
            {
                entries.Add(new(line.Account, mirrored, share));
            }
        }
    }

    /// <summary>A debt that was paid since cannot be forgiven: what is beyond it is given as compensation.</summary>
    private void CapAtDebt(List<Entry> entries, Cause cause)
    {
        var index = entries.FindIndex(entry => entry.Account == Wallet.Receivable.Id && entry.Amount > Owed);
        if (index < 0)
        {
            return;
        }

        var grant = new Grant
        {
            Org = Wallet.Org,
            Id = $"compensation:{Transaction.IdOf(Wallet.Org, cause.Key)}",
            Wallet = Wallet.Id,
            Category = GrantCategory.Compensation,
            Amount = entries[index].Amount - Owed,
            EffectiveAt = cause.Clock,
            CreatedAt = cause.At,
        };
        grants.Insert(PlaceOf(grant), new(grant, default));
        changes.Add(grant);
        var forgiven = Owed;
        entries[index] = new(grant.Account.Id, EntrySide.Credit, grant.Amount);
        if (forgiven > Credits.Zero)
        {
            entries.Add(new(Wallet.Receivable.Id, EntrySide.Credit, forgiven));
        }
    }

    /// <summary>Adds entries on the debit side that pay an amount: grants, then debt, then uncollected.</summary>
    private void Settle(Credits amount, in CreditUse use, DateTimeOffset now, List<Entry> entries)
    {
        foreach (var line in Allocate(amount, use, now))
        {
            entries.Add(new(Chart.Grant(line.Grant), EntrySide.Debit, line.Amount));
            amount -= line.Amount;
        }

        var owed = Wallet.OverdraftMax is { } most ? Min(amount, most > Owed ? most - Owed : Credits.Zero) : amount;
        if (owed > Credits.Zero)
        {
            entries.Add(new(Wallet.Receivable.Id, EntrySide.Debit, owed));
        }

        if (amount > owed)
        {
            entries.Add(new(Wallet.UncollectedAccount.Id, EntrySide.Debit, amount - owed));
        }
    }
}
