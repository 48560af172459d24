using Farthing.Domain.Ledger;
using Farthing.Storage.Sql.Ledger;
using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite.Ledger;

/// <summary>Reads wallets with what is in them.</summary>
internal sealed class BookTable(Connection connection, AccountTable accounts)
{
    private Statement SelectWallet => field ??= connection.Prepare(Text($"SELECT {WalletRow.Columns} FROM wallets w WHERE w.org = ?1 AND w.id = ?2"));

    private Statement SelectInUse => field ??= connection.Prepare(Text(
        $"SELECT {GrantRow.Columns} FROM accounts a JOIN grants g ON g.account = a.id WHERE a.org = ?1 AND a.wallet = ?2 AND {GrantRow.IsInUse}"));

    private Statement SelectGrant => field ??= connection.Prepare(Text(
        $"SELECT {GrantRow.Columns} FROM grants g JOIN accounts a ON a.id = g.account WHERE g.org = ?1 AND g.id = ?2"));

    private Statement SelectCounters => field ??= connection.Prepare(Text($"SELECT a.id, {WalletRow.Counters} FROM accounts a WHERE a.org = ?1 AND a.name = ?2"));

    /// <summary>A wallet; null when there is none.</summary>
    public Wallet? Find(LedgerKey wallet)
    {
        Bind(SelectWallet, wallet.Org, wallet.Id);
        var found = SelectWallet.Step() ? WalletRow.Read(SelectWallet) : null;
        SelectWallet.Reset();
        return found;
    }

    /// <summary>The grants of a wallet of which anything is left or held.</summary>
    public List<GrantBalance> InUse(LedgerKey wallet)
    {
        var grants = new List<GrantBalance>();
        Bind(SelectInUse, wallet.Org, wallet.Id);
        while (SelectInUse.Step())
        {
            grants.Add(Take(SelectInUse));
        }

        return grants;
    }

    /// <summary>A grant; null when there is none.</summary>
    public GrantBalance? FindGrant(LedgerKey grant)
    {
        Bind(SelectGrant, grant.Org, grant.Id);
        var found = SelectGrant.Step() ? Take(SelectGrant) : null;
        SelectGrant.Reset();
        return found;
    }

    /// <summary>The counters of an account; zero when nothing was ever posted to it.</summary>
    public AccountCounters Counters(LedgerKey account)
    {
        Bind(SelectCounters, account.Org, account.Id);
        var found = default(AccountCounters);
        if (SelectCounters.Step())
        {
            accounts.Remember(account, SelectCounters.Integer(0));
            found = WalletRow.ReadCounters(SelectCounters, 1);
            SelectCounters.Reset();
        }

        return found;
    }

    private GrantBalance Take(Statement row)
    {
        var balance = GrantRow.Read(row);
        accounts.Remember(balance.Grant.Account, GrantRow.ReadAccount(row));
        return balance;
    }

    private static void Bind(Statement statement, string org, string id)
    {
        statement.Bind(1, org);
        statement.Bind(2, id);
    }

    private static byte[] Text(string sql) => System.Text.Encoding.UTF8.GetBytes(sql);
}
