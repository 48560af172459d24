using Farthing.Domain.Ledger;
using Farthing.Storage.Sql.Ledger;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Sqlite.Ledger;

/// <summary>Writes holds. One that has ended never changes again.</summary>
internal sealed class HoldTable(Connection connection)
{
    private Statement Insert => field ??= connection.Prepare(
        """
        INSERT INTO holds (org, id, wallet, state, amount, captured, use_provider, use_model, use_project, created_at, expires_at, forwarded_at, closed_at,
                           lines)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        """u8);

    private Statement Update => field ??= connection.Prepare(
        "UPDATE holds SET state = ?3, captured = ?4, forwarded_at = ?5, closed_at = ?6 WHERE org = ?1 AND id = ?2 AND state < 3"u8);

    /// <summary>Writes new holds and those that changed.</summary>
    public void Write(LedgerChanges changes)
    {
        foreach (var hold in changes.NewHolds)
        {
            WriteNew(hold);
        }

        foreach (var hold in changes.ChangedHolds)
        {
            WriteChanged(hold);
        }
    }

    private void WriteNew(Hold hold)
    {
        Insert.Bind(1, hold.Org);
        Insert.Bind(2, hold.Id);
        Insert.Bind(3, hold.Wallet);
        Insert.Bind(4, (long)hold.State);
        Insert.Bind(5, hold.Amount.Nanocredits);
        Insert.Bind(6, hold.Captured.Nanocredits);
        Insert.Bind(7, hold.Use.Provider);
        Insert.Bind(8, hold.Use.Model);
        Insert.Bind(9, hold.Use.Project);
        Insert.Bind(10, hold.CreatedAt.ToColumn());
        Insert.Bind(11, hold.ExpiresAt.ToColumn());
        Insert.Bind(12, hold.ForwardedAt.ToColumn());
        Insert.Bind(13, hold.ClosedAt.ToColumn());
        Insert.Bind(14, HoldRow.WriteLines(hold));
        Insert.Run();
    }

    private void WriteChanged(Hold hold)
    {
        Update.Bind(1, hold.Org);
        Update.Bind(2, hold.Id);
        Update.Bind(3, (long)hold.State);
        Update.Bind(4, hold.Captured.Nanocredits);
        Update.Bind(5, hold.ForwardedAt.ToColumn());
        Update.Bind(6, hold.ClosedAt.ToColumn());
        Update.Run();
        if (connection.Changes != 1)
        {
            throw new LedgerRaceException($"The hold {hold.Id} of {hold.Org} was ended by somebody else.");
        }
    }
}
