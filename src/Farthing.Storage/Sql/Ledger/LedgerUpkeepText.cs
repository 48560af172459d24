using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Sql.Ledger;

/// <summary>The text of what keeps the ledger honest over time.</summary>
internal static class LedgerUpkeepText
{
    /// <summary>
    /// Holds and grants of all organisations that are due, those that have waited longest in front. Each kind has an index of
    /// what will be due, so that what ever was due costs nothing.
    /// </summary>
    public static SqlText Overdue(DateTimeOffset now, int limit) => new SqlText()
        .Add(
            """
            SELECT o.org, o.wallet, o.id, o.is_hold FROM (
              SELECT * FROM (
                SELECT h.org, h.wallet, h.id, CAST(1 AS BIGINT) AS is_hold, h.expires_at AS due_at FROM holds h WHERE h.state < 2 AND h.expires_at <=
            """,
            now.ToColumn())
        .Add("ORDER BY h.expires_at LIMIT", (long)limit)
        .Add(
            """
              ) late
              UNION ALL
              SELECT * FROM (
                SELECT g.org, g.wallet, g.id, CAST(0 AS BIGINT), g.due_at FROM grants g WHERE g.due_at <=
            """,
            now.ToColumn())
        .Add("ORDER BY g.due_at LIMIT", (long)limit)
        .Add(") due) o ORDER BY o.due_at, o.org, o.id LIMIT", (long)limit);

    /// <summary>One of them.</summary>
    public static Overdue ReadOverdue<TRow>(TRow row)
        where TRow : ISqlRow => new(row.Text(0), row.Text(1), row.Text(2), row.Integer(3) != 0);

    /// <summary>The clock of PostgreSQL, in microseconds.</summary>
    public static SqlText Clock() => new SqlText().Add("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)");

    /// <summary>The organisations that have a ledger.</summary>
    public static SqlText Orgs() => new SqlText().Add("SELECT w.org FROM wallets w UNION SELECT c.org FROM chains c UNION SELECT r.org FROM runs r ORDER BY 1");

    /// <summary>Takes away answers of idempotency keys that were given before an instant, the oldest first.</summary>
    public static SqlText ForgetAnswers(DateTimeOffset before, int limit) => new SqlText()
        .Add("DELETE FROM answers WHERE (org, principal, key) IN (SELECT a.org, a.principal, a.key FROM answers a WHERE a.created_at <", before.ToColumn())
        .Add("ORDER BY a.created_at LIMIT", (long)limit)
        .Add(")");

    /// <summary>A chain from its beginning.</summary>
    public static SqlText Chain(string org) => new SqlText()
        .Add($"SELECT {TransactionRow.Columns} FROM transactions t {TransactionRow.JoinEntries} WHERE t.org =", org)
        .Add("ORDER BY t.seq, e.line");

    /// <summary>The accounts of an organisation.</summary>
    public static SqlText Accounts(string org) =>
        new SqlText().Add($"SELECT a.name, a.overdraft_max, {WalletRow.Counters} FROM accounts a WHERE a.org =", org).Add("ORDER BY a.name");

    /// <summary>One of them.</summary>
    public static (string Name, AccountCounters Counters, Credits? OverdraftMax) ReadAccount<TRow>(TRow row)
        where TRow : ISqlRow => (row.Text(0), WalletRow.ReadCounters(row, 2), row.AmountOrNull(1));

    /// <summary>Holds that have not ended.</summary>
    public static SqlText OpenHolds(string org) => new SqlText()
        .Add($"SELECT {HoldRow.Columns} FROM holds h WHERE h.state < 3 AND h.org =", org)
        .Add("ORDER BY h.id");

    /// <summary>The stored head of a chain.</summary>
    public static SqlText Head(string org) => new SqlText().Add("SELECT c.seq, c.hash, c.booked_at FROM chains c WHERE c.org =", org);
}
