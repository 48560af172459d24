using Farthing.Bench.FinOps;
using Farthing.Domain.Usage;
using Farthing.Storage;
using Farthing.Web;
using Farthing.Web.Tests;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Bench.Pages;

/// <summary>
/// The server that <c>farthing serve</c> runs, in this process and over a filled store: its clock goes on from the last call
/// of the company, and what pages ask of the store is counted.
/// </summary>
internal sealed class ServedStore : IAsyncDisposable
{
    private readonly SqliteStore store;
    private readonly WebApplication app;

    private ServedStore(SqliteStore store)
    {
        this.store = store;
        app = FarthingServer.Build(new() { Urls = ["http://127.0.0.1:0"], Log = TextWriter.Null, Time = new CompanyTime(), ReadsPerMinuteMax = 0 }, AddStores);
    }

    /// <summary>What pages ask of the store.</summary>
    public StoreCalls Calls { get; } = new();

    /// <summary>Where it is.</summary>
    public Uri Url => new(app.Urls.Single());

    /// <summary>Its workflows and stores.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Serves a store.</summary>
    public static async Task<ServedStore> StartAsync(string path)
    {
        var served = new ServedStore(SqliteStore.Open(path, TimeZoneInfo.Utc));
        await served.app.StartAsync();
        await Fittings.AddAsync(served.Services);
        return served;
    }

    /// <summary>Signs an admin in.</summary>
    /// <returns>What the browser's cookie holds.</returns>
    public async Task<string> SignInAsync()
    {
        var signIns = Services.GetRequiredService<SignIns>();
        var link = await signIns.MakeLinkAsync(new() { Org = Dimensions.LocalOrg, Role = Role.Operator }, CancellationToken.None);
        return (await signIns.FollowAsync(link, "bench", CancellationToken.None)).Value.Secret;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await store.DisposeAsync();
    }

    private void AddStores(IServiceCollection services)
    {
        services.AddEmbedded(store, TimeProvider.System).AddSingleton(new KeyPepper(new byte[KeyPepper.BytesMin]));
        Calls.AddTo(services);
    }

    /// <summary>The time of the company, going on from its last call when the server starts.</summary>
    private sealed class CompanyTime : TimeProvider
    {
        private readonly TimeSpan ahead = Company.Now - System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
    }
}
