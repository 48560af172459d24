using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Access;

namespace Farthing.Storage.Sqlite.Access;

/// <summary>The organisations.</summary>
internal sealed class OrgTable(Database database, WriteGate gate) : IOrgs
{
    /// <inheritdoc/>
    public Task AddAsync(Org org, AuditStamp stamp, CancellationToken cancellationToken) => gate.WriteAsync(
        connection =>
        {
            using var insert = connection.Prepare("INSERT INTO orgs (id, name, created) VALUES (?1, ?2, ?3)"u8);
            insert.Bind(1, org.Id);
            insert.Bind(2, org.Name);
            insert.BindMoment(3, org.CreatedAt);
            insert.Run();
            AuditTable.Write(connection, AuditEntry.Of(org, stamp));
            return org;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Org?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using var row = connection.Prepare("SELECT id, name, created FROM orgs WHERE id = ?1"u8);
            row.Bind(1, id);
            return row.Step() ? FromRow(row) : null;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Org>> ListAsync(Page page, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Org>>(
        connection =>
        {
            using var rows = connection.Prepare("SELECT id, name, created FROM orgs WHERE id > ?1 ORDER BY id LIMIT ?2"u8);
            rows.Bind(1, page.After);
            rows.Bind(2, page.Limit);
            var orgs = new List<Org>();
            while (rows.Step())
            {
                orgs.Add(FromRow(rows));
            }

            return orgs;
        },
        cancellationToken);

    private static Org FromRow(Statement row) => new(row.Text(0), row.Text(1), row.Moment(2));
}
