using System.Globalization;

namespace Farthing.Workflows.Crediting;

/// <summary>The first place where a ledger does not hold.</summary>
/// <param name="Sequence">The transaction; 0 when the place is behind the chain: an account, a hold or the stored head.</param>
/// <param name="Account">The account; empty when no single one is meant.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Found">What is there.</param>
public sealed record LedgerBreak(long Sequence, string Account, string Expected, string Found)
{
    /// <summary>The table that holds the row.</summary>
    public string Table { get; private init; } = (Sequence, Account) switch
    {
        (0, "") => "chains",
        (0, _) => "accounts",
        _ => "transactions",
    };

    /// <summary>The row: the id of a grant, hold, run or wallet; the sequence of a transaction; the name of an account. Empty when a row is missing and nobody knows which.</summary>
    public string Id { get; private init; } = Sequence > 0 ? Sequence.ToString(CultureInfo.InvariantCulture) : Account;

    /// <summary>A break at a row of a table.</summary>
    public static LedgerBreak Of(string table, string id, string expected, string found) => new(0, string.Empty, expected, found) { Table = table, Id = id };

    /// <summary>Where it is, in words.</summary>
    public string Place => (Sequence, Account) switch
    {
        _ when Table is not ("chains" or "accounts" or "transactions") => Id.Length > 0 ? $"{Table} {Id}" : Table,
        (0, "") => "the stored head of the chain",
        (0, _) => $"the account {Account}",
        (_, "") => $"transaction {Sequence}",
        _ => $"transaction {Sequence}, account {Account}",
    };

    /// <summary>The break as a sentence.</summary>
    public override string ToString() => $"At {Place}: expected {Expected}, found {Found}.";
}

/// <summary>What verifying a ledger came to.</summary>
/// <param name="Org">Whose ledger.</param>
/// <param name="Transactions">How many transactions were replayed.</param>
/// <param name="Accounts">How many accounts the store remembers.</param>
/// <param name="OpenHolds">How many holds have not ended.</param>
/// <param name="Head">The hash of the last transaction that holds, in hexadecimal; to be kept outside as an anchor.</param>
/// <param name="Broken">The first place that does not hold; null when everything does.</param>
public sealed record LedgerVerdict(string Org, long Transactions, int Accounts, int OpenHolds, string Head, LedgerBreak? Broken)
{
    /// <summary>Whether everything holds.</summary>
    public bool Holds => Broken is null;
}
