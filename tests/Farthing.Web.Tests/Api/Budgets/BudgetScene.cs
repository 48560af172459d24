using System.Globalization;
using System.Text.Json;
using Farthing.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Tests.Api.Budgets;

/// <summary>A server with people whose clock stands where a case wants it, and spend to the cent.</summary>
internal sealed class BudgetScene : IAsyncDisposable
{
    private const string Budgets = "/api/v1/finops/budgets";

    // A dollar a million uncached tokens: a microdollar each.
    private const string DollarModel = "claude-haiku-4-5";
    private const int TokensPerDollar = 1_000_000;

    private int calls;

    private BudgetScene(TestServer server, TestPeople people, ManualTime time) => (Server, People, Time) = (server, people, time);

    public TestServer Server { get; }

    public TestPeople People { get; }

    public ManualTime Time { get; }

    public static async Task<BudgetScene> OpenAsync(string now = "2026-02-15T12:00:00Z", StoreEngine engine = StoreEngine.Sqlite, Action<IServiceCollection>? replace = null)
    {
        var time = new ManualTime(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
        var server = await TestServer.StartAsync(new TestServerOptions { Time = time, Engine = engine, Replace = replace });
        return new(server, await TestPeople.SeedAsync(server), time);
    }

    /// <summary>Spends dollars an hour ago, or when told.</summary>
    public async Task SpendAsync(decimal dollars, string? at = null, string more = "", string key = TestServer.AdminKey)
    {
        var tokens = decimal.ToInt64(dollars * TokensPerDollar);
        var when = at ?? Time.Now.AddHours(-1).ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await RecordAsync($$"""{"id":"c{{calls++}}","occurred_at":"{{when}}","model":"{{DollarModel}}","provider":"anthropic","input_tokens":{{tokens}}{{more}}}""", key);
    }

    public async Task RecordAsync(string body, string key = TestServer.AdminKey)
    {
        var answer = await Server.SendAsync("POST", "/api/v1/usage", key, body);
        answer.Status.ShouldBe(200, answer.Body);
        answer.Json.GetProperty("accepted").GetInt32().ShouldBeGreaterThan(0, answer.Body);
    }

    public Task<TestAnswer> PostAsync(string body, string? key = TestServer.AdminKey) => Server.SendAsync("POST", Budgets, key, body);

    public Task<TestAnswer> ListAsync(string? key = TestServer.AdminKey, string query = "") => Server.SendAsync("GET", Budgets + query, key);

    public Task<TestAnswer> PatchAsync(string id, string body, string? key = TestServer.AdminKey) => Server.SendAsync("PATCH", $"{Budgets}/{id}", key, body);

    public Task<TestAnswer> DeleteAsync(string id, string? key = TestServer.AdminKey) => Server.SendAsync("DELETE", $"{Budgets}/{id}", key);

    /// <summary>Makes a budget and moves the clock by a millisecond, so that the next one is newer.</summary>
    public async Task<string> MakeAsync(string body, string? key = TestServer.AdminKey)
    {
        var made = await PostAsync(body, key);
        made.Status.ShouldBe(201, made.Body);
        Time.Move(TimeSpan.FromMilliseconds(1));
        return made.Text("id")!;
    }

    /// <summary>A budget of the whole organisation as <c>spend burn projected pct status</c>.</summary>
    public async Task<string> StandingAsync(decimal amount, int threshold = 80)
    {
        var made = await PostAsync($$"""{"name":"b","amount":{{amount.ToString(CultureInfo.InvariantCulture)}},"alert_threshold_pct":{{threshold}}}""");
        made.Status.ShouldBe(201, made.Body);
        return Line(made.Json);
    }

    /// <summary>An answer as <c>spend burn projected pct status</c>, numbers without trailing zeros.</summary>
    public static string Line(JsonElement budget) => string.Join(
        ' ', Number(budget, "current_spend"), Number(budget, "burn_rate_daily"), Number(budget, "projected_end_of_period"), Number(budget, "pct_used"), budget.GetProperty("status").GetString());

    private static string Number(JsonElement budget, string name) => budget.GetProperty(name).GetDecimal().ToString("0.############", CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
