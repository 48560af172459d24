using Farthing.Domain.Ledger;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Sql.Ledger;

/// <summary>
/// Months of the books, and what they said, as rows. What somebody changed beside the program is still read, so that a
/// proof can name it: a month that is none is read as none of the calendar.
/// </summary>
internal static class PeriodRow
{
    /// <summary>The columns of a month <c>p</c>.</summary>
    public const string Columns = "p.org, p.month, p.state, p.step, p.closes, p.hash, p.changed_by, p.changed_at, p.requested_by, p.requested_at";

    /// <summary>The months of an organisation, the latest first.</summary>
    public static SqlText Periods(string org) => new SqlText().Add($"SELECT {Columns} FROM periods p WHERE p.org =", org).Add("ORDER BY p.month DESC");

    /// <summary>What the books of a month said, the first close in front.</summary>
    public static SqlText Closes(string org, AccountingMonth month) =>
        AllCloses(org, "AND b.month =", month.ToString());

    /// <summary>What the books of all months ever said.</summary>
    public static SqlText Closes(string org) => AllCloses(org, "AND b.month >=", string.Empty);

    /// <summary>The month of a row.</summary>
    public static LedgerPeriod Read<TRow>(TRow row)
        where TRow : ISqlRow => new(row.Text(0), MonthOf(row.Text(1)))
        {
            State = (PeriodState)Number(row, 2),
            Step = Number(row, 3),
            Closes = Number(row, 4),
            Hash = row.Text(5),
            ChangedBy = row.Text(6),
            ChangedAt = TransactionRow.ReadTime(row, 7),
            RequestedBy = row.Text(8),
            RequestedAt = row.IsNull(9) ? null : TransactionRow.ReadTime(row, 9),
        };

    /// <summary>The close of a row.</summary>
    public static PeriodClose ReadClose<TRow>(TRow row)
        where TRow : ISqlRow =>
        new(row.Text(0), MonthOf(row.Text(1)), Number(row, 2), row.Text(3), row.Text(4), row.Text(5), TransactionRow.ReadTime(row, 6));

    /// <summary>The close of a row without its text, which may be long.</summary>
    public static KeptTrialBalance ReadKept<TRow>(TRow row)
        where TRow : ISqlRow => KeptTrialBalance.Of(ReadClose(row));

    private static SqlText AllCloses(string org, string condition, string month) => new SqlText()
        .Add("SELECT b.org, b.month, b.step, b.trial_balance, b.hash, b.actor, b.closed_at FROM trial_balances b WHERE b.org =", org)
        .Add(condition, month)
        .Add("ORDER BY b.month, b.step");

    private static AccountingMonth MonthOf(string text) => AccountingMonth.TryParse(text, out var month) ? month : default;

    private static int Number<TRow>(TRow row, int column)
        where TRow : ISqlRow => (int)Math.Clamp(row.Integer(column), int.MinValue, int.MaxValue);
}
