using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Access;

namespace Farthing.Storage.Sqlite.Access;

/// <summary>What was changed by whom.</summary>
internal sealed class AuditTable(Database database) : IAuditTrail
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> ReadAsync(AuditQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AuditEntry>>(connection => Read(connection, AuditText.Lines(query)), cancellationToken);

    /// <summary>Writes a line in the transaction of the change that it tells of.</summary>
    public static void Write(Connection connection, AuditEntry entry)
    {
        using var insert = connection.Prepare(
            "INSERT INTO audit (org, id, at, actor, request, action, object_id, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"u8);
        insert.Bind(1, entry.Stamp.Org);
        insert.Bind(2, entry.Id);
        insert.Bind(3, entry.Stamp.At.ToUnixTimeMilliseconds());
        insert.Bind(4, entry.Stamp.Actor);
        insert.Bind(5, entry.Stamp.RequestId);
        insert.Bind(6, entry.Action);
        insert.Bind(7, entry.ObjectId);
        insert.Bind(8, entry.Before);
        insert.Bind(9, entry.After);
        insert.Run();
    }

    private static List<AuditEntry> Read(Connection connection, SqlText sql)
    {
        using var rows = connection.Prepare(sql);
        var entries = new List<AuditEntry>();
        while (rows.Step())
        {
            entries.Add(AuditText.Read(rows));
        }

        return entries;
    }
}
