using Farthing.Domain.Ledger;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Sql.Ledger;

/// <summary>The text of queries. Scope and filters are conditions of the query itself; pages go on behind a key.</summary>
internal static class LedgerQueryText
{
    // What has not ended is found by the indexes of that: a wallet may have millions of holds and a server keeps few open.
    // The limits bound what is looked through, and keep the conditions outside from leading to another index.
    private const string OpenHolds =
        """
        (SELECT * FROM (SELECT * FROM holds WHERE state < 2 AND expires_at > 0 LIMIT 100000) sent
         UNION ALL SELECT * FROM (SELECT * FROM holds WHERE state = 2 AND expires_at > 0 LIMIT 100000) unsettled)
        """;

    /// <summary>Wallets by id.</summary>
    public static SqlText Wallets(LedgerQuery query)
    {
        var sql = new SqlText().Add($"SELECT {WalletRow.Columns} FROM wallets w WHERE w.org =", query.Org);
        AddOwners(sql, query).AddIf("AND w.id =", query.Wallet ?? query.Id).AddIf("AND w.id >", query.After);
        if (query.OnlyOwing)
        {
            sql.Add("AND EXISTS (SELECT 1 FROM accounts a WHERE a.org = w.org AND a.name = 'receivable.' || w.id AND a.debits_posted > a.credits_posted)");
        }

        return sql.Add("ORDER BY w.id LIMIT", (long)query.Limit);
    }

    /// <summary>Grants with their counters, by id.</summary>
    public static SqlText Grants(LedgerQuery query)
    {
        var sql = new SqlText().Add($"SELECT {GrantRow.Columns} FROM grants g JOIN accounts a ON a.id = g.account");
        AddScope(sql, query, "g").AddIf("AND g.id =", query.Id);
        return AddPage(sql, query, "g");
    }

    /// <summary>Holds by id, or those that have not ended by their end.</summary>
    public static SqlText Holds(LedgerQuery query)
    {
        var sql = new SqlText().Add($"SELECT {HoldRow.Columns} FROM").Add(query.OnlyOpen ? OpenHolds : "holds").Add("h");
        AddScope(sql, query, "h").AddIf("AND h.id =", query.Id).AddIf("AND h.state =", (long?)query.State);
        return query.OnlyOpen ? sql.Add("ORDER BY h.expires_at, h.id LIMIT", (long)query.Limit) : AddPage(sql, query, "h");
    }

    /// <summary>Transactions with their entries, the newest first.</summary>
    public static SqlText Transactions(LedgerQuery query)
    {
        var sql = new SqlText().Add($"SELECT {TransactionRow.Columns} FROM (SELECT t.* FROM transactions t");
        AddTransactions(sql, query);
        if (query.After is { } after && long.TryParse(after, System.Globalization.CultureInfo.InvariantCulture, out var sequence))
        {
            sql.Add("AND t.seq <", sequence);
        }

        return sql.Add("ORDER BY t.seq DESC LIMIT", (long)query.Limit).Add($") t {TransactionRow.JoinEntries} ORDER BY t.seq DESC, e.line");
    }

    /// <summary>How many transactions there are.</summary>
    public static SqlText CountTransactions(LedgerQuery query) => AddTransactions(new SqlText().Add("SELECT count(*) FROM transactions t"), query);

    /// <summary>Runs, the newest first.</summary>
    public static SqlText Runs(LedgerQuery query)
    {
        var sql = new SqlText().Add($"SELECT {RunRow.Columns} FROM runs r");
        AddScope(sql, query, "r")
            .AddIf("AND r.id =", query.Id ?? query.Run)
            .AddIf("AND r.plan =", query.ExternalId)
            .AddIf("AND r.started_at >=", query.From.ToColumn())
            .AddIf("AND r.started_at <", query.To.ToColumn());
        if (query.After is { } after)
        {
            sql.Add("AND (r.started_at, r.id) < (SELECT p.started_at, p.id FROM runs p WHERE p.org = r.org AND p.id =", after).Add(")");
        }

        return sql.Add("ORDER BY r.started_at DESC, r.id DESC LIMIT", (long)query.Limit);
    }

    /// <summary>What the sums of all accounts are over the transactions of a month and those before it.</summary>
    public static SqlText TrialBalance(string org, AccountingMonth through) => new SqlText()
        .Add(
            """
            SELECT a.name,
                   CAST(sum(CASE WHEN e.side = 0 THEN e.amount / 4294967296 ELSE 0 END) AS BIGINT),
                   CAST(sum(CASE WHEN e.side = 0 THEN e.amount % 4294967296 ELSE 0 END) AS BIGINT),
                   CAST(sum(CASE WHEN e.side = 1 THEN e.amount / 4294967296 ELSE 0 END) AS BIGINT),
                   CAST(sum(CASE WHEN e.side = 1 THEN e.amount % 4294967296 ELSE 0 END) AS BIGINT)
            FROM transactions t JOIN entries e ON e.org = t.org AND e.seq = t.seq JOIN accounts a ON a.org = e.org AND a.id = e.account
            WHERE t.org =
            """,
            org)
        .Add("AND (t.period <> '' AND t.period <=", through.ToString())
        .Add("OR t.period = '' AND t.booked_at <", through.End.ToColumn())
        .Add(") GROUP BY a.name ORDER BY a.name");

    /// <summary>A line of the trial balance; amounts come in two halves, because their sum may pass 64 bits.</summary>
    public static TrialLine ReadTrialLine<TRow>(TRow row)
        where TRow : ISqlRow => new(row.Text(0), Whole(row.Integer(1), row.Integer(2)), Whole(row.Integer(3), row.Integer(4)));

    private static Int128 Whole(long high, long low) => ((Int128)high << 32) + low;

    private static SqlText AddTransactions(SqlText sql, LedgerQuery query)
    {
        AddScope(sql, query, "t")
            .AddIf("AND t.id =", query.Id)
            .AddIf("AND t.kind =", query.Kind)
            .AddIf("AND t.source =", query.Source)
            .AddIf("AND t.booked_at >=", query.From.ToColumn())
            .AddIf("AND t.booked_at <", query.To.ToColumn());
        if (query.ExternalId is { } cause)
        {
            // What a hold posted first is found by its key; the index of causes leaves it out.
            sql.Add("AND (t.key =", "hold/" + cause)
                .Add("AND t.external_id =", cause)
                .Add("OR t.key <> 'hold/' || t.external_id AND t.external_id =", cause)
                .Add(")");
        }

        if (query.Run is { } run)
        {
            // As the partial index has it.
            sql.Add("AND t.run <> '' AND t.run =", run);
        }

        return query.Debits is { } debits ? sql.Add(debits ? "AND t.delta < 0" : "AND t.delta > 0") : sql;
    }

    /// <summary>Ends a list that goes by id, forwards or backwards.</summary>
    private static SqlText AddPage(SqlText sql, LedgerQuery query, string table) => query.LastFirst
        ? sql.AddIf($"AND {table}.id <", query.After).Add($"ORDER BY {table}.id DESC LIMIT", (long)query.Limit)
        : sql.AddIf($"AND {table}.id >", query.After).Add($"ORDER BY {table}.id LIMIT", (long)query.Limit);

    /// <summary>Begins the conditions: organisation, wallet, and owners by way of the wallet.</summary>
    private static SqlText AddScope(SqlText sql, LedgerQuery query, string table)
    {
        if (query.Owners is not null || query.Team is not null)
        {
            sql.Add($"JOIN wallets w ON w.org = {table}.org AND w.id = {table}.wallet");
        }

        sql.Add($"WHERE {table}.org =", query.Org).AddIf($"AND {table}.wallet =", query.Wallet);
        return AddOwners(sql, query);
    }

    private static SqlText AddOwners(SqlText sql, LedgerQuery query)
    {
        if (query.Team is { } team)
        {
            // Who is in the team is a part of the query, so that no team is too large for it.
            sql.Add($"AND ((w.owner_kind = '{VisibleWallets.TeamKind}' AND w.owner_id =", team)
                .Add($") OR (w.owner_kind = '{VisibleWallets.EngineerKind}' AND w.owner_id IN (SELECT m.id FROM engineers m WHERE m.org =", query.Org)
                .Add("AND m.team =", team)
                .Add(")))");
        }

        if (query.Owners is not { } owners)
        {
            return sql;
        }

        if (owners.Count == 0)
        {
            return sql.Add("AND 1 = 0");
        }

        // A list a kind: a chain of ORs would be refused beyond a thousand owners.
        var separator = "AND (";
        foreach (var kind in owners.GroupBy(static owner => owner.Kind, StringComparer.Ordinal))
        {
            AddOwnersOfKind(sql.Add(separator), kind.Key, [.. kind.Select(static owner => owner.Id)]);
            separator = "OR";
        }

        return sql.Add(")");
    }

    private static void AddOwnersOfKind(SqlText sql, string kind, IReadOnlyList<string> ids)
    {
        sql.Add("w.owner_kind =", kind).Add("AND w.owner_id IN (");
        for (var index = 0; index < ids.Count; index++)
        {
            sql.Add(index > 0 ? "," : string.Empty, ids[index]);
        }

        sql.Add(")");
    }
}
