namespace Farthing.Web.Tests.Api.Ledger;

public sealed class ScopeTests
{
    [Fact]
    public async Task A_lead_sees_the_wallets_of_the_team_and_of_its_engineers_and_an_engineer_the_own_one()
    {
        await using var server = await TestServer.StartAsync();
        var people = await TestPeople.SeedAsync(server);
        foreach (var (id, kind, owner) in new[]
        {
            ("org", "org", null), ("team", "team", people.Team), ("other-team", "team", people.OtherTeam), ("own", "engineer", people.Engineer.EngineerId),
            ("colleague", "engineer", people.Colleague.EngineerId), ("stranger", "engineer", people.Stranger.EngineerId),
        })
        {
            var body = owner is null ? $$$"""{"id":"{{{id}}}","owner":{"kind":"{{{kind}}}"}}""" : $$$"""{"id":"{{{id}}}","owner":{"kind":"{{{kind}}}","id":"{{{owner}}}"}}""";
            (await server.SendAsync("POST", "/api/v1/wallets", people.Finance.Key, body)).Status.ShouldBe(201);
        }

        (await SeenAsync(server, people.Lead.Key)).ShouldBe(["colleague", "own", "team"]);
        (await SeenAsync(server, people.Engineer.Key)).ShouldBe(["own"]);
        (await SeenAsync(server, people.LeadWithoutTeam.Key)).ShouldBeEmpty();
        (await SeenAsync(server, people.Service.Key)).Count.ShouldBe(6);
        (await SeenAsync(server, people.ForeignAdmin.Key)).ShouldBeEmpty();
        (await server.SendAsync("GET", "/api/v1/wallets/stranger", people.Lead.Key)).Status.ShouldBe(404);
        (await server.SendAsync("GET", "/api/v1/wallets?owner=org", people.Lead.Key)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private static async Task<IReadOnlyList<string?>> SeenAsync(TestServer server, string key) =>
        [.. (await server.SendAsync("GET", "/api/v1/wallets", key)).Json.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("id").GetString())];
}
