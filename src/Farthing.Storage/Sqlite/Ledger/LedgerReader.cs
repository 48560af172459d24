using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Storage.Sql;
using Farthing.Storage.Sql.Ledger;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Sqlite.Ledger;

/// <summary>Answers queries through one connection, inside a transaction of its owner.</summary>
internal sealed class LedgerReader(Connection connection)
{
    /// <summary>Wallets with what is in them now.</summary>
    public IReadOnlyList<WalletBalance> Wallets(LedgerQuery query, DateTimeOffset now)
    {
        var books = new BookTable(connection, new AccountTable(connection));
        var balances = new List<WalletBalance>();
        foreach (var wallet in Read(LedgerQueryText.Wallets(query), WalletRow.Read))
        {
            var book = new WalletBook(wallet, books.InUse(wallet.Key), books.Counters(wallet.Receivable), books.Counters(wallet.UncollectedAccount), new LedgerChanges());
            balances.Add(Balances.WithGrants(book, now));
        }

        return balances;
    }

    /// <summary>Grants with their counters.</summary>
    public IReadOnlyList<GrantBalance> Grants(LedgerQuery query) => Read(LedgerQueryText.Grants(query), GrantRow.Read);

    /// <summary>Holds with their lines.</summary>
    public IReadOnlyList<Hold> Holds(LedgerQuery query) => Read(LedgerQueryText.Holds(query), HoldRow.Read);

    /// <summary>Transactions with their entries.</summary>
    public IReadOnlyList<SealedTransaction> Transactions(LedgerQuery query) => [.. Links(LedgerQueryText.Transactions(query))];

    /// <summary>How many transactions there are.</summary>
    public long CountTransactions(LedgerQuery query) => Read(LedgerQueryText.CountTransactions(query), row => row.Integer(0))[0];

    /// <summary>Runs.</summary>
    public IReadOnlyList<Run> Runs(LedgerQuery query) => Read(LedgerQueryText.Runs(query), RunRow.Read);

    /// <summary>Holds and grants whose time is over.</summary>
    public IReadOnlyList<Overdue> Overdue(DateTimeOffset now, int limit) =>
        Read(LedgerUpkeepText.Overdue(now, limit), LedgerUpkeepText.ReadOverdue);

    /// <summary>The months that were ever closed, or softly.</summary>
    public IReadOnlyList<LedgerPeriod> Periods(string org) => Read(PeriodRow.Periods(org), PeriodRow.Read);

    /// <summary>What the books of a month said each time it was closed.</summary>
    public IReadOnlyList<PeriodClose> Closes(string org, AccountingMonth month) => Read(PeriodRow.Closes(org, month), PeriodRow.ReadClose);

    /// <summary>The sums of all accounts until the end of a month.</summary>
    public TrialBalance TrialBalance(string org, AccountingMonth through) =>
        new(Read(LedgerQueryText.TrialBalance(org, through), LedgerQueryText.ReadTrialLine), Head(org));

    /// <summary>The organisations that have a ledger.</summary>
    public IReadOnlyList<string> Orgs() => Read(LedgerUpkeepText.Orgs(), row => row.Text(0));

    /// <summary>A chain from its beginning.</summary>
    public IEnumerable<SealedTransaction> Chain(string org) => Links(LedgerUpkeepText.Chain(org));

    /// <summary>What is remembered besides the transactions.</summary>
    public LedgerCounters Counters(string org)
    {
        var accounts = Read(LedgerUpkeepText.Accounts(org), LedgerUpkeepText.ReadAccount);
        return new(
            accounts.ToDictionary(account => account.Name, account => (account.Counters, account.OverdraftMax), StringComparer.Ordinal),
            Read(LedgerUpkeepText.OpenHolds(org), HoldRow.Read),
            Head(org));
    }

    /// <summary>The stored head of a chain.</summary>
    public ChainHead Head(string org) => Read(LedgerUpkeepText.Head(org), row => WalletRow.ReadHead(row, 0)) is [var head] ? head : ChainHead.Start;

    /// <summary>Runs a statement that changes rows; tells how many.</summary>
    public int Change(SqlText sql)
    {
        using var statement = connection.Prepare(sql);
        _ = statement.Step();
        return connection.Changes;
    }

    private IEnumerable<SealedTransaction> Links(SqlText sql)
    {
        var gathering = new TransactionRow.Gathering();
        using var rows = connection.Prepare(sql);
        while (rows.Step())
        {
            if (gathering.Add(rows) is { } link)
            {
                yield return link;
            }
        }

        if (gathering.Take() is { } last)
        {
            yield return last;
        }
    }

    private List<T> Read<T>(SqlText sql, Func<Statement, T> read)
    {
        var found = new List<T>();
        using var rows = connection.Prepare(sql);
        while (rows.Step())
        {
            found.Add(read(rows));
        }

        return found;
    }
}
