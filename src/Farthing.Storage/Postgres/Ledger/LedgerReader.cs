using System.Data;
using System.Runtime.CompilerServices;
using Farthing.Domain.Ledger;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Farthing.Storage.Sql.Ledger;
using Farthing.Workflows.Crediting;
using Npgsql;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>Answers queries through one connection, all parts of an answer from one moment.</summary>
internal sealed class LedgerReader(NpgsqlConnection connection)
{
    /// <summary>Wallets with what is in them.</summary>
    public async Task<IReadOnlyList<WalletBalance>> WalletsAsync(LedgerQuery query, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var wallets = await ReadAsync(LedgerQueryText.Wallets(query), WalletRow.Read, cancellationToken);
        var debts = new Dictionary<string, AccountCounters>(StringComparer.Ordinal);
        await using var batch = new NpgsqlBatch(connection);
        batch.Say($"SELECT {GrantRow.Columns} FROM accounts a JOIN grants g ON g.account = a.id WHERE a.in_use AND a.org = $1 AND a.wallet = ANY ($2::text[])")
            .Of(PostgresText.Write(query.Org)).Texts(wallets, wallet => wallet.Id);
        batch.Say($"SELECT a.name, {WalletRow.Counters} FROM accounts a WHERE a.org = $1 AND a.name = ANY ($2::text[] || $3::text[])")
            .Of(PostgresText.Write(query.Org)).Texts(wallets, wallet => wallet.Receivable.Id)
            .Texts(wallets, wallet => wallet.UncollectedAccount.Id);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var grants = await reader.ReadAllAsync(GrantRow.Read, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        foreach (var (name, counters) in await reader.ReadAllAsync(row => (row.Text(0), WalletRow.ReadCounters(row, 1)), cancellationToken))
        {
            debts[name] = counters;
        }

        var byWallet = grants.ToLookup(balance => balance.Grant.Wallet, StringComparer.Ordinal);
        return
        [
            .. wallets.Select(wallet => Balances.WithGrants(
                new(wallet, byWallet[wallet.Id], debts.GetValueOrDefault(wallet.Receivable.Id), debts.GetValueOrDefault(wallet.UncollectedAccount.Id), new()), now)),
        ];
    }

    /// <summary>Transactions with their entries, one after the other.</summary>
    public async IAsyncEnumerable<SealedTransaction> LinksAsync(SqlText sql, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var gathering = new TransactionRow.Gathering();
        await using var command = connection.Say(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (gathering.Add(new PostgresRow(reader)) is { } link)
            {
                yield return link;
            }
        }

        if (gathering.Take() is { } last)
        {
            yield return last;
        }
    }

    /// <summary>What is remembered besides the transactions.</summary>
    public async Task<LedgerCounters> CountersAsync(string org, CancellationToken cancellationToken)
    {
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var accounts = await ReadAsync(LedgerUpkeepText.Accounts(org), LedgerUpkeepText.ReadAccount, cancellationToken);
        var holds = await ReadAsync(LedgerUpkeepText.OpenHolds(org), HoldRow.Read, cancellationToken);
        return new(
            accounts.ToDictionary(account => account.Name, account => (account.Counters, account.OverdraftMax), StringComparer.Ordinal),
            holds,
            await HeadAsync(org, cancellationToken));
    }

    /// <summary>The sums of all accounts until the end of a month.</summary>
    public async Task<TrialBalance> TrialBalanceAsync(string org, AccountingMonth through, CancellationToken cancellationToken)
    {
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var lines = await ReadAsync(LedgerQueryText.TrialBalance(org, through), LedgerQueryText.ReadTrialLine, cancellationToken);
        return new(lines, await HeadAsync(org, cancellationToken));
    }

    /// <summary>The stored head of a chain.</summary>
    public async Task<ChainHead> HeadAsync(string org, CancellationToken cancellationToken) =>
        await ReadAsync(LedgerUpkeepText.Head(org), row => WalletRow.ReadHead(row, 0), cancellationToken) is [var head] ? head : ChainHead.Start;

    /// <summary>Reads all rows of a query.</summary>
    public Task<IReadOnlyList<T>> ReadAsync<T>(SqlText sql, Func<PostgresRow, T> read, CancellationToken cancellationToken) =>
        connection.ReadAsync(sql, read, cancellationToken);

    /// <summary>Runs a statement that changes rows; tells how many.</summary>
    public async Task<int> ChangeAsync(SqlText sql, CancellationToken cancellationToken)
    {
        await using var command = connection.Say(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
