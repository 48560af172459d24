using Farthing.Testing;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>What pages say while nothing was metered, and where something was, but not what they are asked for.</summary>
public sealed class EmptyStoreTests
{
    private const string NothingYet = "Nothing was metered yet that you may see.";

    [Theory]
    [InlineData("/finops")]
    [InlineData("/finops/cache")]
    [InlineData("/finops/cache/savings")]
    [InlineData("/finops/modeling")]
    [InlineData("/finops/forecast")]
    [InlineData("/explorer")]
    [InlineData("/explorer/bridge")]
    [InlineData("/sessions")]
    [InlineData("/calls")]
    [InlineData("/prices")]
    [InlineData("/admin/quality")]
    public async Task A_page_without_figures_says_how_to_get_some_until_a_call_is_known(string path)
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        var empty = await ReadPage.OpenAsync(server, signIn, path);
        (await server.RecordAsync(UsageBodies.Batch(["""{"id":"c-1","occurred_at":"2024-02-01T09:00:00Z","model":"claude-opus-4-6","input_tokens":1000}"""]))).Status.ShouldBe(200);
        var old = await ReadPage.OpenAsync(server, signIn, path);

        empty.Html.ShouldContain(NothingYet);
        empty.Anchors.ShouldContain(static link => link.Href == "/connect");
        empty.Html.ShouldNotContain("longer");
        empty.Html.ShouldNotContain("Every call");
        old.Html.ShouldNotContain(NothingYet);
    }
}
