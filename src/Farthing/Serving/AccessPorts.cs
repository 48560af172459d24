using Farthing.Storage;
using Farthing.Storage.Postgres.Access;
using Farthing.Storage.Sqlite.Access;
using Farthing.Workflows.Access;

namespace Farthing.Serving;

/// <summary>Who may ask, as the settings' store keeps it.</summary>
/// <param name="Orgs">The organisations.</param>
/// <param name="Teams">The teams.</param>
/// <param name="Engineers">The engineers.</param>
/// <param name="Keys">The keys.</param>
/// <param name="Audit">What was changed by whom.</param>
/// <param name="Pepper">The secret under which keys are hashed.</param>
internal sealed record AccessPorts(IOrgs Orgs, ITeams Teams, IEngineers Engineers, IKeys Keys, IAuditTrail Audit, KeyPepper Pepper)
{
    /// <summary>Finds them in an open store.</summary>
    /// <param name="stores">The store.</param>
    /// <param name="folder">Where the embedded store keeps its pepper.</param>
    /// <param name="pepper">The pepper of the settings; null for the store's own.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public static Task<AccessPorts> OpenAsync(UsageStores stores, string folder, KeyPepper? pepper, CancellationToken cancellationToken) =>
        stores.Owner is SqliteStore sqlite
            ? Task.FromResult(Of(sqlite.Access, pepper ?? PepperFile.ReadOrCreate(folder)))
            : OpenPostgresAsync((PostgresDatabase)stores.Owner, pepper, cancellationToken);

    private static AccessPorts Of(SqliteAccess access, KeyPepper pepper) => new(access.Orgs, access.Teams, access.Engineers, access.Keys, access.Audit, pepper);

    private static async Task<AccessPorts> OpenPostgresAsync(PostgresDatabase database, KeyPepper? pepper, CancellationToken cancellationToken)
    {
        var access = new PostgresAccess(database);
        return new(access.Orgs, access.Teams, access.Engineers, access.Keys, access.Audit, pepper ?? await access.ReadPepperAsync(cancellationToken));
    }
}
