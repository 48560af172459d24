using System.Data.Common;
using System.Threading.Channels;

namespace Farthing.Workflows.Crediting;

/// <summary>
/// The door to the ledger. Requests that wait at the same time share one commit: a loop takes what is waiting, does it in
/// one transaction, and answers when it is durable. Requests of one organisation always meet the same loop, so a hot
/// wallet is a full batch and never a queue for a lock.
/// </summary>
public sealed class CreditLedger : IAsyncDisposable
{
    /// <summary>The most requests in one transaction.</summary>
    public const int BatchMax = 512;

    /// <summary>The most requests that wait at one loop; more are refused and may come again.</summary>
    public const int WaitingMax = 65_536;

    private const int ParallelLoops = 2;
    private const int GatheringTurnsMax = 512;
    private const int TriesMax = 5;

    /// <summary>A store that fails so often in a row is down: a try may take as long as a connection is waited for.</summary>
    private const int FailuresMax = 3;

    private readonly ILedgerStore store;
    private readonly Loop[] loops;

    /// <summary>Starts the loops.</summary>
    public CreditLedger(ILedgerStore store)
    {
        this.store = store;
        loops = [.. Enumerable.Range(0, store.AppliesInParallel ? ParallelLoops : 1).Select(_ => new Loop(this))];
    }

    /// <summary>
    /// Does a request; when the task completes its answer is durable and stands in it.
    /// </summary>
    /// <returns>Null, or why nothing was done: it was not even tried, or no account could count that far.</returns>
    /// <exception cref="IOException">The store failed. Whether it was done is unknown; asking again with the same ids tells.</exception>
    public async Task<Problem?> PostAsync(LedgerRequest request, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(request);
        if (!loops[PlaceOf(request)].TryAdd(waiting))
        {
            return new(ProblemKind.Unavailable, "ledger_busy", "Too many requests are waiting for the ledger; try again in a second.");
        }

        return await waiting.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Does a request and tells its answer; for callers without idempotency keys.</summary>
    public async Task<Result<T>> AskAsync<T>(LedgerRequest<T> request, CancellationToken cancellationToken) =>
        await PostAsync(request, cancellationToken) is { } problem ? problem : request.Result;

    /// <summary>Finishes what is waiting and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var loop in loops)
        {
            await loop.StopAsync();
        }
    }

    /// <summary>By organisation: its transactions form one chain, so units of it wait for each other anyway.</summary>
    private int PlaceOf(LedgerRequest request) => (StringComparer.Ordinal.GetHashCode(request.Org) & int.MaxValue) % loops.Length;

    private async Task ApplyAsync(IReadOnlyList<Waiting> batch, Loop loop)
    {
        try
        {
            await ApplyInTurnAsync([.. batch.Select(waiting => waiting.Request)]);
        }
        catch (Exception failure)
        {
            await ApplyOneByOneAsync(batch, loop, failure);
            return;
        }

        loop.Failures = 0;
        foreach (var waiting in batch)
        {
            waiting.Done.SetResult(null);
        }
    }

    /// <summary>
    /// One request may have spoilt it for all: each by itself. Unless the store is down; then nobody is kept waiting for the
    /// failure that the one before had.
    /// </summary>
    private async Task ApplyOneByOneAsync(IReadOnlyList<Waiting> batch, Loop loop, Exception failure)
    {
        if (batch.Count == 1 && failure is OverflowException)
        {
            batch[0].Done.SetResult(Refusals.AccountFull);
            return;
        }

        if (batch.Count == 1 || (loop.Failures >= FailuresMax && IsOutage(failure)))
        {
            loop.Note(failure);
            foreach (var waiting in batch)
            {
                waiting.Done.SetException(failure);
            }

            return;
        }

        loop.Failures = IsOutage(failure) ? loop.Failures : 0;
        foreach (var waiting in batch)
        {
            if (loop.Failures >= FailuresMax)
            {
                waiting.Done.SetException(failure);
                continue;
            }

            try
            {
                await ApplyInTurnAsync([waiting.Request]);
                loop.Failures = 0;
                waiting.Done.SetResult(null);
            }
            catch (OverflowException)
            {
                waiting.Done.SetResult(Refusals.AccountFull);
            }
            catch (Exception thrown)
            {
                loop.Note(thrown);
                failure = thrown;
                waiting.Done.SetException(thrown);
            }
        }
    }

    /// <summary>Whether the store failed, and not the request.</summary>
    private static bool IsOutage(Exception failure) => failure is (IOException or DbException or TimeoutException) and not LedgerRaceException;

    /// <summary>Does requests again as long as others are faster, within reason.</summary>
    private async Task ApplyInTurnAsync(LedgerRequest[] requests)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await store.ApplyAsync(requests, CancellationToken.None);
                return;
            }
            catch (LedgerRaceException) when (tries < TriesMax)
            {
                // Somebody else was faster; the next try sees what they did.
            }
        }
    }

    private sealed class Waiting(LedgerRequest request)
    {
        public LedgerRequest Request => request;

        public TaskCompletionSource<Problem?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Loop
    {
        private readonly Channel<Waiting> waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });
        private readonly CreditLedger ledger;
        private readonly Task running;

        public Loop(CreditLedger ledger)
        {
            this.ledger = ledger;
            running = Task.Run(RunAsync);
        }

        /// <summary>How often in a row the store has failed; it is down when that is often.</summary>
        public int Failures { get; set; }

        /// <summary>Counts a failure of the store; one of a request says nothing about it.</summary>
        public void Note(Exception failure) => Failures += IsOutage(failure) ? 1 : 0;

        public bool TryAdd(Waiting request) => waiting.Writer.TryWrite(request);

        public Task StopAsync()
        {
            waiting.Writer.TryComplete();
#pragma warning disable VSTHRD003 // The loop is this object's own and waits for nobody who waits for it.
            return running;
#pragma warning restore VSTHRD003
        }

        private async Task RunAsync()
        {
            var batch = new List<Waiting>(BatchMax);
            while (await waiting.Reader.WaitToReadAsync())
            {
                batch.Clear();
                while (batch.Count < BatchMax && waiting.Reader.TryRead(out var next))
                {
                    batch.Add(next);
                }

                await ledger.ApplyAsync(batch, this);
                await GatherAsync(Math.Min(BatchMax, waiting.Reader.Count + batch.Count));
            }
        }

        /// <summary>
        /// Lets those who were answered just now ask again before the next batch is taken, instead of waiting for the one
        /// after it, as long as they keep coming: a batch of all costs little more than one of half of them. Nobody is
        /// waited for: when nothing else wants the processor, this is over in microseconds.
        /// </summary>
        private async Task GatherAsync(int wanted)
        {
            var come = waiting.Reader.Count;
            for (var turn = 0; turn < GatheringTurnsMax && come < wanted; turn++)
            {
                await Task.Yield();
                if (waiting.Reader.Count > come)
                {
                    (come, turn) = (waiting.Reader.Count, 0);
                }
            }
        }
    }
}
