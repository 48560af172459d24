using Farthing.Storage;
using Farthing.Workflows.Inspecting;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;

namespace Farthing;

/// <summary>The open store of usage: a file of this machine, or the database that the settings name.</summary>
/// <param name="Usage">Keeps usage.</param>
/// <param name="Spending">Reads what was spent.</param>
/// <param name="Values">Tells what spend can be filtered by.</param>
/// <param name="Sessions">Keeps the sessions that clients reported.</param>
/// <param name="Conflicts">Tells which records were kept aside.</param>
/// <param name="Repeats">Tells how often known calls were told again.</param>
/// <param name="Health">Tells how it is.</param>
/// <param name="Owner">Closes it.</param>
internal sealed record UsageStores(IUsageStore Usage, ISpendQueries Spending, ISpendValues Values, IAgentSessions Sessions, IUsageConflicts Conflicts, IUsageRepeats Repeats, IStoreHealth Health, IAsyncDisposable Owner)
    : IAsyncDisposable
{
    private const string FileName = "farthing.db";

    /// <summary>Opens the store that the settings name.</summary>
    public static Task<UsageStores> OpenAsync(Settings settings, TimeZoneInfo zone, CancellationToken cancellationToken) =>
        settings.Database is { } url ? OpenPostgresAsync(url, zone, cancellationToken) : Task.FromResult(OpenEmbedded(settings.Data, zone));

    /// <summary>Opens the embedded store of a folder.</summary>
    public static UsageStores OpenEmbedded(string folder, TimeZoneInfo zone)
    {
        var store = SqliteStore.Open(Path.Combine(folder, FileName), zone);
        return new(store, store, store, store.Sessions, store, store, store, store);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Owner.DisposeAsync();

    // Apart, so that a report over the embedded store loads nothing that talks to a server.
    private static async Task<UsageStores> OpenPostgresAsync(PostgresUrl url, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var database = await PostgresDatabase.OpenAsync(url, cancellationToken);
        try
        {
            var store = await PostgresStore.OpenAsync(database, zone, cancellationToken);
            return new(store, store, store, store.Sessions, store, store, store, database);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }
}
