using Farthing.Storage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Inspecting;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Tests;

/// <summary>The ports of a server's stores, for servers that tests and benchmarks start in their own process.</summary>
internal static class StorePorts
{
    /// <summary>Adds those of an embedded store.</summary>
    public static IServiceCollection AddEmbedded(this IServiceCollection services, SqliteStore store, TimeProvider time)
    {
        var access = store.Access;
        return services.AddUsage(store, store.Sessions).AddBudgets(BudgetStores.Of(store)).AddLedger(new SqliteLedger(store, time))
            .AddAccess(access.Orgs, access.Teams, access.Engineers, access.Keys, access.Audit);
    }

    public static IServiceCollection AddUsage<TStore>(this IServiceCollection services, TStore store, IAgentSessions sessions)
        where TStore : class, IUsageStore, ISpendQueries, ISpendValues, IUsageConflicts, IUsageRepeats, IStoreHealth => services
            .AddSingleton<IUsageStore>(store).AddSingleton<ISpendQueries>(store).AddSingleton<ISpendValues>(store).AddSingleton<IUsageConflicts>(store).AddSingleton<IStoreHealth>(store)
            .AddSingleton<IUsageRepeats>(store).AddSingleton(sessions);

    public static IServiceCollection AddBudgets(this IServiceCollection services, BudgetStores budgets) =>
        services.AddSingleton(budgets.Budgets).AddSingleton(budgets.Marks).AddSingleton(budgets.Outbox)
            .AddSingleton(budgets.Alerts).AddSingleton(budgets.AlertConfigs).AddSingleton(budgets.Outcomes).AddSingleton(budgets.Messages).AddSingleton(budgets.Views);

    public static IServiceCollection AddLedger<TLedger>(this IServiceCollection services, TLedger ledger)
        where TLedger : class, ILedgerStore, ILedgerQueries, IRunQueries, IPeriodQueries, ILedgerUpkeep, IKeptAnswers => services
            .AddSingleton<ILedgerStore>(ledger).AddSingleton<ILedgerQueries>(ledger).AddSingleton<IRunQueries>(ledger).AddSingleton<ILedgerUpkeep>(ledger)
            .AddSingleton<IPeriodQueries>(ledger)
            .AddSingleton<IKeptAnswers>(ledger).AddSingleton<ISweepTurn>(new SoleTurn());

    public static IServiceCollection AddAccess(this IServiceCollection services, IOrgs orgs, ITeams teams, IEngineers engineers, IKeys keys, IAuditTrail audit) => services
        .AddSingleton(orgs).AddSingleton(teams).AddSingleton(engineers).AddSingleton(keys).AddSingleton(audit);
}
