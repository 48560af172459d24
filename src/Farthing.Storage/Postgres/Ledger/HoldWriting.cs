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
            SELECT unnest($1::text[]), unnest($2::text[]), unnest($3::text[]), unnest($4::bigint[]), unnest($5::bigint[]), unnest($6::bigint[]),
                   unnest($7::text[]), unnest($8::text[]), unnest($9::text[]), unnest($10::bigint[]), unnest($11::bigint[]), unnest($12::bigint[]),
                   unnest($13::bigint[]), unnest($14::text[])
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
                FROM (SELECT unnest($1::text[]) AS org, unnest($2::text[]) AS id, unnest($3::bigint[]) AS state, unnest($4::bigint[]) AS captured,
                             unnest($5::bigint[]) AS forwarded_at, unnest($6::bigint[]) AS closed_at) u
                WHERE h.org = u.org AND h.id = u.id AND h.state + 0 < 3 RETURNING 1)
            SELECT require_written((SELECT count(*) FROM done), $7, 'holds')
            """)
            .Texts(rows, hold => hold.Org)
            .Texts(rows, hold => hold.Id)
            .Numbers(rows, hold => (long)hold.State)
            .Numbers(rows, hold => hold.Captured.Nanocredits)
            .NumbersOrNull(rows, hold => hold.ForwardedAt.ToColumn())
            .NumbersOrNull(rows, hold => hold.ClosedAt.ToColumn())
            .Of((long)rows.Length);
}
