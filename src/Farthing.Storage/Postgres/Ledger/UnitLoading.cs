using Farthing.Domain.Ledger;
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
    private readonly ReachedWallets reached = new(keys);
    private readonly LoadedUnit loaded = new();
    private long now;

    /// <summary>The numbers of the accounts that were loaded.</summary>
    public IReadOnlyList<(LedgerKey Account, long Number)> Numbers => loaded.Numbers;

    /// <summary>The versions of the wallets that were loaded.</summary>
    public IReadOnlyDictionary<LedgerKey, long> Versions => loaded.Versions;

    /// <summary>The database's clock, once everything was read.</summary>
    public DateTimeOffset Now => LedgerChain.InstantOf(now);

    /// <summary>Says everything that is to be locked and loaded.</summary>
    public void Say()
    {
        batch.Say("BEGIN");
        Say(Begin, static _ => { });
        SayReached(
            $"SELECT {WalletRow.Columns}, w.version FROM wallets w WHERE (w.org, w.id) IN ({reached.Query}) ORDER BY w.org, w.id FOR UPDATE", loaded.AddWallet);
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

        var unit = new LedgerUnit(time?.GetUtcNow() ?? Now);
        loaded.Fill(unit, keys.StrayHolds);
        return unit;
    }

    private NpgsqlBatchCommand Say(string sql, Action<PostgresRow> read)
    {
        readers.Add(read);
        return batch.Say(sql);
    }

    /// <summary>Says something about the wallets that are reached.</summary>
    private void SayReached(string sql, Action<PostgresRow> read) => reached.Add(Say(sql, read));

    private static string Unnest(int number) => ReachedWallets.Unnest(number);

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
            loaded.AddRun)
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
            loaded.AddHead)
            .Texts([.. keys.Chains], org => org);
        Say(
            $"SELECT {PeriodRow.Columns} FROM periods p WHERE p.org = ANY ($1::text[])",
            loaded.AddPeriod)
            .Texts([.. keys.Chains], org => org);
        if (keys.Readings.Count > 0)
        {
            Say(
                """
                SELECT k.org, k.after FROM unnest($1::text[], $2::bigint[]) k (org, after)
                WHERE EXISTS (SELECT 1 FROM transactions t WHERE t.org = k.org AND t.seq > k.after AND t.period <> '')
                """,
                loaded.AddBackdated)
                .Texts([.. keys.Readings], reading => reading.Org)
                .Numbers([.. keys.Readings], reading => reading.After);
        }
    }

    private void SayBooks()
    {
        SayReached(
            $"""
            SELECT {GrantRow.Columns} FROM accounts a JOIN grants g ON g.account = a.id
            WHERE a.in_use AND (a.org, a.wallet) IN ({reached.Query})
            """,
            loaded.AddGrant);
        SayReached(
            $"""
            SELECT a.org, a.name, a.id, {WalletRow.Counters} FROM accounts a
            WHERE (a.org, a.name) IN (
                SELECT n.org, p.prefix || n.id
                FROM ({reached.Query}) n (org, id), (VALUES ('{Chart.Receivable(string.Empty)}'), ('{Chart.Uncollected(string.Empty)}')) p (prefix))
            """,
            loaded.AddDebt);
        if (keys.Grants.Count > 0)
        {
            Say($"SELECT {GrantRow.Columns} FROM {Unnest(1)} JOIN grants g ON g.org = k.org AND g.id = k.id JOIN accounts a ON a.id = g.account", loaded.AddGrant)
                .Keys([.. keys.Grants]);
        }
    }

    private void SayHolds()
    {
        if (keys.Holds.Count > 0)
        {
            Say(
                $"SELECT {HoldRow.Columns} FROM {Unnest(1)} JOIN holds h ON h.org = k.org AND h.id = k.id",
                loaded.AddHold)
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
            loaded.AddLine)
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
            loaded.AddUndone)
            .Keys([.. keys.Transactions])
            .Keys([.. keys.Charges]);
        Say(
            $"""
            SELECT {GrantRow.Columns}
            FROM {named} JOIN transactions t ON t.org = k.org AND t.seq = k.seq JOIN entries e ON e.org = t.org AND e.seq = t.seq
            JOIN grants g ON g.account = e.account JOIN accounts a ON a.id = g.account
            """,
            loaded.AddGrant)
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
                loaded.AddAnswer)
                .Texts([.. keys.Answers], answer => answer.Org)
                .Texts([.. keys.Answers], answer => answer.Principal)
                .Texts([.. keys.Answers], answer => answer.Key);
        }
    }
}
