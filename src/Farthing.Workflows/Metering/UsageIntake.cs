using System.Threading.Channels;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Metering;

/// <summary>What became of the events of one request, once that is durable.</summary>
/// <param name="Events">The events with their prices, in the order they came.</param>
/// <param name="Verdicts">What became of each, at the same index.</param>
public sealed record RecordedUsage(IReadOnlyList<RatedEvent> Events, IReadOnlyList<AppendVerdict> Verdicts);

/// <summary>
/// Takes usage from many callers at once and stores it by group commit: callers price their events on their own threads and
/// wait; one loop takes whatever waits and makes it durable in one transaction. Each caller is told of its own events after
/// that, so nothing that was acknowledged is lost. Disposing stores what waits and takes no more.
/// </summary>
public sealed class UsageIntake : IAsyncDisposable
{
    /// <summary>The most events that wait or are being stored; whoever would bring more is sent away.</summary>
    public const int QueueEventsMax = 65_536;

    /// <summary>A store that refuses so many requests in a row is down: the others are not kept waiting for the same refusal.</summary>
    private const int FailuresMax = 8;

    private static readonly Problem Full = new(ProblemKind.Unavailable, "intake_full", "More usage arrives than can be stored; send this request again in a second.");
    private static readonly Problem Closed = new(ProblemKind.Unavailable, "shutting_down", "This server is being stopped; send this request again in a few seconds.");

    private readonly IUsageStore store;
    private readonly Rater rater;
    private readonly SemaphoreSlim finished = new(0);
    private readonly List<PendingUsage> group = [];
    private readonly List<RatedEvent> events = [];
    private AppendVerdict[] verdicts = [];
    private int eventsInside;

    /// <summary>Every request brings at least one event, so the queue is never longer than the events it may hold.</summary>
    private readonly Channel<PendingUsage> queue =
        Channel.CreateBounded<PendingUsage>(new BoundedChannelOptions(QueueEventsMax) { SingleReader = true });

    /// <summary>Opens the intake.</summary>
    /// <param name="store">Where usage is kept.</param>
    /// <param name="rater">Prices the events; its policy should hold what has no price.</param>
    public UsageIntake(IUsageStore store, Rater rater)
    {
        (this.store, this.rater) = (store, rater);
        _ = Task.Run(StoreAsync);
    }

    /// <summary>Stores events and tells what became of each; durable when it completes.</summary>
    /// <param name="usage">Events that are acceptable, see <see cref="UsageRules"/>.</param>
    /// <param name="cancellationToken">Gives up waiting; what was handed over is stored nevertheless.</param>
    /// <returns>What became of them, or that there is no room at the moment.</returns>
    public async Task<Result<RecordedUsage>> RecordAsync(IReadOnlyList<UsageEvent> usage, CancellationToken cancellationToken)
    {
        if (usage.Count == 0)
        {
            return new RecordedUsage([], []);
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
        }
    }

    private RatedEvent[] Rate(IReadOnlyList<UsageEvent> usage)
    {
        var rated = new RatedEvent[usage.Count];
        for (var index = 0; index < rated.Length; index++)
        {
            rated[index] = new(usage[index], rater.Rate(usage[index]), string.Empty);
        }

        return rated;
    }

    private async Task StoreAsync()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            while (queue.Reader.TryRead(out var pending))
            {
                group.Add(pending);
            }

            await StoreGroupAsync();
            var stored = group.Sum(static pending => pending.Events.Length);
            group.Clear();
            Interlocked.Add(ref eventsInside, -stored);
        }

        finished.Release();
    }

    private async Task StoreGroupAsync()
    {
        try
        {
            await AppendAsync(group);
        }
        catch (Exception failure)
        {
            await StoreOneByOneAsync(failure);
        }
    }

    /// <summary>Whatever the group failed by, only the requests that fail alone are told so.</summary>
    private async Task StoreOneByOneAsync(Exception failure)
    {
        var failures = group.Count == 1 ? FailuresMax : 0;
        foreach (var pending in group)
        {
            if (failures >= FailuresMax)
            {
                pending.Stored.SetException(failure);
                continue;
            }

            try
            {
                await AppendAsync([pending]);
                failures = 0;
            }
            catch (Exception thrown)
            {
                failures++;
                failure = thrown;
                pending.Stored.SetException(thrown);
            }
        }
    }

    private async Task AppendAsync(List<PendingUsage> requests)
    {
        events.Clear();
        foreach (var pending in requests)
        {
            events.AddRange(pending.Events);
        }

        if (verdicts.Length < events.Count)
        {
            verdicts = new AppendVerdict[Math.Max(events.Count, verdicts.Length * 2)];
        }

        await store.AppendAsync(new(events, []) { Verdicts = verdicts }, CancellationToken.None);
        var from = 0;
        foreach (var pending in requests)
        {
            pending.Stored.SetResult(verdicts[from..(from + pending.Events.Length)]);
            from += pending.Events.Length;
        }
    }

    /// <summary>The events of one request, and who waits for them.</summary>
    private sealed class PendingUsage(RatedEvent[] events)
    {
        public RatedEvent[] Events { get; } = events;

        /// <summary>What became of the events. Whoever waits goes on elsewhere: the loop never runs a caller's code.</summary>
        public TaskCompletionSource<AppendVerdict[]> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
