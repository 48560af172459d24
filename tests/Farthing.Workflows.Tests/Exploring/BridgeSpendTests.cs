using Farthing.Domain.Money;
using Farthing.Testing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Tests.Exploring;

/// <summary>Two periods compared: parts that add up exactly, and as they are shown.</summary>
public sealed class BridgeSpendTests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(SampleSpend.Now.DateTime);

    /// <summary>What two periods are split by.</summary>
    public static TheoryData<SpendDimension> Dimensions => [.. SpendFilter.Choices];

    [Theory]
    [MemberData(nameof(Dimensions))]
    public async Task Parts_add_up_to_the_change_down_every_column_and_along_every_line(SpendDimension by)
    {
        var report = await CompareAsync([by, SpendDimension.Branch]);

        (report.Before + report.Parts.Sum).ShouldBe(report.After);
        report.Lines.Aggregate(report.Rest.Parts, static (sum, line) => sum + line.Parts).ShouldBe(report.Total.Parts);
        report.Lines.Aggregate(report.Rest.Before, static (sum, line) => sum + line.Before).ShouldBe(report.Total.Before);
        report.Lines.Aggregate(report.Rest.After, static (sum, line) => sum + line.After).ShouldBe(report.Total.After);
        (report.Total.Before, report.Total.After).ShouldBe((Rounding.ToCent(report.Before), Rounding.ToCent(report.After)));
    }

    [Theory]
    [MemberData(nameof(Dimensions))]
    public async Task Every_line_shows_of_both_periods_what_the_explorer_shows_of_it(SpendDimension by)
    {
        var report = await CompareAsync([by]);
        var after = (await ExploreAsync(report.Request.After with { Top = ExploreRequest.TopMax })).Lines.ToDictionary(static line => line.Path[0], static line => line.ShownCost);
        var before = (await ExploreAsync(report.Request.After with { Top = ExploreRequest.TopMax, First = report.Request.BeforeFirst, Last = report.Request.BeforeLast }))
            .Lines.ToDictionary(static line => line.Path[0], static line => line.ShownCost);

        foreach (var line in report.Lines.Where(static line => line.Others == 0))
        {
            (line.Before, line.After).ShouldBe((before.GetValueOrDefault(line.Path[0]), after.GetValueOrDefault(line.Path[0])), line.Path[0]);
        }
    }

    [Fact]
    public async Task The_two_periods_cost_what_the_explorer_shows_of_them()
    {
        var report = await CompareAsync([SpendDimension.Model]);

        report.After.ShouldBe((await ExploreAsync(report.Request.After)).Total.Cost);
        report.Before.ShouldBe((await ExploreAsync(report.Request.After with { First = report.Request.BeforeFirst, Last = report.Request.BeforeLast })).Total.Cost);
        report.Parts.ShouldBe((await CompareAsync([SpendDimension.Model, SpendDimension.Agent])).Parts, "However it is cut, as long as each group has one model and agent.");
    }

    [Fact]
    public async Task Nothing_compared_with_nothing_is_nothing()
    {
        var report = await CompareAsync([SpendDimension.Model], [new(SpendDimension.Model, ["no such model"])]);

        report.Lines.ShouldBeEmpty();
        report.Total.After.ShouldBe(Usd.Zero);
    }

    private static Task<BridgeReport> CompareAsync(IReadOnlyList<SpendDimension> by, IReadOnlyList<SpendFilter>? only = null)
    {
        var people = new FewPeople();
        var after = new ExploreRequest { Within = new("local", ScopeReach.Org, string.Empty), First = Today.AddDays(-20), Last = Today, By = by, Only = only ?? [] };
        return new BridgeSpend(Spend, new(people, people, people), Calendar)
            .CompareAsync(new() { After = after, BeforeFirst = Today.AddDays(-41), BeforeLast = Today.AddDays(-21) }, TestContext.Current.CancellationToken);
    }

    private static Task<Exploration> ExploreAsync(ExploreRequest request)
    {
        var people = new FewPeople();
        return new ExploreSpend(Spend, new(people, people, people), Calendar).ExploreAsync(request, TestContext.Current.CancellationToken);
    }

    private static MemorySpend Spend => new(SampleSpend.Calls());

    private static Forecasting.SpendCalendar Calendar => new(TimeZoneInfo.Utc, new ManualTime(SampleSpend.Now));
}
