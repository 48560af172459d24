using Farthing.Domain.Billing;
using Farthing.Storage.Sql.Ledger;
using Farthing.Storage.Sqlite.Access;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Sqlite.Ledger;

/// <summary>Writes what came of a unit of work. It holds no decision.</summary>
internal sealed class LedgerWriter(Connection connection, AccountTable accounts)
{
    private readonly ChainTable chain = new(connection, accounts);
    private readonly WalletTable wallets = new(connection, accounts);
    private readonly HoldTable holds = new(connection);
    private readonly PeriodTable periods = new(connection);

    private Statement InsertRun => field ??= connection.Prepare(
        """
        INSERT INTO runs (org, id, plan, attempt, mode, "user", wallet, speed_vs_detail, is_free, took_free_run, state, reported, baseline,
                          success_fee, charged, progress_charges, started_at, completed_at, uncollected, asked, uses)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
        """u8);

    private Statement UpdateRun => field ??= connection.Prepare(
        """
        UPDATE runs SET plan = ?3, attempt = ?4, mode = ?5, "user" = ?6, wallet = ?7, speed_vs_detail = ?8, is_free = ?9, took_free_run = ?10,
                        state = ?11, reported = ?12, baseline = ?13, success_fee = ?14, charged = ?15, progress_charges = ?16,
                        started_at = ?17, completed_at = ?18, uncollected = ?19, asked = ?20, uses = ?21
        WHERE org = ?1 AND id = ?2 AND state = 0
        """u8);

    private Statement InsertAnswer => field ??= connection.Prepare(
        """
        INSERT INTO answers (org, principal, key, fingerprint, status, content_type, body, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """u8);

    /// <summary>Writes everything that a unit has decided, at an instant of the store's clock.</summary>
    public void Write(LedgerUnit unit, DateTimeOffset now)
    {
        wallets.Write(unit.Changes);
        holds.Write(unit.Changes);
        chain.Write(unit);
        foreach (var run in unit.NewRuns)
        {
            Write(InsertRun, run);
        }

        foreach (var run in unit.ChangedRuns)
        {
            Write(UpdateRun, run);
        }

        foreach (var (org, name, answer) in unit.Given)
        {
            Write(org, name, answer, now);
        }

        foreach (var line in unit.Audited)
        {
            AuditTable.Write(connection, line);
        }

        periods.Write(unit);
    }

    private void Write(Statement statement, Run run)
    {
        statement.Bind(1, run.Org);
        statement.Bind(2, run.Id);
        statement.Bind(3, run.Plan);
        statement.Bind(4, run.Attempt);
        statement.Bind(5, (long)run.Mode);
        statement.Bind(6, run.User);
        statement.Bind(7, run.Wallet);
        statement.Bind(8, run.SpeedVsDetail);
        statement.Bind(9, run.IsFree ? 1 : 0);
        statement.Bind(10, run.TookFreeRun ? 1 : 0);
        statement.Bind(11, (long)run.State);
        statement.Bind(12, run.Reported.ToColumn());
        statement.Bind(13, run.Baseline.ToColumn());
        statement.Bind(14, run.SuccessFee.ToColumn());
        statement.Bind(15, run.Charged.Nanocredits);
        statement.Bind(16, run.ProgressCharges);
        statement.Bind(17, run.StartedAt.ToColumn());
        statement.Bind(18, run.CompletedAt.ToColumn());
        statement.Bind(19, run.Uncollected.Nanocredits);
        statement.Bind(20, run.Asked);
        statement.Bind(21, run.Uses.ToColumn());
        statement.Run();
        if (connection.Changes != 1)
        {
            throw new LedgerRaceException($"The run {run.Id} of {run.Org} was changed by somebody else.");
        }
    }

    private void Write(string org, IdempotencyKey name, StoredAnswer answer, DateTimeOffset now)
    {
        InsertAnswer.Bind(1, org);
        InsertAnswer.Bind(2, name.Principal);
        InsertAnswer.Bind(3, name.Key);
        InsertAnswer.Bind(4, name.Fingerprint);
        InsertAnswer.Bind(5, answer.Status);
        InsertAnswer.Bind(6, answer.ContentType);
        InsertAnswer.Bind(7, answer.Body);
        InsertAnswer.Bind(8, now.ToColumn());
        InsertAnswer.Run();
    }
}
