using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Sql.Ledger;

/// <summary>Wallets, accounts and the heads of chains as rows.</summary>
internal static class WalletRow
{
    /// <summary>The columns of a wallet <c>w</c>.</summary>
    public const string Columns =
        "w.org, w.id, w.name, w.owner_kind, w.owner_id, w.overdraft, w.overdraft_limit, w.state, w.free_run_used, w.created_at";

    /// <summary>How many columns a wallet has.</summary>
    public const int Width = 10;

    /// <summary>The counters of an account <c>a</c>.</summary>
    public const string Counters = "a.debits_posted, a.credits_posted, a.debits_pending, a.credits_pending";

    /// <summary>The wallet of a row.</summary>
    public static Wallet Read<TRow>(TRow row)
        where TRow : ISqlRow => new()
        {
            Org = row.Text(0),
            Id = row.Text(1),
            Name = row.Text(2),
            Owner = new(row.Text(3), row.Text(4)),
            Overdraft = (OverdraftPolicy)row.Integer(5),
            OverdraftLimit = row.AmountOrNull(6),
            State = (WalletState)row.Integer(7),
            FreeRunUsed = row.Integer(8) != 0,
            CreatedAt = row.Instant(9),
        };

    /// <summary>The counters that begin at a column.</summary>
    public static AccountCounters ReadCounters<TRow>(TRow row, int column)
        where TRow : ISqlRow => new(row.Integer(column), row.Integer(column + 1), row.Integer(column + 2), row.Integer(column + 3));

    /// <summary>The head of a chain that begins at a column: sequence, hash, time.</summary>
    public static ChainHead ReadHead<TRow>(TRow row, int column)
        where TRow : ISqlRow => new(row.Integer(column), row.Bytes(column + 1), row.Instant(column + 2));

    /// <summary>The answer that begins at a column: fingerprint, status, type, body.</summary>
    public static KeptAnswer ReadAnswer<TRow>(TRow row, int column)
        where TRow : ISqlRow =>
        new(row.Text(column), new((int)row.Integer(column + 1), row.Text(column + 2), row.Bytes(column + 3)));
}

/// <summary>How the ledger's values stand in columns.</summary>
internal static class LedgerColumns
{
    /// <summary>An amount.</summary>
    public static Credits Amount<TRow>(this TRow row, int column)
        where TRow : ISqlRow => new(row.Integer(column));

    /// <summary>An amount that may be missing.</summary>
    public static Credits? AmountOrNull<TRow>(this TRow row, int column)
        where TRow : ISqlRow => row.IsNull(column) ? null : new Credits(row.Integer(column));

    /// <summary>An instant.</summary>
    public static DateTimeOffset Instant<TRow>(this TRow row, int column)
        where TRow : ISqlRow => LedgerChain.InstantOf(row.Integer(column));

    /// <summary>An instant that may be missing.</summary>
    public static DateTimeOffset? InstantOrNull<TRow>(this TRow row, int column)
        where TRow : ISqlRow => row.IsNull(column) ? null : LedgerChain.InstantOf(row.Integer(column));

    /// <summary>Dollars, which may pass 64 bits.</summary>
    public static Usd Dollars<TRow>(this TRow row, int column)
        where TRow : ISqlRow => new(Int128.Parse(row.Text(column), System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Writes what <see cref="Dollars"/> reads.</summary>
    public static string ToColumn(this Usd amount) => amount.Picodollars.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Writes what <see cref="Instant"/> reads.</summary>
    public static long ToColumn(this DateTimeOffset instant) => LedgerChain.MicrosecondsOf(instant);

    /// <summary>Writes what <see cref="InstantOrNull"/> reads.</summary>
    public static long? ToColumn(this DateTimeOffset? instant) => instant is { } known ? LedgerChain.MicrosecondsOf(known) : null;
}
