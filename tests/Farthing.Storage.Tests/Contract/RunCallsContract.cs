using System.Globalization;
using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Tests.Contract;

/// <summary>What every store keeps about the run of a call, and what it tells about each event of a batch.</summary>
public abstract class RunCallsContract
{
    private static readonly DateTimeOffset Noon = InventedCall.Noon;

    [Fact]
    public async Task The_calls_of_a_run_come_in_order_of_time_and_none_of_others()
    {
        await using var store = Create();
        var calls = Enumerable.Range(0, 30).Select(index => new InventedCall
        {
            Key = index.ToString(CultureInfo.InvariantCulture),
            At = Noon.AddMilliseconds(index * 7919 % 5_000),
            Run = index % 3 == 0 ? "run-1" : index % 3 == 1 ? "run-2" : string.Empty,
            Duration = index,
        }).ToArray();
        await store.AppendAsync(calls);
        var expected = calls.Where(call => call.Run == "run-1").OrderBy(call => call.At).Select(call => (call.At, call.Duration)).ToList();

        (await Read("run-1")).ShouldBe(expected);
        (await Read("run-1", 4)).ShouldBe(expected.Take(4));
        (await Read("run")).ShouldBeEmpty();
        (await Read(string.Empty)).ShouldBeEmpty();

        async Task<IEnumerable<(DateTimeOffset, long?)>> Read(string run, int limit = 100) =>
            (await OfRun(store, run, limit: limit)).Select(call => (call.Usage.OccurredAt, call.Usage.DurationMilliseconds));
    }

    [Fact]
    public async Task A_run_of_another_organisation_is_not_seen()
    {
        await using var store = Create();
        await store.AppendAsync(new InventedCall { Run = "run-1" }, new InventedCall { Run = "run-1", Org = "other", Output = 7 });

        (await OfRun(store, "run-1")).ShouldHaveSingleItem().Usage.Tokens.Output.ShouldBe(100);
        (await OfRun(store, "run-1", "other")).ShouldHaveSingleItem().Usage.Tokens.Output.ShouldBe(7);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_only_one_record_of_a_call_knows_is_kept(bool knownFirst)
    {
        await using var store = Create();
        var (knowing, plain) = (new InventedCall { Run = "run-1", Duration = 70 }, new InventedCall());

        await store.AppendAsync(knownFirst ? knowing : plain);
        var result = await store.AppendAsync(knownFirst ? plain : knowing);

        result.ShouldBe(new AppendResult(0, 1, 0, 0));
        var call = (await OfRun(store, "run-1")).ShouldHaveSingleItem();
        (call.Usage.Run, call.Usage.DurationMilliseconds).ShouldBe(("run-1", 70));
        (await store.CallsAsync()).ShouldHaveSingleItem().Usage.ShouldBe(call.Usage);
        (await store.AppendAsync(knowing, plain)).ShouldBe(new AppendResult(0, 2, 0, 0));
    }

    [Fact]
    public async Task The_same_figures_under_another_run_are_a_conflict()
    {
        await using var store = Create();
        await store.AppendAsync(new InventedCall { Run = "run-1" });

        (await store.AppendAsync(new InventedCall { Run = "run-2" })).ShouldBe(new AppendResult(0, 0, 0, 1));

        (await OfRun(store, "run-2")).ShouldBeEmpty();
        (await store.ConflictsAsync(Dimensions.LocalOrg)).ShouldHaveSingleItem().Payload.ShouldContain("run=run-2");
    }

    [Fact]
    public async Task Another_persons_record_of_a_call_is_kept_aside_whatever_it_says()
    {
        await using var store = Create();
        var known = new InventedCall { Run = "run-1", User = "ada", Request = "req-1", VaryingTime = false };
        await store.AppendAsync(known);
        InventedCall[] others =
        [
            known with { User = "bob", Run = string.Empty, Output = 1_000_000 },
            known with { User = "bob", Run = string.Empty, Output = 1, At = known.At.AddHours(-1) },
            known with { User = "bob", Run = string.Empty, Key = "msg_2", Output = 1_000_000 },
            known with { User = string.Empty, Run = string.Empty, Output = 1_000_000 },
        ];

        foreach (var other in others)
        {
            (await store.AppendAsync(other)).ShouldBe(new AppendResult(0, 0, 0, 1));
        }

        (await store.CallsAsync()).ShouldHaveSingleItem().Usage.Dimensions.User.ShouldBe("ada");
        (await OfRun(store, "run-1")).ShouldHaveSingleItem().Usage.Tokens.Output.ShouldBe(100);
    }

    [Fact]
    public async Task A_record_that_would_join_the_calls_of_two_people_changes_neither()
    {
        await using var store = Create();
        await store.AppendAsync(new InventedCall { Key = "hers", User = "ada", Request = "req-1" }, new InventedCall { Key = "his", User = "bob" });

        (await store.AppendAsync(new InventedCall { Key = "his", User = "bob", Request = "req-1", Output = 500 })).ShouldBe(new AppendResult(0, 0, 0, 1));

        (await store.CallsAsync()).Select(call => (call.Usage.Dimensions.User, call.Usage.Tokens.Output)).ShouldBe([("ada", 100), ("bob", 100)], ignoreOrder: true);
    }

    [Fact]
    public async Task Each_event_of_a_batch_learns_what_became_of_it_in_the_order_of_the_events()
    {
        await using var store = Create();
        await store.AppendAsync(new InventedCall { Key = "known" }, new InventedCall { Key = "placeholder", Output = 1 });
        InventedCall[] calls =
        [
            new() { Key = "new-2", At = Noon.AddHours(1) },
            new() { Key = "known" },
            new() { Key = "new-1", VaryingTime = false },
            new() { Key = "placeholder", Output = 90 },
            new() { Key = "new-1", VaryingTime = false },
            new() { Key = "known", Input = 30, Output = 40 },
            new() { Key = "dear", Cost = new((Int128)long.MaxValue + 1) },
        ];
        var verdicts = new AppendVerdict[calls.Length + 1];

        var result = await store.Usage.AppendAsync(
            new([.. calls.Select(call => call.Rated())], []) { Verdicts = verdicts }, StoreUnderTest.Cancellation);

        verdicts[..calls.Length].ShouldBe(
        [
            AppendVerdict.Accepted, AppendVerdict.Duplicate, AppendVerdict.Accepted, AppendVerdict.Superseded,
            AppendVerdict.Duplicate, AppendVerdict.Conflict, AppendVerdict.Conflict,
        ]);
        result.ShouldBe(new AppendResult(2, 2, 1, 2));
    }

    [Fact]
    public async Task Batches_that_become_durable_together_each_learn_their_own_verdicts()
    {
        await using var store = Create();
        var (first, second) = (new AppendVerdict[2], new AppendVerdict[2]);
        UsageBatch[] parts =
        [
            new([new InventedCall { Key = "1" }.Rated(), new InventedCall { Key = "2" }.Rated()], []) { Verdicts = first },
            new([new InventedCall { Key = "2" }.Rated(), new InventedCall { Key = "3" }.Rated()], []) { Verdicts = second },
        ];

        await store.Usage.AppendPartsAsync(parts.ToAsyncEnumerable(), StoreUnderTest.Cancellation);

        first.ShouldBe([AppendVerdict.Accepted, AppendVerdict.Accepted]);
        second.ShouldBe([AppendVerdict.Duplicate, AppendVerdict.Accepted]);
    }

    protected abstract StoreUnderTest Create();

    private static Task<IReadOnlyList<Workflows.Spending.PricedCall>> OfRun(
        StoreUnderTest store, string run, string org = Dimensions.LocalOrg, int limit = 100) =>
        store.Spending.RunCallsAsync(org, run, limit, StoreUnderTest.Cancellation);
}
