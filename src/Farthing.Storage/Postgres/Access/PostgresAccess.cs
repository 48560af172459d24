using System.Security.Cryptography;
using Farthing.Storage.Postgres.Engine;
using Farthing.Workflows.Access;

namespace Farthing.Storage.Postgres.Access;

/// <summary>Organisations, teams, engineers, keys and their audit in PostgreSQL.</summary>
/// <param name="database">The database, which outlives it.</param>
public sealed class PostgresAccess(PostgresDatabase database)
{
    private const string PepperSetting = "key_pepper";

    /// <summary>The organisations.</summary>
    public IOrgs Orgs { get; } = new OrgRows(database);

    /// <summary>The teams.</summary>
    public ITeams Teams { get; } = new TeamRows(database);

    /// <summary>The engineers.</summary>
    public IEngineers Engineers { get; } = new EngineerRows(database);

    /// <summary>The keys.</summary>
    public IKeys Keys { get; } = new ApiKeyRows(database);

    /// <summary>What was changed by whom.</summary>
    public IAuditTrail Audit { get; } = new AuditRows(database);

    /// <summary>The pepper that all nodes of this database share; the first one to ask makes it.</summary>
    /// <remarks>It lies in the database, so a dump of it holds both; whoever minds sets FARTHING_KEY_PEPPER.</remarks>
    public async Task<KeyPepper> ReadPepperAsync(CancellationToken cancellationToken)
    {
        var text = await database.InTransactionAsync(
            async (connection, token) =>
            {
                var made = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyPepper.BytesMin));
                await connection.RunAsync(
                    "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", token, Statements.Of(PepperSetting), Statements.Of(made));
                return await connection.FirstAsync("SELECT value FROM settings WHERE name = $1", static row => row.GetString(0), token, Statements.Of(PepperSetting));
            },
            cancellationToken);
        return new(Convert.FromBase64String(text!));
    }
}
