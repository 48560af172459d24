using Farthing.Storage.Postgres.Engine;
using Farthing.Workflows.Access;
using Npgsql;
using static Farthing.Storage.Postgres.Access.AccessStatements;

namespace Farthing.Storage.Postgres.Access;

/// <summary>The organisations.</summary>
internal sealed class OrgRows(PostgresDatabase database) : IOrgs
{
    /// <inheritdoc/>
    public Task AddAsync(Org org, AuditStamp stamp, CancellationToken cancellationToken) => database.InTransactionAsync(
        async (connection, token) =>
        {
            await connection.RunAsync("INSERT INTO orgs (id, name, created) VALUES ($1, $2, $3)", token, Text(org.Id), Text(org.Name), MomentOrNull(org.CreatedAt));
            await AuditRows.WriteAsync(connection, AuditEntry.Of(org, stamp), token);
            return org;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Org?> FindAsync(string id, CancellationToken cancellationToken) => database.WithConnectionAsync(
        (connection, token) => connection.FirstAsync("SELECT id, name, created FROM orgs WHERE id = $1", FromRow, token, Text(id)), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Org>> ListAsync(Page page, CancellationToken cancellationToken) => database.WithConnectionAsync(
        (connection, token) => connection.AllAsync(
            "SELECT id, name, created FROM orgs WHERE id > $1 ORDER BY id LIMIT $2", FromRow, token, Text(page.After), Statements.Of(page.Limit)),
        cancellationToken);

    private static Org FromRow(NpgsqlDataReader row) => new(row.Text(0), row.Text(1), row.Moment(2));
}
