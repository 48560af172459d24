using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;

namespace Farthing.Crediting;

/// <summary>The wallets of an organisation as commands show them.</summary>
internal static class WalletList
{
    /// <summary>The most wallets that are listed.</summary>
    public const int WalletsMax = 10_000;

    /// <summary>The most grants of a wallet that are looked through for their expiry.</summary>
    public const int GrantsMax = 10_000;

    private const int BatchSize = 500;

    /// <summary>Wallets with what is in them, by id.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="org">Whose.</param>
    /// <param name="wallet">Only this one; null for all.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static async Task<IReadOnlyList<WalletBalance>> ReadAsync(
        ILedgerQueries ledger, string org, string? wallet, CancellationToken cancellationToken)
    {
        var query = new LedgerQuery { Org = org, Wallet = wallet, Limit = BatchSize };
        var wallets = new List<WalletBalance>();
        while (wallets.Count < WalletsMax)
        {
            var batch = await ledger.WalletsAsync(query, cancellationToken);
            wallets.AddRange(batch);
            if (batch.Count < BatchSize)
            {
                break;
            }

            query = query with { After = batch[^1].Wallet.Id };
        }

        return wallets;
    }

    /// <summary>The grants of a wallet that have something left and will expire, the next one first.</summary>
    public static async Task<IReadOnlyList<GrantBalance>> ExpiringAsync(
        ILedgerQueries ledger, Wallet wallet, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var query = new LedgerQuery { Org = wallet.Org, Wallet = wallet.Id, Limit = BatchSize };
        var expiring = new List<GrantBalance>();
        for (var read = 0; read < GrantsMax; read += BatchSize)
        {
            var batch = await ledger.GrantsAsync(query, cancellationToken);
            expiring.AddRange(batch.Where(grant => grant.Grant.ExpiresAt is not null && !grant.Grant.IsOver(now) && grant.Counters.Posted > Credits.Zero));
            if (batch.Count < BatchSize)
            {
                break;
            }

            query = query with { After = batch[^1].Grant.Id };
        }

        return [.. expiring.OrderBy(static grant => grant.Grant.ExpiresAt).ThenBy(static grant => grant.Grant.Id, StringComparer.Ordinal)];
    }
}
