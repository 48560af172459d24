using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql.Ledger;
using Farthing.Workflows.Crediting;
using Npgsql;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>
/// Locks and loads what requests name, in one round trip: wallets, then runs, then heads of chains, each in the order of
/// their keys; then what hangs on them. Every statement sees what was committed before it began, so what is loaded behind
/// a lock is as it was left.
/// </summary>
internal sealed class UnitLoading(NpgsqlBatch batch, LedgerKeys keys, IReadOnlySet<string> knownChains)
{
    /// <summary>
    /// Begins, and keeps the planner to its indexes: a plan is made while tables are small and kept while they grow.
    /// </summary>
    public const string Begin =
        "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)";

    private const string Clock = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)";

    private readonly List<Action<PostgresRow>> readers = [];
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
    private long now;

    /// <summary>The numbers of the accounts that were loaded.</summary>
    public IReadOnlyList<(LedgerKey Account, long Number)> Numbers => numbers;

    /// <summary>The versions of the wallets that were loaded.</summary>
    public IReadOnlyDictionary<LedgerKey, long> Versions => versions;

    /// <summary>The database's clock, once everything was read.</summary>
    public DateTimeOffset Now => LedgerChain.InstantOf(now);

    /// <summary>Says everything that is to be locked and loaded.</summary>
    public void Say()
    {
        batch.Say("BEGIN");
        Say(Begin, static _ => { });
        Reach(Say(
            $"SELECT {WalletRow.Columns}, w.version FROM wallets w WHERE (w.org, w.id) IN ({Reached}) ORDER BY w.org, w.id FOR UPDATE",
            row =>
            {
                var wallet = WalletRow.Read(row);
                wallets.Add(wallet);
                versions[wallet.Key] = row.Integer(WalletRow.Width);
            }));
        SayRuns();
        SayChains();
        SayBooks();
        SayHolds();
        SayTransactions();
        SayAnswers();
        Say(Clock, row => now = row.Integer(0));
    }

    /// <summary>Reads the answers into a unit of work.</summary>
    /// <param name="time">A clock instead of the database's; null for that.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LedgerRaceException">Something came up between the lock and the load.</exception>
    public async Task<LedgerUnit> ReadAsync(TimeProvider? time, CancellationToken cancellationToken)
    {
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            for (var index = 0; index < readers.Count; index++)
            {
                var row = new PostgresRow(reader);
                while (await reader.ReadAsync(cancellationToken))
                {
                    readers[index](row);
                }

                await reader.NextResultAsync(cancellationToken);
            }
        }

        return Fill(new(time?.GetUtcNow() ?? Now));
    }

    private NpgsqlBatchCommand Say(string sql, Action<PostgresRow> read)
    {
        readers.Add(read);
        return batch.Say(sql);
    }

    /// <summary>The wallets that are named, and those that hang on what is named.</summary>
    private string Reached => field ??= Reach();

    private string Reach()
    {
        var number = 1;
        List<string> parts = [];
        Add(keys.Wallets, "SELECT k.org, k.id FROM {0}");
        Add(keys.StrayHolds, "SELECT h.org, h.wallet FROM {0} JOIN holds h ON h.org = k.org AND h.id = k.id");
        Add(keys.Grants, "SELECT g.org, g.wallet FROM {0} JOIN grants g ON g.org = k.org AND g.id = k.id");
        Add(keys.Runs, "SELECT r.org, r.wallet FROM {0} JOIN runs r ON r.org = k.org AND r.id = k.id");
        Add(keys.Plans, "SELECT r.org, r.wallet FROM {0} JOIN runs r ON r.org = k.org AND r.plan = k.id");
        Add(keys.Transactions, "SELECT t.org, t.wallet FROM {0} JOIN transactions t ON t.org = k.org AND t.id = k.id");
        return parts.Count > 0 ? string.Join(" UNION ", parts) : "SELECT '', '' WHERE 1 = 0";

        void Add(ISet<LedgerKey> named, string part)
        {
            if (named.Count > 0)
            {
                parts.Add(part.Replace("{0}", Unnest(number), StringComparison.Ordinal));
                number += 2;
            }
        }
    }

    /// <summary>Adds the parameters of <see cref="Reached"/>.</summary>
    private NpgsqlBatchCommand Reach(NpgsqlBatchCommand command)
    {
        foreach (var named in (ReadOnlySpan<ISet<LedgerKey>>)[keys.Wallets, keys.StrayHolds, keys.Grants, keys.Runs, keys.Plans, keys.Transactions])
        {
            if (named.Count > 0)
            {
                command.Keys([.. named]);
            }
        }

        return command;
    }

    private static string Unnest(int number) => $"unnest(${number}::text[], ${number + 1}::text[]) k (org, id)";

    private void SayRuns()
    {
        if (keys.Runs.Count + keys.Plans.Count == 0)
        {
            return;
        }

        Say(
            $"""
            SELECT {RunRow.Columns} FROM runs r
            WHERE (r.org, r.id) IN (
                SELECT k.org, k.id FROM {Unnest(1)}
                UNION SELECT p.org, p.id FROM {Unnest(3)} JOIN runs p ON p.org = k.org AND p.plan = k.id)
            ORDER BY r.org, r.id FOR UPDATE
            """,
            row => runs.Add(RunRow.Read(row)))
            .Keys([.. keys.Runs])
            .Keys([.. keys.Plans]);
    }

    private void SayChains()
    {
        if (keys.Chains.Count == 0)
        {
            return;
        }

        if (!knownChains.IsSupersetOf(keys.Chains))
        {
            batch.Say(
                """
                INSERT INTO chains (org, seq, hash, booked_at)
                SELECT k.org, 0, ''::bytea, 0 FROM unnest($1::text[]) k (org) ORDER BY k.org COLLATE "C" ON CONFLICT (org) DO NOTHING
                """)
                .Texts([.. keys.Chains], org => org);
        }

        Say(
            "SELECT c.org, c.seq, c.hash, c.booked_at FROM chains c WHERE c.org = ANY ($1::text[]) ORDER BY c.org FOR UPDATE",
            row =>
            {
                var (org, head) = (row.Text(0), WalletRow.ReadHead(row, 1));
                loads.Add(unit => unit.Load(org, head));
            })
            .Texts([.. keys.Chains], org => org);
        Say(
            $"SELECT {PeriodRow.Columns} FROM periods p WHERE p.org = ANY ($1::text[])",
            row =>
            {
                var period = PeriodRow.Read(row);
                loads.Add(unit => unit.Load(period));
            })
            .Texts([.. keys.Chains], org => org);
        if (keys.Readings.Count > 0)
        {
            Say(
                """
                SELECT k.org, k.after FROM unnest($1::text[], $2::bigint[]) k (org, after)
                WHERE EXISTS (SELECT 1 FROM transactions t WHERE t.org = k.org AND t.seq > k.after AND t.period <> '')
                """,
                row =>
                {
                    var (org, after) = (row.Text(0), row.Integer(1));
                    loads.Add(unit => unit.LoadBackdated(org, after));
                })
                .Texts([.. keys.Readings], reading => reading.Org)
                .Numbers([.. keys.Readings], reading => reading.After);
        }
    }

    private void SayBooks()
    {
        Reach(Say(
            $"""
            SELECT {GrantRow.Columns} FROM accounts a JOIN grants g ON g.account = a.id
            WHERE a.in_use AND (a.org, a.wallet) IN ({Reached})
            """,
            AddGrant));
        Reach(Say(
            $"""
            SELECT a.org, a.name, a.id, {WalletRow.Counters} FROM accounts a
            WHERE (a.org, a.name) IN (
                SELECT n.org, p.prefix || n.id
                FROM ({Reached}) n (org, id), (VALUES ('{Chart.Receivable(string.Empty)}'), ('{Chart.Uncollected(string.Empty)}')) p (prefix))
            """,
            row =>
            {
                var account = new LedgerKey(row.Text(0), row.Text(1));
                debts[account] = WalletRow.ReadCounters(row, 3);
                numbers.Add((account, row.Integer(2)));
            }));
        if (keys.Grants.Count > 0)
        {
            Say($"SELECT {GrantRow.Columns} FROM {Unnest(1)} JOIN grants g ON g.org = k.org AND g.id = k.id JOIN accounts a ON a.id = g.account", AddGrant)
                .Keys([.. keys.Grants]);
        }
    }

    private void SayHolds()
    {
        if (keys.Holds.Count > 0)
        {
            Say(
                $"SELECT {HoldRow.Columns} FROM {Unnest(1)} JOIN holds h ON h.org = k.org AND h.id = k.id",
                row => holds.Add(HoldRow.Read(row)))
                .Keys([.. keys.Holds]);
        }
    }

    private void SayTransactions()
    {
        if (keys.Transactions.Count + keys.Charges.Count == 0)
        {
            return;
        }

        var named = $"""
            (SELECT t.org, t.seq, t.id FROM {Unnest(1)} JOIN transactions t ON t.org = k.org AND t.id = k.id
             UNION SELECT t.org, t.seq, t.id FROM {Unnest(3)} JOIN transactions t ON t.org = k.org AND t.run = k.id AND t.run <> '' AND t.reverses = '') k
            """;
        Say(
            $"SELECT {TransactionRow.Columns} FROM {named} JOIN transactions t ON t.org = k.org AND t.seq = k.seq {TransactionRow.JoinEntries} ORDER BY t.org, t.seq, e.line",
            row =>
            {
                if (gathering.Add(row) is { } link)
                {
                    transactions.Add(link);
                }
            })
            .Keys([.. keys.Transactions])
            .Keys([.. keys.Charges]);
        Say(
            $"""
            SELECT t.org, t.reverses, CAST(sum(e.amount) AS BIGINT)
            FROM {named} JOIN transactions t ON t.org = k.org AND t.reverses = k.id AND t.reverses <> ''
            JOIN entries e ON e.org = t.org AND e.seq = t.seq AND e.side = 0
            JOIN accounts a ON a.id = e.account AND a.name NOT LIKE '{Chart.PayablePrefix}%'
            GROUP BY t.org, t.reverses
            """,
            row => undone[new(row.Text(0), row.Text(1))] = row.Amount(2))
            .Keys([.. keys.Transactions])
            .Keys([.. keys.Charges]);
        Say(
            $"""
            SELECT {GrantRow.Columns}
            FROM {named} JOIN transactions t ON t.org = k.org AND t.seq = k.seq JOIN entries e ON e.org = t.org AND e.seq = t.seq
            JOIN grants g ON g.account = e.account JOIN accounts a ON a.id = g.account
            """,
            AddGrant)
            .Keys([.. keys.Transactions])
            .Keys([.. keys.Charges]);
    }

    private void SayAnswers()
    {
        if (keys.Answers.Count > 0)
        {
            Say(
                """
                SELECT s.org, s.principal, s.key, s.fingerprint, s.status, s.content_type, s.body
                FROM unnest($1::text[], $2::text[], $3::text[]) k (org, principal, key)
                JOIN answers s ON s.org = k.org AND s.principal = k.principal AND s.key = k.key
                """,
                row =>
                {
                    var (org, principal, key, answer) = (row.Text(0), row.Text(1), row.Text(2), WalletRow.ReadAnswer(row, 3));
                    loads.Add(unit => unit.Load(org, principal, key, answer));
                })
                .Texts([.. keys.Answers], answer => answer.Org)
                .Texts([.. keys.Answers], answer => answer.Principal)
                .Texts([.. keys.Answers], answer => answer.Key);
        }
    }

    private void AddGrant(PostgresRow row)
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

    private LedgerUnit Fill(LedgerUnit unit)
    {
        foreach (var wallet in wallets)
        {
            unit.Load(
                wallet,
                grants.GetValueOrDefault(wallet.Key, []).DistinctBy(balance => balance.Grant.Id),
                debts.GetValueOrDefault(wallet.Receivable),
                debts.GetValueOrDefault(wallet.UncollectedAccount));
        }

        var locked = wallets.Select(wallet => wallet.Key).ToHashSet();
        foreach (var hold in holds)
        {
            Require(!keys.StrayHolds.Contains(hold.Key) || locked.Contains(new(hold.Org, hold.Wallet)));
            unit.Load(hold);
        }

        foreach (var run in runs)
        {
            Require(run.Wallet.Length == 0 || locked.Contains(new(run.Org, run.Wallet)));
            unit.Load(run);
        }

        if (gathering.Take() is { } last)
        {
            transactions.Add(last);
        }

        foreach (var transaction in transactions.Select(link => link.Transaction))
        {
            Require(transaction.Wallet.Length == 0 || locked.Contains(new(transaction.Org, transaction.Wallet)));
            unit.Load(new PostedTransaction(transaction, undone.GetValueOrDefault(new(transaction.Org, transaction.Id))));
        }

        loads.ForEach(load => load(unit));
        return unit;
    }

    /// <summary>What was not there when wallets were locked, and is now, belongs to a wallet that is not locked.</summary>
    private static void Require(bool isLocked)
    {
        if (!isLocked)
        {
            throw new LedgerRaceException("Something was made by somebody else between the lock and the load.");
        }
    }
}
