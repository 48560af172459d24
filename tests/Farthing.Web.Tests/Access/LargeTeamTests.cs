using Farthing.Domain.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Access;

public sealed class LargeTeamTests
{
    [Fact]
    public async Task A_lead_of_many_engineers_sees_the_wallets_of_all_of_them()
    {
        await using var server = await TestServer.StartAsync();
        var people = await TestPeople.SeedAsync(server);
        var last = people.Engineer;
        for (var count = 0; count < 60; count++)
        {
            last = await TestPeople.MemberAsync(server, Dimensions.LocalOrg, Role.Engineer, people.Team);
        }

        await server.SendAsync("POST", "/api/v1/wallets", TestServer.AdminKey, $$$"""{"id":"w","owner":{"kind":"engineer","id":"{{{last.EngineerId}}}"}}""");

        (await server.SendAsync("GET", "/api/v1/wallets/w", people.Lead.Key)).Status.ShouldBe(200);
        (await server.SendAsync("GET", "/api/v1/wallets/w", people.LeadWithoutTeam.Key)).Status.ShouldBe(404);
    }
}
