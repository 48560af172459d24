using System.Globalization;
using Farthing.Testing;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>What caching saved, and the lines that it is the sum of.</summary>
public sealed class SavingsPageTests
{
    private const string Opus = "claude-opus-4-8";
    private const string Sonnet = "claude-sonnet-4-6";

    [Fact]
    public async Task Savings_of_an_engineer_are_lines_that_add_up_to_the_figure_that_leads_there()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        (await server.RecordAsync(UsageBodies.Batch(
        [
            Call("a", people.Engineer, Opus, 1_000, 9_001_000, 700_000), Call("b", people.Engineer, Sonnet, 900_000, 2_001_600, 0), Call("c", people.Engineer, "never-heard-of", 1, 500_000, 0),
            Call("d", people.Stranger, Opus, 10, 55_000_000, 0), Call("e", people.Engineer, "gpt-5.3-codex", 5, 1_234, 0),
        ]))).Status.ShouldBe(200);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        var cache = await ReadPage.OpenAsync(server, signIn, "/finops/cache?range=7d");
        var figure = cache.Anchors.Single(link => link.Href == $"/finops/cache/savings?range=7d&engineer={people.Engineer.Caller.EngineerId}");
        var page = await ReadPage.OpenAsync(server, signIn, figure.Href);

        figure.Text.ShouldBe("$45.91", "9.001 x (5 - 0.50) + 2.0016 x (3 - 0.30) + 0.001234 x (1.75 - 0.175).");
        Cells(page, "What reading saved").ShouldBe(["$40.50", "$5.40", "&lt; $0.01", "&#x2B;$0.01", "$45.91"], Case.Sensitive);
        page.Html.ShouldContain($"<strong title=\"{figure.Exact}\">$45.91</strong>");
        Cells(page, "What writing cost").ShouldBe(["$0.88", "$0.88"], Case.Sensitive);
        Cells(page, "Net savings").ShouldBe(["$45.91", "-$0.88", "&#x2B;$0.01", "$45.04"], Case.Sensitive);
        page.Html.ShouldNotContain("55,000,000", Case.Sensitive, "That is of somebody else.");
        page.Html.ShouldNotContain("never-heard-of", Case.Sensitive, "An estimate is no saving.");

        var upside = cache.Anchors.Single(link => link.Href == figure.Href + "#upside");
        Cells(page, "Potential upside")[^1].ShouldBe(upside.Text);
    }

    [Fact]
    public async Task Models_and_rates_lead_to_their_price_and_tokens_to_the_calls_that_are_meant()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        (await server.RecordAsync(UsageBodies.Batch(
        [
            Call("a", people.Engineer, Opus, 1_000, 9_001_000, 700_000), Call("b", people.Engineer, Sonnet, 900_000, 2_001_600, 0), Call("c", people.Engineer, "never-heard-of", 1, 500_000, 0),
        ]))).Status.ShouldBe(200);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        var page = await ReadPage.OpenAsync(server, signIn, "/finops/cache/savings?range=7d");

        foreach (var (tokens, told) in new[] { ("9,001,000", "Cache reads"), ("2,001,600", "Cache reads"), ("11,002,600", "Cache reads"), ("700,000", "Cache writes") })
        {
            var calls = page.Anchors.Single(link => link.Text == tokens);
            (await ReadPage.OpenAsync(server, signIn, calls.Href)).Html.ShouldContain($"{told}: <strong>{tokens}</strong>.");
        }

        var prices = page.Anchors.Where(static link => link.Href.StartsWith("/prices/", StringComparison.Ordinal)).GroupBy(static link => link.Href).ToDictionary(static row => row.Key, static row => row.Count());
        prices.ShouldBe(new Dictionary<string, int> { [$"/prices/anthropic/{Opus}"] = 6, [$"/prices/anthropic/{Sonnet}"] = 3 }, ignoreOrder: true);
        (await ReadPage.OpenAsync(server, signIn, $"/prices/anthropic/{Opus}")).Status.ShouldBe(200);
        page.Anchors.Single(static link => link.Text == "$5.40").Href.ShouldBe($"/calls?range=7d&model={Sonnet}&pricing=exact");
    }

    [Fact]
    public async Task Savings_of_engineers_and_of_calls_that_name_nobody_add_up_to_the_figure_above_them()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        (await server.RecordAsync(UsageBodies.Batch(
        [
            Call("a", people.Engineer, Opus, 1_000, 1_001_000, 700_000),
            $$"""{"id":"n","occurred_at":"2026-11-15T09:00:00Z","model":"{{Opus}}","cache_read_tokens":2001000}""",
        ]))).Status.ShouldBe(200);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        var page = await ReadPage.OpenAsync(server, signIn, "/finops/cache?range=7d");
        var nobody = page.Anchors.Single(static link => link.Href == "/finops/cache/savings?range=7d&engineer=");
        var own = await ReadPage.OpenAsync(server, signIn, nobody.Href);

        page.Anchors.First(static link => link.Href == "/finops/cache/savings?range=7d").Text.ShouldBe("$13.51", "3.002 x (5 - 0.50).");
        Cells(page, "Engineers", 2).ShouldBe(["$4.50", "$9.00", "$0.01", "$13.51"]);
        nobody.Text.ShouldBe("$9.00");
        own.Html.ShouldContain($"<strong title=\"{nobody.Exact}\">$9.00</strong>");
    }

    [Fact]
    public async Task Who_read_nothing_from_a_cache_gets_no_chart_of_it()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        (await server.RecordAsync(UsageBodies.Batch([Call("a", people.Engineer, Opus, 1_000, 0, 0)]))).Status.ShouldBe(200);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Engineer.Key, "test", TestServer.Cancellation)).Value.Secret;

        var page = await ReadPage.OpenAsync(server, signIn, "/finops/cache?range=7d");

        page.Status.ShouldBe(200);
        page.Html.ShouldNotContain("data-chart");
    }

    [Fact]
    public async Task Engineers_see_how_their_own_savings_are_made_and_nothing_of_others()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        (await server.RecordAsync(UsageBodies.Batch([Call("a", people.Engineer, Opus, 10, 1_000_000, 0), Call("b", people.Stranger, Sonnet, 10, 3_000_000, 0)]))).Status.ShouldBe(200);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Engineer.Key, "test", TestServer.Cancellation)).Value.Secret;

        var own = await ReadPage.OpenAsync(server, signIn, "/finops/cache/savings?range=7d");
        var foreign = await ReadPage.OpenAsync(server, signIn, $"/finops/cache/savings?range=7d&engineer={people.Stranger.Caller.EngineerId}");
        var model = await ReadPage.OpenAsync(server, signIn, $"/finops/cache/savings?range=7d&model={Sonnet}");

        Cells(own, "What reading saved").ShouldBe(["$4.50", "$4.50"]);
        foreign.Html.ShouldContain("Nothing was cached here");
        model.Html.ShouldContain("Nothing was cached here");
    }

    private static string Call(string id, TestMember member, string model, int input, long read, long written) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"{{id}}","occurred_at":"2026-11-15T09:00:00Z","model":"{{model}}","user":"{{member.Caller.EngineerId}}","input_tokens":{{input}},"cache_read_tokens":{{read}},"cache_write_5m_tokens":{{written}}}""");

    /// <summary>A cell of each row of a table, counted from the last.</summary>
    private static IReadOnlyList<string> Cells(ReadPage page, string table, int fromLast = 1)
    {
        var from = page.Html.IndexOf($"aria-label=\"{table}\"", StringComparison.Ordinal);
        var rows = page.Html[from..page.Html.IndexOf("</table>", from, StringComparison.Ordinal)].Split("</tr>");
        return [.. rows.Select(static row => row.Split("<td class=\"number\"")).Where(cells => cells.Length > fromLast)
            .Select(cells => cells[^fromLast])
            .Select(static cell => string.Concat(cell.Split('<').Select(static part => part[(part.IndexOf('>') + 1)..])).Trim())];
    }
}
