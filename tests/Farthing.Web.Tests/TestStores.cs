using Farthing.Storage;
using Farthing.Storage.Postgres.Access;
using Farthing.Testing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Metering;
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
        return new(
            store,
            store.Access.Audit,
            services => services.AddEmbedded(store, time),
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
            services => services.AddUsage(store, store.Sessions).AddBudgets(budgets).AddLedger(ledger).AddAccess(access.Orgs, access.Teams, access.Engineers, access.Keys, access.Audit),
            async () =>
            {
                store.Dispose();
                await database.DisposeAsync();
                await EmptiedDatabases.GiveBackAsync(name);
            });
    }
}
