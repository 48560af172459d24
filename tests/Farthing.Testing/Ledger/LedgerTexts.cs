using Farthing.Workflows.Crediting;

namespace Farthing.Testing.Ledger;

/// <summary>Writes down what a ledger holds, so that two of them, or two moments of one, can be compared.</summary>
public static class LedgerTexts
{
    /// <summary>What is in the wallets of an organisation, in the words of <see cref="NaiveLedger.Describe"/>.</summary>
    public static async Task<string> DescribeAsync(ILedgerQueries queries, string org, CancellationToken cancellationToken)
    {
        var query = new LedgerQuery { Org = org, Limit = int.MaxValue };
        var wallets = await queries.WalletsAsync(query, cancellationToken);
        var grants = (await queries.GrantsAsync(query, cancellationToken)).ToLookup(balance => balance.Grant.Wallet, StringComparer.Ordinal);
        var holds = (await queries.HoldsAsync(query, cancellationToken)).ToLookup(hold => hold.Wallet, StringComparer.Ordinal);
        return string.Join('\n', wallets.OrderBy(wallet => wallet.Wallet.Id, StringComparer.Ordinal).SelectMany(wallet => Enumerable.Empty<string>()
            .Append($"{wallet.Wallet.Id} {wallet.Balance} {wallet.Held} {wallet.Available} {wallet.Owed} {wallet.Uncollected}")
            .Concat(grants[wallet.Wallet.Id].OrderBy(grant => grant.Grant.Id, StringComparer.Ordinal).Select(grant => $"{grant.Grant.Id} {grant.Counters.Posted} {grant.Counters.Held}"))
            .Concat(holds[wallet.Wallet.Id].OrderBy(hold => hold.Id, StringComparer.Ordinal).Select(hold => $"{hold.Id} {hold.State} {hold.Captured}"))));
    }

    /// <summary>Every fact of an organisation's ledger, to the last byte of its chain.</summary>
    public static async Task<string> DumpAsync(ILedgerQueries queries, ILedgerUpkeep upkeep, string org, CancellationToken cancellationToken)
    {
        var counters = await upkeep.CountersAsync(org, cancellationToken);
        var lines = counters.Accounts.OrderBy(account => account.Key, StringComparer.Ordinal).Select(account => $"{account.Key} {account.Value}").ToList();
        await foreach (var link in upkeep.ChainAsync(org, cancellationToken))
        {
            lines.Add($"{link.Sequence} {link.Transaction.Key} {link.Transaction.BookedAt:O} {Convert.ToHexString(link.Hash.Span)}");
        }

        return $"{await DescribeAsync(queries, org, cancellationToken)}\n{string.Join('\n', lines)}";
    }
}
