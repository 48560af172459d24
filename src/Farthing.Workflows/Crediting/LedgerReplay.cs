using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Workflows.Crediting;

/// <summary>What the chain says of a grant.</summary>
/// <param name="Sequence">The transaction that made it.</param>
/// <param name="Wallet">The wallet it was given to.</param>
/// <param name="Amount">How much was given.</param>
/// <param name="Terms">Its terms, see <see cref="LedgerChain.TermsOf"/>.</param>
/// <param name="VoidedAt">When it was taken back; null while it is good.</param>
internal readonly record struct GrantSeal(long Sequence, string Wallet, Credits Amount, string Terms, DateTimeOffset? VoidedAt);

/// <summary>Replays a chain link by link.</summary>
internal sealed class LedgerReplay
{
    private Dictionary<string, (Int128 Debits, Int128 Credits)>? accounts;
    private readonly Dictionary<string, GrantSeal> grants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Int128> balances = new(StringComparer.Ordinal);

    /// <summary>The last link that holds.</summary>
    public ChainHead Head { get; private set; } = ChainHead.Start;

    /// <summary>The months of the chain.</summary>
    public PeriodReplay Periods { get; } = new();

    /// <summary>What was posted to each account; added up when it is first asked for, behind the last link.</summary>
    public IDictionary<string, (Int128 Debits, Int128 Credits)> Accounts => accounts ??= Periods.SumUp();

    /// <summary>What the chain says of each grant, by its id.</summary>
    public IDictionary<string, GrantSeal> Grants => grants;

    /// <summary>How many transactions are captures of holds.</summary>
    public long Captures { get; private set; }

    /// <summary>How many transactions name a run, and what they changed in all.</summary>
    public (long Count, Int128 Delta) OfRuns { get; private set; }

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

        if ((NoteGrant(place, link.Transaction) ?? Check(place, link.Transaction) ?? Periods.Take(place, link.Transaction)) is { } broken)
        {
            return broken;
        }

        Note(link.Transaction);

        Head = LedgerChain.HeadAfter(link);
        return null;
    }

    /// <summary>Compares the stored head of the chain with the last link.</summary>
    public LedgerBreak? Compare(in ChainHead stored)
    {
        if (stored.Sequence > Head.Sequence)
        {
            return new(Head.Sequence + 1, string.Empty, $"transaction {Head.Sequence + 1}", "the end of the chain");
        }

        return stored.Sequence == Head.Sequence && stored.Hash.Span.SequenceEqual(Head.Hash.Span) && stored.BookedAt == Head.BookedAt
            ? null
            : new(0, string.Empty, Describe(Head), Describe(stored));
    }

    /// <summary>The first credit of a grant's account is the grant; the transaction that makes it holds its terms.</summary>
    private LedgerBreak? NoteGrant(long place, Transaction transaction)
    {
        var made = string.Empty;
        foreach (var entry in transaction.Entries)
        {
            if (Chart.FindGrant(entry.Account) is { } grant && !grants.ContainsKey(grant))
            {
                grants[grant] = new(place, transaction.Wallet, entry.Amount, transaction.Terms, null);
                made = grant;
            }
        }

        return made.Length > 0 == transaction.Terms.Length > 0
            ? null
            : new(place, string.Empty, made.Length > 0 ? $"the terms of the grant {made}" : "no terms, because no grant is made", $"'{transaction.Terms}'");
    }

    private void Note(Transaction transaction)
    {
        Captures += transaction.Key.StartsWith(KeptHolds.KeyPrefix, StringComparison.Ordinal) ? 1 : 0;
        if (transaction.Run.Length > 0)
        {
            OfRuns = (OfRuns.Count + 1, OfRuns.Delta + transaction.Delta.Nanocredits);
        }

        if (transaction.Kind == TransactionKind.Void && grants.TryGetValue(transaction.ExternalId, out var seal))
        {
            grants[transaction.ExternalId] = seal with { VoidedAt = transaction.ServiceAt };
        }
    }

    private LedgerBreak? Check(long place, Transaction transaction)
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

    private static string Describe(in ChainHead head) => $"{head.Sequence} {Convert.ToHexStringLower(head.Hash.Span)} {head.BookedAt:O}";
}
