using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Metering;

/// <summary>
/// Reads what is new in the logs of this machine's agents, prices it and keeps it. Workers read files while one writer
/// stores finished batches; events and the positions of their files become durable together, so that an import that is
/// killed at any moment is completed by the next one.
/// </summary>
public sealed class ImportLogs(ILogFiles files, IUsageStore store, Func<Rater> rater, TimeProvider time)
{
    /// <summary>Events are handed to the store in parts of about this many.</summary>
    public const int PartEventsMax = 8_192;

    /// <summary>A batch becomes durable when it holds this many events.</summary>
    public const int BatchEventsMax = 65_536;

    /// <summary>Finished files that may wait for the writer.</summary>
    public const int FilesWaitingMax = 256;

    /// <summary>Imports everything that changed since the last time.</summary>
    /// <param name="selections">Which logs, where.</param>
    /// <param name="progress">Told after each file; null when nobody looks.</param>
    /// <param name="cancellationToken">Stops between files; what was stored stays stored.</param>
    public async Task<ImportSummary> RunAsync(
        IReadOnlyList<LogSelection> selections, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var warnings = new WarningList();
        var positions = await store.ReadPositionsAsync(cancellationToken);
        var plan = ImportPlan.Make(files, selections, positions, (path, reason) => warnings.Add(path, 0, reason));
        var written = plan.Changed.Count == 0 ? default : await ReadAndStoreAsync(plan, warnings, progress, cancellationToken);
        return new()
        {
            FilesByRoot = plan.FilesByRoot,
            FilesRead = plan.Changed.Count,
            BytesRead = plan.Changed.Sum(item => item.NewBytes),
            Records = written.Records,
            RecordsByAgent = written.ByAgent ?? [],
            Warnings = warnings.Kept,
            WarningCount = warnings.Count,
        };
    }

    private async Task<Written> ReadAndStoreAsync(
        ImportPlan plan, WarningList warnings, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var finished = Channel.CreateBounded<FileReading>(new BoundedChannelOptions(FilesWaitingMax) { SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAllAsync(plan, finished.Writer, warnings, stop.Token);
        try
        {
            return await StoreAsync(plan, finished.Reader, warnings, progress, stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    // Never throws: a failure travels through the channel to the one who stores.
    private async Task ReadAllAsync(ImportPlan plan, ChannelWriter<FileReading> finished, WarningList warnings, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await Parallel.ForEachAsync(
                plan.Changed,
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
                (item, token) => finished.WriteAsync(LogFileReading.Read(files, plan, item, warnings), token));
        }
        catch (Exception thrown)
        {
            failure = thrown;
        }

        finished.Complete(failure);
    }

    private async Task<Written> StoreAsync(
        ImportPlan plan, ChannelReader<FileReading> finished, WarningList warnings, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var batch = new BatchBuilder(rater(), time.GetUtcNow(), warnings);
        var told = new ProgressCount(plan, progress);
        var records = default(AppendResult);
        while (await finished.WaitToReadAsync(cancellationToken))
        {
            records += await store.AppendPartsAsync(PartsAsync(finished, batch, told, cancellationToken), cancellationToken);
        }

        return new(records, batch.ByAgent);
    }

    // One batch in parts: each is written while the workers go on reading.
    private static async IAsyncEnumerable<UsageBatch> PartsAsync(
        ChannelReader<FileReading> finished, BatchBuilder batch, ProgressCount told, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var handedOver = 0; handedOver < BatchEventsMax && await finished.WaitToReadAsync(cancellationToken);)
        {
            while (batch.EventCount < PartEventsMax && finished.TryRead(out var reading))
            {
                batch.Add(reading);
                told.Add(reading);
            }

            if (batch.EventCount >= PartEventsMax)
            {
                handedOver += batch.EventCount;
                yield return batch.Take();
            }
        }

        yield return batch.Take();
    }

    private sealed class ProgressCount(ImportPlan plan, IProgress<ImportProgress>? progress)
    {
        private readonly long bytesTotal = plan.Changed.Sum(item => item.NewBytes);
        private int filesDone;
        private long bytesDone;

        public void Add(FileReading reading)
        {
            bytesDone += reading.Item.NewBytes;
            progress?.Report(new(++filesDone, plan.Changed.Count, bytesDone, bytesTotal));
        }
    }

    private readonly record struct Written(AppendResult Records, Dictionary<string, int> ByAgent);
}

/// <summary>Gathers what becomes durable together: prices events and refuses those that cannot be true.</summary>
internal sealed class BatchBuilder(Rater rater, DateTimeOffset now, WarningList warnings)
{
    private List<RatedEvent> events = [];
    private List<LogPosition> positions = [];

    /// <summary>Events waiting to be stored.</summary>
    public int EventCount => events.Count;

    /// <summary>Records read by agent.</summary>
    public Dictionary<string, int> ByAgent { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds one file's events and its position.</summary>
    public void Add(FileReading reading)
    {
        var (counted, mayComeTrue) = (0, false);
        foreach (var usage in reading.Events)
        {
            if (UsageRules.Refusal(usage, now) is { } refusal)
            {
                warnings.Add(reading.Item.File.Path, usage.Line, refusal);
                mayComeTrue |= UsageRules.IsInFuture(usage, now);
                continue;
            }

            events.Add(new(usage, rater.Rate(usage), reading.Item.File.Path));
            counted++;
        }

        ByAgent[reading.Item.Log.Agent] = ByAgent.GetValueOrDefault(reading.Item.Log.Agent) + counted;
        // A call from the future is counted when its time has come: the file is then read again, and known calls are known.
        if (reading.Position is not null && !mayComeTrue)
        {
            positions.Add(reading.Position);
        }
    }

    /// <summary>Hands the batch over and starts a new one.</summary>
    public UsageBatch Take()
    {
        var batch = new UsageBatch(events, positions);
        (events, positions) = ([], []);
        return batch;
    }
}
