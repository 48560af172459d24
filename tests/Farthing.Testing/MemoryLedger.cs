using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;

namespace Farthing.Testing;

/// <summary>The moments of a unit of work at which a process may die.</summary>
public enum LedgerMoment
{
    /// <summary>It was decided and nothing of it is durable.</summary>
    BeforeWrite,

    /// <summary>It is durable and nobody was told.</summary>
    AfterWrite,
}

/// <summary>
/// Keeps the ledger in memory exactly as a database does: loads copies of what the requests name and nothing else, adds to
/// counters only where the floor allows it, knows unique keys, and writes a unit of work whole or not at all. The reference
/// that stores are held against, and the store of simulations.
/// </summary>
/// <param name="time">The clock of the database.</param>
public partial class MemoryLedger(TimeProvider time) : ILedgerStore, ILedgerQueries, IRunQueries, IPeriodQueries, ILedgerUpkeep, IKeptAnswers
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<LedgerKey, Wallet> wallets = new(ByKey.Instance);
    private readonly SortedDictionary<LedgerKey, Grant> grants = new(ByKey.Instance);
    private readonly SortedDictionary<LedgerKey, Hold> holds = new(ByKey.Instance);
    private readonly Dictionary<LedgerKey, Run> runs = [];
    private readonly List<LedgerKey> runsInOrder = [];
    private readonly Dictionary<LedgerKey, AccountRow> accounts = [];
    private readonly Dictionary<LedgerKey, SealedTransaction> transactions = [];
    private readonly Dictionary<string, List<SealedTransaction>> chains = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ChainHead> heads = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Org, string Principal, string Key), (KeptAnswer Kept, DateTimeOffset At)> answers = [];
    private readonly Dictionary<(string Org, AccountingMonth Month), LedgerPeriod> periods = [];
    private readonly SortedDictionary<(string Org, AccountingMonth Month, int Step), PeriodClose> closes = [];

    /// <summary>A ledger on the system's clock.</summary>
    public MemoryLedger()
        : this(TimeProvider.System)
    {
    }

    /// <summary>Is called at every moment at which a process may die; what it throws is thrown there.</summary>
    public Action<LedgerMoment>? Interrupt { get; set; }

    /// <inheritdoc/>
    public bool AppliesInParallel => false;

    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var unit = new LedgerUnit(time.GetUtcNow());
            LoadInto(unit, LedgerKeys.Of(requests));
            unit.Decide(requests);
            Check(unit);
            Interrupt?.Invoke(LedgerMoment.BeforeWrite);
            Write(unit);
            Interrupt?.Invoke(LedgerMoment.AfterWrite);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<int> ForgetAsync(TimeSpan age, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var before = time.GetUtcNow() - age;
            var old = answers.Where(answer => answer.Value.At < before).OrderBy(answer => answer.Value.At).Take(limit).Select(answer => answer.Key).ToList();
            return Task.FromResult(old.Count(answers.Remove));
        }
    }

    /// <summary>A hold as it is loaded; a broken store answers something else.</summary>
    protected virtual Hold? Stored(LedgerKey hold) => holds.GetValueOrDefault(hold);

    /// <summary>Whether a natural key was used before; a broken store forgets some.</summary>
    protected virtual bool IsTaken(Transaction transaction) => transactions.ContainsKey(new(transaction.Org, transaction.Id));

    /// <summary>A grant as it is written; a broken store writes something else.</summary>
    protected virtual Grant Kept(Grant grant) => grant;

    /// <summary>Adds to the counters of accounts, the last part of a write that can be torn off.</summary>
    protected virtual void WriteAccounts(LedgerChanges changes) =>
        Put(changes.Accounts, change => accounts[change.Key] = new(CountersOf(change.Key) + change.Value.Change, change.Value.OverdraftMax, change.Value.Wallet));

    private void LoadInto(LedgerUnit unit, LedgerKeys keys)
    {
        var payers = new SortedSet<LedgerKey>(keys.Wallets, ByKey.Instance);
        var named = new HashSet<LedgerKey>(keys.Grants);
        payers.UnionWith(keys.Grants.Where(grants.ContainsKey).Select(key => new LedgerKey(key.Org, grants[key].Wallet)));
        foreach (var hold in keys.Holds.Select(Stored).OfType<Hold>())
        {
            unit.Load(hold);
            payers.Add(new(hold.Org, hold.Wallet));
        }

        foreach (var run in runs.Values.Where(run => keys.Runs.Contains(run.Key) || keys.Plans.Contains(new(run.Org, run.Plan))))
        {
            unit.Load(run);
            payers.Add(new(run.Org, run.Wallet));
        }

        var charges = keys.Charges.SelectMany(run => ChainOf(run.Org).Where(link => link.Transaction.Run == run.Id && link.Transaction.Reverses.Length == 0));
        foreach (var posted in keys.Transactions.Select(key => transactions.GetValueOrDefault(key)).OfType<SealedTransaction>().Concat(charges))
        {
            var transaction = posted.Transaction;
            unit.Load(new PostedTransaction(transaction, UndoneOf(transaction)));
            payers.Add(new(transaction.Org, transaction.Wallet));
            named.UnionWith(transaction.Entries.SelectMany(entry => GrantsOf(transaction.Org, entry.Account)));
        }

        LoadBooks(unit, payers, named);
        LoadChains(unit, keys);
    }

    private void LoadBooks(LedgerUnit unit, SortedSet<LedgerKey> payers, HashSet<LedgerKey> named)
    {
        foreach (var wallet in payers.Where(wallets.ContainsKey).Select(key => wallets[key]))
        {
            var balances = GrantsIn(wallet).Where(balance =>
                balance.Counters.Posted != default || balance.Counters.Held != default || named.Contains(new(wallet.Org, balance.Grant.Id)));
            unit.Load(wallet, balances, CountersOf(wallet.Receivable), CountersOf(wallet.UncollectedAccount));
        }
    }

    private void LoadChains(LedgerUnit unit, LedgerKeys keys)
    {
        foreach (var org in keys.Chains)
        {
            unit.Load(org, heads.GetValueOrDefault(org, ChainHead.Start));
            Put(periods.Values.Where(period => period.Org == org), unit.Load);
        }

        foreach (var (org, after) in keys.Readings.Where(reading => ChainOf(reading.Org).Exists(link => link.Sequence > reading.After && link.Transaction.Period is not null)))
        {
            unit.LoadBackdated(org, after);
        }

        foreach (var key in keys.Answers)
        {
            if (answers.TryGetValue(key, out var answer))
            {
                unit.Load(key.Org, key.Principal, key.Key, answer.Kept);
            }
        }
    }

    /// <summary>The constraints of a database, all of them before anything is written.</summary>
    private void Check(LedgerUnit unit)
    {
        var changes = unit.Changes;
        RequireNew(changes.NewWallets, wallet => wallets.ContainsKey(wallet.Key));
        RequireNew(changes.Grants, grant => grants.ContainsKey(new(grant.Org, grant.Id)));
        RequireNew(changes.NewHolds, hold => holds.ContainsKey(hold.Key));
        RequireNew(unit.NewRuns, run => runs.ContainsKey(run.Key));
        RequireNew(unit.Sealed, link => IsTaken(link.Transaction));
        RequireNew(unit.PeriodCloses, close => closes.ContainsKey((close.Org, close.Month, close.Step)));
        RequireNew(unit.Given, given => answers.ContainsKey((given.Org, given.Name.Principal, given.Name.Key)));
        Require(unit.Sealed.Select(link => link.Transaction.Id).Distinct(StringComparer.Ordinal).Count() == unit.Sealed.Count, "a key twice in one unit");
        Require(changes.Grants.Select(grant => (grant.Org, grant.Id)).Distinct().Count() == changes.Grants.Count, "a grant twice in one unit");
        foreach (var (account, change) in changes.Accounts)
        {
            var counters = CountersOf(account) + change.Change;
            Require(counters.Keeps(change.OverdraftMax), $"the floor of {account}");
            Require(counters is { DebitsPending: >= 0, CreditsPending: >= 0 }, $"what is pending on {account}");
        }

        foreach (var link in unit.Sealed)
        {
            Require(link.Transaction.Entries.All(entry => entry.Amount.Nanocredits > 0), $"positive entries of {link.Transaction.Key}");
        }
    }

    /// <summary>Writes a unit of work that keeps all constraints; a broken store writes less.</summary>
    protected virtual void Write(LedgerUnit unit)
    {
        Put(unit.Changes.NewWallets.Concat(unit.Changes.ChangedWallets), wallet => wallets[wallet.Key] = wallet);
        Put(unit.Changes.Grants.Concat(unit.Changes.Scheduled).Concat(unit.Changes.Voided), grant => grants[new(grant.Org, grant.Id)] = Kept(grant));
        Put(unit.Changes.NewHolds.Concat(unit.Changes.ChangedHolds), hold => holds[hold.Key] = hold);
        WriteAccounts(unit.Changes);
        Put(unit.NewRuns, run => runsInOrder.Add(run.Key));
        Put(unit.NewRuns.Concat(unit.ChangedRuns), run => runs[run.Key] = run);
        Put(unit.PeriodCloses, close => closes[(close.Org, close.Month, close.Step)] = close);
        Put(unit.ChangedPeriods, period => periods[(period.Org, period.Month)] = period);
        Put(unit.Given, given => answers[(given.Org, given.Name.Principal, given.Name.Key)] = (new(given.Name.Fingerprint, given.Answer), time.GetUtcNow()));
        foreach (var link in unit.Sealed)
        {
            var org = link.Transaction.Org;
            transactions[new(org, link.Transaction.Id)] = link;
            if (!chains.TryGetValue(org, out var chain))
            {
                chains[org] = chain = [];
            }

            chain.Add(link);
            heads[org] = LedgerChain.HeadAfter(link);
        }
    }

    private Credits UndoneOf(Transaction original) => ChainOf(original.Org)
        .Where(link => link.Transaction.Reverses == original.Id)
        .Aggregate(Credits.Zero, (sum, link) => sum + link.Transaction.Amount);

    private static IEnumerable<LedgerKey> GrantsOf(string org, string account) =>
        Chart.FindGrant(account) is { } grant ? [new(org, grant)] : [];

    /// <summary>Fresh objects, because a unit of work changes what it is given.</summary>
    private IEnumerable<GrantBalance> GrantsIn(Wallet wallet) => grants.Values
        .Where(grant => grant.Org == wallet.Org && grant.Wallet == wallet.Id)
        .Select(grant => new GrantBalance(grant, CountersOf(grant.Account)));

    private AccountCounters CountersOf(LedgerKey account) => accounts.GetValueOrDefault(account)?.Counters ?? default;

    private List<SealedTransaction> ChainOf(string org) => chains.GetValueOrDefault(org) ?? [];

    private static void Put<T>(IEnumerable<T> rows, Action<T> put)
    {
        foreach (var row in rows)
        {
            put(row);
        }
    }

    private static void RequireNew<T>(IEnumerable<T> rows, Func<T, bool> isThere)
    {
        foreach (var row in rows)
        {
            Require(!isThere(row), $"a unique key: {row}");
        }
    }

    private static void Require(bool kept, string constraint)
    {
        if (!kept)
        {
            throw new InvalidOperationException($"A database would refuse this unit of work, because it breaks {constraint}.");
        }
    }

    private sealed record AccountRow(AccountCounters Counters, Credits? OverdraftMax, string Wallet);

    private sealed class ByKey : IComparer<LedgerKey>
    {
        public static readonly ByKey Instance = new();

        public int Compare(LedgerKey x, LedgerKey y)
        {
            var order = string.CompareOrdinal(x.Org, y.Org);
            return order != 0 ? order : string.CompareOrdinal(x.Id, y.Id);
        }
    }
}
