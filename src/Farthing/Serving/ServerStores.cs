using Farthing.Storage;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Spending;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Serving;

/// <summary>The stores of a server: the one place that decides which kind they are.</summary>
internal sealed class ServerStores : IAsyncDisposable
{
    private const string FileName = "farthing.db";
    private readonly SqliteStore sqlite;

    private readonly SqliteLedger ledger;

    private ServerStores(SqliteStore sqlite, SqliteLedger ledger) => (this.sqlite, this.ledger) = (sqlite, ledger);

    /// <summary>Opens the stores that the settings name.</summary>
    public static async Task<ServerStores> OpenAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = context.Settings;
        var zone = ZoneName.InForce(settings, context.Time);
        var store = await SqliteStore.OpenAsync(Path.Combine(settings.Data, FileName), zone, cancellationToken);
        return new(store, new(store, context.Time));
    }

    /// <summary>Adds every port that the stores implement: one line each.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IUsageStore>(sqlite);
        services.AddSingleton<ISpendQueries>(sqlite);
        services.AddSingleton<ILedgerStore>(ledger);
        services.AddSingleton<ILedgerQueries>(ledger);
        services.AddSingleton<IRunQueries>(ledger);
        services.AddSingleton<ILedgerUpkeep>(ledger);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => sqlite.DisposeAsync();
}
