using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>Whoever looks at made-up figures is told so on every page, and nobody else is.</summary>
public sealed class DemoMarkTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_says_whether_its_figures_are_made_up(bool isDemo)
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { IsDemo = isDemo });

        var page = await server.SendAsync("GET", "/sign-in");

        page.Status.ShouldBe(200);
        page.Body.Contains("made up", StringComparison.Ordinal).ShouldBe(isDemo);
    }

    [Fact]
    public async Task It_leads_to_what_shows_the_figures_of_whoever_looks()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { IsDemo = true });
        var people = await TestPeople.SeedAsync(server);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        (await ReadPage.OpenAsync(server, signIn, "/")).Anchors.ShouldContain(static link => link.Href == "/connect");

        (await ReadPage.OpenAsync(server, signIn, "/connect")).Html.ShouldContain("farthing up --no-demo");
    }
}
