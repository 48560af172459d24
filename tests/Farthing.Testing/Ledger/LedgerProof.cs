using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;

namespace Farthing.Testing.Ledger;

/// <summary>
/// Holds what a store remembers against its transactions: the properties P1, P2, P3, P4, P7, P8, P10 and P15 of one
/// organisation at one moment. Every violation is a line that begins with the name of the property.
/// </summary>
public static class LedgerProof
{
    /// <summary>Everything that is wrong; empty when nothing is.</summary>
    /// <param name="upkeep">What the store remembers.</param>
    /// <param name="queries">What the store tells.</param>
    /// <param name="org">Whose ledger.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="hashed">How many links at the beginning of the chain are not hashed again.</param>
    public static async Task<IReadOnlyList<string>> CheckAsync(
        ILedgerUpkeep upkeep, ILedgerQueries queries, string org, CancellationToken cancellationToken, long hashed = 0)
    {
        var query = new LedgerQuery { Org = org, Limit = int.MaxValue };
        var chain = new List<SealedTransaction>();
        await foreach (var link in upkeep.ChainAsync(org, cancellationToken))
        {
            chain.Add(link);
        }

        var counters = await upkeep.CountersAsync(org, cancellationToken);
        var holds = await queries.HoldsAsync(query, cancellationToken);
        var wallets = await queries.WalletsAsync(query, cancellationToken);
        return
        [
            .. Balance(chain), .. Floors(counters), .. Counters(chain, counters), .. Holds(holds, counters, chain), .. Links(chain, counters, hashed),
            .. Reversals(chain), .. Wallets(chain, wallets), .. Months(chain),
        ];
    }

    /// <summary>
    /// What is left of grants that are over, though no hold shields it, and who owes although credit is free for everything:
    /// nothing and nobody, once the sweeper was there.
    /// </summary>
    public static async Task<IReadOnlyList<string>> CheckSweptAsync(ILedgerQueries queries, string org, DateTimeOffset now, CancellationToken cancellationToken) =>
    [
        .. (await queries.GrantsAsync(new() { Org = org, Limit = int.MaxValue }, cancellationToken))
            .Where(balance => balance.Grant.IsOver(now) && balance.Counters.Free != Credits.Zero)
            .Select(balance => $"P10 {balance.Grant.Id} is over and {balance.Counters.Free} is left"),
        .. (await queries.WalletsAsync(new() { Org = org, Limit = int.MaxValue }, cancellationToken))
            .Where(wallet => wallet.Owed > Credits.Zero && wallet.Available + wallet.Owed > Credits.Zero)
            .Select(wallet => $"P10 {wallet.Wallet.Id} owes {wallet.Owed} and has credit to pay it"),
    ];

    private static IEnumerable<string> Balance(List<SealedTransaction> chain) =>
        from link in chain
        let transaction = link.Transaction
        where transaction.Total(EntrySide.Debit) != transaction.Total(EntrySide.Credit) || transaction.Entries.Any(entry => entry.Amount <= Credits.Zero)
            || Sum(transaction.Entries.Where(entry => Chart.IsOfCost(entry.Account)), EntrySide.Credit) != transaction.Cost.Nanocredits
        select $"P1 {transaction.Key} does not balance";

    private static IEnumerable<string> Floors(LedgerCounters counters) =>
        from account in counters.Accounts
        where !account.Value.Counters.Keeps(account.Value.OverdraftMax) || account.Value.Counters is { DebitsPending: < 0 } or { CreditsPending: < 0 }
        select $"P2 {account.Key} is below its floor: {account.Value.Counters}";

    /// <summary>What the counters of all accounts must be: the sum of all entries, and what open holds have reserved.</summary>
    public static IReadOnlyDictionary<string, AccountCounters> Fold(IEnumerable<SealedTransaction> chain, IEnumerable<Hold> openHolds)
    {
        var folded = new Dictionary<string, AccountCounters>(StringComparer.Ordinal);
        foreach (var entry in chain.SelectMany(link => link.Transaction.Entries))
        {
            folded[entry.Account] = folded.GetValueOrDefault(entry.Account) + AccountCounters.Of(entry.Side, entry.Amount);
        }

        foreach (var line in openHolds.SelectMany(hold => hold.Lines))
        {
            folded[Chart.Grant(line.Grant)] = folded.GetValueOrDefault(Chart.Grant(line.Grant)) + AccountCounters.OfHeld(line.Amount);
        }

        return folded;
    }

    private static IEnumerable<string> Counters(List<SealedTransaction> chain, LedgerCounters counters)
    {
        var folded = Fold(chain, counters.OpenHolds);
        return from account in folded.Keys.Union(counters.Accounts.Keys, StringComparer.Ordinal)
            let stored = counters.Accounts.GetValueOrDefault(account).Counters
            let told = folded.GetValueOrDefault(account)
            where stored != told
            select $"P3 {account} has {stored}, and its entries and holds say {told}";
    }

    private static IEnumerable<string> Holds(IReadOnlyList<Hold> holds, LedgerCounters counters, List<SealedTransaction> chain)
    {
        var captures = chain.Where(link => link.Transaction.Key.StartsWith("hold/", StringComparison.Ordinal)).ToLookup(link => link.Transaction.ExternalId, StringComparer.Ordinal);
        foreach (var hold in holds)
        {
            var taken = captures[hold.Id].Select(link => link.Transaction.Amount).ToList();
            var expected = hold.State == HoldState.Captured ? [hold.Captured] : new List<Credits>();
            if (hold.Lines.Aggregate(Credits.Zero, (sum, line) => sum + line.Amount) != hold.Amount)
            {
                yield return $"P4 the lines of {hold.Id} do not add up";
            }

            if (!taken.SequenceEqual(expected))
            {
                yield return $"P4 {hold.Id} is {hold.State} with {hold.Captured} and was captured {taken.Count} times";
            }

            if (hold.IsClosed == counters.OpenHolds.Any(open => open.Id == hold.Id))
            {
                yield return $"P4 {hold.Id} is {hold.State} and listed otherwise";
            }
        }
    }

    private static IEnumerable<string> Links(List<SealedTransaction> chain, LedgerCounters counters, long hashed)
    {
        var head = ChainHead.Start;
        foreach (var link in chain)
        {
            if (link.Sequence != head.Sequence + 1
                || (link.Sequence > hashed && !link.Hash.Span.SequenceEqual(LedgerChain.Hash(head.Hash.Span, link.Sequence, link.Transaction))))
            {
                yield return $"P7 the chain breaks at {link.Sequence}, {link.Transaction.Key}";
            }

            if (link.Transaction.BookedAt < head.BookedAt)
            {
                yield return $"P7 {link.Transaction.Key} is booked before the one in front of it";
            }

            head = LedgerChain.HeadAfter(link);
        }

        if (head.Sequence != counters.Head.Sequence || !head.Hash.Span.SequenceEqual(counters.Head.Hash.Span))
        {
            yield return $"P7 the head is at {counters.Head.Sequence} and the chain ends at {head.Sequence}";
        }

        foreach (var twice in chain.GroupBy(link => link.Transaction.Key, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return $"P6 {twice.Key} was posted {twice.Count()} times";
        }
    }

    private static IEnumerable<string> Reversals(List<SealedTransaction> chain)
    {
        var reversals = chain.FindAll(link => link.Transaction.Reverses.Length > 0);
        var byId = reversals.Count > 0 ? chain.ToLookup(link => link.Transaction.Id, StringComparer.Ordinal) : Enumerable.Empty<SealedTransaction>().ToLookup(_ => string.Empty);
        return from link in reversals
            group link.Transaction by link.Transaction.Reverses into undone
            from original in byId[undone.Key].Select(link => link.Transaction)
            let amount = undone.Aggregate(Credits.Zero, (sum, part) => sum + part.Amount)
            let cost = undone.Aggregate(Credits.Zero, (sum, part) => sum + part.Cost)
            let left = original.Amount - amount
            where left < Credits.Zero || original.Cost - cost != (original.Cost < left ? original.Cost : left)
            select $"P8 {amount} of {original.Amount} of {undone.Key} was undone, and {cost} of what it cost, {original.Cost}";
    }

    private static IEnumerable<string> Wallets(List<SealedTransaction> chain, IReadOnlyList<WalletBalance> wallets) =>
        from wallet in wallets
        let sum = chain.Where(link => link.Transaction.Wallet == wallet.Wallet.Id).Aggregate(Credits.Zero, (all, link) => all + link.Transaction.Delta)
        where sum != wallet.Balance
        select $"P3 {wallet.Wallet.Id} has {wallet.Balance}, and its transactions say {sum}";

    private static IEnumerable<string> Months(List<SealedTransaction> chain)
    {
        foreach (var (close, sequence, _) in chain.Where(link => link.Transaction.Kind == TransactionKind.PeriodClose))
        {
            var month = AccountingMonth.Parse(close.ExternalId);
            var reopened = chain.Find(link => link.Sequence > sequence && link.Transaction.Kind == TransactionKind.PeriodReopen)?.Sequence ?? long.MaxValue;
            var within = chain.Where(link => link.Sequence < reopened && link.Transaction.Month <= month).ToList();
            var lines = within.SelectMany(link => link.Transaction.Entries).GroupBy(entry => entry.Account, StringComparer.Ordinal)
                .Select(account => new TrialLine(account.Key, Sum(account, EntrySide.Debit), Sum(account, EntrySide.Credit)));
            if (PeriodClose.HashOf(PeriodClose.Describe(lines)) != close.Memo)
            {
                yield return $"P15 the books of {close.ExternalId} are not what was closed";
            }
        }
    }

    private static Int128 Sum(IEnumerable<Entry> entries, EntrySide side) =>
        entries.Where(entry => entry.Side == side).Aggregate(Int128.Zero, (sum, entry) => sum + entry.Amount.Nanocredits);
}
