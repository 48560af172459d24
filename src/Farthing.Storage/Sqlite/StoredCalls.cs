using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Storage.Sql;

namespace Farthing.Storage.Sqlite;

/// <summary>The calls in the tables, looked up and changed one by one.</summary>
internal sealed class StoredCalls(
    EventTable events, AliasTable aliases, ConflictTable conflicts, RepeatTable repeats, Rollups rollups, EventPlaces places, CallSessionTable callSessions) : IKnownCalls
{
    private readonly List<EventId> candidates = [];

    /// <inheritdoc/>
    public RepeatChanges Repeats => repeats.Changes;

    /// <inheritdoc/>
    public bool HasSame(UsageEvent usage) =>
        events.HasSame(usage, places.Series.IdOf(usage.Dimensions), places.Sessions.IdOf(usage)) && aliases.AreFiled(usage);

    /// <inheritdoc/>
    public void Find(UsageEvent usage, List<StoredCall> known)
    {
        candidates.Clear();
        candidates.Add(usage.Id);
        aliases.FindEvents(usage, candidates);
        foreach (var candidate in candidates)
        {
            StoredCall.AddOnce(events.FindMoved(usage.Dimensions.Org, candidate, aliases), known);
        }
    }

    /// <inheritdoc/>
    public void Insert(StoredCall call)
    {
        _ = StoredCost.TryFrom(call.Rating.Cost, out var cost);
        var place = places.Of(call.Usage, call.Rating.Card, call.File);
        if (!events.TryInsert(call.Usage, cost, place))
        {
            throw new InvalidOperationException($"The event {call.Usage.Id} is there although it was not found.");
        }

        rollups.Add(call.Usage, cost, place);
        callSessions.Note(call.Usage, place);
    }

    /// <inheritdoc/>
    public void Remove(StoredCall call)
    {
        _ = StoredCost.TryFrom(call.Rating.Cost, out var cost);
        rollups.Remove(call.Usage, cost, places.Of(call.Usage, call.Rating.Card, call.File));
        events.Delete(call.Usage.Id);
    }

    /// <inheritdoc/>
    public void Move(EventId from, EventId to) => aliases.Move(from, to);

    /// <inheritdoc/>
    public void File(UsageEvent usage, EventId call) => aliases.File(usage, call);

    /// <inheritdoc/>
    public void KeepAside(EventId call, UsageEvent usage, in Rating rating, string reason) => conflicts.Keep(call, usage, rating, reason);
}
