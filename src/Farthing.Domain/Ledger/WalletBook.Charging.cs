using Farthing.Domain.Money;

namespace Farthing.Domain.Ledger;

/// <summary>Taking credit for usage that already happened, and undoing it.</summary>
public sealed partial class WalletBook
{
    /// <summary>
    /// Settles usage that already happened: from the grants that serve it, then as debt up to the wallet's limit, the rest
    /// as uncollected. It is never refused for want of credit, because the usage cannot be undone.
    /// </summary>
    /// <param name="parts">What is charged. Nothing at all posts a marker without entries.</param>
    /// <param name="use">What all of it was for.</param>
    /// <param name="cause">Why.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part is negative; giving back is a reversal.</exception>
    public Transaction Charge(in ChargeParts parts, in CreditUse use, Cause cause) =>
        Charge(parts, [new(use, parts.Total, IsAtOurCost: false)], cause);

    /// <summary>
    /// The same for usage of several kinds: each share is paid by the grants that serve its use. What was for nothing in
    /// particular is paid first, because the fewest grants serve it; the shares follow in their order.
    /// </summary>
    /// <param name="parts">What is charged. Nothing at all posts a marker without entries.</param>
    /// <param name="shares">What of it was used for what; the rest is for nothing in particular.</param>
    /// <param name="cause">Why.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part or share is negative, or the shares are more than is charged.</exception>
    public Transaction Charge(in ChargeParts parts, IReadOnlyList<UseShare> shares, Cause cause)
    {
        var rest = parts.Total;
        foreach (var share in shares)
        {
            rest = share.Amount >= Credits.Zero ? rest - share.Amount : new(-1);
        }

        if (!parts.HasNoNegative || rest < Credits.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(parts), parts, "A charge takes, and no more than its parts; giving back is a reversal.");
        }

        var entries = new List<Entry>();
        var unpaid = Burn(rest, CreditUse.Any, cause.Clock, entries);
        foreach (var share in shares)
        {
            unpaid += Burn(share.Amount, share.Use, cause.Clock, entries);
        }

        Owe(unpaid, entries);
        parts.AddTo(entries);
        var charge = Post(cause, entries);
        Repay(cause);
        return charge;
    }

    /// <summary>Takes credit by hand; refused when there is too little and the wallet may not owe that much.</summary>
    public Refusal? Deduct(Credits amount, Cause cause)
    {
        if (Unaskable(amount) is { } unaskable)
        {
            return unaskable;
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
    /// first. A grant that is over passes it on; what the wallet owed and has paid since comes back as compensation. What the
    /// calls cost the seller is undone with the income from them, which is the last that goes back.
    /// </summary>
    /// <param name="original">The charge.</param>
    /// <param name="undone">What was undone of it before.</param>
    /// <param name="amount">How much; null for all that is left.</param>
    /// <param name="cause">Why; its key is new.</param>
    public Refusal? Reverse(Transaction original, Credits undone, Credits? amount, Cause cause)
    {
        var left = original.Amount - undone;
        var wanted = amount ?? left;
        if (original.Kind is not (TransactionKind.Capture or TransactionKind.Charge or TransactionKind.LateUsage)
            || wanted <= Credits.Zero || wanted > left)
        {
            return new(RefusalReason.NotReversible, left, wanted);
        }

        var entries = new List<Entry>();
        TakeBack(original, EntrySide.Credit, isCost: false, undone, wanted, entries);
        TakeBack(original, EntrySide.Debit, isCost: false, undone, wanted, entries);
        TakeCostBack(original, left, left - wanted, entries);
        var compensation = CapAtDebt(entries, cause);
        var terms = compensation is null ? string.Empty : LedgerChain.TermsOf(compensation);
        _ = Post(cause with { Kind = TransactionKind.Reversal, Reverses = original.Id, Terms = terms }, entries);
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

    /// <summary>
    /// Mirrors what the calls cost. Income from calls at cost stands first in a charge, so the cost that stands is never
    /// more than what is left of the charge.
    /// </summary>
    /// <param name="original">The charge.</param>
    /// <param name="left">What was left of it before.</param>
    /// <param name="leftAfter">What is left of it now.</param>
    /// <param name="entries">Where the lines go.</param>
    private static void TakeCostBack(Transaction original, Credits left, Credits leftAfter, List<Entry> entries)
    {
        var cost = original.Cost;
        var (stands, remains) = (Min(cost, left), Min(cost, leftAfter));
        if (remains < stands)
        {
            TakeBack(original, EntrySide.Credit, isCost: true, cost - stands, stands - remains, entries);
            TakeBack(original, EntrySide.Debit, isCost: true, cost - stands, stands - remains, entries);
        }
    }

    /// <summary>Mirrors the last lines of one side that were not mirrored before: of the charge itself, or of what it cost.</summary>
    private static void TakeBack(Transaction original, EntrySide side, bool isCost, Credits undone, Credits wanted, List<Entry> entries)
    {
        var mirrored = side == EntrySide.Debit ? EntrySide.Credit : EntrySide.Debit;
        for (var index = original.Entries.Count - 1; index >= 0 && wanted > Credits.Zero; index--)
        {
            var line = original.Entries[index];
            if (line.Side != side || Chart.IsOfCost(line.Account) != isCost)
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
    /// <returns>The compensation; null when none is needed.</returns>
    private Grant? CapAtDebt(List<Entry> entries, Cause cause)
    {
        var index = entries.FindIndex(entry => entry.Account == Wallet.Receivable.Id && entry.Amount > Owed);
        if (index < 0)
        {
            return null;
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

        return grant;
    }

    /// <summary>Adds entries on the debit side that pay an amount: grants, then debt, then uncollected.</summary>
    private void Settle(Credits amount, in CreditUse use, DateTimeOffset now, List<Entry> entries) => Owe(Burn(amount, use, now, entries), entries);

    /// <summary>Adds entries that take an amount from the grants that serve a use; tells what those cannot bear.</summary>
    /// <param name="amount">How much.</param>
    /// <param name="use">What for.</param>
    /// <param name="now">The time.</param>
    /// <param name="entries">What is taken from free credit already, and not posted yet.</param>
    private Credits Burn(Credits amount, in CreditUse use, DateTimeOffset now, List<Entry> entries)
    {
        foreach (var balance in grants)
        {
            if (amount <= Credits.Zero)
            {
                break;
            }

            if (Serves(balance, use, now))
            {
                amount -= Take(balance, amount, entries);
            }
        }

        return amount;
    }

    /// <summary>Takes what a grant can bear of an amount, in one line a grant.</summary>
    private static Credits Take(GrantBalance balance, Credits amount, List<Entry> entries)
    {
        var account = Chart.Grant(balance.Grant.Id);
        var place = entries.Count - 1;
        while (place >= 0 && entries[place].Account != account)
        {
            place--;
        }

        var taken = place < 0 ? Credits.Zero : entries[place].Amount;
        var share = Min(amount, balance.Counters.Free - taken);
        if (share <= Credits.Zero)
        {
            return Credits.Zero;
        }

        if (place < 0)
        {
            entries.Add(new(account, EntrySide.Debit, share));
        }
        else
        {
            entries[place] = entries[place] with { Amount = taken + share };
        }

        return share;
    }

    /// <summary>Adds entries for what no credit pays: debt up to the wallet's limit, then uncollected.</summary>
    private void Owe(Credits amount, List<Entry> entries)
    {
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
