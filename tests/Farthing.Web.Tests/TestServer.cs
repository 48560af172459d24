using System.Net;
using System.Text.Json;
using Farthing.Web.Hosting;
using Farthing.Workflows.Access;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Planning;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Tests;

/// <summary>
/// A real server on a free port of this machine, over fresh stores of its own; both go with it.
/// Endpoint tests start one, ask it through <see cref="Client"/> and look at what it answers.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    /// <summary>The operator's secret of every test server.</summary>
    public const string AdminKey = "operator-secret-of-tests-that-nobody-guesses";

    private readonly StringWriter log = new();
    private readonly TextWriter written;
    private readonly TestStores stores;
    private readonly WebApplication app;

    private TestServer(TestServerOptions wanted, TestStores stores)
    {
        this.stores = stores;
        written = TextWriter.Synchronized(log);
        var options = new ServerOptions
        {
            Urls = ["http://127.0.0.1:0"],
            AdminKey = AdminKey,
            Log = written,
            Time = wanted.Time,
            Zone = wanted.Zone,
            WrongKeysMax = wanted.WrongKeysMax,
            IngestPerMinuteMax = wanted.IngestPerMinuteMax,
            Plans = wanted.Plans,
            Proxies = wanted.Proxies,
            IsDemo = wanted.IsDemo,
            Money = wanted.Money,
        };
        app = FarthingServer.Build(options, services =>
        {
            stores.AddTo(services);
            services.AddSingleton(new KeyPepper(new byte[KeyPepper.BytesMin]));
            wanted.Replace?.Invoke(services);
        });
    }

    /// <summary>The running application.</summary>
    public WebApplication App => app;

    /// <summary>A service of the application: a store, a workflow.</summary>
    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>What was changed by whom.</summary>
    public IAuditTrail Audit => stores.Audit;

    /// <summary>What the server logged so far.</summary>
    public string Log
    {
        get
        {
            // The one that is synchronized locks itself while it writes.
            lock (written)
            {
                return log.ToString();
            }
        }
    }

    /// <summary>A client without any credential; tests give each request its own.</summary>
    /// <remarks>A client that asked whether it may send waits for the answer, however busy the machine is.</remarks>
    public HttpClient Client { get; private set; } = new(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) });

    /// <summary>The token of the running test.</summary>
    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts a server.</summary>
    /// <param name="replace">Replaces ports of the store by others; null for none.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public static Task<TestServer> StartAsync(Action<IServiceCollection>? replace = null, TimeProvider? time = null) =>
        StartAsync(new TestServerOptions { Replace = replace, Time = time ?? TimeProvider.System });

    /// <summary>Starts a server that is different in more.</summary>
    public static async Task<TestServer> StartAsync(TestServerOptions options)
    {
        var server = new TestServer(options, await TestStores.OpenAsync(options.Engine, options.Time, Cancellation));
        await server.app.StartAsync(Cancellation);
        server.Client.BaseAddress = new(server.app.Urls.Single());
        return server;
    }

    /// <summary>The store of calls.</summary>
    public IUsageStore Usage => stores.Usage;

    /// <summary>Sends a request.</summary>
    /// <param name="method">GET, POST …</param>
    /// <param name="path">Path and query.</param>
    /// <param name="key">An API key; <see cref="AdminKey"/> for the operator; null for nobody.</param>
    /// <param name="body">The JSON of the body; null for none.</param>
    /// <param name="org">The organisation that the operator means; null for <c>local</c>.</param>
    /// <param name="idempotencyKey">The name under which it may be repeated; null for none.</param>
    public async Task<TestAnswer> SendAsync(string method, string path, string? key = null, string? body = null, string? org = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (key is AdminKey)
        {
            request.Headers.Add("x-admin-key", key);
        }
        else if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        if (org is not null)
        {
            request.Headers.Add("x-farthing-org", org);
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        }

        using var response = await Client.SendAsync(request, Cancellation);
        return await TestAnswer.ReadAsync(response);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await stores.DisposeAsync();
        await log.DisposeAsync();
    }
}

/// <summary>What is different about a test's server.</summary>
public sealed record TestServerOptions
{
    /// <summary>Replaces ports of the store by others; null for none.</summary>
    public Action<IServiceCollection>? Replace { get; init; }

    /// <summary>What its stores are.</summary>
    public StoreEngine Engine { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whose days the server's own reports count by.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>How pages write amounts.</summary>
    public MoneyFormat Money { get; init; } = MoneyFormat.Usual;

    /// <summary>How many wrong keys an address may send in a minute; tests send many.</summary>
    public int WrongKeysMax { get; init; } = 100_000;

    /// <summary>How many reports of sessions a key may send in a minute; any number unless told.</summary>
    public int IngestPerMinuteMax { get; init; }

    /// <summary>The tiers that are recommended.</summary>
    public PlanCatalog Plans { get; init; } = PlanCatalog.Primer;

    /// <summary>The proxies that are believed.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Whether what is in its stores counts as made up.</summary>
    public bool IsDemo { get; init; }
}

/// <summary>What a server answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type; empty without a body.</param>
/// <param name="Body">The body as text.</param>
/// <param name="IsReplay">Whether it says that it was given before.</param>
public sealed record TestAnswer(int Status, string ContentType, string Body, bool IsReplay)
{
    /// <summary>When to try again; null when the answer does not say.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Where the next page of a list is; null when there is none.</summary>
    public string? Link { get; init; }

    /// <summary>The body's JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The stable code of a refusal.</summary>
    public string? Code => Text("code");

    /// <summary>Reads an answer.</summary>
    public static async Task<TestAnswer> ReadAsync(HttpResponseMessage response) =>
        new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? string.Empty, await response.Content.ReadAsStringAsync(TestServer.Cancellation),
            response.Headers.Contains("Idempotent-Replayed"))
        {
            RetryAfter = response.Headers.RetryAfter?.ToString(),
            Link = response.Headers.TryGetValues("Link", out var links) ? links.Single() : null,
        };

    /// <summary>A text member of the body; null when there is none.</summary>
    public string? Text(string name) => Json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
