using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Channels;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Metering;

/// <summary>What became of the events of one request, once that is durable. Whoever is done with it disposes it, and its room is used again.</summary>
/// <param name="events">The events with their prices, in the order they came.</param>
/// <param name="verdicts">What became of each, at the same index.</param>
public sealed class RecordedUsage(ArraySegment<RatedEvent> events, IReadOnlyList<AppendVerdict> verdicts) : IDisposable
{
    private ArraySegment<RatedEvent> events = events;

    /// <summary>The events with their prices, in the order they came.</summary>
    public IReadOnlyList<RatedEvent> Events => events;

    /// <summary>What became of each, at the same index.</summary>
    public IReadOnlyList<AppendVerdict> Verdicts { get; } = verdicts;

    /// <summary>
    /// Room for events with their prices. A thousand of them are a large object, and each of those that is made anew
    /// brings the next full collection nearer, in which everybody waits.
    /// </summary>
    internal static ArraySegment<RatedEvent> Rent(int count) => new(ArrayPool<RatedEvent>.Shared.Rent(count), 0, count);

    /// <inheritdoc/>
    public void Dispose()
    {
        var rented = events;
        events = ArraySegment<RatedEvent>.Empty;
        if (rented.Count > 0)
        {
            ArrayPool<RatedEvent>.Shared.Return(rented.Array!, clearArray: true);
        }
    }
}

/// <summary>
/// Takes usage from many callers at once and stores it by group commit: callers price their events on their own threads and
/// wait; one loop takes whatever waits and makes it durable in one transaction. Each caller is told of its own events after
/// that, so nothing that was acknowledged is lost. Disposing stores what waits and takes no more.
/// </summary>
public sealed class UsageIntake : IAsyncDisposable
{
    /// <summary>The most events that wait or are being stored; whoever would bring more is sent away.</summary>
    public const int QueueEventsMax = 65_536;

    /// <summary>A group takes no further request when it has so many events: those who are told go on while the next group is stored.</summary>
    private const int GroupEventsMax = 32_768;

    /// <summary>From so many events on a group is not worth waiting for: storing them takes far longer than their commit.</summary>
    private const int LargeGroupEvents = 1_024;

    /// <summary>A store that refuses so many requests in a row is down: the others are not kept waiting for the same refusal.</summary>
    private const int FailuresMax = 8;

    private static readonly Problem Full = new(ProblemKind.Unavailable, "intake_full", "More usage arrives than can be stored; send this request again in a second.");
    private static readonly Problem Closed = new(ProblemKind.Unavailable, "shutting_down", "This server is being stopped; send this request again in a few seconds.");

    private readonly IUsageStore store;
    private readonly Rater rater;
    private readonly SemaphoreSlim finished = new(0);
    private readonly SemaphoreSlim writers;
    private readonly ConcurrentStack<StoreGroup> idle = [];
    private int eventsInside;

    /// <summary>Every request brings at least one event, so the queue is never longer than the events it may hold.</summary>
    private readonly Channel<PendingUsage> queue =
        Channel.CreateBounded<PendingUsage>(new BoundedChannelOptions(QueueEventsMax) { SingleReader = true });

    /// <summary>Opens the intake.</summary>
    /// <param name="store">Where usage is kept.</param>
    /// <param name="rater">Prices the events; its policy should hold what has no price.</param>
    public UsageIntake(IUsageStore store, Rater rater)
    {
        (this.store, this.rater, writers) = (store, rater, new(store.WritersMax));
        _ = Task.Run(StoreAsync);
    }

    /// <summary>How many events wait or are being stored at this moment.</summary>
    public int EventsInside => Volatile.Read(ref eventsInside);

    /// <summary>Stores events and tells what became of each; durable when it completes.</summary>
    /// <param name="usage">Events that are acceptable, see <see cref="UsageRules"/>.</param>
    /// <param name="cancellationToken">Gives up waiting; what was handed over is stored nevertheless.</param>
    /// <returns>What became of them, or that there is no room at the moment.</returns>
    public async Task<Result<RecordedUsage>> RecordAsync(IReadOnlyList<UsageEvent> usage, CancellationToken cancellationToken)
    {
        if (usage.Count == 0)
        {
            return new RecordedUsage(ArraySegment<RatedEvent>.Empty, []);
        }

        if (Interlocked.Add(ref eventsInside, usage.Count) > QueueEventsMax)
        {
            Interlocked.Add(ref eventsInside, -usage.Count);
            return Full;
        }

        var pending = new PendingUsage(Rate(usage));
        if (!queue.Writer.TryWrite(pending))
        {
            Interlocked.Add(ref eventsInside, -usage.Count);
            return Closed;
        }

        return new RecordedUsage(pending.Events, await pending.Stored.Task.WaitAsync(cancellationToken));
    }

    /// <summary>Takes no more, and waits until everything that was taken is stored or has failed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (queue.Writer.TryComplete())
        {
            await finished.WaitAsync();
            finished.Dispose();
            writers.Dispose();
        }
    }

    private ArraySegment<RatedEvent> Rate(IReadOnlyList<UsageEvent> usage)
    {
        var rated = RecordedUsage.Rent(usage.Count);
        for (var index = 0; index < usage.Count; index++)
        {
            rated[index] = new(usage[index], rater.Rate(usage[index]), string.Empty);
        }

        return rated;
    }

    /// <summary>
    /// Stores what waits, as long as something comes. Small groups one after the other: what arrives meanwhile shares the
    /// next commit. Large ones side by side where the store can, for they gain nothing by growing. A group is made when
    /// the store turns to it, so that it holds all that came until then.
    /// </summary>
    private async Task StoreAsync()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            await writers.WaitAsync();
            if (!idle.TryPop(out var group))
            {
                group = new(store, queue.Reader);
            }

            var taken = group.Taken;
            var storing = Task.Run(() => StoreAsync(group));
            if (await taken.Task.WaitAsync(CancellationToken.None) < LargeGroupEvents)
            {
                await storing;
            }
        }

        for (var writer = 0; writer < store.WritersMax; writer++)
        {
            await writers.WaitAsync();
        }

        finished.Release();
    }

    private async Task StoreAsync(StoreGroup group)
    {
        await group.StoreAsync();
        Interlocked.Add(ref eventsInside, -group.EventCount);
        group.Clear();
        idle.Push(group);
        writers.Release();
    }

    /// <summary>The events of one request, and who waits for them.</summary>
    private sealed class PendingUsage(ArraySegment<RatedEvent> events)
    {
        public ArraySegment<RatedEvent> Events { get; } = events;

        /// <summary>What became of the events. Whoever waits goes on elsewhere: the loop never runs a caller's code.</summary>
        public TaskCompletionSource<AppendVerdict[]> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>The requests that become durable together. Reused from group to group.</summary>
    private sealed class StoreGroup(IUsageStore store, ChannelReader<PendingUsage> queue)
    {
        private readonly List<PendingUsage> requests = [];
        private readonly List<RatedEvent> events = [];
        private AppendVerdict[] verdicts = [];

        public int EventCount { get; private set; }

        /// <summary>How many events it holds, as soon as that is known.</summary>
        public TaskCompletionSource<int> Taken { get; private set; } = NewTaken();

        public void Clear()
        {
            requests.Clear();
            EventCount = 0;
            Taken = NewTaken();
        }

        /// <summary>Takes what waits, stores it and tells every request of it; never throws.</summary>
        public async Task StoreAsync()
        {
            try
            {
                await AppendAsync(requests, TakeAndJoin());
            }
            catch (Exception failure)
            {
                Take();
                await StoreOneByOneAsync(failure);
            }
        }

        /// <summary>What waits, taken when the store asks for it.</summary>
        private IEnumerable<UsageBatch> TakeAndJoin()
        {
            Take();
            yield return Join(requests);
        }

        /// <summary>Does nothing when it has taken already.</summary>
        private void Take()
        {
            if (Taken.Task.IsCompleted)
            {
                return;
            }

            while (EventCount < GroupEventsMax && queue.TryRead(out var pending))
            {
                requests.Add(pending);
                EventCount += pending.Events.Count;
            }

            Taken.SetResult(EventCount);
        }

        /// <summary>Whatever the group failed by, only the requests that fail alone are told so.</summary>
        private async Task StoreOneByOneAsync(Exception failure)
        {
            var failures = requests.Count == 1 ? FailuresMax : 0;
            foreach (var pending in requests)
            {
                if (failures >= FailuresMax)
                {
                    pending.Stored.TrySetException(failure);
                    continue;
                }

                try
                {
                    await AppendAsync([pending], [Join([pending])]);
                    failures = 0;
                }
                catch (Exception thrown)
                {
                    failures++;
                    failure = thrown;
                    pending.Stored.TrySetException(thrown);
                }
            }
        }

        private static TaskCompletionSource<int> NewTaken() => new(TaskCreationOptions.RunContinuationsAsynchronously);

        private UsageBatch Join(List<PendingUsage> together)
        {
            events.Clear();
            foreach (var pending in together)
            {
                events.AddRange(pending.Events);
            }

            if (verdicts.Length < events.Count)
            {
                verdicts = new AppendVerdict[Math.Max(events.Count, verdicts.Length * 2)];
            }

            return new(events, []) { Verdicts = verdicts };
        }

        private async Task AppendAsync(List<PendingUsage> together, IEnumerable<UsageBatch> joined)
        {
            await store.AppendPartsAsync(joined.ToAsyncEnumerable(), CancellationToken.None);
            var from = 0;
            foreach (var pending in together)
            {
                pending.Stored.SetResult(verdicts[from..(from + pending.Events.Count)]);
                from += pending.Events.Count;
            }
        }
    }
}
