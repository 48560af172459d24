using Farthing.Storage;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Spending;

namespace Farthing;

/// <summary>The open store of usage: a file of this machine, or the database that the settings name.</summary>
/// <param name="Usage">Keeps usage.</param>
/// <param name="Spending">Reads what was spent.</param>
/// <param name="Owner">Closes it.</param>
internal sealed record UsageStores(IUsageStore Usage, ISpendQueries Spending, IAsyncDisposable Owner) : IAsyncDisposable
{
    private const string FileName = "farthing.db";

    /// <summary>Opens the store that the settings name.</summary>
    public static Task<UsageStores> OpenAsync(Settings settings, TimeZoneInfo zone, CancellationToken cancellationToken) =>
        settings.Database is { } url ? OpenPostgresAsync(url, zone, cancellationToken) : Task.FromResult(OpenEmbedded(settings.Data, zone));

    /// <summary>Opens the embedded store of a folder.</summary>
    public static UsageStores OpenEmbedded(string folder, TimeZoneInfo zone)
    {
        var store = SqliteStore.Open(Path.Combine(folder, FileName), zone);
        return new(store, store, store);
    }

    /// <summary>The ledger in the same store.</summary>
    public LedgerPorts Ledger(TimeProvider time) => Owner is SqliteStore embedded ? Embedded(embedded, time) : InPostgres(Owner, time);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Owner.DisposeAsync();

    // Apart, so that a report over the embedded store loads nothing that talks to a server.
    private static async Task<UsageStores> OpenPostgresAsync(PostgresUrl url, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var database = await PostgresDatabase.OpenAsync(url, cancellationToken);
        try
        {
            var store = await PostgresStore.OpenAsync(database, zone, cancellationToken);
            return new(store, store, database);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    private static LedgerPorts Embedded(SqliteStore store, TimeProvider time)
    {
        var ledger = new SqliteLedger(store, time);
        return new(ledger, ledger, ledger, ledger);
    }

    private static LedgerPorts InPostgres(IAsyncDisposable database, TimeProvider time)
    {
        var ledger = new PostgresLedger((PostgresDatabase)database, time);
        return new(ledger, ledger, ledger, ledger);
    }
}
