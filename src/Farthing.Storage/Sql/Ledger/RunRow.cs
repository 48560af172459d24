using Farthing.Domain.Billing;

namespace Farthing.Storage.Sql.Ledger;

/// <summary>Runs as rows.</summary>
internal static class RunRow
{
    /// <summary>The columns of a run <c>r</c>.</summary>
    public const string Columns =
        """
        r.org, r.id, r.plan, r.attempt, r.mode, r."user", r.wallet, r.speed_vs_detail, r.is_free, r.took_free_run, r.state, r.reported,
        r.baseline, r.success_fee, r.charged, r.progress_charges, r.started_at, r.completed_at,
        r.uncollected, r.asked, r.uses
        """;

    /// <summary>The run of a row.</summary>
    public static Run Read<TRow>(TRow row)
        where TRow : ISqlRow => new()
        {
            Org = row.Text(0),
            Id = row.Text(1),
            Plan = row.Text(2),
            Attempt = (int)row.Integer(3),
            Mode = (AttemptMode)row.Integer(4),
            User = row.Text(5),
            Wallet = row.Text(6),
            SpeedVsDetail = row.Text(7),
            IsFree = row.Integer(8) != 0,
            TookFreeRun = row.Integer(9) != 0,
            State = (RunState)row.Integer(10),
            Reported = row.Dollars(11),
            Baseline = row.Dollars(12),
            SuccessFee = row.Dollars(13),
            Charged = row.Amount(14),
            ProgressCharges = (int)row.Integer(15),
            StartedAt = row.Instant(16),
            CompletedAt = row.InstantOrNull(17),
            Uncollected = row.Amount(18),
            Asked = row.Text(19),
            Uses = RunUsesText.Read(row.Text(20)),
        };
}
