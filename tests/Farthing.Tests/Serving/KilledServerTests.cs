using Farthing.Storage;
using Farthing.Testing;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Spending;

namespace Farthing.Tests.Serving;

/// <summary>The server over its embedded store.</summary>
public sealed class SqliteKilledServerTests : KilledServerContract, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("farthing-killed-");

    public void Dispose() => folder.Delete(recursive: true);

    protected override IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["FARTHING_DATA"] = folder.FullName };

    protected override async Task LookAsync(Func<ISpendQueries, ILedgerUpkeep, Task> look)
    {
        await using var store = SqliteStore.Open(Path.Combine(folder.FullName, "farthing.db"), TimeZoneInfo.Utc);
        await look(store, new SqliteLedger(store, TimeProvider.System));
    }
}

/// <summary>The server over a PostgreSQL that waits for the disk.</summary>
public sealed class PostgresKilledServerTests : KilledServerContract, IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("farthing-killed-");
    private PostgresServer? server;
    private string url = string.Empty;

    protected override IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string> { ["FARTHING_DATA"] = folder.FullName, ["FARTHING_DATABASE"] = url };

    public async ValueTask InitializeAsync()
    {
        server = await PostgresServer.StartAsync(durable: true);
        url = server.Url(await server.CreateDatabaseAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    protected override async Task LookAsync(Func<ISpendQueries, ILedgerUpkeep, Task> look)
    {
        await using var database = await PostgresDatabase.OpenAsync(PostgresUrl.Parse(url), Cancellation);
        using var store = await PostgresStore.OpenAsync(database, TimeZoneInfo.Utc, Cancellation);
        await look(store, new PostgresLedger(database));
    }
}
