using Farthing.Storage;
using Farthing.Storage.Postgres.Access;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;

namespace Farthing;

/// <summary>What commands read of a store to tell where spend goes, and the budgets that they keep there.</summary>
/// <param name="Spend">What was spent.</param>
/// <param name="Sessions">What clients reported of sessions.</param>
/// <param name="Engineers">What people are called.</param>
/// <param name="Teams">The teams.</param>
/// <param name="Keys">The keys.</param>
/// <param name="Budgets">The budgets.</param>
/// <param name="IsShared">Whether other machines keep their calls there too.</param>
internal sealed record FinopsPorts(ISpendQueries Spend, IAgentSessions Sessions, IEngineers Engineers, ITeams Teams, IKeys Keys, IBudgets Budgets, bool IsShared)
{
    /// <summary>Those of an open store.</summary>
    public static FinopsPorts Of(UsageStores stores) => stores.Owner is SqliteStore sqlite
        ? new(stores.Spending, stores.Sessions, sqlite.Access.Engineers, sqlite.Access.Teams, sqlite.Access.Keys, BudgetStores.Of(sqlite).Budgets, IsShared: false)
        : OfPostgres(stores);

    // Apart, so that a command over the embedded store loads nothing that talks to a server.
    private static FinopsPorts OfPostgres(UsageStores stores)
    {
        var database = (PostgresDatabase)stores.Owner;
        var access = new PostgresAccess(database);
        return new(stores.Spending, stores.Sessions, access.Engineers, access.Teams, access.Keys, BudgetStores.Of(database).Budgets, IsShared: true);
    }
}
