using System.Net;
using System.Text.Json;
using Farthing.Testing;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>What nobody knows the price of is never shown as if it cost nothing.</summary>
public sealed class UnpricedModelTests
{
    [Fact]
    public async Task A_model_without_a_price_is_named_beside_the_bars_of_the_others_and_has_none()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var signIn = await SpendAsync(server);

        var page = await ReadPage.OpenAsync(server, signIn, "/finops?range=7d");

        page.Html.ShouldContain("Without a bar: never-heard-of (2 calls, no price).");
        page.Anchors.ShouldContain(static link => link.Text == "claude-opus-4-6");
        page.Anchors.ShouldNotContain(static link => link.Text == "never-heard-of");
    }

    [Fact]
    public async Task The_explorer_says_so_of_a_line_whose_calls_have_no_price()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var signIn = await SpendAsync(server);

        var page = await ReadPage.OpenAsync(server, signIn, "/explorer?by=model&range=7d");

        page.Anchors.Where(static link => link.Exact.Length > 0).Select(static link => link.Text).ShouldBe(["$5.00", "no price", "$5.00"]);
        page.Html.ShouldContain("no price<span class=\"unseen\">: 2 calls without a price</span>");
    }

    [Fact]
    public async Task A_file_of_the_explorer_leaves_a_cost_out_that_nobody_knows()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var signIn = await SpendAsync(server);
        const string query = "?by=model&from=2026-11-15&to=2026-11-15&grain=day";

        var csv = (await ReadPage.OpenAsync(server, signIn, "/explorer.csv" + query)).Html.Split("\r\n");
        var series = (await ReadPage.OpenAsync(server, signIn, "/explorer/series.csv" + query)).Html.Split("\r\n");
        using var json = JsonDocument.Parse((await ReadPage.OpenAsync(server, signIn, "/explorer.json" + query)).Html);

        var column = csv[0].Split(',').ToList().IndexOf("cost_usd");
        csv.Skip(1).Take(3).Select(line => line.Split(',')[column]).ShouldBe(["5", string.Empty, "5"]);
        series.Take(2).ShouldBe(["day,claude-opus-4-6,never-heard-of", "2026-11-15,5,"]);
        json.RootElement.GetProperty("lines").EnumerateArray().Select(static line => line.GetProperty("cost_usd").GetString()).ShouldBe(["5", null]);
        json.RootElement.GetProperty("total").GetProperty("cost_usd").GetString().ShouldBe("5");
        json.RootElement.GetProperty("series").EnumerateArray().Select(static one => one.GetProperty("values")[0].GetString()).ShouldBe(["5", null]);
    }

    [Fact]
    public async Task A_session_says_what_a_call_with_a_price_cost_and_what_is_unknown_of_the_others()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        (await server.RecordAsync(UsageBodies.Batch(
        [
            """{"id":"a","occurred_at":"2026-11-15T09:00:00Z","model":"claude-opus-4-6","cache_write_5m_tokens":4000,"session":"both"}""",
            """{"id":"b","occurred_at":"2026-11-15T09:01:00Z","model":"never-heard-of","input_tokens":5000,"session":"both"}""",
            """{"id":"c","occurred_at":"2026-11-15T09:00:00Z","model":"never-heard-of","input_tokens":5000,"session":"one"}""",
        ]))).Status.ShouldBe(200);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        var both = WebUtility.HtmlDecode((await ReadPage.OpenAsync(server, signIn, "/sessions/both")).Html);
        var one = WebUtility.HtmlDecode((await ReadPage.OpenAsync(server, signIn, "/sessions/one")).Html);

        both.ShouldContain("2 calls · $0.0250 each of the 1 with a price");
        both.ShouldMatch("Another model</th><td class=\"number\">1</td><td class=\"number\" title=\"4,000\">4.0K</td><td class=\"number\">unknown</td>");
        one.ShouldContain("<p class=\"big\">unknown</p><p class=\"sub\">1 call</p>");
    }

    private static async Task<string> SpendAsync(TestServer server)
    {
        var people = await TestPeople.SeedAsync(server);
        (await server.RecordAsync(UsageBodies.Batch([Call("a", "claude-opus-4-6", 1_000_000), Call("b", "never-heard-of", 5), Call("c", "never-heard-of", 7)]))).Status.ShouldBe(200);
        return (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;
    }

    private static string Call(string id, string model, int input) =>
        $$"""{"id":"{{id}}","occurred_at":"2026-11-15T09:00:00Z","model":"{{model}}","input_tokens":{{input.ToString(System.Globalization.CultureInfo.InvariantCulture)}}}""";
}
