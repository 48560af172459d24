using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Storage.Sql.Ledger;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Sqlite.Ledger;

/// <summary>Loads what a unit of work needs. The write transaction that it runs in is the lock.</summary>
internal sealed class LedgerLoader(Connection connection, AccountTable accounts)
{
    private readonly BookTable books = new(connection, accounts);

    private Statement SelectHold => field ??= Prepare(
        $"SELECT {HoldRow.Columns} FROM holds h WHERE h.org = ?1 AND h.id = ?2");

    private Statement SelectRun => field ??= Prepare($"SELECT {RunRow.Columns} FROM runs r WHERE r.org = ?1 AND r.id = ?2");

    private Statement SelectRunsOfPlan => field ??= Prepare($"SELECT {RunRow.Columns} FROM runs r WHERE r.org = ?1 AND r.plan = ?2");

    private Statement SelectTransaction => field ??= Prepare(
        $"SELECT {TransactionRow.Columns} FROM transactions t {TransactionRow.JoinEntries} WHERE t.org = ?1 AND t.id = ?2 ORDER BY e.line");

    private Statement SelectCharges => field ??= Prepare(
        "SELECT t.id FROM transactions t WHERE t.org = ?1 AND t.run = ?2 AND t.run <> '' AND t.reverses = '' ORDER BY t.seq");

    private Statement SelectUndone => field ??= Prepare(
        $"""
        SELECT sum(e.amount) FROM transactions t JOIN entries e ON e.org = t.org AND e.seq = t.seq AND e.side = 0
        JOIN accounts a ON a.id = e.account AND a.name NOT LIKE '{Chart.PayablePrefix}%'
        WHERE t.org = ?1 AND t.reverses = ?2 AND t.reverses <> ''
        """);

    private Statement SelectHead => field ??= Prepare("SELECT seq, hash, booked_at FROM chains WHERE org = ?1");

    private Statement SelectPeriods => field ??= Prepare($"SELECT {PeriodRow.Columns} FROM periods p WHERE p.org = ?1");

    private Statement SelectBackdated => field ??= Prepare("SELECT 1 FROM transactions t WHERE t.org = ?1 AND t.seq > ?2 AND t.period <> '' LIMIT 1");

    private Statement SelectAnswer => field ??= Prepare(
        "SELECT fingerprint, status, content_type, body FROM answers WHERE org = ?1 AND principal = ?2 AND key = ?3");

    /// <summary>Loads what some requests name into a unit.</summary>
    public void Load(LedgerUnit unit, LedgerKeys keys)
    {
        var wallets = new HashSet<LedgerKey>(keys.Wallets);
        var grants = new List<GrantBalance>();
        LoadHolds(unit, keys, wallets);
        LoadRuns(unit, keys, wallets);
        LoadTransactions(unit, keys, wallets, grants);
        foreach (var key in keys.Grants)
        {
            AddGrant(key, wallets, grants);
        }

        foreach (var key in wallets)
        {
            LoadBook(unit, key, grants);
        }

        LoadChains(unit, keys);
        LoadAnswers(unit, keys);
    }

    private void LoadHolds(LedgerUnit unit, LedgerKeys keys, HashSet<LedgerKey> wallets)
    {
        foreach (var key in keys.Holds)
        {
            Bind(SelectHold, key.Org, key.Id);
            if (SelectHold.Step())
            {
                var hold = HoldRow.Read(SelectHold);
                SelectHold.Reset();
                unit.Load(hold);
                wallets.Add(new(hold.Org, hold.Wallet));
            }
        }
    }

    private void LoadRuns(LedgerUnit unit, LedgerKeys keys, HashSet<LedgerKey> wallets)
    {
        foreach (var key in keys.Runs)
        {
            LoadRuns(unit, SelectRun, key, wallets);
        }

        foreach (var key in keys.Plans)
        {
            LoadRuns(unit, SelectRunsOfPlan, key, wallets);
        }
    }

    private static void LoadRuns(LedgerUnit unit, Statement select, LedgerKey key, HashSet<LedgerKey> wallets)
    {
        Bind(select, key.Org, key.Id);
        while (select.Step())
        {
            var run = RunRow.Read(select);
            unit.Load(run);
            wallets.Add(new(run.Org, run.Wallet));
        }
    }

    private void LoadTransactions(LedgerUnit unit, LedgerKeys keys, HashSet<LedgerKey> wallets, List<GrantBalance> grants)
    {
        foreach (var key in keys.Transactions.Concat(keys.Charges.SelectMany(ChargesOf)))
        {
            Bind(SelectTransaction, key.Org, key.Id);
            var gathering = new TransactionRow.Gathering();
            while (SelectTransaction.Step())
            {
                _ = gathering.Add(SelectTransaction);
            }

            if (gathering.Take() is not { Transaction: var transaction })
            {
                continue;
            }

            unit.Load(new PostedTransaction(transaction, UndoneOf(key)));
            wallets.Add(new(key.Org, transaction.Wallet));
            foreach (var entry in transaction.Entries)
            {
                if (Chart.FindGrant(entry.Account) is { } grant)
                {
                    AddGrant(new(key.Org, grant), wallets, grants);
                }
            }
        }
    }

    private List<LedgerKey> ChargesOf(LedgerKey run)
    {
        var found = new List<LedgerKey>();
        Bind(SelectCharges, run.Org, run.Id);
        while (SelectCharges.Step())
        {
            found.Add(new(run.Org, SelectCharges.Text(0)));
        }

        return found;
    }

    private Credits UndoneOf(LedgerKey transaction)
    {
        Bind(SelectUndone, transaction.Org, transaction.Id);
        var undone = SelectUndone.Step() ? SelectUndone.Amount(0) : Credits.Zero;
        SelectUndone.Reset();
        return undone;
    }

    private void AddGrant(LedgerKey key, HashSet<LedgerKey> wallets, List<GrantBalance> grants)
    {
        if (books.FindGrant(key) is { } balance)
        {
            grants.Add(balance);
            wallets.Add(new(key.Org, balance.Grant.Wallet));
        }
    }

    private void LoadBook(LedgerUnit unit, LedgerKey key, List<GrantBalance> named)
    {
        if (books.Find(key) is { } wallet)
        {
            var grants = books.InUse(key);
            grants.AddRange(named.Where(balance => balance.Grant.Org == key.Org && balance.Grant.Wallet == key.Id));
            unit.Load(
                wallet, grants.DistinctBy(balance => balance.Grant.Id), books.Counters(wallet.Receivable), books.Counters(wallet.UncollectedAccount));
        }
    }

    private void LoadChains(LedgerUnit unit, LedgerKeys keys)
    {
        foreach (var org in keys.Chains)
        {
            SelectHead.Bind(1, org);
            if (SelectHead.Step())
            {
                unit.Load(org, WalletRow.ReadHead(SelectHead, 0));
                SelectHead.Reset();
            }

            SelectPeriods.Bind(1, org);
            while (SelectPeriods.Step())
            {
                unit.Load(PeriodRow.Read(SelectPeriods));
            }
        }

        foreach (var (org, after) in keys.Readings)
        {
            SelectBackdated.Bind(1, org);
            SelectBackdated.Bind(2, after);
            if (SelectBackdated.Step())
            {
                unit.LoadBackdated(org, after);
                SelectBackdated.Reset();
            }
        }
    }

    private void LoadAnswers(LedgerUnit unit, LedgerKeys keys)
    {
        foreach (var (org, principal, key) in keys.Answers)
        {
            Bind(SelectAnswer, org, principal);
            SelectAnswer.Bind(3, key);
            if (SelectAnswer.Step())
            {
                unit.Load(org, principal, key, WalletRow.ReadAnswer(SelectAnswer, 0));
                SelectAnswer.Reset();
            }
        }
    }

    private static void Bind(Statement statement, string first, string second)
    {
        statement.Bind(1, first);
        statement.Bind(2, second);
    }

    private Statement Prepare(string sql) => connection.Prepare(System.Text.Encoding.UTF8.GetBytes(sql));
}
