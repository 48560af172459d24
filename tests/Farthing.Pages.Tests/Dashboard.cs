using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;
using Farthing.Storage;
using Farthing.Web;
using Farthing.Web.Tests;
using Farthing.Workflows.Access;
using Farthing.Workflows.Planning;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Farthing.Pages.Tests.Dashboard))]

namespace Farthing.Pages.Tests;

/// <summary>One server with people who spend, and one browser, for all tests of this process.</summary>
public sealed class Dashboard : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";
    private static readonly PlanCatalog Plans = new(
        [new() { Provider = "openai", Name = "small", Label = "Small seat", MonthlyCost = Usd.FromDecimal(5), Capacity = new(Amount: null, CapacityWindow.Month, "invented") }]);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("farthing-pages-");
    private readonly StringWriter log = new();
    private SqliteStore? store;
    private WebApplication? app;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Who looks at pages.</summary>
    public People People { get; private set; } = null!;

    /// <summary>Where the server is.</summary>
    public string Url => app!.Urls.Single();

    /// <summary>A service of the server.</summary>
    public T Get<T>()
        where T : notnull => app!.Services.GetRequiredService<T>();

    /// <summary>A client without cookies that follows nothing.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(Url) };

    /// <summary>What a key is answered at the door of keys: 200 for an admin's, 403 for others and those of people who are out, 401 for one that is refused.</summary>
    public async Task<int> StatusOfKeyAsync(string key)
    {
        using var client = NewClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var answer = await client.GetAsync("/api/v1/keys", TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        store = SqliteStore.Open(Path.Combine(folder.FullName, "farthing.db"), TimeZoneInfo.Utc);
        app = FarthingServer.Build(new() { Urls = ["http://127.0.0.1:0"], Log = log, Time = AfternoonTime.Instance, WrongKeysMax = 1_000, Plans = Plans }, AddStores);
        await app.StartAsync();
        using var client = NewClient();
        People = await People.SeedAsync(app.Services, client);
    }

    /// <summary>Opens a window that is signed in by a key, as its user left it the first time.</summary>
    /// <param name="key">The key; null for nobody.</param>
    /// <param name="width">How wide the window is.</param>
    /// <param name="dark">Whether its user likes it dark.</param>
    /// <param name="hasScripts">Whether scripts of pages run in it.</param>
    public async Task<Window> OpenAsync(string? key, int width = 1280, bool dark = false, bool hasScripts = true)
    {
        Assert.SkipUnless(File.Exists(Chromium), $"There is no browser at {Chromium}: apt-get install chromium. Without it no page was looked at.");
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = Url,
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = hasScripts,
        });
        if (key is not null)
        {
            var signIn = await Get<SignIns>().EnterAsync(key, "test", TestContext.Current.CancellationToken);
            await context.AddCookiesAsync([new() { Name = "farthing_sign_in", Value = signIn.Value.Secret, Url = Url, HttpOnly = true, SameSite = SameSiteAttribute.Strict }]);
        }

        return await Window.OverAsync(context);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        if (store is not null)
        {
            await store.DisposeAsync();
        }

        await log.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private void AddStores(IServiceCollection services) =>
        services.AddEmbedded(store!, AfternoonTime.Instance).AddSingleton(new KeyPepper(new byte[KeyPepper.BytesMin]));
}
