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
}
