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
}
