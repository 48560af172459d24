using Farthing.Domain.Ledger;
using Farthing.Storage.Sql.Ledger;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Sqlite.Ledger;

/// <summary>Writes the steps that months take, and what their books said when they were closed.</summary>
internal sealed class PeriodTable(Connection connection)
{
    private Statement Upsert => field ??= connection.Prepare(
        """
        INSERT INTO periods (org, month, state, step, closes, hash, changed_by, changed_at, requested_by, requested_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (org, month) DO UPDATE SET
            state = excluded.state, step = excluded.step, closes = excluded.closes, hash = excluded.hash, changed_by = excluded.changed_by,
            changed_at = excluded.changed_at, requested_by = excluded.requested_by, requested_at = excluded.requested_at
        WHERE step < excluded.step
        """u8);

    private Statement InsertClose => field ??= connection.Prepare(
        "INSERT INTO trial_balances (org, month, step, trial_balance, hash, actor, closed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"u8);

    /// <summary>Writes what a unit has decided about months.</summary>
    public void Write(LedgerUnit unit)
    {
        foreach (var period in unit.ChangedPeriods)
        {
            Write(period);
        }

        foreach (var close in unit.PeriodCloses)
        {
            Write(close);
        }
    }

    private void Write(LedgerPeriod period)
    {
        Upsert.Bind(1, period.Org);
        Upsert.Bind(2, period.Month.ToString());
        Upsert.Bind(3, (long)period.State);
        Upsert.Bind(4, period.Step);
        Upsert.Bind(5, period.Closes);
        Upsert.Bind(6, period.Hash);
        Upsert.Bind(7, period.ChangedBy);
        Upsert.Bind(8, period.ChangedAt.ToColumn());
        Upsert.Bind(9, period.RequestedBy);
        Upsert.Bind(10, period.RequestedAt.ToColumn());
        Upsert.Run();
        if (connection.Changes != 1)
        {
            throw new LedgerRaceException($"The month {period.Month} of {period.Org} was changed by somebody else.");
        }
    }

    private void Write(PeriodClose close)
    {
        InsertClose.Bind(1, close.Org);
        InsertClose.Bind(2, close.Month.ToString());
        InsertClose.Bind(3, close.Step);
        InsertClose.Bind(4, close.TrialBalance);
        InsertClose.Bind(5, close.Hash);
        InsertClose.Bind(6, close.Actor);
        InsertClose.Bind(7, close.ClosedAt.ToColumn());
        InsertClose.Run();
    }
}
