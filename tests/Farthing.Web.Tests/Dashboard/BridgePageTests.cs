using Farthing.Testing;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>What the page of a change says of its periods.</summary>
public sealed class BridgePageTests
{
    [Theory]
    [InlineData("range=7d", true)]
    [InlineData("from=2026-11-09&to=2026-11-15", false)]
    public async Task A_change_says_when_the_later_days_hold_one_that_is_not_over(string days, bool isSaid)
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        (await ReadPage.OpenAsync(server, signIn, $"/explorer/bridge?by=model&{days}")).Html.Contains("Today is not over", StringComparison.Ordinal).ShouldBe(isSaid);
    }
}
