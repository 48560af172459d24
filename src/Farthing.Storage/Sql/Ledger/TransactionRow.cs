using Farthing.Domain.Ledger;

namespace Farthing.Storage.Sql.Ledger;

/// <summary>Transactions as rows: one for each entry, and one for a transaction without entries.</summary>
internal static class TransactionRow
{
    /// <summary>The columns of a transaction <c>t</c> with one of its entries <c>e</c> and that entry's account <c>a</c>.</summary>
    public const string Columns =
        "t.org, t.seq, t.id, t.key, t.kind, t.wallet, t.source, t.external_id, t.reason, t.actor, t.memo, t.run, t.event, "
        + "t.booked_at, t.service_at, t.reverses, t.delta, t.balance_after, t.hash, t.terms, e.line, a.name, e.side, e.amount, t.period";

    /// <summary>The entries of transactions <c>t</c>. Rows are wanted in the order of transaction and line.</summary>
    public const string JoinEntries =
        "LEFT JOIN entries e ON e.org = t.org AND e.seq = t.seq LEFT JOIN accounts a ON a.org = e.org AND a.id = e.account";

    private const int LineColumn = 20;
    private const int PeriodColumn = 24;

    private const long MicrosecondsMax = 253_402_300_799_999_999;

    /// <summary>
    /// Gathers rows into transactions. What no transaction can hold (an id that its key does not lead to, a line out of
    /// its place, a time, month or side that does not exist) is told by an empty hash, which no check can pass.
    /// </summary>
    public sealed class Gathering
    {
        private readonly List<Entry> entries = [];
        private Transaction? transaction;
        private long sequence;
        private byte[] hash = [];

        /// <summary>Takes in a row.</summary>
        /// <returns>The transaction before it, when the row begins another one.</returns>
        public SealedTransaction? Add<TRow>(TRow row)
            where TRow : ISqlRow
        {
            SealedTransaction? done = null;
            if (transaction is null || sequence != row.Integer(1) || transaction.Org != row.Text(0))
            {
                done = Take();
                transaction = Read(row);
                sequence = row.Integer(1);
                hash = row.Text(2) == transaction.Id && IsTime(row.Integer(13)) && IsTime(row.Integer(14)) && IsPeriod(row.Text(PeriodColumn)) ? row.Bytes(18) : [];
            }

            if (!row.IsNull(LineColumn))
            {
                hash = row.Integer(LineColumn) == entries.Count + 1 && row.Integer(LineColumn + 2) is 0 or 1 ? hash : [];
                entries.Add(new(
                    row.Text(LineColumn + 1), row.Integer(LineColumn + 2) == 0 ? EntrySide.Debit : EntrySide.Credit, row.Amount(LineColumn + 3)));
            }

            return done;
        }

        /// <summary>Takes out the last one; null when there is none.</summary>
        public SealedTransaction? Take()
        {
            if (transaction is null)
            {
                return null;
            }

            var done = new SealedTransaction(transaction with { Entries = [.. entries] }, sequence, hash);
            entries.Clear();
            transaction = null;
            return done;
        }
    }

    private static bool IsTime(long microseconds) => microseconds is >= 0 and <= MicrosecondsMax;

    private static bool IsPeriod(string text) => text.Length == 0 || AccountingMonth.TryParse(text, out _);

    /// <summary>An instant; one that does not exist is read as the first of the calendar.</summary>
    public static DateTimeOffset ReadTime<TRow>(TRow row, int column)
        where TRow : ISqlRow => IsTime(row.Integer(column)) ? row.Instant(column) : default;

    private static Transaction Read<TRow>(TRow row)
        where TRow : ISqlRow => new()
        {
            Org = row.Text(0),
            Key = row.Text(3),
            Kind = row.Text(4),
            Wallet = row.Text(5),
            Source = row.Text(6),
            ExternalId = row.Text(7),
            Reason = row.Text(8),
            Actor = row.Text(9),
            Memo = row.Text(10),
            Run = row.Text(11),
            Event = row.Text(12),
            BookedAt = ReadTime(row, 13),
            ServiceAt = ReadTime(row, 14),
            Period = AccountingMonth.TryParse(row.Text(PeriodColumn), out var period) ? period : null,
            Reverses = row.Text(15),
            Terms = row.Text(19),
            Delta = row.Amount(16),
            BalanceAfter = row.Amount(17),
            Entries = [],
        };
}
