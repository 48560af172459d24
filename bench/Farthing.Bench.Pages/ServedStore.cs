using Farthing.Bench.FinOps;
using Farthing.Domain.Usage;
using Farthing.Storage;
using Farthing.Storage.Postgres.Access;
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
    private readonly WebApplication app;
    private readonly Func<ValueTask> close;

    private ServedStore(Action<IServiceCollection> add, Func<ValueTask> close)
    {
        this.close = close;
        app = FarthingServer.Build(new() { Urls = ["http://127.0.0.1:0"], Log = TextWriter.Null, Time = new CompanyTime(), ReadsPerMinuteMax = 0 }, AddStores);

        void AddStores(IServiceCollection services)
        {
            add(services);
            services.AddSingleton(new KeyPepper(new byte[KeyPepper.BytesMin]));
            Calls.AddTo(services);
        }
    }

    /// <summary>What pages ask of the store.</summary>
    public StoreCalls Calls { get; } = new();

    /// <summary>Where it is.</summary>
    public Uri Url => new(app.Urls.Single());

    /// <summary>Its workflows and stores.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Serves a store.</summary>
    /// <param name="where">The path of a file, or the URL of a PostgreSQL database.</param>
    public static async Task<ServedStore> StartAsync(string where)
    {
        var served = PostgresUrl.IsMeant(where) ? await OnPostgresAsync(where) : Embedded(where);
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
        await close();
    }

    private static ServedStore Embedded(string path)
    {
        var store = SqliteStore.Open(path, TimeZoneInfo.Utc);
        return new(services => services.AddEmbedded(store, TimeProvider.System), store.DisposeAsync);
    }

    private static async Task<ServedStore> OnPostgresAsync(string url)
    {
        var database = await PostgresDatabase.OpenAsync(PostgresUrl.Parse(url), CancellationToken.None);
        var store = await PostgresStore.OpenAsync(database, TimeZoneInfo.Utc, CancellationToken.None);
        var access = new PostgresAccess(database);
        return new(
            services => services.AddUsage(store, store.Sessions).AddBudgets(BudgetStores.Of(database)).AddLedger(new PostgresLedger(database, TimeProvider.System))
                .AddAccess(access.Orgs, access.Teams, access.Engineers, access.Keys, access.Audit),
            async () =>
            {
                store.Dispose();
                await database.DisposeAsync();
            });
    }

    /// <summary>The time of the company, going on from its last call when the server starts.</summary>
    private sealed class CompanyTime : TimeProvider
    {
        private readonly TimeSpan ahead = Company.Now - System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
    }
}
