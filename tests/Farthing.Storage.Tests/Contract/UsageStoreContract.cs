using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Tests.Contract;

/// <summary>What every store of usage keeps: calls counted once, whatever comes, in whatever order.</summary>
public abstract class UsageStoreContract
{
    private static readonly DateTimeOffset Noon = InventedCall.Noon;

    private static SpendQuery ByDay => new() { Zone = TimeZoneInfo.Utc };

    [Fact]
    public async Task The_same_event_is_stored_once()
    {
        await using var store = Create();

        (await store.AppendAsync(new InventedCall())).ShouldBe(new AppendResult(1, 0, 0, 0));
        (await store.AppendAsync(new InventedCall())).ShouldBe(new AppendResult(0, 1, 0, 0));

        (await store.CallsAsync()).Count.ShouldBe(1);
        (await store.SpendAsync(ByDay)).ShouldHaveSingleItem().Calls.ShouldBe(1);
    }

    [Fact]
    public async Task An_event_without_other_names_is_stored_once_too()
    {
        await using var store = Create();
        var call = new InventedCall { VaryingTime = false };

        (await store.AppendAsync(call, call, call with { Key = "msg_2" })).ShouldBe(new AppendResult(2, 1, 0, 0));
        (await store.AppendAsync(call)).ShouldBe(new AppendResult(0, 1, 0, 0));

        (await store.CallsAsync()).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(-0.5)]
    [InlineData(14)]
    [InlineData(-14)]
    [InlineData(30)]
    public async Task A_copy_with_another_time_is_the_same_call_on_the_day_and_its_neighbours(double hours)
    {
        await using var store = Create();

        await store.AppendAsync(new InventedCall());
        var result = await store.AppendAsync(new InventedCall { At = Noon.AddHours(hours), Session = "session-2" });

        result.ShouldBe(new AppendResult(0, 1, 0, 0));
        (await store.CallsAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_same_name_a_week_later_is_another_call()
    {
        await using var store = Create();

        (await store.AppendAsync(new InventedCall(), new InventedCall { At = Noon.AddDays(7) })).Accepted.ShouldBe(2);

        (await store.CallsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_earliest_copy_gives_the_call_its_time_and_its_session()
    {
        await using var store = Create();
        await store.AppendAsync(new InventedCall { Session = "fork" });

        var result = await store.AppendAsync(new InventedCall { At = Noon.AddHours(-13), Session = "origin" });

        result.ShouldBe(new AppendResult(0, 1, 0, 0));
        var call = (await store.CallsAsync()).ShouldHaveSingleItem();
        call.Usage.OccurredAt.ShouldBe(Noon.AddHours(-13));
        call.Usage.Session.Key.ShouldBe("origin");
        (await store.SpendAsync(ByDay)).ShouldHaveSingleItem().Day.ShouldBe(new DateOnly(2026, 3, 3));
        (await store.AppendAsync(new InventedCall { Session = "fork" })).ShouldBe(new AppendResult(0, 1, 0, 0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_final_record_supersedes_its_placeholder_by_the_difference(bool inOneBatch)
    {
        await using var store = Create();
        var placeholder = new InventedCall { Output = 1 };
        var final = new InventedCall { Output = 260, At = Noon.AddSeconds(2) };

        var result = inOneBatch
            ? await store.AppendAsync(placeholder, final)
            : await store.AppendAsync(placeholder) + await store.AppendAsync(final);

        result.ShouldBe(new AppendResult(1, 0, 1, 0));
        var call = (await store.CallsAsync()).ShouldHaveSingleItem();
        call.Usage.Tokens.Output.ShouldBe(260);
        call.Usage.OccurredAt.ShouldBe(Noon);
        call.Rating.Cost.ShouldBe(final.Rated().Rating.Cost);
        var day = (await store.SpendAsync(ByDay)).ShouldHaveSingleItem();
        day.Tokens.ShouldBe(call.Usage.Tokens);
        day.Cost.ShouldBe(call.Rating.Cost.Total);
        day.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_placeholder_after_the_final_record_changes_nothing()
    {
        await using var store = Create();
        await store.AppendAsync(new InventedCall { Output = 260 });
        var before = await store.DescribeAsync();

        (await store.AppendAsync(new InventedCall { Output = 1, At = Noon.AddSeconds(1) })).ShouldBe(new AppendResult(0, 1, 0, 0));

        (await store.DescribeAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_main_chain_record_beats_a_larger_sidechain_replay()
    {
        await using var store = Create();
        await store.AppendAsync(new InventedCall { Output = 900, Quality = EventQuality.Sidechain, Request = "req_b", Model = "model-b" });

        var result = await store.AppendAsync(new InventedCall { Output = 100, Request = "req_a", At = Noon.AddSeconds(1) });

        result.ShouldBe(new AppendResult(0, 0, 1, 0));
        var call = (await store.CallsAsync()).ShouldHaveSingleItem();
        call.Usage.Tokens.Output.ShouldBe(100);
        call.Usage.Dimensions.Model.ShouldBe("model-a");
        call.Usage.Quality.ShouldBe(EventQuality.Good);
    }

    [Fact]
    public async Task A_contradiction_is_kept_aside_once_and_changes_nothing()
    {
        await using var store = Create();
        await store.AppendAsync(new InventedCall { Input = 10, Output = 70 });
        var before = await store.DescribeAsync();
        var contradiction = new InventedCall { Input = 20, Output = 40, At = Noon.AddMinutes(-1) };

        (await store.AppendAsync(contradiction)).ShouldBe(new AppendResult(0, 0, 0, 1));
        (await store.AppendAsync(contradiction)).ShouldBe(new AppendResult(0, 0, 0, 1));

        (await store.DescribeAsync()).ShouldBe(before);
        var conflict = (await store.ConflictsAsync(Dimensions.LocalOrg)).ShouldHaveSingleItem();
        conflict.Call.ShouldBe(new InventedCall().Rated().Usage.Id);
        conflict.Reason.ShouldContain("contradicts");
        conflict.Payload.ShouldContain("output=40");
    }

    [Fact]
    public async Task A_cost_beyond_what_a_column_holds_is_kept_aside_not_counted()
    {
        await using var store = Create();

        var result = await store.AppendAsync(new InventedCall { Cost = new Usd((Int128)long.MaxValue + 1) }, new InventedCall { Key = "msg_2" });

        result.ShouldBe(new AppendResult(1, 0, 0, 1));
        (await store.CallsAsync()).ShouldHaveSingleItem();
        (await store.ConflictsAsync(Dimensions.LocalOrg)).ShouldHaveSingleItem().Reason.ShouldContain("cost");
    }

    [Fact]
    public async Task Telemetry_of_a_call_is_recognised_by_its_request()
    {
        await using var store = Create();
        await store.AppendAsync(new InventedCall { Request = "req_1" });

        var result = await store.AppendAsync(new InventedCall { Key = "telemetry-7", Request = "req_1", VaryingTime = false, At = Noon.AddSeconds(9) });

        result.ShouldBe(new AppendResult(0, 1, 0, 0));
        (await store.CallsAsync()).ShouldHaveSingleItem().Usage.Id.ShouldBe(new InventedCall().Rated().Usage.Id);
    }

    [Fact]
    public async Task Records_that_turn_out_to_be_one_call_are_counted_once_from_then_on()
    {
        await using var store = Create();
        await store.AppendAsync(new InventedCall { Key = "telemetry-7", Request = "req_1", VaryingTime = false });
        await store.AppendAsync(new InventedCall { At = Noon.AddSeconds(3) });
        (await store.CallsAsync()).Count.ShouldBe(2);

        var result = await store.AppendAsync(new InventedCall { Request = "req_1", At = Noon.AddSeconds(5) });

        result.ShouldBe(new AppendResult(0, 0, 1, 0));
        (await store.CallsAsync()).ShouldHaveSingleItem().Usage.OccurredAt.ShouldBe(Noon);
        (await store.SpendAsync(ByDay)).ShouldHaveSingleItem().Calls.ShouldBe(1);
    }

    [Fact]
    public async Task An_id_that_a_call_has_left_still_leads_to_it()
    {
        await using var store = Create();
        await store.AppendAsync(new InventedCall());
        await store.AppendAsync(new InventedCall { At = Noon.AddHours(-1) });
        await store.AppendAsync(new InventedCall { At = Noon.AddHours(-20) });

        var found = await store.Spending.FindAsync(Dimensions.LocalOrg, new InventedCall().Rated().Usage.Id.ToString(), 10, StoreUnderTest.Cancellation);

        found.ShouldHaveSingleItem().Usage.OccurredAt.ShouldBe(Noon.AddHours(-20));
    }

    [Fact]
    public async Task Positions_become_durable_with_their_events()
    {
        await using var store = Create();
        var first = Position("/logs/a.jsonl", 100, "{\"total\":1}");
        var second = Position("/logs/b.jsonl", 50, string.Empty);

        await store.Usage.AppendAsync(new([new InventedCall().Rated()], [first, second]), StoreUnderTest.Cancellation);
        await store.Usage.AppendAsync(new([new InventedCall { Key = "msg_2", File = "/logs/c.jsonl" }.Rated()], []), StoreUnderTest.Cancellation);
        await store.Usage.AppendAsync(new([], [Position("/logs/a.jsonl", 300, "{}")]), StoreUnderTest.Cancellation);

        var positions = await store.Usage.ReadPositionsAsync(StoreUnderTest.Cancellation);
        positions.Count.ShouldBe(2);
        positions["/logs/a.jsonl"].ShouldBe(Position("/logs/a.jsonl", 300, "{}"));
        positions["/logs/b.jsonl"].ShouldBe(second);
    }

    [Fact]
    public async Task A_batch_that_fails_in_the_middle_leaves_nothing()
    {
        await using var store = Create();
        await store.AppendAsync(new InventedCall { Key = "before", Project = "/srv/known" });
        var before = await store.DescribeAsync();
        RatedEvent[] whole = [.. Enumerable.Range(0, 50).Select(index => new InventedCall { Key = $"msg_{index}", Project = $"/srv/{index}" }.Rated())];

        await Should.ThrowAsync<IOException>(() => store.Usage.AppendPartsAsync(BreakingAsync(), StoreUnderTest.Cancellation));

        (await store.DescribeAsync()).ShouldBe(before);
        (await store.Usage.ReadPositionsAsync(StoreUnderTest.Cancellation)).ShouldBeEmpty();
        (await store.AppendAsync(whole)).Accepted.ShouldBe(50);
        (await store.SpendAsync(ByDay)).ShouldHaveSingleItem().Calls.ShouldBe(51);

        async IAsyncEnumerable<UsageBatch> BreakingAsync()
        {
            yield return new(whole[..49], [Position("/logs/a.jsonl", 100, string.Empty)]);
            await Task.Yield();
            throw new IOException("The batch broke.");
        }
    }

    [Fact]
    public async Task A_cancelled_batch_leaves_nothing()
    {
        await using var store = Create();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() =>
            store.Usage.AppendAsync(new([new InventedCall().Rated()], []), cancelled.Token));

        (await store.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_id_that_does_not_begin_with_the_time_is_a_bug_of_the_caller()
    {
        await using var store = Create();
        var rated = new InventedCall().Rated();
        var wrong = rated with { Usage = rated.Usage with { OccurredAt = Noon.AddSeconds(1) } };

        await Should.ThrowAsync<ArgumentException>(() => store.AppendAsync([wrong]));

        (await store.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_later_catalog_does_not_change_what_a_known_call_costs()
    {
        await using var store = Create();
        await store.AppendAsync(new InventedCall());

        await store.AppendAsync(new InventedCall { Cost = new Usd(1), Status = PricingStatus.Fallback, At = Noon.AddSeconds(-1) });

        (await store.CallsAsync()).ShouldHaveSingleItem().Rating.Cost.ShouldBe(new InventedCall().Rated().Rating.Cost);
    }

    protected abstract StoreUnderTest Create();

    private static LogPosition Position(string path, long offset, string state) =>
        new(new LogFile(path, offset + 5, 77, 1_790_000_000_000_000_001), -12_345, new(offset, offset / 10, state));
}
