using Farthing.Storage.Postgres.Engine;
using Farthing.Workflows.Access;
using Npgsql;
using static Farthing.Storage.Postgres.Access.AccessStatements;

namespace Farthing.Storage.Postgres.Access;

/// <summary>What was changed by whom.</summary>
internal sealed class AuditRows(PostgresDatabase database) : IAuditTrail
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> ReadAsync(string org, int limit, CancellationToken cancellationToken) => database.WithConnectionAsync(
        (connection, token) => connection.AllAsync(
            "SELECT org, id, at, actor, request, action, object_id, before, after FROM audit WHERE org = $1 ORDER BY id DESC LIMIT $2",
            static row => new AuditEntry(row.Text(1), new(row.Text(0), row.Text(3), row.Text(4), row.Moment(2)), row.Text(5), row.Text(6), row.Text(7), row.Text(8)),
            token, Text(org), Statements.Of(limit)),
        cancellationToken);

    /// <summary>Writes a line in the transaction of the change that it tells of.</summary>
    public static Task WriteAsync(NpgsqlConnection connection, AuditEntry entry, CancellationToken cancellationToken) => connection.RunAsync(
        "INSERT INTO audit (org, id, at, actor, request, action, object_id, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        cancellationToken, Text(entry.Stamp.Org), Text(entry.Id), MomentOrNull(entry.Stamp.At), Text(entry.Stamp.Actor), Text(entry.Stamp.RequestId),
        Text(entry.Action), Text(entry.ObjectId), Text(entry.Before), Text(entry.After));
}
