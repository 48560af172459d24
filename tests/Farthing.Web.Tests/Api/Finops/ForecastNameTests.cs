using static Farthing.Web.Tests.Api.Finops.Spender;

namespace Farthing.Web.Tests.Api.Finops;

/// <summary>Parts of a forecast are told by their names.</summary>
public sealed class ForecastNameTests
{
    [Theory]
    [InlineData("team", "First", "Second", "gone")]
    [InlineData("engineer", "TeamLead", "Engineer", "gone")]
    [InlineData("model", Haiku, null, null)]
    public async Task A_part_bears_its_name_and_its_id_where_nobody_named_it(string by, params string?[] names)
    {
        await using var spender = await StartAsync(default);
        spender.Pay(Now.AddDays(-1), 9, spender.People.Lead);
        spender.Pay(Now.AddDays(-1), 4, spender.People.Stranger);
        spender.Pay(Now.AddDays(-1), 1, new(string.Empty, spender.People.Engineer.Caller with { EngineerId = "gone", TeamId = "gone" }));

        var children = (await spender.ReadAsync($"forecasts?by={by}")).List("children");

        children.Select(static child => child.Word("name")).ShouldBe(names.OfType<string>());
    }

    [Theory]
    [InlineData("team")]
    [InlineData("project")]
    public async Task Calls_that_name_no_team_or_project_are_called_none(string by)
    {
        await using var spender = await StartAsync(default);
        spender.Pay(Now.AddDays(-1), 9, new(string.Empty, spender.People.Engineer.Caller with { EngineerId = string.Empty, TeamId = string.Empty }));

        var child = (await spender.ReadAsync($"forecasts?by={by}")).List("children").Single();

        (child.Word("id"), child.Word("name")).ShouldBe((string.Empty, "(none)"));
    }

    [Fact]
    public async Task The_answer_says_whose_figures_it_has_where_nobody_asked_for_a_scope()
    {
        await using var spender = await StartAsync(default);
        var people = spender.People;

        (await ScopeAsync(people.Admin)).ShouldBe(("org", null));
        (await ScopeAsync(people.Lead)).ShouldBe(("team", people.Team));
        (await ScopeAsync(people.Lead, "?scope=org")).ShouldBe(("team", people.Team));
        (await ScopeAsync(people.Lead, $"?scope=model&id={Haiku}")).ShouldBe(("model", Haiku));
        (await ScopeAsync(people.Engineer)).ShouldBe(("engineer", people.Engineer.EngineerId));
        (await ScopeAsync(people.LeadWithoutTeam)).ShouldBe(("org", null));

        async Task<(string?, string?)> ScopeAsync(TestMember who, string query = "")
        {
            var answer = await spender.ReadAsync("forecasts" + query, who.Key);
            return (answer.Word("scope"), answer.Word("id"));
        }
    }
}
