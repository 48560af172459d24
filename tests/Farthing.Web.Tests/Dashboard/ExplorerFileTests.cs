using System.Globalization;
using System.Text.Json;
using Farthing.Testing;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>A view of the explorer as files: all that its page shows, exactly.</summary>
public sealed class ExplorerFileTests
{
    private const string Query = "?by=project,model&from=2026-11-10&to=2026-11-12&grain=day";

    [Fact]
    public async Task Files_hold_the_shares_and_what_is_drawn_over_time()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var signIn = await SpendAsync(server);

        var page = (await ReadPage.OpenAsync(server, signIn, "/explorer" + Query)).Html;
        var csv = Lines((await ReadPage.OpenAsync(server, signIn, "/explorer.csv" + Query)).Html);
        var series = Lines((await ReadPage.OpenAsync(server, signIn, "/explorer/series.csv" + Query)).Html);
        using var json = JsonDocument.Parse((await ReadPage.OpenAsync(server, signIn, "/explorer.json" + Query)).Html);

        csv[0].ShouldEndWith(",share_of_cost");
        var shares = csv.Skip(1).Select(static line => (Line: line.Split(',')[0], Level: line.Split(',')[1], Share: Number(line.Split(',')[^1]))).ToList();
        shares.ShouldContain(("total", "0", 1m));
        shares.Where(static line => line.Level == "1").Sum(static line => line.Share).ShouldBe(1);
        foreach (var (_, _, share) in shares)
        {
            page.ShouldContain(string.Create(CultureInfo.InvariantCulture, $">{share * 100:0.0}%<"));
        }

        json.RootElement.GetProperty("lines").EnumerateArray().Select(static line => line.GetProperty("share_of_cost").GetDecimal()).ShouldBe(shares.SkipLast(1).Select(static line => line.Share));
        json.RootElement.GetProperty("total").GetProperty("share_of_cost").GetDecimal().ShouldBe(1);

        series.ShouldBe(["day,'=shop,api", "2026-11-10,0.5,0.05", "2026-11-11,0,0.1", "2026-11-12,0,0"]);
        page.ShouldContain("/explorer/series.csv?");
    }

    [Fact]
    public async Task What_is_not_cut_by_time_has_no_file_over_time()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var signIn = await SpendAsync(server);
        const string whole = "?by=model&from=2026-11-10&to=2026-11-12&grain=none&show=tokens";

        (await ReadPage.OpenAsync(server, signIn, "/explorer" + whole)).Html.ShouldNotContain("/explorer/series.csv");

        Lines((await ReadPage.OpenAsync(server, signIn, "/explorer/series.csv" + whole)).Html).ShouldBe(["none"]);
        Lines((await ReadPage.OpenAsync(server, signIn, "/explorer.csv" + whole)).Html)[0].ShouldEndWith(",share_of_tokens");
    }

    private static async Task<string> SpendAsync(TestServer server)
    {
        var people = await TestPeople.SeedAsync(server);
        (await server.RecordAsync(UsageBodies.Batch(
        [
            Call("c-1", 10, "=shop", "claude-opus-4-6", 100_000), Call("c-2", 10, "api", "claude-opus-4-6", 10_000), Call("c-3", 11, "api", "claude-opus-4-6", 20_000),
        ]))).Status.ShouldBe(200);
        return (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;
    }

    private static string Call(string id, int day, string project, string model, int tokens) =>
        $$"""{"id":"{{id}}","occurred_at":"2026-11-{{day}}T09:00:00Z","model":"{{model}}","input_tokens":{{tokens}},"project":"{{project}}"}""";

    private static string[] Lines(string csv) => csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
