using System.Collections.Concurrent;
using Farthing.Domain.Ledger;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>
/// What a process remembers of wallets, their open holds and chains from the units that it did last, so that the next one
/// begins without asking the server. It is never trusted: the server compares the versions of the wallets and the heads of
/// the chains under their locks before anything is written. What a unit takes out and does not put back is forgotten.
/// </summary>
/// <param name="time">A clock instead of the database's; null for that.</param>
internal sealed class LedgerMemory(TimeProvider? time)
{
    private const int WalletsMax = 16_384;
    private const int ChainsMax = 4_096;

    /// <summary>When another server has the same wallets, memory is of no use: so many units are loaded then.</summary>
    private const int LoadedAfterFailure = 64;

    /// <summary>How long the database's clock is told by this machine's from one look to the next.</summary>
    private static readonly TimeSpan ClockFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<LedgerKey, KeptWallet> wallets = new();
    private readonly ConcurrentDictionary<string, KeptChain> chains = new(StringComparer.Ordinal);
    private readonly RememberedHolds open = new();
    private ClockReading? clock;
    private int toBeLoaded;

    /// <summary>Begins a unit from memory; null when it has to be loaded.</summary>
    public BegunUnit? Begin(LedgerKeys keys)
    {
        if (Volatile.Read(ref toBeLoaded) > 0)
        {
            Interlocked.Decrement(ref toBeLoaded);
            return null;
        }

        if (!Suffices(keys) || Now() is not { } now || WalletsOf(keys) is not { } named)
        {
            return null;
        }

        var (takenWallets, takenChains) = (Take(wallets, named), Take(chains, keys.Chains));
        var unit = new LedgerUnit(now);
        if (takenWallets.Count == named.Count && takenChains.Count == keys.Chains.Count && LoadHolds(unit, keys, takenWallets))
        {
            Load(unit, takenWallets.Values, takenChains);
            return new(unit, keys, takenWallets.ToDictionary(static wallet => wallet.Key, static wallet => wallet.Value.Version))
            {
                Remembered = takenWallets.ToDictionary(static wallet => wallet.Key, static wallet => wallet.Value.Holds),
            };
        }

        PutBack(wallets, takenWallets);
        PutBack(chains, takenChains);
        return null;
    }

    /// <summary>Notes what the database's clock has just shown.</summary>
    public void Note(DateTimeOffset now) => clock = new(now, TimeProvider.System.GetTimestamp());

    /// <summary>Remembers what a unit left behind that is committed.</summary>
    public void Keep(BegunUnit begun)
    {
        if (wallets.Count >= WalletsMax || chains.Count >= ChainsMax)
        {
            ForgetAll();
        }

        var unit = begun.Unit;
        var holds = new Dictionary<LedgerKey, Dictionary<string, Hold>>(begun.Versions.Count);
        foreach (var (key, version) in begun.Versions)
        {
            holds[key] = begun.Remembered is { } remembered ? remembered[key] : Continue(key, version);
        }

        foreach (var hold in unit.Changes.NewHolds.Concat(unit.Changes.ChangedHolds))
        {
            if (holds.TryGetValue(new(hold.Org, hold.Wallet), out var ofWallet))
            {
                open.Keep(hold, ofWallet);
            }
        }

        foreach (var (key, version) in begun.Versions)
        {
            wallets[key] = new(unit.Books[key], version + 1, holds[key]);
        }

        foreach (var (org, head) in unit.Heads)
        {
            chains[org] = new(head, unit.FindMonths(org));
        }
    }

    /// <summary>Forgets everything, because a unit failed.</summary>
    public void Forget(BegunUnit begun)
    {
        ForgetAll();
        if (begun.Remembered is { } remembered)
        {
            foreach (var (wallet, holds) in remembered)
            {
                open.Drop(wallet.Org, holds);
            }

            Interlocked.Exchange(ref toBeLoaded, LoadedAfterFailure);
        }
    }

    /// <summary>Whether requests need no more than wallets, holds, chains, and answers that are new.</summary>
    private static bool Suffices(LedgerKeys keys) =>
        keys.Grants.Count + keys.Runs.Count + keys.Plans.Count + keys.Transactions.Count + keys.Charges.Count + keys.Readings.Count == 0;

    private DateTimeOffset? Now() => time is not null ? time.GetUtcNow()
        : clock is { } read && TimeProvider.System.GetElapsedTime(read.Timestamp) is var since && since < ClockFor ? read.Clock + since
        : null;

    private static void Load(LedgerUnit unit, IEnumerable<KeptWallet> wallets, Dictionary<string, KeptChain> chains)
    {
        foreach (var wallet in wallets)
        {
            unit.Load(wallet.Book);
        }

        foreach (var (org, chain) in chains)
        {
            unit.Load(org, chain.Head);
            if (chain.Months is { } months)
            {
                unit.Load(org, months);
            }
        }
    }

    /// <summary>The wallets that are named, and those of holds whose wallet nobody named; null when one of those is not known.</summary>
    private HashSet<LedgerKey>? WalletsOf(LedgerKeys keys)
    {
        var named = new HashSet<LedgerKey>(keys.Wallets);
        foreach (var hold in keys.StrayHolds)
        {
            if (open.FindWallet(hold) is not { } wallet)
            {
                return null;
            }

            named.Add(wallet);
        }

        return named;
    }

    /// <summary>Loads the holds that are known; tells whether the others are only about to be made.</summary>
    private bool LoadHolds(LedgerUnit unit, LedgerKeys keys, Dictionary<LedgerKey, KeptWallet> taken)
    {
        foreach (var key in keys.Holds)
        {
            if (open.FindWallet(key) is { } wallet && taken.TryGetValue(wallet, out var kept) && kept.Holds.TryGetValue(key.Id, out var hold))
            {
                unit.Load(hold);
            }
            else if (!keys.NewHolds.Contains(key))
            {
                return false;
            }
        }

        return true;
    }

    private static Dictionary<TKey, TKept> Take<TKey, TKept>(ConcurrentDictionary<TKey, TKept> kept, ICollection<TKey> keys)
        where TKey : notnull
    {
        var taken = new Dictionary<TKey, TKept>(keys.Count);
        foreach (var key in keys)
        {
            if (!kept.TryRemove(key, out var value))
            {
                break;
            }

            taken[key] = value;
        }

        return taken;
    }

    private static void PutBack<TKey, TKept>(ConcurrentDictionary<TKey, TKept> kept, Dictionary<TKey, TKept> taken)
        where TKey : notnull
    {
        foreach (var (key, value) in taken)
        {
            kept[key] = value;
        }
    }

    /// <summary>The open holds that were known of a wallet that was loaded, when nobody has touched it since; else none.</summary>
    private Dictionary<string, Hold> Continue(LedgerKey wallet, long version)
    {
        if (!wallets.TryRemove(wallet, out var before))
        {
            return [];
        }

        if (before.Version == version)
        {
            return before.Holds;
        }

        open.Drop(wallet.Org, before.Holds);
        return [];
    }

    private void ForgetAll()
    {
        foreach (var wallet in wallets.Keys)
        {
            if (wallets.TryRemove(wallet, out var dropped))
            {
                open.Drop(wallet.Org, dropped.Holds);
            }
        }

        chains.Clear();
    }

    private sealed record KeptWallet(WalletBook Book, long Version, Dictionary<string, Hold> Holds);

    private sealed record KeptChain(ChainHead Head, PeriodBook? Months);

    private sealed record ClockReading(DateTimeOffset Clock, long Timestamp);
}
