using System.Text;
using Farthing.Storage;
using Farthing.Storage.Sqlite.Access;
using Farthing.Workflows.Access;
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
    private readonly KeyPepper pepper;
    private readonly SqliteLedger ledger;

    private ServerStores(SqliteStore sqlite, SqliteLedger ledger, KeyPepper pepper) =>
        (this.sqlite, this.ledger, this.pepper) = (sqlite, ledger, pepper);

    /// <summary>The organisations.</summary>
    public IOrgs Orgs => sqlite.Access.Orgs;

    /// <summary>The keys.</summary>
    public IKeys Keys => sqlite.Access.Keys;

    /// <summary>The engineers.</summary>
    public IEngineers Engineers => sqlite.Access.Engineers;

    /// <summary>Opens the stores that the settings name.</summary>
    /// <exception cref="SettingsException">The pepper of the settings is too short, or a database is named that keeps no keys.</exception>
    public static async Task<ServerStores> OpenAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = context.Settings;
        if (settings.Database is not null)
        {
            throw new SettingsException(
                $"{Settings.DatabaseName} names a PostgreSQL database, and organisations and keys are kept in the embedded store only: leave it out here.");
        }

        var store = await SqliteStore.OpenAsync(Path.Combine(settings.Data, FileName), ZoneName.InForce(settings, context.Time), cancellationToken);
        return new(store, new(store, context.Time), PepperOf(settings) ?? PepperFile.ReadOrCreate(settings.Data));
    }

    /// <summary>Makes keys and knows their bearers.</summary>
    public KeyRing KeyRing(TimeProvider time) => new(Keys, pepper, time);

    /// <summary>Adds every port that the stores implement: one line each.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IUsageStore>(sqlite);
        services.AddSingleton<ISpendQueries>(sqlite);
        services.AddSingleton<ILedgerStore>(ledger);
        services.AddSingleton<ILedgerQueries>(ledger);
        services.AddSingleton<IRunQueries>(ledger);
        services.AddSingleton<ILedgerUpkeep>(ledger);
        services.AddSingleton(Orgs);
        services.AddSingleton(sqlite.Access.Teams);
        services.AddSingleton(Engineers);
        services.AddSingleton(Keys);
        services.AddSingleton(pepper);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => sqlite.DisposeAsync();

    private static KeyPepper? PepperOf(Settings settings) => settings.KeyPepper is not { } text
        ? null
        : Encoding.UTF8.GetBytes(text) is { Length: >= Workflows.Access.KeyPepper.BytesMin } secret
            ? new(secret)
            : throw new SettingsException($"{Settings.KeyPepperName} must have at least {Workflows.Access.KeyPepper.BytesMin} bytes.");
}
