using System.Collections.Concurrent;
using Farthing.Domain.Ledger;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>
/// Which open holds are remembered, and of which wallets they are: callers that use a hold rarely name its wallet. The holds
/// themselves lie with what is remembered of their wallets, and have an end with it.
/// </summary>
internal sealed class RememberedHolds
{
    /// <summary>The most holds of all wallets together, some 500 bytes each; those beyond are loaded when they are asked for.</summary>
    private const int HoldsMax = 131_072;

    private readonly ConcurrentDictionary<LedgerKey, LedgerKey> wallets = new();
    private int count;

    /// <summary>The wallet of a hold; null when the hold is not remembered.</summary>
    public LedgerKey? FindWallet(LedgerKey hold) => wallets.TryGetValue(hold, out var wallet) ? wallet : null;

    /// <summary>Puts a hold as it is now among those of its wallet, or takes one away that has ended.</summary>
    public void Keep(Hold hold, Dictionary<string, Hold> ofWallet)
    {
        if (hold.IsClosed)
        {
            ofWallet.Remove(hold.Id);
            Remove(hold.Key);
        }
        else if (wallets.ContainsKey(hold.Key))
        {
            ofWallet[hold.Id] = hold;
        }
        else if (Volatile.Read(ref count) < HoldsMax && wallets.TryAdd(hold.Key, new(hold.Org, hold.Wallet)))
        {
            Interlocked.Increment(ref count);
            ofWallet[hold.Id] = hold;
        }
    }

    /// <summary>Forgets the holds of a wallet.</summary>
    public void Drop(string org, Dictionary<string, Hold> ofWallet)
    {
        foreach (var id in ofWallet.Keys)
        {
            Remove(new(org, id));
        }
    }

    private void Remove(LedgerKey hold)
    {
        if (wallets.TryRemove(hold, out _))
        {
            Interlocked.Decrement(ref count);
        }
    }
}
