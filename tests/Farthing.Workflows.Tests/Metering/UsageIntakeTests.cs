using System.Collections.Concurrent;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Pricing;

namespace Farthing.Workflows.Tests.Metering;

public sealed class UsageIntakeTests
{
    private const string Poison = "poison";

    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_that_wait_share_one_commit()
    {
        using var store = new GatedStore();
        await using var intake = Open(store);
        var first = intake.RecordAsync([Call("first")], Cancellation);
        await store.Entered.WaitAsync(Cancellation);

        var waiting = Enumerable.Range(0, 50).Select(index => intake.RecordAsync([Call($"a{index}"), Call($"b{index}")], Cancellation)).ToList();
        store.Open();
        await Task.WhenAll([first, .. waiting]);

        store.Batches.ShouldBe([1, 100]);
    }

    [Fact]
    public async Task Large_groups_are_stored_side_by_side_where_the_store_can()
    {
        using var store = new GatedStore { WritersMax = 2 };
        await using var intake = Open(store);

        var first = intake.RecordAsync([.. Enumerable.Repeat(Call("a"), 2_000)], Cancellation);
        await store.Entered.WaitAsync(Cancellation);
        var second = intake.RecordAsync([.. Enumerable.Repeat(Call("b"), 2_000)], Cancellation);
        await store.Entered.WaitAsync(Cancellation);
        store.Open();
        await Task.WhenAll(first, second);

        store.Batches.ShouldBe([2_000, 2_000]);
    }

    [Fact]
    public async Task A_group_ends_where_others_could_go_on_meanwhile()
    {
        using var store = new GatedStore();
        await using var intake = Open(store);
        var first = intake.RecordAsync([Call("first")], Cancellation);
        await store.Entered.WaitAsync(Cancellation);

        var waiting = Enumerable.Range(0, 60).Select(index => intake.RecordAsync([.. Enumerable.Repeat(Call($"a{index}"), 1_000)], Cancellation)).ToList();
        store.Open();
        await Task.WhenAll([first, .. waiting]);

        store.Batches.ShouldBe([1, 33_000, 27_000]);
    }

    [Fact]
    public async Task A_full_queue_sends_away_and_takes_again_when_there_is_room()
    {
        using var store = new GatedStore();
        await using var intake = Open(store);
        var first = intake.RecordAsync([Call("first")], Cancellation);
        await store.Entered.WaitAsync(Cancellation);
        var filling = intake.RecordAsync([.. Enumerable.Repeat(Call("b"), UsageIntake.QueueEventsMax - 1)], Cancellation);

        var refused = await intake.RecordAsync([Call("c")], Cancellation);
        store.Open();
        await Task.WhenAll(first, filling);

        refused.Problem!.Code.ShouldBe("intake_full");
        (await RecordWhenThereIsRoomAsync(intake)).Verdicts.ShouldBe([AppendVerdict.Accepted]);
    }

    [Fact]
    public async Task One_request_that_fails_does_not_fail_its_neighbours()
    {
        using var store = new GatedStore();
        await using var intake = Open(store);
        var first = intake.RecordAsync([Call("first")], Cancellation);
        await store.Entered.WaitAsync(Cancellation);
        var good = Enumerable.Range(0, 5).Select(index => intake.RecordAsync([Call($"a{index}")], Cancellation)).ToList();
        var bad = intake.RecordAsync([Call("x"), Call(Poison)], Cancellation);

        store.Open();

        (await Task.WhenAll([first, .. good])).ShouldAllBe(static result => result.Succeeded);
        await Should.ThrowAsync<IOException>(bad);
        store.Batches.ShouldBe([1, 1, 1, 1, 1, 1]);
    }

    [Fact]
    public async Task A_store_that_is_down_fails_everybody_who_waits()
    {
        using var store = new GatedStore();
        await using var intake = Open(store);
        var first = intake.RecordAsync([Call("first")], Cancellation);
        await store.Entered.WaitAsync(Cancellation);
        var waiting = Enumerable.Range(0, 100).Select(_ => intake.RecordAsync([Call(Poison)], Cancellation)).ToList();

        store.Open();

        (await first).Succeeded.ShouldBeTrue();
        foreach (var one in waiting)
        {
            await Should.ThrowAsync<IOException>(one);
        }

        // All together, then eight alone; the rest are not asked for.
        store.Failures.ShouldBe(9);
    }

    [Fact]
    public async Task Closing_stores_what_waits_and_takes_no_more()
    {
        using var store = new GatedStore();
        var intake = Open(store);
        var first = intake.RecordAsync([Call("first")], Cancellation);
        await store.Entered.WaitAsync(Cancellation);
        var waiting = intake.RecordAsync([Call("a")], Cancellation);

        var closing = intake.DisposeAsync();
        var late = await intake.RecordAsync([Call("late")], Cancellation);
        store.Open();
        await closing;

        late.Problem!.Code.ShouldBe("shutting_down");
        (await Task.WhenAll(first, waiting)).ShouldAllBe(static result => result.Succeeded);
        store.Batches.ShouldBe([1, 1]);
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_stored_nevertheless()
    {
        using var store = new GatedStore();
        var intake = Open(store);
        using var patience = new CancellationTokenSource();
        var waiting = intake.RecordAsync([Call("a")], patience.Token);
        await store.Entered.WaitAsync(Cancellation);

        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        store.Open();
        await intake.DisposeAsync();

        store.Batches.ShouldBe([1]);
    }

    [Fact]
    public async Task What_has_no_price_is_held()
    {
        using var store = new GatedStore();
        store.Open();
        await using var intake = Open(store);

        var recorded = await intake.RecordAsync([Call("a") with { Dimensions = new() { Model = "model-of-tomorrow" } }], Cancellation);

        recorded.Value.Events[0].Rating.Card.Status.ShouldBe(PricingStatus.Unpriced);
    }

    private static UsageIntake Open(IUsageStore store) => new(store, new Rater(EmbeddedCatalog.Load(), UnknownModelPolicy.Hold));

    private static UsageEvent Call(string id) => new()
    {
        Id = EventId.Create(Noon, "local", "api", id),
        OccurredAt = Noon,
        Dimensions = new() { Model = "claude-sonnet-4-5", User = id },
        Session = new(string.Empty, string.Empty, string.Empty),
        Tokens = new() { Input = 1 },
    };

    /// <summary>The room is given back a moment after the senders are told.</summary>
    private static async Task<RecordedUsage> RecordWhenThereIsRoomAsync(UsageIntake intake)
    {
        while (true)
        {
            var result = await intake.RecordAsync([Call("d")], Cancellation);
            if (result.Succeeded)
            {
                return result.Value;
            }

            await Task.Yield();
        }
    }

    /// <summary>A store that waits until it is opened, and fails over one event.</summary>
    private sealed class GatedStore : IUsageStore, IDisposable
    {
        private const int Endless = 1_000_000;
        private readonly SemaphoreSlim gate = new(0);
        private readonly ConcurrentQueue<int> batches = [];

        public int WritersMax { get; init; } = 1;

        public SemaphoreSlim Entered { get; } = new(0);

        public IReadOnlyCollection<int> Batches => batches;

        public int Failures { get; private set; }

        public void Open() => gate.Release(Endless);

        public void Dispose()
        {
            gate.Dispose();
            Entered.Dispose();
        }

        public Task<IReadOnlyDictionary<string, LogPosition>> ReadPositionsAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public async Task<AppendResult> AppendPartsAsync(IAsyncEnumerable<UsageBatch> parts, CancellationToken cancellationToken)
        {
            var batch = await parts.ToListAsync(cancellationToken);
            Entered.Release();
            await gate.WaitAsync(cancellationToken);
            var accepted = 0;
            foreach (var part in batch)
            {
                if (part.Events.Any(static rated => rated.Usage.Dimensions.User == Poison))
                {
                    Failures++;
                    throw new IOException("The disk is full.");
                }

                Array.Fill(part.Verdicts!, AppendVerdict.Accepted, 0, part.Events.Count);
                accepted += part.Events.Count;
            }

            batches.Enqueue(accepted);
            return new(accepted, 0, 0, 0);
        }
    }
}
