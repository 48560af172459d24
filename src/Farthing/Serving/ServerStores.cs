using System.Text;
using Farthing.Storage;
using Farthing.Storage.Sqlite.Access;
using Farthing.Workflows.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Serving;

/// <summary>The stores of a server: the one place that decides which kind they are.</summary>
internal sealed class ServerStores : IAsyncDisposable
{
    private readonly UsageStores usage;
    private readonly SqliteAccess access;
    private readonly KeyPepper pepper;
    private readonly TimeProvider time;

    private ServerStores(UsageStores usage, SqliteAccess access, KeyPepper pepper, TimeProvider time) =>
        (this.usage, this.access, this.pepper, this.time) = (usage, access, pepper, time);

    /// <summary>The organisations.</summary>
    public IOrgs Orgs => access.Orgs;

    /// <summary>The keys.</summary>
    public IKeys Keys => access.Keys;

    /// <summary>The engineers.</summary>
    public IEngineers Engineers => access.Engineers;

    /// <summary>Opens the stores that the settings name.</summary>
    /// <exception cref="SettingsException">The pepper of the settings is too short.</exception>
    public static async Task<ServerStores> OpenAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = context.Settings;
        var secret = PepperOf(settings) ?? PepperFile.ReadOrCreate(settings.Data);
        var stores = await UsageStores.OpenAsync(settings, ZoneName.InForce(settings, context.Time), cancellationToken);
        if (stores.Owner is not SqliteStore sqlite)
        {
            await stores.DisposeAsync();
            throw new SettingsException($"The server keeps keys in the embedded store only; leave {Settings.DatabaseName} out.");
        }

        return new(stores, sqlite.Access, secret, context.Time);
    }

    /// <summary>Makes keys and knows their bearers.</summary>
    public KeyRing KeyRing(TimeProvider clock) => new(Keys, pepper, clock);

    /// <summary>Adds every port that the stores implement: one line each.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(usage.Usage);
        services.AddSingleton(usage.Spending);
        services.AddSingleton(Orgs);
        services.AddSingleton(access.Teams);
        services.AddSingleton(Engineers);
        services.AddSingleton(Keys);
        services.AddSingleton(pepper);
        var ledger = LedgerPorts.Of(usage, time);
        services.AddSingleton(ledger.Store);
        services.AddSingleton(ledger.Ledger);
        services.AddSingleton(ledger.Runs);
        services.AddSingleton(ledger.Upkeep);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => usage.DisposeAsync();

    private static KeyPepper? PepperOf(Settings settings) => settings.KeyPepper is not { } text
        ? null
        : Encoding.UTF8.GetBytes(text) is { Length: >= KeyPepper.BytesMin } secret
            ? new(secret)
            : throw new SettingsException($"{Settings.KeyPepperName} must have at least {KeyPepper.BytesMin} bytes.");
}
