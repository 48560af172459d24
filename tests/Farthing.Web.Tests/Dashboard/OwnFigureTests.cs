using System.Net;
using Farthing.Domain.Money;
using Farthing.Testing;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>What pages say to whoever sees only what is their own.</summary>
public sealed class OwnFigureTests
{
    [Fact]
    public async Task An_engineer_reads_of_their_own_hit_rate_and_of_no_team()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        await CacheAsync(server, people.Engineer);

        var (own, all) = (await OpenAsync(server, people.Engineer, "/finops/cache"), await OpenAsync(server, people.Admin, "/finops/cache"));

        own.Html.ShouldContain("<h2>Your hit rate</h2><p class=\"big\">75%</p>");
        own.Html.ShouldNotContain("Team avg");
        own.Html.ShouldNotContain("Potential");
        own.Html.ShouldNotContain("everyone");
        all.Html.ShouldContain("Team avg: 75%");
        all.Html.ShouldContain("Potential additional savings");
        (await OpenAsync(server, people.Engineer, $"/finops/cache/savings?engineer={people.Engineer.EngineerId}")).Html.ShouldNotContain("Potential");
    }

    [Fact]
    public async Task Home_tells_of_the_tabs_that_its_reader_has()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        await CacheAsync(server, people.Engineer);

        (await OpenAsync(server, people.Engineer, "/")).Html.ShouldNotContain("which plans fit");
        (await OpenAsync(server, people.Lead, "/")).Html.ShouldContain("which plans fit");
    }

    [Fact]
    public async Task Home_says_who_is_shown_budgets_and_counts_none_where_none_is_shown()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        await CacheAsync(server, people.Engineer);

        ShouldSay(await OpenAsync(server, people.Admin, "/"), "0", "No budget was set yet");

        (await server.Get<ManageBudgets>().CreateAsync(people.Admin.Caller, new() { Name = "All", Amount = Usd.FromDecimal(1_000) }, TestServer.Cancellation)).Succeeded.ShouldBeTrue();

        (await OpenAsync(server, people.Admin, "/")).Html.ShouldContain("of 1 budget</p>");
        ShouldSay(await OpenAsync(server, people.Engineer, "/"), "–", "Budgets are shown to leads, finance and admins");
        ShouldSay(await OpenAsync(server, people.Service, "/"), "–", "Budgets are shown to leads, finance and admins");
        ShouldSay(await OpenAsync(server, people.Lead, "/"), "–", "None that you may see: leads see those of their team and its people");
        (await OpenAsync(server, people.Lead, "/finops/budgets")).Html.ShouldContain("No budgets of your team and its people yet");

        static void ShouldSay(ReadPage home, string figure, string words)
        {
            WebUtility.HtmlDecode(home.Html).ShouldMatch($"<p class=\"big none\">{figure}</p>\\s*<p class=\"sub\">{words}</p>");
            home.Html.ShouldContain($"{words}.</p>");
        }
    }

    [Fact]
    public async Task A_call_leads_to_its_run_only_for_whoever_may_open_that()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        var run = (await server.SendAsync("POST", "/api/v1/runs", people.Service.Key, "{\"plan\":\"p\"}")).Text("id")!;
        await CacheAsync(server, people.Engineer, run);

        foreach (var (member, isSeen) in new[] { (people.Admin, true), (people.Lead, false), (people.Engineer, false) })
        {
            var call = (await OpenAsync(server, member, "/calls?range=30d")).Anchors.First(static link => link.Href.StartsWith("/calls/", StringComparison.Ordinal));
            var page = await OpenAsync(server, member, call.Href);

            page.Html.ShouldContain(run);
            page.Anchors.Any(link => link.Text == run).ShouldBe(isSeen);
            (await OpenAsync(server, member, $"/credits/runs/{run}")).Status.ShouldBe(isSeen ? 200 : 404);
        }
    }

    private static async Task CacheAsync(TestServer server, TestMember who, string run = "") => (await server.RecordAsync(UsageBodies.Batch(
    [
        $$"""{"id":"c-1","occurred_at":"2026-11-15T09:00:00Z","model":"claude-opus-4-6","input_tokens":1000,"cache_read_tokens":3000,"user":"{{who.EngineerId}}","team":"{{who.Caller.TeamId}}","run":"{{run}}"}""",
    ]))).Status.ShouldBe(200);

    private static async Task<ReadPage> OpenAsync(TestServer server, TestMember member, string path) =>
        await ReadPage.OpenAsync(server, (await server.Get<SignIns>().EnterAsync(member.Key, "test", TestServer.Cancellation)).Value.Secret, path);
}
