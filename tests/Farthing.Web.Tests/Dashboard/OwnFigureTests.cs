using Farthing.Testing;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;

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

    private static async Task CacheAsync(TestServer server, TestMember who) => (await server.RecordAsync(UsageBodies.Batch(
    [
        $$"""{"id":"c-1","occurred_at":"2026-11-15T09:00:00Z","model":"claude-opus-4-6","input_tokens":1000,"cache_read_tokens":3000,"user":"{{who.EngineerId}}","team":"{{who.Caller.TeamId}}"}""",
    ]))).Status.ShouldBe(200);

    private static async Task<ReadPage> OpenAsync(TestServer server, TestMember member, string path) =>
        await ReadPage.OpenAsync(server, (await server.Get<SignIns>().EnterAsync(member.Key, "test", TestServer.Cancellation)).Value.Secret, path);
}
