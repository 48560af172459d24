using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Sqlite;

/// <summary>
/// Settles records of calls that may be known already: by their id, by an id the call has left, or by another name.
/// The slow and careful half of appending; the fast half only meets calls that are certainly new.
/// </summary>
internal sealed class Reconciliation(
    EventTable events, AliasTable aliases, ConflictTable conflicts, DailyRollup rollup, EventPlaces places)
{
    private const string Contradiction = "the record contradicts a known record of the same call and the same size";

    private readonly List<EventId> candidates = [];
    private readonly List<StoredCall> known = [];

    /// <summary>Stores a record, or joins it to the call it belongs to.</summary>
    public AppendVerdict Settle(in RatedEvent arriving, int file)
    {
        var usage = arriving.Usage;
        if (events.HasSame(usage, places.Series.IdOf(usage.Dimensions), places.Sessions.IdOf(usage)) && aliases.AreFiled(usage))
        {
            // A log that was read before, word for word: by far the most of what comes here.
            return AppendVerdict.Duplicate;
        }

        FindKnown(usage);
        var record = new StoredCall(usage, arriving.Rating, file);
        if (known.Count == 0)
        {
            Insert(record);
            aliases.File(usage, usage.Id);
            return AppendVerdict.Accepted;
        }

        // More than one: records of one call that had no name in common until now. They were counted apart.
        var call = known[0];
        for (var index = 1; index < known.Count; index++)
        {
            call = Join(call, known[index], out _);
        }

        call = Join(call, record, out var verdict);
        if (known.Count > 1 || !ReferenceEquals(call, known[0]))
        {
            Replace(call);
        }

        aliases.File(usage, call.Usage.Id);
        return known.Count > 1 ? AppendVerdict.Superseded : VerdictOf(verdict);
    }

    private static AppendVerdict VerdictOf(RevisionVerdict verdict) => verdict switch
    {
        RevisionVerdict.Duplicate => AppendVerdict.Duplicate,
        RevisionVerdict.Supersedes => AppendVerdict.Superseded,
        _ => AppendVerdict.Conflict,
    };

    /// <summary>
    /// The better figures with their price, the earlier time and place. Of equals the known one keeps its price, so that a
    /// copy read with a later catalog changes nothing.
    /// </summary>
    private StoredCall Join(StoredCall call, StoredCall record, out RevisionVerdict verdict)
    {
        verdict = Revision.Judge(call.Usage, record.Usage);
        if (verdict == RevisionVerdict.Conflict)
        {
            conflicts.Keep(call.Usage.Id, record.Usage, record.Rating, Contradiction);
            return call;
        }

        var merged = Revision.Merge(call.Usage, record.Usage);
        if (ReferenceEquals(merged, call.Usage))
        {
            return call;
        }

        return verdict == RevisionVerdict.Supersedes ? record with { Usage = merged } : call with { Usage = merged };
    }

    private void FindKnown(UsageEvent usage)
    {
        candidates.Clear();
        known.Clear();
        candidates.Add(usage.Id);
        aliases.FindEvents(usage, candidates);
        foreach (var candidate in candidates)
        {
            if (events.FindMoved(usage.Dimensions.Org, candidate, aliases) is { } call && !known.Exists(other => other.Usage.Id == call.Usage.Id))
            {
                known.Add(call);
            }
        }
    }

    /// <summary>Puts a call in the place of the known ones: their sums go, its sums come.</summary>
    private void Replace(StoredCall call)
    {
        foreach (var old in known)
        {
            _ = StoredCost.TryFrom(old.Rating.Cost, out var cost);
            rollup.Remove(old.Usage, cost, places.Of(old.Usage, old.Rating.Card, old.File));
            events.Delete(old.Usage.Id);
            if (old.Usage.Id != call.Usage.Id)
            {
                aliases.Move(old.Usage.Id, call.Usage.Id);
            }
        }

        Insert(call);
    }

    private void Insert(StoredCall call)
    {
        _ = StoredCost.TryFrom(call.Rating.Cost, out var cost);
        var place = places.Of(call.Usage, call.Rating.Card, call.File);
        if (!events.TryInsert(call.Usage, cost, place))
        {
            throw new InvalidOperationException($"The event {call.Usage.Id} is there although it was not found.");
        }

        rollup.Add(call.Usage, cost, place);
    }
}
