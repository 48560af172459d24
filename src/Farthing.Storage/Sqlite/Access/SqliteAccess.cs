using Farthing.Workflows.Access;

namespace Farthing.Storage.Sqlite.Access;

/// <summary>Organisations, teams, engineers, keys and their audit in the embedded store.</summary>
public sealed class SqliteAccess
{
    internal SqliteAccess(Database database, WriteGate gate)
    {
        Orgs = new OrgTable(database, gate);
        Teams = new TeamTable(database, gate);
        Engineers = new EngineerTable(database, gate);
        Keys = new ApiKeyTable(database, gate);
        Audit = new AuditTable(database);
    }

    /// <summary>The organisations.</summary>
    public IOrgs Orgs { get; }

    /// <summary>The teams.</summary>
    public ITeams Teams { get; }

    /// <summary>The engineers.</summary>
    public IEngineers Engineers { get; }

    /// <summary>The keys.</summary>
    public IKeys Keys { get; }

    /// <summary>What was changed by whom.</summary>
    public IAuditTrail Audit { get; }
}
