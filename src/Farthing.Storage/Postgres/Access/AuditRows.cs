using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Farthing.Workflows.Access;
using Npgsql;
using static Farthing.Storage.Postgres.Access.AccessStatements;

namespace Farthing.Storage.Postgres.Access;

/// <summary>What was changed by whom.</summary>
internal sealed class AuditRows(PostgresDatabase database) : IAuditTrail
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> ReadAsync(AuditQuery query, CancellationToken cancellationToken) => database.WithConnectionAsync(
        (connection, token) => connection.ReadAsync(AuditText.Lines(query), AuditText.Read, token), cancellationToken);

    /// <summary>Writes a line in the transaction of the change that it tells of.</summary>
    public static Task WriteAsync(NpgsqlConnection connection, AuditEntry entry, CancellationToken cancellationToken) => connection.RunAsync(
        "INSERT INTO audit (org, id, at, actor, request, action, object_id, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        cancellationToken, Text(entry.Stamp.Org), Text(entry.Id), MomentOrNull(entry.Stamp.At), Text(entry.Stamp.Actor), Text(entry.Stamp.RequestId),
        Text(entry.Action), Text(entry.ObjectId), Text(entry.Before), Text(entry.After));
}
