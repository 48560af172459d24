using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Metering;

/// <summary>An event with its price, ready to be kept.</summary>
/// <param name="Usage">The call.</param>
/// <param name="Rating">What it costs and why.</param>
/// <param name="File">The log it was read from; empty when it came by another door.</param>
public readonly record struct RatedEvent(UsageEvent Usage, Rating Rating, string File);

/// <summary>How far a log file has been read.</summary>
/// <param name="File">The file as it was when it was read.</param>
/// <param name="Fingerprint">Names the file's first line and the bytes before the checkpoint, so that other content under the same name is noticed.</param>
/// <param name="Checkpoint">Where to go on.</param>
public sealed record LogPosition(LogFile File, long Fingerprint, LogCheckpoint Checkpoint)
{
    /// <summary>As whose log the file was read; another agent's reader starts anew.</summary>
    public string Agent { get; init; } = string.Empty;
}

/// <summary>What becomes durable together: events and how far their files have been read.</summary>
/// <param name="Events">Events in the order of their logs; may hold copies of calls that are known already.</param>
/// <param name="Positions">The positions that these events bring the files to.</param>
public sealed record UsageBatch(IReadOnlyList<RatedEvent> Events, IReadOnlyList<LogPosition> Positions)
{
    /// <summary>
    /// Where the store writes what became of each event, at the event's index; at least as long as <see cref="Events"/>.
    /// Null when nobody asks, which costs nothing. What it holds counts only once the batch is durable.
    /// </summary>
    public AppendVerdict[]? Verdicts { get; init; }
}

/// <summary>What became of one event.</summary>
public enum AppendVerdict
{
    /// <summary>A new call.</summary>
    Accepted,

    /// <summary>A record of a known call that said nothing new about its figures.</summary>
    Duplicate,

    /// <summary>A better record of a known call; the delta was posted.</summary>
    Superseded,

    /// <summary>A record that contradicts a known call of the same size, or whose cost fits no column; kept aside.</summary>
    Conflict,
}

/// <summary>What a batch did. The four counts add up to the number of its events.</summary>
/// <param name="Accepted">New calls.</param>
/// <param name="Duplicates">Records of known calls that said nothing new.</param>
/// <param name="Superseded">Known calls that got a better record; their delta was posted.</param>
/// <param name="Conflicts">Records that contradict a known call of the same size; kept aside.</param>
public readonly record struct AppendResult(int Accepted, int Duplicates, int Superseded, int Conflicts)
{
    /// <summary>The result of one event.</summary>
    public static AppendResult Of(AppendVerdict verdict) => verdict switch
    {
        AppendVerdict.Accepted => new(1, 0, 0, 0),
        AppendVerdict.Duplicate => new(0, 1, 0, 0),
        AppendVerdict.Superseded => new(0, 0, 1, 0),
        _ => new(0, 0, 0, 1),
    };

    /// <summary>Adds up.</summary>
    public static AppendResult operator +(AppendResult left, AppendResult right) => new(
        left.Accepted + right.Accepted, left.Duplicates + right.Duplicates,
        left.Superseded + right.Superseded, left.Conflicts + right.Conflicts);
}

/// <summary>Keeps usage events, counted once, with their daily rollup and the positions of their logs.</summary>
public interface IUsageStore
{
    /// <summary>How many batches it writes at the same time; more only wait.</summary>
    int WritersMax => 1;

    /// <summary>How far each log file has been read, by path.</summary>
    Task<IReadOnlyDictionary<string, LogPosition>> ReadPositionsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Stores a batch in one transaction: new events, superseding revisions as deltas, rollup, repeats, positions. Durable when
    /// the task completes; after a crash either all of it is there or nothing.
    /// </summary>
    /// <param name="parts">The batch as it becomes ready: what is there is written while the rest is still being read.</param>
    /// <param name="cancellationToken">Gives the whole batch up.</param>
    Task<AppendResult> AppendPartsAsync(IAsyncEnumerable<UsageBatch> parts, CancellationToken cancellationToken);

    /// <summary>Stores a batch that is there as a whole; see the other overload.</summary>
    Task<AppendResult> AppendAsync(UsageBatch batch, CancellationToken cancellationToken) =>
        AppendPartsAsync(new[] { batch }.ToAsyncEnumerable(), cancellationToken);
}
