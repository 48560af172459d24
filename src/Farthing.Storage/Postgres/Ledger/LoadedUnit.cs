using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql.Ledger;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>The rows that a unit of work is loaded from, gathered as they come.</summary>
internal sealed class LoadedUnit
{
    private readonly List<Wallet> wallets = [];
    private readonly Dictionary<LedgerKey, long> versions = [];
    private readonly Dictionary<LedgerKey, List<GrantBalance>> grants = [];
    private readonly Dictionary<LedgerKey, AccountCounters> debts = [];
    private readonly List<Hold> holds = [];
    private readonly List<Domain.Billing.Run> runs = [];
    private readonly TransactionRow.Gathering gathering = new();
    private readonly List<SealedTransaction> transactions = [];
    private readonly Dictionary<LedgerKey, Credits> undone = [];
    private readonly List<Action<LedgerUnit>> loads = [];
    private readonly List<(LedgerKey Account, long Number)> numbers = [];

    /// <summary>The numbers of the accounts that were loaded.</summary>
    public IReadOnlyList<(LedgerKey Account, long Number)> Numbers => numbers;

    /// <summary>The versions of the wallets that were loaded.</summary>
    public IReadOnlyDictionary<LedgerKey, long> Versions => versions;

    /// <summary>Adds a wallet with its version.</summary>
    public void AddWallet(PostgresRow row)
    {
        var wallet = WalletRow.Read(row);
        wallets.Add(wallet);
        versions[wallet.Key] = row.Integer(WalletRow.Width);
    }

    /// <summary>Adds a run.</summary>
    public void AddRun(PostgresRow row) => runs.Add(RunRow.Read(row));

    /// <summary>Adds the head of a chain.</summary>
    public void AddHead(PostgresRow row)
    {
        var (org, head) = (row.Text(0), WalletRow.ReadHead(row, 1));
        loads.Add(unit => unit.Load(org, head));
    }

    /// <summary>Adds a month of an organisation.</summary>
    public void AddPeriod(PostgresRow row)
    {
        var period = PeriodRow.Read(row);
        loads.Add(unit => unit.Load(period));
    }

    /// <summary>Adds that something was posted into another month behind a place of a chain.</summary>
    public void AddBackdated(PostgresRow row)
    {
        var (org, after) = (row.Text(0), row.Integer(1));
        loads.Add(unit => unit.LoadBackdated(org, after));
    }

    /// <summary>Adds a grant with what is left of it.</summary>
    public void AddGrant(PostgresRow row)
    {
        var balance = GrantRow.Read(row);
        var wallet = new LedgerKey(balance.Grant.Org, balance.Grant.Wallet);
        if (!grants.TryGetValue(wallet, out var known))
        {
            grants[wallet] = known = [];
        }

        known.Add(balance);
        numbers.Add((balance.Grant.Account, GrantRow.ReadAccount(row)));
    }

    /// <summary>Adds an account of what a wallet owes.</summary>
    public void AddDebt(PostgresRow row)
    {
        var account = new LedgerKey(row.Text(0), row.Text(1));
        debts[account] = WalletRow.ReadCounters(row, 3);
        numbers.Add((account, row.Integer(2)));
    }

    /// <summary>Adds a hold.</summary>
    public void AddHold(PostgresRow row) => holds.Add(HoldRow.Read(row));

    /// <summary>Adds a line of a transaction; those of one follow each other.</summary>
    public void AddLine(PostgresRow row)
    {
        if (gathering.Add(row) is { } link)
        {
            transactions.Add(link);
        }
    }

    /// <summary>Adds what was undone of a transaction.</summary>
    public void AddUndone(PostgresRow row) => undone[new(row.Text(0), row.Text(1))] = row.Amount(2);

    /// <summary>Adds an answer that was given before.</summary>
    public void AddAnswer(PostgresRow row)
    {
        var (org, principal, key, answer) = (row.Text(0), row.Text(1), row.Text(2), WalletRow.ReadAnswer(row, 3));
        loads.Add(unit => unit.Load(org, principal, key, answer));
    }

    /// <summary>Loads all of it into a unit, once every row was added.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="stray">Holds that were named without their wallet.</param>
    /// <exception cref="LedgerRaceException">Something came up between the lock and the load.</exception>
    public void Fill(LedgerUnit unit, ISet<LedgerKey> stray)
    {
        foreach (var wallet in wallets)
        {
            unit.Load(
                wallet,
                grants.GetValueOrDefault(wallet.Key, []).DistinctBy(balance => balance.Grant.Id),
                debts.GetValueOrDefault(wallet.Receivable),
                debts.GetValueOrDefault(wallet.UncollectedAccount));
        }

        foreach (var hold in holds)
        {
            Require(!stray.Contains(hold.Key) || IsLocked(hold.Org, hold.Wallet));
            unit.Load(hold);
        }

        foreach (var run in runs)
        {
            Require(run.Wallet.Length == 0 || IsLocked(run.Org, run.Wallet));
            unit.Load(run);
        }

        LoadTransactions(unit);
        loads.ForEach(load => load(unit));
    }

    private void LoadTransactions(LedgerUnit unit)
    {
        if (gathering.Take() is { } last)
        {
            transactions.Add(last);
        }

        foreach (var transaction in transactions.Select(link => link.Transaction))
        {
            Require(transaction.Wallet.Length == 0 || IsLocked(transaction.Org, transaction.Wallet));
            unit.Load(new PostedTransaction(transaction, undone.GetValueOrDefault(new(transaction.Org, transaction.Id))));
        }
    }

    /// <summary>A wallet that was loaded is locked, and has its version.</summary>
    private bool IsLocked(string org, string wallet) => versions.ContainsKey(new(org, wallet));

    /// <summary>What was not there when wallets were locked, and is now, belongs to a wallet that is not locked.</summary>
    private static void Require(bool isLocked)
    {
        if (!isLocked)
        {
            throw new LedgerRaceException("Something was made by somebody else between the lock and the load.");
        }
    }
}
