using Farthing.Domain.Billing;
using Farthing.Storage.Sql.Ledger;
using Farthing.Workflows.Crediting;
using Npgsql;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>Says how runs are written. One that is over never changes again.</summary>
internal sealed class RunWriting(NpgsqlBatch batch)
{
    private const string Rows =
        """
        unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::bigint[],
               $11::bigint[], $12::text[], $13::text[], $14::text[], $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[],
               $19::bigint[], $20::text[], $21::text[])
        u (org, id, plan, attempt, mode, "user", wallet, speed_vs_detail, is_free, took_free_run, state, reported, baseline, success_fee, charged,
           progress_charges, started_at, completed_at, uncollected, asked, uses)
        """;

    /// <summary>Says new runs and those that changed.</summary>
    public void Say(LedgerUnit unit)
    {
        Say([.. unit.NewRuns], isNew: true);
        Say([.. unit.ChangedRuns], isNew: false);
    }

    private void Say(Run[] rows, bool isNew)
    {
        if (rows.Length == 0)
        {
            return;
        }

        var command = batch.Say(isNew
            ? $"""
              INSERT INTO runs (org, id, plan, attempt, mode, "user", wallet, speed_vs_detail, is_free, took_free_run, state, reported, baseline,
                                success_fee, charged, progress_charges, started_at, completed_at, uncollected, asked, uses)
              SELECT u.* FROM {Rows}
              """
            : $"""
              WITH done AS (
                  UPDATE runs r
                  SET speed_vs_detail = u.speed_vs_detail, is_free = u.is_free, took_free_run = u.took_free_run, state = u.state, reported = u.reported,
                      baseline = u.baseline, success_fee = u.success_fee, charged = u.charged, progress_charges = u.progress_charges,
                      completed_at = u.completed_at, uncollected = u.uncollected, uses = u.uses
                  FROM {Rows} WHERE r.org = u.org AND r.id = u.id AND r.state = 0 RETURNING 1)
              SELECT require_written((SELECT count(*) FROM done), $22, 'runs')
              """);
        command
            .Texts(rows, run => run.Org)
            .Texts(rows, run => run.Id)
            .Texts(rows, run => run.Plan)
            .Numbers(rows, run => run.Attempt)
            .Numbers(rows, run => (long)run.Mode)
            .Texts(rows, run => run.User)
            .Texts(rows, run => run.Wallet)
            .Texts(rows, run => run.SpeedVsDetail)
            .Numbers(rows, run => run.IsFree ? 1 : 0)
            .Numbers(rows, run => run.TookFreeRun ? 1 : 0)
            .Numbers(rows, run => (long)run.State)
            .Texts(rows, run => run.Reported.ToColumn())
            .Texts(rows, run => run.Baseline.ToColumn())
            .Texts(rows, run => run.SuccessFee.ToColumn())
            .Numbers(rows, run => run.Charged.Nanocredits)
            .Numbers(rows, run => run.ProgressCharges)
            .Numbers(rows, run => run.StartedAt.ToColumn())
            .NumbersOrNull(rows, run => run.CompletedAt.ToColumn())
            .Numbers(rows, run => run.Uncollected.Nanocredits)
            .Texts(rows, run => run.Asked)
            .Texts(rows, run => run.Uses.ToColumn());
        if (!isNew)
        {
            command.Of((long)rows.Length);
        }
    }
}
