using System.Collections.Concurrent;
using Farthing.Domain.Ledger;
using Farthing.Storage.Postgres.Engine;
using Npgsql;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>The numbers of accounts that were committed; accounts are never deleted, so a number stays right.</summary>
internal sealed class AccountNumbers
{
    private const int KnownMax = 262_144;

    private readonly ConcurrentDictionary<LedgerKey, long> known = new();

    /// <summary>The number of an account; null when it is not known here.</summary>
    public long? Find(LedgerKey account) => known.TryGetValue(account, out var number) ? number : null;

    /// <summary>Notes a number that is committed.</summary>
    public void Remember(LedgerKey account, long number)
    {
        if (known.Count >= KnownMax)
        {
            known.Clear();
        }

        known[account] = number;
    }

    /// <summary>Finds accounts that are not known here and opens those that are new. Their numbers are good once the transaction is committed.</summary>
    public static async Task<Dictionary<LedgerKey, long>> OpenAsync(
        NpgsqlConnection connection, IReadOnlyCollection<KeyValuePair<LedgerKey, AccountChange>> accounts, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Say(
            """
            INSERT INTO accounts (org, name, wallet, overdraft_max, debits_posted, credits_posted, debits_pending, credits_pending)
            SELECT u.org, u.name, u.wallet, u.overdraft_max, 0, 0, 0, 0
            FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) u (org, name, wallet, overdraft_max)
            ORDER BY u.org COLLATE "C", u.name COLLATE "C"
            ON CONFLICT (org, name) DO NOTHING
            """)
            .Texts(accounts, account => account.Key.Org)
            .Texts(accounts, account => account.Key.Id)
            .Texts(accounts, account => account.Value.Wallet)
            .NumbersOrNull(accounts, account => account.Value.OverdraftMax?.Nanocredits);
        batch.Say("SELECT a.org, a.name, a.id FROM accounts a JOIN unnest($1::text[], $2::text[]) k (org, name) ON a.org = k.org AND a.name = k.name")
            .Keys([.. accounts.Select(account => account.Key)]);
        var numbers = new Dictionary<LedgerKey, long>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new PostgresRow(reader);
            numbers[new(row.Text(0), row.Text(1))] = row.Integer(2);
        }

        return numbers;
    }
}
