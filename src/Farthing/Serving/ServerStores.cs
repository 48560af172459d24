using System.Text;
using Farthing.Finops;
using Farthing.Storage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Serving;

/// <summary>The stores of a server: the one place that decides which kind they are.</summary>
internal sealed class ServerStores : IAsyncDisposable
{
    private readonly UsageStores usage;
    private readonly AccessPorts access;
    private readonly TimeProvider time;

    private ServerStores(UsageStores usage, AccessPorts access, TimeProvider time) => (this.usage, this.access, this.time) = (usage, access, time);

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
        var pepper = PepperOf(settings);
        var stores = await UsageStores.OpenAsync(settings, ZoneName.InForce(settings, context.Time), cancellationToken);
        try
        {
            return new(stores, await AccessPorts.OpenAsync(stores, settings.Data, pepper, cancellationToken), context.Time);
        }
        catch
        {
            await stores.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes keys and knows their bearers.</summary>
    public KeyRing KeyRing(TimeProvider clock) => new(Keys, access.Pepper, clock);

    /// <summary>Adds every port that the stores implement: one line each.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(usage.Usage);
        services.AddSingleton(usage.Spending);
        services.AddSingleton(usage.Values);
        services.AddSingleton(usage.Sessions);
        services.AddSingleton(usage.Conflicts).AddSingleton(usage.Repeats);
        services.AddSingleton(usage.Health);
        services.AddSingleton(access.Orgs);
        services.AddSingleton(access.Teams);
        services.AddSingleton(access.Engineers);
        services.AddSingleton(access.Keys);
        services.AddSingleton(access.Audit);
        services.AddSingleton(access.Pepper);
        services.AddSingleton<IBudgetSpend>(new SpendOfBudgets(usage.Owner is SqliteStore ? new OwnCalls(usage.Spending) : usage.Spending));
        var budgets = usage.Owner is SqliteStore sqlite ? BudgetStores.Of(sqlite) : BudgetStores.Of((PostgresDatabase)usage.Owner);
        services.AddSingleton(budgets.Budgets);
        services.AddSingleton(budgets.Marks);
        services.AddSingleton(budgets.Outbox);
        services.AddSingleton(budgets.Messages);
        services.AddSingleton(budgets.Views);
        services.AddSingleton(budgets.Alerts);
        services.AddSingleton(budgets.AlertConfigs);
        services.AddSingleton(budgets.Outcomes);
        var ledger = LedgerPorts.Of(usage, time);
        services.AddSingleton(ledger.Store);
        services.AddSingleton(ledger.Ledger);
        services.AddSingleton(ledger.Runs);
        services.AddSingleton(ledger.Periods);
        services.AddSingleton(ledger.Upkeep);
        services.AddSingleton(ledger.Turn);
        services.AddSingleton(ledger.Answers);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => usage.DisposeAsync();

    private static KeyPepper? PepperOf(Settings settings) => settings.KeyPepper is not { } text
        ? null
        : Encoding.UTF8.GetBytes(text) is { Length: >= KeyPepper.BytesMin } secret
            ? new(secret)
            : throw new SettingsException($"{Settings.KeyPepperName} must have at least {KeyPepper.BytesMin} bytes.");
}
