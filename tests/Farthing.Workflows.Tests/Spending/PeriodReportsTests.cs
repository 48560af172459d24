using System.Globalization;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Spending;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Workflows.Tests.Spending;

public sealed class PeriodReportsTests
{
    private static readonly TokenCounts Few = new() { Input = 10, Output = 5 };

    [Theory]
    [InlineData("2026-01-05", DayOfWeek.Monday, "2026-01-05")]
    [InlineData("2026-01-11", DayOfWeek.Monday, "2026-01-05")]
    [InlineData("2026-01-11", DayOfWeek.Sunday, "2026-01-11")]
    [InlineData("2026-01-10", DayOfWeek.Sunday, "2026-01-04")]
    public void A_week_starts_on_the_day_that_was_chosen(string day, DayOfWeek start, string expected) =>
        PeriodReports.StartOf(Day(day), ReportPeriod.Week, start).ShouldBe(Day(expected));

    [Fact]
    public void The_last_periods_include_the_current_one()
    {
        PeriodReports.StartOfLast(1, Day("2026-03-17"), ReportPeriod.Month, DayOfWeek.Monday).ShouldBe(Day("2026-03-01"));
        PeriodReports.StartOfLast(3, Day("2026-03-17"), ReportPeriod.Month, DayOfWeek.Monday).ShouldBe(Day("2026-01-01"));
        PeriodReports.StartOfLast(2, Day("2026-03-17"), ReportPeriod.Week, DayOfWeek.Monday).ShouldBe(Day("2026-03-09"));
        PeriodReports.StartOfLast(14, Day("2026-03-17"), ReportPeriod.Day, DayOfWeek.Monday).ShouldBe(Day("2026-03-04"));
    }

    [Fact]
    public async Task Lines_stand_in_order_of_time_and_empty_periods_are_left_out()
    {
        var report = await BuildAsync(ReportPeriod.Day, TimeZoneInfo.Utc, null, At("2026-03-03T10:00Z"), At("2026-03-01T10:00Z"), At("2026-03-03T11:00Z"));

        report.Lines.Select(line => (line.Name, line.Sum.Calls)).ShouldBe([("2026-03-01", 1), ("2026-03-03", 2)]);
    }

    [Fact]
    public async Task A_call_belongs_to_its_day_in_the_time_zone_of_the_query()
    {
        var pacific = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

        var report = await BuildAsync(ReportPeriod.Day, pacific, null, At("2026-03-02T07:59Z"), At("2026-03-02T08:00Z"));

        report.Lines.Select(line => line.Name).ShouldBe(["2026-03-01", "2026-03-02"]);
    }

    [Fact]
    public async Task Estimates_and_unknown_prices_are_kept_apart_from_priced_cost()
    {
        var at = At("2026-03-02T08:00Z");
        var queries = new MemorySpend(
        [
            SampleSpend.Call(at, "known", Few, PricingStatus.Exact, "1.5"),
            SampleSpend.Call(at, "hosted", Few, PricingStatus.AssumedHost, "0.25"),
            SampleSpend.Call(at, "guessed", Few, PricingStatus.Fallback, "0.125"),
            SampleSpend.Call(at, "unknown", Few, PricingStatus.Unpriced, "0"),
        ]);

        var total = (await PeriodReports.BuildAsync(Request(ReportPeriod.Month, TimeZoneInfo.Utc, null), queries, TestContext.Current.CancellationToken)).Total;

        total.Sum.Cost.ToString().ShouldBe("1.75");
        total.Sum.EstimatedCost.ToString().ShouldBe("0.125");
        total.Sum.BestCost.ToString().ShouldBe("1.875");
        total.Sum.ShouldSatisfyAllConditions(
            sum => sum.Calls.ShouldBe(4), sum => sum.EstimatedCalls.ShouldBe(1), sum => sum.UnpricedCalls.ShouldBe(1), sum => sum.AssumedHostCalls.ShouldBe(1));
        total.Sum.Status.ShouldBe(PricingStatus.Unpriced);
        total.Models.Select(model => (model.Name, model.Sum.Status)).ShouldBe(
        [
            ("known", PricingStatus.Exact), ("hosted", PricingStatus.AssumedHost),
            ("guessed", PricingStatus.Fallback), ("unknown", PricingStatus.Unpriced),
        ]);
    }

    [Theory]
    [InlineData(SpendDimension.Agent, "claude,codex")]
    [InlineData(SpendDimension.Project, "/p/a,/p/b")]
    [InlineData(SpendDimension.Session, "s1,s2,s3")]
    public async Task A_line_is_the_sum_of_its_groups(SpendDimension by, string groups)
    {
        var at = At("2026-03-02T08:00Z");
        var queries = new MemorySpend(
        [
            SampleSpend.Call(at, "m", Few, usd: "3", agent: "claude", session: "s1", project: "/p/a"),
            SampleSpend.Call(at, "m", Few, usd: "1", agent: "claude", session: "s2", project: "/p/b"),
            SampleSpend.Call(at, "n", Few, usd: "0.5", agent: "codex", session: "s3", project: "/p/b"),
        ]);

        var report = await PeriodReports.BuildAsync(Request(ReportPeriod.Day, TimeZoneInfo.Utc, by), queries, TestContext.Current.CancellationToken);

        var line = report.Lines.ShouldHaveSingleItem();
        line.Groups.Select(group => group.Name).ShouldBe(groups.Split(','));
        line.Groups.Aggregate(default(SpendSum), (sum, group) => sum + group.Sum).ShouldBe(line.Sum);
        line.Models.Aggregate(default(SpendSum), (sum, model) => sum + model.Sum).ShouldBe(line.Sum);
        line.Agents.ShouldBe(["claude", "codex"]);
    }

    [Fact]
    public void Days_weeks_and_months_add_up_to_the_same_total_in_every_time_zone()
    {
        string[] zones = ["UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"];
        Prop.ForAll<int[], byte>(async (minutes, zone) =>
        {
            var where = TimeZoneInfo.FindSystemTimeZoneById(zones[zone % zones.Length]);
            var times = minutes.Select(minute => At("2026-03-01T00:00Z").AddMinutes(minute % 500_000)).Distinct().ToArray();
            SpendReport[] totals =
            [
                await BuildAsync(ReportPeriod.Day, where, null, times),
                await BuildAsync(ReportPeriod.Week, where, null, times),
                await BuildAsync(ReportPeriod.Month, where, null, times),
            ];
            return totals.All(report => report.Total.Sum == totals[0].Total.Sum && report.Total.Sum.Calls == times.Length)
                && totals.All(report => report.Lines.Aggregate(default(SpendSum), (sum, line) => sum + line.Sum) == report.Total.Sum);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20_260_317, 3).WithMaxTest(60));
    }

    private static PeriodReportRequest Request(ReportPeriod period, TimeZoneInfo zone, SpendDimension? by) =>
        new() { Spend = new() { Zone = zone }, Period = period, By = by };

    private static Task<SpendReport> BuildAsync(ReportPeriod period, TimeZoneInfo zone, SpendDimension? by, params DateTimeOffset[] times) =>
        PeriodReports.BuildAsync(
            Request(period, zone, by),
            new MemorySpend([.. times.Select((at, number) => SampleSpend.Call(at, $"model-{number % 3}", Few))]),
            TestContext.Current.CancellationToken);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
