using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Sessions;

namespace Farthing.Storage.Sql.AgentSessions;

/// <summary>
/// Puts what sessions count for in the place of what they counted for. No revision is judged: a report says all that its
/// session used so far, so the last one holds, more or less as it may be. What did not change keeps its price.
/// </summary>
internal sealed class TotalsReplacement(IKnownCalls calls)
{
    private readonly List<StoredCall> found = [];

    /// <summary>The events that the sessions have counted for or are to count for: what must be known before they are replaced.</summary>
    public static IReadOnlyList<UsageEvent> EventsOf(IReadOnlyCollection<KeptSession> sessions) =>
        [.. sessions.SelectMany(static kept => Before(kept).Concat(kept.Totals.Select(static rated => rated.Usage)))];

    /// <summary>Replaces what sessions count for.</summary>
    /// <param name="sessions">The sessions.</param>
    /// <param name="file">The number of the log of what was read from none.</param>
    public void Replace(IReadOnlyCollection<KeptSession> sessions, int file)
    {
        foreach (var kept in sessions)
        {
            var same = kept.Totals.Where(rated => calls.HasSame(rated.Usage)).Select(static rated => rated.Usage.Id).ToHashSet();
            TakeBack(Before(kept).Where(usage => !same.Contains(usage.Id)));
            foreach (var rated in kept.Totals)
            {
                if (!same.Contains(rated.Usage.Id))
                {
                    Count(rated, file);
                }
            }
        }
    }

    /// <summary>Takes events back that sessions counted for.</summary>
    public void TakeBack(IEnumerable<UsageEvent> totals)
    {
        foreach (var usage in totals)
        {
            found.Clear();
            calls.Find(usage, found);
            foreach (var call in found)
            {
                calls.Remove(call);
            }
        }
    }

    private static IEnumerable<UsageEvent> Before(KeptSession kept) => kept.Before is { } before ? SessionTotals.Of(before) : [];

    private void Count(in RatedEvent rated, int file)
    {
        if (StoredCost.TryFrom(rated.Rating.Cost, out _))
        {
            calls.Insert(new(rated.Usage, rated.Rating, file));
        }
        else
        {
            calls.KeepAside(rated.Usage.Id, rated.Usage, rated.Rating, ConflictText.TooDear);
        }
    }
}
