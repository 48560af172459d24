using Farthing.Testing;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Home;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>What the first page shows.</summary>
public sealed class HomeFigureTests
{
    [Fact]
    public async Task What_moved_is_told_of_models_projects_and_people_by_weeks_of_whole_days()
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = time });
        var people = await TestPeople.SeedAsync(server);
        var (now, member) = (time.GetUtcNow(), people.Engineer.Caller);
        (await server.RecordAsync(UsageBodies.Batch(
        [
            Call("c-1", now.AddDays(-15), "left out", 190_000),
            Call("c-2", now.AddDays(-14), "api", 100_000),
            Call("c-3", now.AddDays(-8), "api", 100_000),
            Call("c-4", now.AddDays(-7), "api", 190_000),
            Call("c-5", now.AddDays(-1), "shop", 150_000),
            Call("c-6", now.AddMinutes(-1), "not over", 900_000),
        ]))).Status.ShouldBe(200);

        var movers = (await server.Get<ReadHome>().ReadAsync(people.Admin.Caller, TestServer.Cancellation)).Movers;

        movers.Select(mover => (mover.By, mover.Value, Before: mover.Before.ToDecimal(), Now: mover.Now.ToDecimal())).ShouldBe(
        [
            (SpendDimension.User, member.EngineerId, 1m, 1.7m), (SpendDimension.Model, "claude-opus-4-6", 1m, 1.7m),
            (SpendDimension.Project, "shop", 0m, 0.75m), (SpendDimension.Project, "api", 1m, 0.95m),
        ], ignoreOrder: true);
        movers[^1].Value.ShouldBe("api");

        string Call(string id, DateTimeOffset at, string project, int tokens) =>
            $$"""{"id":"{{id}}","occurred_at":"{{at:O}}","model":"claude-opus-4-6","input_tokens":{{tokens}},"user":"{{member.EngineerId}}","team":"{{member.TeamId}}","project":"{{project}}"}""";
    }
}
