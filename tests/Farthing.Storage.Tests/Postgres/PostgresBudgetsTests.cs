using Farthing.Storage.Tests.Contract.Budgets;
using Farthing.Testing;

namespace Farthing.Storage.Tests.Postgres;

public sealed class PostgresBudgetsTests : BudgetsContract
{
    protected override Task<OpenedBudgets> OpenAsync() => TwoServers.OpenAsync();
}

public sealed class PostgresAlertsTests : AlertsContract
{
    protected override Task<OpenedBudgets> OpenAsync() => TwoServers.OpenAsync();
}

public sealed class PostgresSavedViewsTests : SavedViewsContract
{
    protected override Task<OpenedBudgets> OpenAsync() => TwoServers.OpenAsync();
}

/// <summary>Two servers over one database, each with connections of its own.</summary>
internal static class TwoServers
{
    public static async Task<OpenedBudgets> OpenAsync()
    {
        var server = await PostgresServer.SharedAsync();
        var name = await EmptiedDatabases.TakeAsync();
        var databases = new[] { await DatabaseAsync(server, name), await DatabaseAsync(server, name) };
        var turn = 0;
        return new(() => BudgetStores.Of(databases[Interlocked.Increment(ref turn) % databases.Length]), async () =>
        {
            foreach (var database in databases)
            {
                await database.DisposeAsync();
            }

            await EmptiedDatabases.GiveBackAsync(name);
        });
    }

    private static Task<PostgresDatabase> DatabaseAsync(PostgresServer server, string name) =>
        PostgresDatabase.OpenAsync(PostgresUrl.Parse(server.Url(name)), TestContext.Current.CancellationToken);
}
