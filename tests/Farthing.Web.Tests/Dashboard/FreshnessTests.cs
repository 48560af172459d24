using Farthing.Testing;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>How old the figures of a page are.</summary>
public sealed class FreshnessTests
{
    [Fact]
    public async Task Pages_of_figures_tell_the_newest_call_also_where_their_span_has_none()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        (await server.RecordAsync(UsageBodies.Batch(["""{"id":"c-1","occurred_at":"2026-01-15T09:04:00Z","model":"claude-opus-4-6","input_tokens":9}"""]))).Status.ShouldBe(200);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        foreach (var path in (string[])["/", "/finops", "/finops/cache", "/finops/modeling", "/finops/forecast", "/finops/budgets", "/explorer?range=7d"])
        {
            (await ReadPage.OpenAsync(server, signIn, path)).Html.ShouldContain("Newest call 15 Jan 2026 09:04", customMessage: path);
        }
    }
}
