using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Postgres;

/// <summary>The parts of a batch as one list, so that a transaction that gave way to another can be tried again.</summary>
internal sealed class AppendBatch
{
    private readonly List<UsageBatch> parts = [];

    /// <summary>The events of all parts, in order.</summary>
    public List<RatedEvent> Events { get; } = [];

    /// <summary>The positions of all parts, the last one of each log.</summary>
    public SortedDictionary<string, LogPosition> Positions { get; } = new(StringComparer.Ordinal);

    /// <summary>The organisations of the events.</summary>
    public HashSet<string> Orgs { get; } = new(StringComparer.Ordinal);

    /// <summary>What became of each event.</summary>
    public AppendVerdict[] Verdicts { get; private set; } = [];

    /// <summary>Whether every event can be told from all others by its id alone, and its cost fits its columns.</summary>
    public bool IsPlain { get; private set; } = true;

    /// <summary>Reads all parts.</summary>
    public static async Task<AppendBatch> ReadAsync(IAsyncEnumerable<UsageBatch> parts, CancellationToken cancellationToken)
    {
        var batch = new AppendBatch();
        var ids = new HashSet<EventId>();
        await foreach (var part in parts.WithCancellation(cancellationToken))
        {
            batch.Add(part, ids);
        }

        cancellationToken.ThrowIfCancellationRequested();
        batch.Verdicts = new AppendVerdict[batch.Events.Count];
        return batch;
    }

    /// <summary>Tells every part what became of its events, and counts.</summary>
    public AppendResult Tell()
    {
        var result = default(AppendResult);
        var from = 0;
        foreach (var part in parts)
        {
            if (part.Verdicts is { } asked)
            {
                Array.Copy(Verdicts, from, asked, 0, part.Events.Count);
            }

            from += part.Events.Count;
        }

        foreach (var verdict in Verdicts)
        {
            result += AppendResult.Of(verdict);
        }

        return result;
    }

    private void Add(UsageBatch part, HashSet<EventId> ids)
    {
        parts.Add(part);
        for (var index = 0; index < part.Events.Count; index++)
        {
            var rated = part.Events[index];
            var usage = rated.Usage;
            StoredCall.RequireTimeInId(usage);
            Events.Add(rated);
            Orgs.Add(usage.Dimensions.Org);
            IsPlain = IsPlain && !usage.HasVaryingTime && usage.RequestAlias is null && ids.Add(usage.Id)
                && StoredCost.TryFrom(rated.Rating.Cost, out _);
        }

        foreach (var position in part.Positions)
        {
            Positions[position.File.Path] = position;
        }
    }
}
