using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Storage.Sql.Ledger;
using Farthing.Workflows.Crediting;
using Npgsql;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>
/// Writes what came of a unit of work, and commits it, in one round trip. Every conditional statement counts its rows in
/// the server and ends the transaction there when one is missing.
/// </summary>
internal sealed class UnitWriting(NpgsqlBatch batch, BegunUnit begun, IReadOnlyDictionary<LedgerKey, long> accounts)
{
    private readonly LedgerUnit unit = begun.Unit;

    /// <summary>The accounts that a unit posts to, with what may be owed on a wallet's from now on.</summary>
    public static List<KeyValuePair<LedgerKey, AccountChange>> Postings(LedgerUnit unit, out Dictionary<LedgerKey, Credits?> floors)
    {
        floors = [];
        foreach (var wallet in unit.Changes.NewWallets.Concat(unit.Changes.ChangedWallets))
        {
            floors[wallet.Receivable] = wallet.OverdraftMax;
        }

        var postings = new List<KeyValuePair<LedgerKey, AccountChange>>(unit.Changes.Accounts.Count);
        foreach (var (account, change) in unit.Changes.Accounts)
        {
            postings.Add(new(account, floors.TryGetValue(account, out var floor) ? change with { OverdraftMax = floor } : change));
        }

        return postings;
    }

    /// <summary>Says everything, and the commit behind it.</summary>
    /// <param name="postings">The changes of accounts.</param>
    /// <param name="floors">What may be owed on accounts from now on.</param>
    public void Say(List<KeyValuePair<LedgerKey, AccountChange>> postings, Dictionary<LedgerKey, Credits?> floors)
    {
        SayWallets();
        SayPostings(postings, floors);
        new HoldWriting(batch, unit.Changes).Say();
        SayGrants();
        new ChainWriting(batch, unit, accounts).Say();
        new RunWriting(batch).Say(unit);
        SayAnswers();
        SayAudit();
        new PeriodWriting(batch, unit).Say();
        batch.Say("COMMIT");
    }

    private void SayWallets()
    {
        Wallet[] opened = [.. unit.Changes.NewWallets];
        Wallet[] changed = [.. unit.Changes.ChangedWallets];
        const string Rows =
            """
            unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[])
            u (org, id, name, owner_kind, owner_id, overdraft, overdraft_limit, state, free_run_used, created_at)
            """;
        if (opened.Length > 0)
        {
            Add(batch.Say($"INSERT INTO wallets (org, id, name, owner_kind, owner_id, overdraft, overdraft_limit, state, free_run_used, created_at) SELECT u.* FROM {Rows}"), opened);
        }

        if (changed.Length > 0)
        {
            Add(
                batch.Say(
                    $"""
                    WITH done AS (
                        UPDATE wallets w
                        SET name = u.name, owner_kind = u.owner_kind, owner_id = u.owner_id, overdraft = u.overdraft, overdraft_limit = u.overdraft_limit,
                            state = u.state, free_run_used = u.free_run_used, created_at = u.created_at
                        FROM {Rows} WHERE w.org = u.org AND w.id = u.id RETURNING 1)
                    SELECT require_written((SELECT count(*) FROM done), $11, 'wallets')
                    """),
                changed).Of((long)changed.Length);
        }

        static NpgsqlBatchCommand Add(NpgsqlBatchCommand command, Wallet[] rows) => command
            .Texts(rows, wallet => wallet.Org)
            .Texts(rows, wallet => wallet.Id)
            .Texts(rows, wallet => wallet.Name)
            .Texts(rows, wallet => wallet.Owner.Kind)
            .Texts(rows, wallet => wallet.Owner.Id)
            .Numbers(rows, wallet => (long)wallet.Overdraft)
            .NumbersOrNull(rows, wallet => wallet.OverdraftLimit?.Nanocredits)
            .Numbers(rows, wallet => (long)wallet.State)
            .Numbers(rows, wallet => wallet.FreeRunUsed ? 1 : 0)
            .Numbers(rows, wallet => wallet.CreatedAt.ToColumn());
    }

    private void SayPostings(List<KeyValuePair<LedgerKey, AccountChange>> postings, Dictionary<LedgerKey, Credits?> floors)
    {
        // A wallet that may owe another amount and was not posted to: its account changes when there is one.
        var rest = floors.Where(floor => !unit.Changes.Accounts.ContainsKey(floor.Key)).ToList();
        if (rest.Count > 0)
        {
            batch.Say(
                """
                UPDATE accounts a SET overdraft_max = u.overdraft_max
                FROM unnest($1::text[], $2::text[], $3::bigint[]) u (org, name, overdraft_max) WHERE a.org = u.org AND a.name = u.name
                """)
                .Keys([.. rest.Select(floor => floor.Key)])
                .NumbersOrNull(rest, floor => floor.Value?.Nanocredits);
        }

        if (postings.Count == 0)
        {
            return;
        }

        batch.Say(
            """
            WITH done AS (
                UPDATE accounts a
                SET debits_posted = a.debits_posted + u.debits_posted, credits_posted = a.credits_posted + u.credits_posted,
                    debits_pending = a.debits_pending + u.debits_pending, credits_pending = a.credits_pending + u.credits_pending,
                    overdraft_max = CASE WHEN u.sets_floor = 1 THEN u.overdraft_max ELSE a.overdraft_max END
                FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
                     u (id, debits_posted, credits_posted, debits_pending, credits_pending, sets_floor, overdraft_max)
                WHERE a.id = u.id
                  AND (CASE WHEN u.sets_floor = 1 THEN u.overdraft_max ELSE a.overdraft_max END IS NULL
                       OR a.debits_posted + u.debits_posted + a.debits_pending + u.debits_pending - a.credits_posted - u.credits_posted
                          <= CASE WHEN u.sets_floor = 1 THEN u.overdraft_max ELSE a.overdraft_max END)
                RETURNING 1)
            SELECT require_written((SELECT count(*) FROM done), $8, 'postings')
            """)
            .Numbers(postings, posting => accounts[posting.Key])
            .Numbers(postings, posting => posting.Value.Change.DebitsPosted)
            .Numbers(postings, posting => posting.Value.Change.CreditsPosted)
            .Numbers(postings, posting => posting.Value.Change.DebitsPending)
            .Numbers(postings, posting => posting.Value.Change.CreditsPending)
            .Numbers(postings, posting => floors.ContainsKey(posting.Key) ? 1 : 0)
            .NumbersOrNull(postings, posting => posting.Value.OverdraftMax?.Nanocredits)
            .Of((long)postings.Count);
    }

    private void SayGrants()
    {
        var given = unit.Changes.Grants;
        if (given.Count > 0)
        {
            batch.Say(
                """
                INSERT INTO grants (org, id, wallet, account, category, amount, cost_basis, priority, effective_at, expires_at, applicability,
                                    funding, created_at, voided_at, due_at)
                SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::bigint[], $9::bigint[],
                                     $10::bigint[], $11::text[], $12::text[], $13::bigint[], $14::bigint[], $15::bigint[])
                """)
                .Texts(given, grant => grant.Org)
                .Texts(given, grant => grant.Id)
                .Texts(given, grant => grant.Wallet)
                .Numbers(given, grant => accounts[grant.Account])
                .Numbers(given, grant => (long)grant.Category)
                .Numbers(given, grant => grant.Amount.Nanocredits)
                .Texts(given, grant => grant.CostBasis.ToColumn())
                .Numbers(given, grant => grant.Priority)
                .Numbers(given, grant => grant.EffectiveAt.ToColumn())
                .NumbersOrNull(given, grant => grant.ExpiresAt.ToColumn())
                .TextsOrNull(given, grant => GrantRow.Write(grant.Applicability))
                .Texts(given, grant => grant.Funding)
                .Numbers(given, grant => grant.CreatedAt.ToColumn())
                .NumbersOrNull(given, grant => grant.VoidedAt.ToColumn())
                .NumbersOrNull(given, grant => grant.DueAt.ToColumn());
        }

        SayGrants([.. unit.Changes.Scheduled], "due_at = u.at", "true", grant => grant.DueAt);
        SayGrants(unit.Changes.Voided, "voided_at = u.at, due_at = NULL", "g.voided_at IS NULL", grant => grant.VoidedAt);
    }

    private void SayGrants(IReadOnlyList<Grant> changed, string change, string condition, Func<Grant, DateTimeOffset?> at)
    {
        if (changed.Count > 0)
        {
            batch.Say(
                $"""
                WITH done AS (
                    UPDATE grants g SET {change} FROM unnest($1::text[], $2::text[], $3::bigint[]) u (org, id, at)
                    WHERE g.org = u.org AND g.id = u.id AND {condition} RETURNING 1)
                SELECT require_written((SELECT count(*) FROM done), $4, 'grants')
                """)
                .Texts(changed, grant => grant.Org)
                .Texts(changed, grant => grant.Id)
                .NumbersOrNull(changed, grant => at(grant).ToColumn())
                .Of((long)changed.Count);
        }
    }

    private void SayAnswers()
    {
        var given = unit.Given;
        if (given.Count > 0)
        {
            batch.Say(
                """
                INSERT INTO answers (org, principal, key, fingerprint, status, content_type, body, created_at)
                SELECT u.*, $8::bigint FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::bytea[]) u
                """)
                .Texts(given, row => row.Org)
                .Texts(given, row => row.Name.Principal)
                .Texts(given, row => row.Name.Key)
                .Texts(given, row => row.Name.Fingerprint)
                .Numbers(given, row => row.Answer.Status)
                .Texts(given, row => row.Answer.ContentType)
                .Blobs(given, row => row.Answer.Body)
                .Of(unit.Clock.ToColumn());
        }
    }

    private void SayAudit()
    {
        var lines = unit.Audited;
        if (lines.Count > 0)
        {
            batch.Say(
                """
                INSERT INTO audit (org, id, at, actor, request, action, object_id, before, after)
                SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
                """)
                .Texts(lines, line => line.Stamp.Org)
                .Texts(lines, line => line.Id)
                .Numbers(lines, line => line.Stamp.At.ToUnixTimeMilliseconds())
                .Texts(lines, line => line.Stamp.Actor)
                .Texts(lines, line => line.Stamp.RequestId)
                .Texts(lines, line => line.Action)
                .Texts(lines, line => line.ObjectId)
                .Texts(lines, line => line.Before)
                .Texts(lines, line => line.After);
        }
    }
}
