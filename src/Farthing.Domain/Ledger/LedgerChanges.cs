using Farthing.Domain.Money;

namespace Farthing.Domain.Ledger;

/// <summary>What a unit of work does to one account.</summary>
/// <param name="Wallet">The wallet the account belongs to; empty for accounts of the organisation.</param>
/// <param name="OverdraftMax">What may be owed on it; null for accounts without a floor.</param>
/// <param name="Change">What is added to its counters.</param>
public readonly record struct AccountChange(string Wallet, Credits? OverdraftMax, AccountCounters Change);

/// <summary>
/// Everything that a unit of work does, for the store to write in one database transaction: it holds no decision, only
/// results.
/// </summary>
public sealed class LedgerChanges
{
    private readonly Dictionary<LedgerKey, AccountChange> accounts = [];
    private readonly Dictionary<LedgerKey, Hold> holds = [];
    private readonly HashSet<LedgerKey> newHolds = [];
    private readonly Dictionary<LedgerKey, Wallet> wallets = [];
    private readonly HashSet<LedgerKey> newWallets = [];
    private readonly List<Transaction> transactions = [];
    private readonly List<Grant> grants = [];
    private readonly List<Grant> voided = [];
    private readonly Dictionary<LedgerKey, Grant> scheduled = [];

    /// <summary>The transactions in the order in which they were posted.</summary>
    public IReadOnlyList<Transaction> Transactions => transactions;

    /// <summary>New grants.</summary>
    public IReadOnlyList<Grant> Grants => grants;

    /// <summary>Grants that were taken back.</summary>
    public IReadOnlyList<Grant> Voided => voided;

    /// <summary>Grants that the sweeper is to look at at another time than before.</summary>
    public IReadOnlyCollection<Grant> Scheduled => scheduled.Values;

    /// <summary>The accounts that changed.</summary>
    public IReadOnlyDictionary<LedgerKey, AccountChange> Accounts => accounts;

    /// <summary>Holds that were not there before, as they are at the end.</summary>
    public IEnumerable<Hold> NewHolds => holds.Values.Where(hold => newHolds.Contains(hold.Key));

    /// <summary>Holds that were there before and changed, as they are at the end.</summary>
    public IEnumerable<Hold> ChangedHolds => holds.Values.Where(hold => !newHolds.Contains(hold.Key));

    /// <summary>Wallets that were not there before, as they are at the end.</summary>
    public IEnumerable<Wallet> NewWallets => wallets.Values.Where(wallet => newWallets.Contains(wallet.Key));

    /// <summary>Wallets that were there before and changed, as they are at the end.</summary>
    public IEnumerable<Wallet> ChangedWallets => wallets.Values.Where(wallet => !newWallets.Contains(wallet.Key));

    /// <summary>Adds a transaction; its entries are told account by account besides.</summary>
    public void Add(Transaction transaction) => transactions.Add(transaction);

    /// <summary>Adds a new grant.</summary>
    public void Add(Grant grant) => grants.Add(grant);

    /// <summary>Notes that a grant was taken back.</summary>
    public void Void(Grant grant) => voided.Add(grant);

    /// <summary>Notes that the sweeper is to look at a grant at another time.</summary>
    public void Schedule(Grant grant) => scheduled[grant.Account] = grant;

    /// <summary>Adds a hold or changes one.</summary>
    public void Put(Hold hold, bool isNew)
    {
        holds[hold.Key] = hold;
        if (isNew)
        {
            newHolds.Add(hold.Key);
        }
    }

    /// <summary>Adds a wallet or changes one.</summary>
    public void Put(Wallet wallet, bool isNew)
    {
        wallets[wallet.Key] = wallet;
        if (isNew)
        {
            newWallets.Add(wallet.Key);
        }
    }

    /// <summary>Adds to an account's counters.</summary>
    public void Add(LedgerKey account, string wallet, Credits? overdraftMax, in AccountCounters change)
    {
        var known = accounts.GetValueOrDefault(account);
        accounts[account] = new(wallet, overdraftMax, known.Change + change);
    }
}
