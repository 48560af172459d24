using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Tests.Spending;

public sealed class OverviewTests
{
    private static readonly DateOnly Today = new(2026, 3, 17);

    [Fact]
    public async Task The_span_is_the_current_month_and_the_days_reach_back_across_it()
    {
        var overview = await BuildAsync(new() { Zone = TimeZoneInfo.Utc }, new(2026, 3, 5), by: null);

        overview.From.ShouldBe(new(2026, 3, 1));
        overview.To.ShouldBe(new(2026, 3, 5));
        overview.Days.Count.ShouldBe(14);
        overview.Days[0].Day.ShouldBe(new(2026, 2, 20));
        overview.Days[^1].Sum.ShouldBe(overview.TodaySum);
        overview.Days.ShouldAllBe(day => day.Sum.Calls > 0);
    }

    [Fact]
    public async Task Every_section_adds_up_to_the_span()
    {
        var overview = await BuildAsync(new() { Zone = TimeZoneInfo.Utc }, Today, by: null);

        overview.Sections.Select(section => section.By).ShouldBe([SpendDimension.Model, SpendDimension.Project, SpendDimension.Session]);
        overview.Sections.ShouldAllBe(section => section.Lines.Aggregate(default(SpendSum), (sum, line) => sum + line.Sum) == overview.Span.Sum);
    }

    [Fact]
    public async Task A_span_that_was_asked_for_replaces_the_month()
    {
        var overview = await BuildAsync(
            new() { Zone = TimeZoneInfo.Utc, Since = new(2026, 2, 1), Until = new(2026, 2, 14) }, Today, SpendDimension.Branch);

        overview.Span.Sum.Calls.ShouldBe(63);
        overview.Sections.ShouldHaveSingleItem().Lines.Select(line => line.Name).ShouldBe(["feat/tax", "main", string.Empty]);
        overview.TodaySum.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task Without_calls_the_overview_is_empty()
    {
        var request = new OverviewRequest { Spend = new() { Zone = TimeZoneInfo.Utc }, Today = Today };

        var overview = await Overviews.BuildAsync(request, new MemorySpend([]), TestContext.Current.CancellationToken);

        overview.IsEmpty.ShouldBeTrue();
        overview.TodaySum.CacheHitPermille.ShouldBeNull();
    }

    [Fact]
    public void Cache_writes_are_no_hits()
    {
        var sum = new SpendSum { Tokens = new TokenCounts { Input = 100, CacheRead = 600, CacheWrite5m = 200, CacheWrite1h = 100, Output = 9_999 } };

        sum.CacheHitPermille.ShouldBe(600);
    }

    [Fact]
    public async Task Sessions_of_two_agents_with_one_key_stay_apart_and_know_their_place_and_time()
    {
        var at = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
        var few = new TokenCounts { Input = 1 };
        var queries = new MemorySpend(
        [
            SampleSpend.Call(at, "m", few, usd: "1", session: "same", project: "/a"),
            SampleSpend.Call(at.AddHours(1), "n", few, usd: "1", session: "same", project: "/b"),
            SampleSpend.Call(at.AddHours(2), "m", few, usd: "1", session: "same", project: "/b"),
            SampleSpend.Call(at.AddHours(9), "m", few, usd: "9", agent: "codex", session: "same", project: "/c"),
        ]);

        var report = await SessionReports.BuildAsync(new() { Zone = TimeZoneInfo.Utc }, by: null, queries, TestContext.Current.CancellationToken);

        report.Lines.Select(line => (line.Agents[0], line.Project, line.Sum.Calls)).ShouldBe([("codex", "/c", 1), ("claude", "/b", 3)]);
        report.Lines[1].FirstAt.ShouldBe(at);
        report.Lines[1].LastAt.ShouldBe(at.AddHours(2));
    }

    private static Task<SpendOverview> BuildAsync(SpendQuery spend, DateOnly today, SpendDimension? by) => Overviews.BuildAsync(
        new() { Spend = spend, Today = today, By = by }, new MemorySpend(SampleSpend.Calls()), TestContext.Current.CancellationToken);
}
