using Farthing.Demo;
using Farthing.Domain.Budgets;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Pricing;
using Farthing.Workflows.Spending;

namespace Farthing.Tests.Demo;

/// <summary>The people of the demo fill every page.</summary>
public sealed class DemoPeopleTests : IDisposable
{
    private static readonly Scope Everything = ScopeRules.Of(new() { Org = Dimensions.LocalOrg, Role = Role.Operator });

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("farthing-demo-");

    [Fact]
    public async Task Everybody_has_a_team_and_priced_calls_until_now_and_says_what_came_of_most_sessions()
    {
        var (stop, time) = (TestContext.Current.CancellationToken, new ManualTime());
        await using var stores = UsageStores.OpenEmbedded(folder.FullName, TimeZoneInfo.Utc);

        var calls = await DemoPeople.WriteAsync(stores, new Rater(EmbeddedCatalog.Load()), time, TimeZoneInfo.Utc, stop);

        var ports = FinopsPorts.Of(stores);
        var people = await ports.Engineers.ListAsync(Everything, new(100, string.Empty), stop);
        var teams = await ports.Teams.ListAsync(Everything, new(100, string.Empty), stop);
        people.Select(static person => person.TeamId).Distinct().ShouldBe(teams.Select(static team => team.Id), ignoreOrder: true);
        var rows = await ports.Spend.SpendAsync(new() { Zone = TimeZoneInfo.Utc, GroupBy = [SpendDimension.User] }, stop);
        rows.Sum(static row => row.Calls).ShouldBe(calls);
        rows.Select(static row => row.User).Distinct().ShouldBe(people.Select(static person => person.Id), ignoreOrder: true);
        rows.ShouldAllBe(static row => row.Status == PricingStatus.Exact);
        (rows.Min(static row => row.Day), rows.Max(static row => row.Day)).ShouldBe((new(2026, 8, 19), new(2026, 11, 16)));
        var sessions = await ports.Sessions.TallyAsync(new() { Within = Everything }, stop);
        sessions.Count.ShouldBe(people.Count);
        sessions.ShouldAllBe(static person => person.Successes > 0 && person.Successes < person.Sessions);
    }

    [Theory]
    [InlineData(2026, 11, 16)]
    [InlineData(2027, 1, 2)]
    public async Task One_budget_is_fine_one_nearly_used_up_one_overspent_and_one_at_risk(int year, int month, int day)
    {
        var (stop, time) = (TestContext.Current.CancellationToken, new ManualTime(new(year, month, day, 12, 0, 0, TimeSpan.Zero)));
        await using var stores = UsageStores.OpenEmbedded(folder.FullName, TimeZoneInfo.Utc);

        await DemoPeople.WriteAsync(stores, new Rater(EmbeddedCatalog.Load()), time, TimeZoneInfo.Utc, stop);

        var ports = FinopsPorts.Of(stores);
        var standings = await new BudgetStandings(new SpendOfBudgets(ports.Spend), time).OfAsync(await ports.Budgets.ListAsync(Everything, new(100, string.Empty), stop), withForecast: true, stop);
        standings.Select(static standing => standing.Status.State).ShouldBe([BudgetState.OnTrack, BudgetState.AtRisk, BudgetState.OverBudget, BudgetState.Warning], ignoreOrder: true);
    }

    [Fact]
    public async Task Budgets_count_the_days_that_pages_show_and_keys_that_nobody_has_do_not_work()
    {
        var (stop, time, zone) = (TestContext.Current.CancellationToken, new ManualTime(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"));
        await using var stores = UsageStores.OpenEmbedded(folder.FullName, zone);

        await DemoPeople.WriteAsync(stores, new Rater(EmbeddedCatalog.Load()), time, zone, stop);

        var ports = FinopsPorts.Of(stores);
        (await ports.Budgets.ListAsync(Everything, new(100, string.Empty), stop)).Select(static budget => budget.Zone).ShouldAllBe(static zone => zone == "Asia/Kolkata");
        var keys = new KeyQuery { Org = Dimensions.LocalOrg, Page = new(100, string.Empty) };
        (await ports.Keys.ListAsync(keys, stop)).ShouldNotBeEmpty();
        (await ports.Keys.ListAsync(keys with { WorkingAt = time.Now }, stop)).ShouldBeEmpty();
    }

    [Fact]
    public void The_same_instant_gives_the_same_work()
    {
        var now = new ManualTime().Now;

        var (first, second) = (DemoWork.Until(now), DemoWork.Until(now));

        second.Calls.ShouldBe(first.Calls);
        second.Reports.Select(static report => (report.SessionId, report.Outcome)).ShouldBe(first.Reports.Select(static report => (report.SessionId, report.Outcome)));
        first.Calls.ShouldAllBe(call => call.OccurredAt < now);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);
}
