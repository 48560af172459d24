using Farthing.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Tests.Api;

/// <summary>A server with a wallet, and the few words that tests of money need.</summary>
public sealed class Till : IAsyncDisposable
{
    /// <summary>The wallet that every till has; of the user <c>ada</c>.</summary>
    public const string Wallet = "w1";

    /// <summary>Whose wallet it is.</summary>
    public const string User = "ada";

    private Till(TestServer server, ManualTime time) => (Server, Time) = (server, time);

    /// <summary>The server.</summary>
    public TestServer Server { get; }

    /// <summary>Its clock, which stands still.</summary>
    public ManualTime Time { get; }

    /// <summary>Opens a till.</summary>
    /// <param name="credits">What is granted to its wallet; null for nothing.</param>
    /// <param name="engine">What its stores are.</param>
    /// <param name="replace">Replaces ports of the stores by others; null for none.</param>
    public static async Task<Till> OpenAsync(string? credits = "10", StoreEngine engine = StoreEngine.Sqlite, Action<IServiceCollection>? replace = null)
    {
        var time = new ManualTime(new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        var till = new Till(await TestServer.StartAsync(new TestServerOptions { Time = time, Engine = engine, Replace = replace }), time);
        (await till.PostAsync("wallets", $$$"""{"id":"{{{Wallet}}}","owner":{"kind":"user","id":"{{{User}}}"}}""")).Status.ShouldBe(201);
        if (credits is not null)
        {
            (await till.GrantAsync(credits)).Status.ShouldBe(201);
        }

        return till;
    }

    /// <summary>Asks as the operator.</summary>
    public Task<TestAnswer> GetAsync(string path, string? org = null) => Server.SendAsync("GET", "/api/v1/" + path, TestServer.AdminKey, org: org);

    /// <summary>Sends as the operator.</summary>
    public Task<TestAnswer> PostAsync(string path, string? body = null, string? key = null, string? org = null) =>
        Server.SendAsync("POST", "/api/v1/" + path, TestServer.AdminKey, body, org, key);

    /// <summary>Founds another organisation and tells its id.</summary>
    public async Task<string> FoundAsync() => (await PostAsync("orgs", """{"name":"Other"}""")).Text("id")!;

    /// <summary>Changes as the operator.</summary>
    public Task<TestAnswer> PatchAsync(string path, string body) => Server.SendAsync("PATCH", "/api/v1/" + path, TestServer.AdminKey, body);

    /// <summary>Grants credit to the wallet.</summary>
    public Task<TestAnswer> GrantAsync(string amount, string more = "") =>
        PostAsync($"wallets/{Wallet}/grants", $$"""{"category":"paid","amount":"{{amount}}"{{more}}}""");

    /// <summary>The wallet's balance.</summary>
    public async Task<string?> BalanceAsync() => (await GetAsync($"wallets/{Wallet}/balance")).Text("balance");

    /// <summary>The wallet's transactions of a source, the newest first, each as <c>reason delta balance</c>.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string filter) =>
        [.. (await GetAsync($"wallets/{Wallet}/transactions?{filter}")).Json.GetProperty("items").EnumerateArray().Select(static row =>
            $"{row.GetProperty("reason")} {row.GetProperty("delta")} {row.GetProperty("balance_after")}")];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
