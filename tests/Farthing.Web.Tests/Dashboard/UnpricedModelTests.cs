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
