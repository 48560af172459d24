using Farthing.Domain.Ledger;
using Farthing.Storage.Sql.Ledger;
using Farthing.Workflows.Crediting;
using Npgsql;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>Says the steps that months take, and what their books said when they were closed.</summary>
internal sealed class PeriodWriting(NpgsqlBatch batch, LedgerUnit unit)
{
    /// <summary>Says what the unit has decided about months.</summary>
    public void Say()
    {
        SayPeriods([.. unit.ChangedPeriods]);
        SayCloses(unit.PeriodCloses);
    }

    private void SayPeriods(LedgerPeriod[] periods)
    {
        if (periods.Length > 0)
        {
            batch.Say(
                """
                WITH done AS (
                    INSERT INTO periods AS p (org, month, state, step, closes, hash, changed_by, changed_at, requested_by, requested_at)
                    SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::bigint[], $9::text[],
                                         $10::bigint[])
                    ON CONFLICT (org, month) DO UPDATE SET
                        state = excluded.state, step = excluded.step, closes = excluded.closes, hash = excluded.hash, changed_by = excluded.changed_by,
                        changed_at = excluded.changed_at, requested_by = excluded.requested_by, requested_at = excluded.requested_at
                    WHERE p.step < excluded.step RETURNING 1)
                SELECT require_written((SELECT count(*) FROM done), $11, 'periods')
                """)
                .Texts(periods, period => period.Org)
                .Texts(periods, period => period.Month.ToString())
                .Numbers(periods, period => (long)period.State)
                .Numbers(periods, period => period.Step)
                .Numbers(periods, period => period.Closes)
                .Texts(periods, period => period.Hash)
                .Texts(periods, period => period.ChangedBy)
                .Numbers(periods, period => period.ChangedAt.ToColumn())
                .Texts(periods, period => period.RequestedBy)
                .NumbersOrNull(periods, period => period.RequestedAt.ToColumn())
                .Of((long)periods.Length);
        }
    }

    private void SayCloses(IReadOnlyList<PeriodClose> closes)
    {
        if (closes.Count > 0)
        {
            batch.Say(
                """
                INSERT INTO trial_balances (org, month, step, trial_balance, hash, actor, closed_at)
                SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[])
                """)
                .Texts(closes, close => close.Org)
                .Texts(closes, close => close.Month.ToString())
                .Numbers(closes, close => close.Step)
                .Texts(closes, close => close.TrialBalance)
                .Texts(closes, close => close.Hash)
                .Texts(closes, close => close.Actor)
                .Numbers(closes, close => close.ClosedAt.ToColumn());
        }
    }
}
