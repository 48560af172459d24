using Farthing.Storage;
using Farthing.Workflows.Crediting;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Serving;

/// <summary>The stores of a server: the one place that decides which kind they are.</summary>
internal sealed class ServerStores : IAsyncDisposable
{
    private readonly UsageStores usage;
    private readonly TimeProvider time;

    private ServerStores(UsageStores usage, TimeProvider time) => (this.usage, this.time) = (usage, time);

    /// <summary>Opens the stores that the settings name.</summary>
    public static async Task<ServerStores> OpenAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = context.Settings;
        var zone = ZoneName.InForce(settings, context.Time);
        return new(await UsageStores.OpenAsync(settings, zone, cancellationToken), context.Time);
    }

    /// <summary>Adds every port that the stores implement: one line each.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(usage.Usage);
        services.AddSingleton(usage.Spending);
        if (usage.Owner is PostgresDatabase database)
        {
            AddLedger(services, new PostgresLedger(database, time));
        }
        else
        {
            AddLedger(services, new SqliteLedger((SqliteStore)usage.Owner, time));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => usage.DisposeAsync();

    private static void AddLedger<TLedger>(IServiceCollection services, TLedger ledger)
        where TLedger : class, ILedgerStore, ILedgerQueries, IRunQueries, ILedgerUpkeep
    {
        services.AddSingleton<ILedgerStore>(ledger);
        services.AddSingleton<ILedgerQueries>(ledger);
        services.AddSingleton<IRunQueries>(ledger);
        services.AddSingleton<ILedgerUpkeep>(ledger);
    }
}
