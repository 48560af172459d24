using System.Globalization;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Workflows.Crediting;

/// <summary>
/// Proves a ledger: replays the chain of an organisation from its first transaction, and compares what the store remembers
/// besides with what follows from the chain and the open holds. Tells the first place that does not hold.
/// </summary>
public sealed class VerifyLedger(ILedgerUpkeep upkeep)
{
    /// <summary>Verifies the ledger of an organisation. It may be written meanwhile: the comparison is of one moment.</summary>
    public async Task<LedgerVerdict> VerifyAsync(string org, CancellationToken cancellationToken)
    {
        var stored = await upkeep.CountersAsync(org, cancellationToken);
        var replay = new LedgerReplay();
        LedgerBreak? difference = null;
        var isCompared = false;
        await foreach (var link in upkeep.ChainAsync(org, cancellationToken))
        {
            Compare();
            if (replay.Take(link) is { } broken)
            {
                return Verdict(broken);
            }
        }

        Compare();
        return Verdict(isCompared ? difference : replay.Compare(stored));

        // What is stored belongs to the place in the chain that it names.
        void Compare()
        {
            if (!isCompared && replay.Head.Sequence == stored.Head.Sequence)
            {
                (isCompared, difference) = (true, replay.Compare(stored));
            }
        }

        LedgerVerdict Verdict(LedgerBreak? broken) =>
            new(org, replay.Head.Sequence, stored.Accounts.Count, stored.OpenHolds.Count, Convert.ToHexStringLower(replay.Head.Hash.Span), broken);
    }
}

/// <summary>Replays a chain link by link.</summary>
internal sealed class LedgerReplay
{
    private readonly Dictionary<string, (Int128 Debits, Int128 Credits)> accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Int128> balances = new(StringComparer.Ordinal);

    /// <summary>The last link that holds.</summary>
    public ChainHead Head { get; private set; } = ChainHead.Start;

    /// <summary>Takes in the next link; tells where it does not hold.</summary>
    public LedgerBreak? Take(SealedTransaction link)
    {
        var place = Head.Sequence + 1;
        if (link.Sequence != place)
        {
            return new(place, string.Empty, $"transaction {place}", $"transaction {link.Sequence}");
        }

        var hash = LedgerChain.Hash(Head.Hash.Span, place, link.Transaction);
        if (!link.Hash.Span.SequenceEqual(hash))
        {
            return new(place, string.Empty, $"the hash {Convert.ToHexStringLower(hash)}", $"{Convert.ToHexStringLower(link.Hash.Span)} over another content");
        }

        if (link.Transaction.BookedAt < Head.BookedAt)
        {
            return new(place, string.Empty, $"a booking not before {Head.BookedAt:O}", $"{link.Transaction.BookedAt:O}");
        }

        if (Post(place, link.Transaction) is { } broken)
        {
            return broken;
        }

        Head = LedgerChain.HeadAfter(link);
        return null;
    }

    /// <summary>Compares what follows from the chain and the open holds with what the store remembers.</summary>
    public LedgerBreak? Compare(LedgerCounters stored)
    {
        if (stored.Head.Sequence > Head.Sequence)
        {
            return new(Head.Sequence + 1, string.Empty, $"transaction {Head.Sequence + 1}", "the end of the chain");
        }

        if (stored.Head.Sequence != Head.Sequence || !stored.Head.Hash.Span.SequenceEqual(Head.Hash.Span))
        {
            return new(
                0, string.Empty, $"{Head.Sequence} {Convert.ToHexStringLower(Head.Hash.Span)}",
                $"{stored.Head.Sequence} {Convert.ToHexStringLower(stored.Head.Hash.Span)}");
        }

        var held = Held(stored.OpenHolds);
        var names = accounts.Keys.Concat(stored.Accounts.Keys).Concat(held.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var (debits, credits) = accounts.GetValueOrDefault(name);
            var (counters, overdraftMax) = stored.Accounts.GetValueOrDefault(name);
            var expected = (debits, credits, held.GetValueOrDefault(name), (Int128)0);
            var found = ((Int128)counters.DebitsPosted, (Int128)counters.CreditsPosted, (Int128)counters.DebitsPending, (Int128)counters.CreditsPending);
            if (expected != found)
            {
                return new(0, name, Describe(expected), Describe(found));
            }

            if (!counters.Keeps(overdraftMax))
            {
                return new(0, name, $"no more than {overdraftMax} owed", $"{Credits.Zero - counters.Free}");
            }
        }

        return null;
    }

    private LedgerBreak? Post(long place, Transaction transaction)
    {
        var (debits, credits) = (Int128.Zero, Int128.Zero);
        var delta = Int128.Zero;
        foreach (var entry in transaction.Entries)
        {
            if (entry.Amount <= Credits.Zero)
            {
                return new(place, entry.Account, "a positive amount", $"{entry.Amount}");
            }

            Int128 amount = entry.Amount.Nanocredits;
            var isDebit = entry.Side == EntrySide.Debit;
            debits += isDebit ? amount : 0;
            credits += isDebit ? 0 : amount;
            var known = accounts.GetValueOrDefault(entry.Account);
            accounts[entry.Account] = isDebit ? (known.Debits + amount, known.Credits) : (known.Debits, known.Credits + amount);
            delta += IsOfWallet(entry.Account, transaction.Wallet) ? (isDebit ? -amount : amount) : 0;
        }

        if (debits != credits)
        {
            return new(place, string.Empty, "as much on one side as on the other", $"{debits} nanocredits of debits and {credits} of credits");
        }

        var balance = balances[transaction.Wallet] = balances.GetValueOrDefault(transaction.Wallet) + delta;
        return delta == transaction.Delta.Nanocredits && balance == transaction.BalanceAfter.Nanocredits
            ? null
            : new(
                place, string.Empty, $"a change of {delta} nanocredits to {balance}",
                $"{transaction.Delta.Nanocredits} to {transaction.BalanceAfter.Nanocredits}");
    }

    private static bool IsOfWallet(string account, string wallet) =>
        wallet.Length > 0 && (Chart.FindGrant(account) is not null || string.Equals(account, Chart.Receivable(wallet), StringComparison.Ordinal));

    private static Dictionary<string, Int128> Held(IReadOnlyList<Hold> holds)
    {
        var held = new Dictionary<string, Int128>(StringComparer.Ordinal);
        foreach (var line in holds.SelectMany(hold => hold.Lines))
        {
            var account = Chart.Grant(line.Grant);
            held[account] = held.GetValueOrDefault(account) + line.Amount.Nanocredits;
        }

        return held;
    }

    private static string Describe((Int128 Debits, Int128 Credits, Int128 Held, Int128 Pending) counters) => string.Create(
        CultureInfo.InvariantCulture, $"{counters.Debits} debited, {counters.Credits} credited, {counters.Held} and {counters.Pending} pending (nanocredits)");
}
