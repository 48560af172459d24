using Farthing.Storage;
using Farthing.Storage.Postgres.Access;
using Farthing.Testing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Inspecting;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Tests;

/// <summary>What a test's server keeps its things in.</summary>
public enum StoreEngine
{
    /// <summary>The embedded store, in a folder of its own.</summary>
    Sqlite,

    /// <summary>A database of its own in the PostgreSQL of the test process, empty at the start.</summary>
    Postgres,
}

/// <summary>Every port of a server over one engine, fresh and empty; goes with the server.</summary>
internal sealed class TestStores : IAsyncDisposable
{
    private readonly Action<IServiceCollection> add;
    private readonly Func<ValueTask> close;

    private TestStores(IUsageStore usage, IAuditTrail audit, Action<IServiceCollection> add, Func<ValueTask> close) =>
        (Usage, Audit, this.add, this.close) = (usage, audit, add, close);

    /// <summary>The store of calls.</summary>
    public IUsageStore Usage { get; }

    /// <summary>What was changed by whom.</summary>
    public IAuditTrail Audit { get; }

    /// <summary>Opens the stores of an engine.</summary>
    /// <param name="engine">Which.</param>
    /// <param name="time">The clock of the ledger.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public static Task<TestStores> OpenAsync(StoreEngine engine, TimeProvider time, CancellationToken cancellationToken) =>
        engine == StoreEngine.Sqlite ? Task.FromResult(OpenSqlite(time)) : OpenPostgresAsync(time, cancellationToken);

    /// <summary>Adds the ports.</summary>
    public void AddTo(IServiceCollection services) => add(services);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => close();

    private static TestStores OpenSqlite(TimeProvider time)
    {
        var folder = Directory.CreateTempSubdirectory("farthing-web-");
        var store = SqliteStore.Open(Path.Combine(folder.FullName, "farthing.db"), TimeZoneInfo.Utc);
        var (ledger, access, budgets) = (new SqliteLedger(store, time), store.Access, BudgetStores.Of(store));
        return new(
            store,
            access.Audit,
            services => AddAccess(AddLedger(AddBudgets(AddUsage(services, store, store.Sessions), budgets), ledger), access.Orgs, access.Teams, access.Engineers, access.Keys, access.Audit),
            async () =>
            {
                await store.DisposeAsync();
                folder.Delete(recursive: true);
            });
    }

    private static async Task<TestStores> OpenPostgresAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var postgres = await PostgresServer.SharedAsync();
        var name = await EmptiedDatabases.TakeAsync();
        var database = await PostgresDatabase.OpenAsync(PostgresUrl.Parse(postgres.Url(name)), cancellationToken);
        var store = await PostgresStore.OpenAsync(database, TimeZoneInfo.Utc, cancellationToken);
        var (ledger, access, budgets) = (new PostgresLedger(database, time), new PostgresAccess(database), BudgetStores.Of(database));
        return new(
            store,
            access.Audit,
            services => AddAccess(AddLedger(AddBudgets(AddUsage(services, store, store.Sessions), budgets), ledger), access.Orgs, access.Teams, access.Engineers, access.Keys, access.Audit),
            async () =>
            {
                store.Dispose();
                await database.DisposeAsync();
                await EmptiedDatabases.GiveBackAsync(name);
            });
    }

    private static IServiceCollection AddUsage<TStore>(IServiceCollection services, TStore store, IAgentSessions sessions)
        where TStore : class, IUsageStore, ISpendQueries, ISpendValues, IUsageConflicts, IStoreHealth => services
            .AddSingleton<IUsageStore>(store).AddSingleton<ISpendQueries>(store).AddSingleton<ISpendValues>(store).AddSingleton<IUsageConflicts>(store).AddSingleton<IStoreHealth>(store)
            .AddSingleton(sessions);

    private static IServiceCollection AddBudgets(IServiceCollection services, BudgetStores budgets) =>
        services.AddSingleton(budgets.Budgets).AddSingleton(budgets.Marks).AddSingleton(budgets.Outbox)
            .AddSingleton(budgets.Alerts).AddSingleton(budgets.AlertConfigs).AddSingleton(budgets.Outcomes).AddSingleton(budgets.Messages).AddSingleton(budgets.Views);

    private static IServiceCollection AddLedger<TLedger>(IServiceCollection services, TLedger ledger)
        where TLedger : class, ILedgerStore, ILedgerQueries, IRunQueries, IPeriodQueries, ILedgerUpkeep, IKeptAnswers => services
            .AddSingleton<ILedgerStore>(ledger).AddSingleton<ILedgerQueries>(ledger).AddSingleton<IRunQueries>(ledger).AddSingleton<ILedgerUpkeep>(ledger)
            .AddSingleton<IPeriodQueries>(ledger)
            .AddSingleton<IKeptAnswers>(ledger).AddSingleton<ISweepTurn>(new SoleTurn());

    private static void AddAccess(IServiceCollection services, IOrgs orgs, ITeams teams, IEngineers engineers, IKeys keys, IAuditTrail audit) => services
        .AddSingleton(orgs).AddSingleton(teams).AddSingleton(engineers).AddSingleton(keys).AddSingleton(audit);
}
