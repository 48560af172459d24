using static Farthing.Web.Tests.Api.Finops.Spender;

namespace Farthing.Web.Tests.Api.Finops;

/// <summary>Who worked for a team and left it stands in its figures by name; nobody else of another team does.</summary>
public sealed class PastMemberNameTests
{
    [Theory]
    [InlineData("forecasts?by=engineer", "children", "id", "name")]
    [InlineData("finops/cache?", "engineer_cache_breakdown", "engineer_id", "engineer_name")]
    [InlineData("finops/cost-modeling?", "engineers", "engineer_id", "engineer_name")]
    public async Task Whoever_sees_what_a_past_member_spent_is_told_the_name(string path, string list, string id, string name)
    {
        await using var spender = await StartAsync(default);
        var people = spender.People;
        spender.Pay(Now.AddDays(-1), 9, people.Engineer);
        spender.Pay(Now.AddDays(-1), 4, people.Stranger with { Caller = people.Stranger.Caller with { TeamId = people.Team } });
        spender.Pay(Now.AddDays(-1), 2, people.Foreigner with { Caller = people.Foreigner.Caller with { TeamId = people.Team } });

        var toAdmin = await NamesAsync($"{path}&team_id={people.Team}", people.Admin.Key);
        var toLead = await NamesAsync(path, people.Lead.Key);

        (string, string)[] all = [(people.Engineer.EngineerId, "Engineer"), (people.Stranger.EngineerId, "Engineer"), (people.Foreigner.EngineerId, people.Foreigner.EngineerId)];
        toAdmin.ShouldBe(all, ignoreOrder: true);
        toLead.ShouldBe(all, ignoreOrder: true);

        async Task<IReadOnlyList<(string, string)>> NamesAsync(string asked, string key) =>
            [.. (await spender.ReadAsync(asked, key)).List(list).Select(line => (line.Word(id)!, line.Word(name)!))];
    }
}
