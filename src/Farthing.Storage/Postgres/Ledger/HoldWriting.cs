using Farthing.Domain.Ledger;
using Farthing.Storage.Sql.Ledger;
using Npgsql;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>Says how holds are written. One that has ended never changes again.</summary>
internal sealed class HoldWriting(NpgsqlBatch batch, LedgerChanges changes)
{
    /// <summary>Says new holds, and those that changed.</summary>
    public void Say()
    {
        Hold[] made = [.. changes.NewHolds];
        if (made.Length > 0)
        {
            SayNew(made);
        }

        Hold[] changed = [.. changes.ChangedHolds];
        if (changed.Length > 0)
        {
            SayChanged(changed);
        }
    }

    private void SayNew(Hold[] rows) =>
        batch.Say(
            """
            INSERT INTO holds (org, id, wallet, state, amount, captured, use_provider, use_model, use_project, created_at, expires_at, forwarded_at, closed_at,
                               lines)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::text[],
                                 $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::text[])
            """)
            .Texts(rows, hold => hold.Org)
            .Texts(rows, hold => hold.Id)
            .Texts(rows, hold => hold.Wallet)
            .Numbers(rows, hold => (long)hold.State)
            .Numbers(rows, hold => hold.Amount.Nanocredits)
            .Numbers(rows, hold => hold.Captured.Nanocredits)
            .Texts(rows, hold => hold.Use.Provider)
            .Texts(rows, hold => hold.Use.Model)
            .Texts(rows, hold => hold.Use.Project)
            .Numbers(rows, hold => hold.CreatedAt.ToColumn())
            .Numbers(rows, hold => hold.ExpiresAt.ToColumn())
            .NumbersOrNull(rows, hold => hold.ForwardedAt.ToColumn())
            .NumbersOrNull(rows, hold => hold.ClosedAt.ToColumn())
            .Texts(rows, HoldRow.WriteLines);

    private void SayChanged(Hold[] rows) =>
        batch.Say(
            """
            WITH done AS (
                UPDATE holds h SET state = u.state, captured = u.captured, forwarded_at = u.forwarded_at, closed_at = u.closed_at
                FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[]) u (org, id, state, captured, forwarded_at, closed_at)
                WHERE h.org = u.org AND h.id = u.id AND h.state < 3 RETURNING 1)
            SELECT require_rows((SELECT count(*) FROM done), $7, 'holds')
            """)
            .Texts(rows, hold => hold.Org)
            .Texts(rows, hold => hold.Id)
            .Numbers(rows, hold => (long)hold.State)
            .Numbers(rows, hold => hold.Captured.Nanocredits)
            .NumbersOrNull(rows, hold => hold.ForwardedAt.ToColumn())
            .NumbersOrNull(rows, hold => hold.ClosedAt.ToColumn())
            .Of((long)rows.Length);
}
