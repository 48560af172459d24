using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Spending;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Workflows.Tests.Spending;

public sealed class BlockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 17, 9, 12, 30, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Start.AddDays(30);

    [Fact]
    public async Task A_window_starts_at_the_full_hour_of_its_first_call_and_lasts_five_hours()
    {
        var block = (await CutAsync(Later, 0, 60, 287)).ShouldHaveSingleItem();

        block.Line.Name.ShouldBe("2026-03-17T09:00:00.000Z");
        block.EndAt.ShouldBe(block.StartAt.AddHours(5));
        block.LastAt.ShouldBe(Start.AddMinutes(287));
        block.Line.Sum.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_call_more_than_five_hours_after_the_start_opens_the_next_window_without_a_gap()
    {
        var blocks = await CutAsync(Later, 0, 240, 288);

        blocks.Select(block => (block.Line.Name, block.IsGap, block.Line.Sum.Calls)).ShouldBe(
            [("2026-03-17T09:00:00.000Z", false, 2), ("2026-03-17T14:00:00.000Z", false, 1)]);
    }

    [Fact]
    public async Task Idle_time_of_more_than_five_hours_stands_as_a_gap_that_starts_five_hours_after_the_last_call()
    {
        var blocks = await CutAsync(Later, 0, 10, 600);

        blocks.Count.ShouldBe(3);
        blocks[1].IsGap.ShouldBeTrue();
        blocks[1].Line.Name.ShouldBe("gap-2026-03-17T14:22:30.000Z");
        blocks[1].EndAt.ShouldBe(Start.AddMinutes(600));
        blocks[1].LastAt.ShouldBeNull();
        blocks[2].StartAt.ShouldBe(new(2026, 3, 17, 19, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_window_whose_hour_began_before_the_gap_stands_before_it()
    {
        var blocks = await CutAsync(Later, 0, 40, 343);

        blocks.Select(block => block.Line.Name).ShouldBe(
            ["2026-03-17T09:00:00.000Z", "2026-03-17T14:00:00.000Z", "gap-2026-03-17T14:52:30.000Z"]);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(287, true)]
    [InlineData(288, false)]
    public async Task A_window_is_open_until_its_end(int minutes, bool isOpen) =>
        (await CutAsync(Start.AddMinutes(minutes), 0, 10)).ShouldHaveSingleItem().IsActive.ShouldBe(isOpen);

    [Fact]
    public async Task The_open_window_burns_and_leads_where_ccusage_says()
    {
        // ccusage 20.0.24 over three lines of these counts and prices, a quarter of an hour to nine: 1145.977 tokens a
        // minute, 0.0771551724137931 USD an hour, 317,436 tokens and 0.36 USD at the end.
        var last = new DateTimeOffset(2026, 11, 20, 20, 46, 50, TimeSpan.Zero);
        var queries = new MemorySpend(
        [
            SampleSpend.Call(last.AddMinutes(-87), "claude-opus-4-8", new() { Input = 1000, Output = 500, CacheRead = 20_000, CacheWrite5m = 3000 }, usd: "0.04625"),
            SampleSpend.Call(last.AddMinutes(-27), "claude-sonnet-5", new() { Input = 2000, Output = 700, CacheRead = 30_000, CacheWrite5m = 1000 }, usd: "0.0195"),
            SampleSpend.Call(last, "claude-opus-4-8", new() { Input = 100, Output = 900, CacheRead = 40_000, CacheWrite5m = 500 }, usd: "0.046125"),
        ]);
        var now = new DateTimeOffset(2026, 11, 20, 20, 50, 25, TimeSpan.Zero);

        var blocks = await BlockReports.BuildAsync(Request() with { ActiveOnly = true }, queries, now, TestContext.Current.CancellationToken);

        var block = blocks.ShouldHaveSingleItem();
        block.ModelsByTime.ShouldBe(["claude-opus-4-8", "claude-sonnet-5"]);
        block.Burn.ShouldNotBeNull();
        DecimalText.FormatExact(block.Burn.Value.MicrotokensPerMinute, 6).ShouldBe("1145.977011");
        DecimalText.FormatExact(block.Burn.Value.IndicatorMicrotokensPerMinute, 6).ShouldBe("59.770115");
        block.Burn.Value.CostPerHour.ToString().ShouldBe("0.077155172414");
        block.ProjectionAt(now).ShouldBe(new BlockProjection(317_436, new Usd(360_000_000_000), 190));
    }

    [Fact]
    public async Task A_window_with_one_call_has_no_rate_and_a_closed_one_leads_nowhere()
    {
        (await CutAsync(Start.AddMinutes(20), 0)).ShouldHaveSingleItem().Burn.ShouldBeNull();
        (await CutAsync(Later, 0, 30)).ShouldHaveSingleItem().ProjectionAt(Later).ShouldBeNull();
    }

    [Fact]
    public async Task Windows_are_chosen_by_the_day_of_their_start_in_the_time_zone()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");
        var queries = Calls([0, 600, 1200, 1800]);
        var spend = new SpendQuery { Zone = zone, Since = new(2026, 3, 17), Until = new(2026, 3, 17) };

        var blocks = await BlockReports.BuildAsync(Request() with { Spend = spend }, queries, Later, TestContext.Current.CancellationToken);

        blocks.Select(block => block.Line.Name).ShouldBe(
        [
            "2026-03-17T09:00:00.000Z", "gap-2026-03-17T14:12:30.000Z", "2026-03-17T19:00:00.000Z",
            "gap-2026-03-18T00:12:30.000Z", "2026-03-18T05:00:00.000Z",
        ]);
    }

    [Fact]
    public void Reading_back_to_a_silence_cuts_windows_as_reading_everything_does()
    {
        Prop.ForAll<PositiveInt[], byte>(async (pauses, days) =>
        {
            var minute = 0;
            var queries = Calls([.. pauses.Select(pause => minute += 10 + (pause.Get * 37 % 300))]);
            var now = Start.AddMinutes(minute + 5);
            var everything = await BuildAsync(Request(), queries, now);
            var notBefore = now.AddDays(-(days % 9));

            var recent = await BuildAsync(Request() with { NotBefore = notBefore }, queries, now);
            var active = await BuildAsync(Request() with { ActiveOnly = true }, queries, now);

            return Names(recent) == Names(everything.Where(block => block.IsActive || block.StartAt >= notBefore))
                && Names(active) == Names(everything.Where(block => block.IsActive));
        }).Check(Config.QuickThrowOnFailure.WithReplay(20_260_318, 5).WithMaxTest(400).WithEndSize(160));

        static string Names(IEnumerable<UsageBlock> blocks) => string.Join(' ', blocks.Select(block => $"{block.Line.Name}:{block.Line.Sum.Calls}"));

        static Task<IReadOnlyList<UsageBlock>> BuildAsync(BlockReportRequest request, MemorySpend queries, DateTimeOffset now) =>
            BlockReports.BuildAsync(request, queries, now, TestContext.Current.CancellationToken);
    }

    private static BlockReportRequest Request() => new() { Spend = new() { Zone = TimeZoneInfo.Utc } };

    private static Task<IReadOnlyList<UsageBlock>> CutAsync(DateTimeOffset now, params int[] minutes) =>
        BlockReports.BuildAsync(Request(), Calls(minutes), now, TestContext.Current.CancellationToken);

    private static MemorySpend Calls(int[] minutes) =>
        new([.. minutes.Distinct().Select(minute => SampleSpend.Call(Start.AddMinutes(minute), "m", new TokenCounts { Input = 7, Output = 3 }))]);
}
