using System.Text.Json;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Sql.Ledger;

/// <summary>The text of what proves a ledger: rows with what the chain has about them, in an order that needs no memory.</summary>
internal static class LedgerRecordText
{
    private const int HoldWidth = 14;
    private const int GrantWidth = 19;
    private const int RunWidth = 21;

    /// <summary>Holds with their captures, a row a debit.</summary>
    public static SqlText Holds(string org) => new SqlText()
        .Add(
            $"""
            SELECT {HoldRow.Columns}, w.id, t.seq, t.wallet, t.kind, t.booked_at, t.service_at, e.line, a.name, e.amount
            FROM holds h
            LEFT JOIN wallets w ON w.org = h.org AND w.id = h.wallet
            LEFT JOIN transactions t ON t.org = h.org AND t.key = 'hold/' || h.id
            LEFT JOIN entries e ON e.org = t.org AND e.seq = t.seq AND e.side = 0
            LEFT JOIN accounts a ON a.id = e.account
            WHERE h.org =
            """,
            org)
        .Add("ORDER BY h.id, e.line");

    /// <summary>Accounts with the wallets that they name.</summary>
    public static SqlText Accounts(string org) => new SqlText()
        .Add(
            $"""
            SELECT {WalletRow.Columns}, a.name, a.wallet, a.overdraft_max, {WalletRow.Counters}
            FROM accounts a LEFT JOIN wallets w ON w.org = a.org AND w.id = a.wallet WHERE a.org =
            """,
            org)
        .Add("ORDER BY a.name");

    /// <summary>Grants with the accounts that they point to.</summary>
    public static SqlText Grants(string org) => new SqlText()
        .Add($"SELECT {GrantRow.Columns}, a.name, a.wallet FROM grants g LEFT JOIN accounts a ON a.id = g.account WHERE g.org =", org)
        .Add("ORDER BY g.id");

    /// <summary>Runs with their transactions.</summary>
    public static SqlText Runs(string org) => new SqlText()
        .Add(
            $"""
            SELECT {RunRow.Columns}, w.id, t.seq, t.wallet, t.source, t.external_id, t.reason, t.service_at, t.reverses, t.delta, e.side, e.amount
            FROM runs r
            LEFT JOIN wallets w ON w.org = r.org AND w.id = r.wallet
            LEFT JOIN transactions t ON t.org = r.org AND t.run = r.id AND t.run <> ''
            LEFT JOIN accounts u ON u.org = r.org AND u.name = '{Chart.Uncollected(string.Empty)}' || r.wallet
            LEFT JOIN entries e ON e.org = t.org AND e.seq = t.seq AND e.account = u.id
            WHERE r.org =
            """,
            org)
        .Add("ORDER BY r.plan, r.attempt, r.id, t.seq, e.line");

    /// <summary>An account.</summary>
    public static LedgerRecord ReadAccount<TRow>(TRow row)
        where TRow : ISqlRow => Read("accounts", row, WalletRow.Width, row => new LedgerRecord.KeptAccount(
            row.Text(WalletRow.Width), row.Text(WalletRow.Width + 1), row.AmountOrNull(WalletRow.Width + 2), WalletRow.ReadCounters(row, WalletRow.Width + 3),
            row.IsNull(1) ? null : WalletRow.Read(row)));

    /// <summary>A grant.</summary>
    public static LedgerRecord ReadGrant<TRow>(TRow row)
        where TRow : ISqlRow => Read("grants", row, 1, row => new LedgerRecord.KeptGrant(GrantRow.Read(row).Grant, row.Text(GrantWidth), row.Text(GrantWidth + 1)));

    /// <summary>A hold without its capture.</summary>
    public static LedgerRecord ReadHold<TRow>(TRow row)
        where TRow : ISqlRow => Read("holds", row, 1, row => new LedgerRecord.KeptHold(HoldRow.Read(row), !row.IsNull(HoldWidth), null));

    /// <summary>The capture of a hold with the debit of the row; null when there is none.</summary>
    public static CaptureTrace? ReadCapture<TRow>(TRow row)
        where TRow : ISqlRow => row.IsNull(HoldWidth + 1) ? null : new(
            row.Integer(HoldWidth + 1), row.Text(HoldWidth + 2), row.Text(HoldWidth + 3), row.Instant(HoldWidth + 4), row.Instant(HoldWidth + 5),
            row.IsNull(HoldWidth + 6) ? [] : [new(row.Text(HoldWidth + 7), EntrySide.Debit, row.Amount(HoldWidth + 8))]);

    /// <summary>A run without its transactions.</summary>
    public static LedgerRecord ReadRun<TRow>(TRow row)
        where TRow : ISqlRow => Read("runs", row, 1, row => new LedgerRecord.KeptRun(RunRow.Read(row), row.Text(6).Length == 0 || !row.IsNull(RunWidth), []));

    /// <summary>A transaction of a run with the uncollected part of the row; null when there is none.</summary>
    public static RunTrace? ReadTrace<TRow>(TRow row)
        where TRow : ISqlRow
    {
        if (row.IsNull(RunWidth + 1))
        {
            return null;
        }

        var uncollected = row.IsNull(RunWidth + 9) ? Credits.Zero : row.Integer(RunWidth + 9) == 0 ? row.Amount(RunWidth + 10) : Credits.Zero - row.Amount(RunWidth + 10);
        return new(
            row.Integer(RunWidth + 1), row.Text(RunWidth + 2), row.Text(RunWidth + 3), row.Text(RunWidth + 4), row.Text(RunWidth + 5), row.Instant(RunWidth + 6),
            row.Text(RunWidth + 7).Length > 0, row.Amount(RunWidth + 8), uncollected);
    }

    /// <summary>Reads a row; one that cannot be what it claims to be is told as such.</summary>
    private static LedgerRecord Read<TRow>(string table, TRow row, int name, Func<TRow, LedgerRecord> read)
        where TRow : ISqlRow
    {
        try
        {
            return read(row);
        }
        catch (Exception failure) when (failure is FormatException or ArithmeticException or ArgumentException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new LedgerRecord.Unreadable(table, row.Text(name), failure.Message);
        }
    }
}
