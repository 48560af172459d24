using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Tests.Contract;

/// <summary>How often known calls are told again is counted: beside the calls, with the batch, and by whose records they are.</summary>
public abstract class RepeatsContract
{
    private static readonly DateTimeOffset Noon = InventedCall.Noon;

    [Fact]
    public async Task Records_that_say_nothing_new_and_better_ones_are_counted_apart_in_one_batch_or_in_many()
    {
        await using var store = Create();
        var call = new InventedCall { Output = 10 };

        await store.AppendAsync(call, call, call with { Output = 90, At = Noon.AddSeconds(1) });
        (await RepeatsAsync(store)).ShouldBe([new("claude", 1, 1)]);

        await store.AppendAsync(call);
        await store.AppendAsync(call with { Key = "new" }, call with { Output = 90, At = Noon.AddSeconds(1) }, call with { Output = 200, At = Noon.AddSeconds(2) });
        (await RepeatsAsync(store)).ShouldBe([new("claude", 3, 2)]);
    }

    [Fact]
    public async Task New_calls_and_records_that_are_kept_aside_leave_nothing()
    {
        await using var store = Create();
        var call = new InventedCall { Input = 10, Output = 70 };

        await store.AppendAsync(call, call with { Key = "another", VaryingTime = false });
        (await store.AppendAsync(call with { Input = 20, Output = 40 }, call with { Key = "new" })).ShouldBe(new AppendResult(1, 0, 0, 1));

        (await RepeatsAsync(store)).ShouldBeEmpty();
        (await CountRowsAsync(store)).ShouldBe(0);
    }

    [Fact]
    public async Task A_batch_writes_one_row_for_all_records_of_an_agent_in_a_quarter_hour()
    {
        await using var store = Create();
        InventedCall[] calls = [.. Enumerable.Range(0, 30).Select(static minute => new InventedCall { Key = $"{minute}", At = Noon.AddMinutes(minute), VaryingTime = minute % 2 == 0 })];
        await store.AppendAsync(calls);

        await store.AppendAsync(calls);
        await store.AppendAsync(calls);

        (await RepeatsAsync(store)).ShouldBe([new("claude", 60, 0)]);
        (await CountRowsAsync(store)).ShouldBe(2);
    }

    [Fact]
    public async Task They_are_counted_by_the_agent_of_the_record_and_told_to_its_organisation_only()
    {
        await using var store = Create();
        var transcript = new InventedCall { Request = "req_1" };
        var other = new InventedCall { Org = "other", Agent = string.Empty };
        await store.AppendAsync(transcript, other);

        var telemetry = transcript.Rated();
        telemetry = telemetry with { Usage = telemetry.Usage with { Dimensions = telemetry.Usage.Dimensions with { Agent = "telemetry" } } };
        await store.AppendAsync([telemetry, transcript.Rated(), other.Rated(), other.Rated()]);

        (await RepeatsAsync(store)).OrderBy(static agent => agent.Agent, StringComparer.Ordinal).ShouldBe([new("claude", 1, 0), new("telemetry", 1, 0)]);
        (await RepeatsAsync(store, org: "other")).ShouldBe([new(string.Empty, 2, 0)]);
        (await RepeatsAsync(store, org: "nobody")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    public async Task The_days_of_every_zone_begin_and_end_to_the_millisecond(string zoneId)
    {
        await using var store = Create();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);

        // Clocks are changed on one of them: in New York on 8 March, on Lord Howe on 5 April.
        foreach (var day in new[] { new DateOnly(2026, 3, 8), new DateOnly(2026, 4, 5) })
        {
            var (start, end) = (CalendarDays.StartOf(day, zone), CalendarDays.StartOf(day.AddDays(1), zone));
            DateTimeOffset[] times = [start.AddMilliseconds(-1), start, end.AddMilliseconds(-1), end];
            InventedCall[] calls = [.. times.Select(at => new InventedCall { Key = $"{at:O}", At = at, Agent = $"{at:O}", VaryingTime = false })];
            await store.AppendAsync(calls);
            await store.AppendAsync(calls);

            var told = await store.Repeats.ReadRepeatsAsync(Dimensions.LocalOrg, start, end, StoreUnderTest.Cancellation);

            told.Select(static agent => agent.Agent).Order(StringComparer.Ordinal).ShouldBe(calls[1..3].Select(static call => call.Agent));
        }
    }

    [Fact]
    public async Task They_are_counted_at_the_time_of_the_record_whenever_the_call_was()
    {
        await using var store = Create();
        await store.AppendAsync(new InventedCall());

        await store.AppendAsync(new InventedCall { At = Noon.AddHours(20) });

        (await store.Repeats.ReadRepeatsAsync(Dimensions.LocalOrg, Noon, Noon.AddHours(1), StoreUnderTest.Cancellation)).ShouldBeEmpty();
        (await store.Repeats.ReadRepeatsAsync(Dimensions.LocalOrg, Noon.AddHours(20), Noon.AddHours(21), StoreUnderTest.Cancellation)).ShouldBe([new("claude", 1, 0)]);
    }

    [Fact]
    public async Task A_batch_that_fails_counts_nothing_neither_then_nor_with_the_next_one()
    {
        await using var store = Create();
        await store.AppendAsync(new InventedCall());

        await Should.ThrowAsync<IOException>(() => store.Usage.AppendPartsAsync(BreakingAsync(), StoreUnderTest.Cancellation));
        (await RepeatsAsync(store)).ShouldBeEmpty();

        await store.AppendAsync(new InventedCall());
        (await RepeatsAsync(store)).ShouldBe([new("claude", 1, 0)]);

        static async IAsyncEnumerable<UsageBatch> BreakingAsync()
        {
            yield return new([new InventedCall().Rated()], []);
            await Task.Yield();
            throw new IOException("The batch broke.");
        }
    }

    protected abstract StoreUnderTest Create();

    /// <summary>How many rows the counts take.</summary>
    protected abstract Task<long> CountRowsAsync(StoreUnderTest store);

    private static Task<IReadOnlyList<UsageRepeats>> RepeatsAsync(StoreUnderTest store, string org = Dimensions.LocalOrg) =>
        store.Repeats.ReadRepeatsAsync(org, Noon.AddDays(-1), Noon.AddDays(1), StoreUnderTest.Cancellation);
}
