using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Sql;

/// <summary>What is known of the calls that records may belong to, and how it is changed. Sums follow the calls.</summary>
internal interface IKnownCalls
{
    /// <summary>How often they were told again.</summary>
    RepeatChanges Repeats { get; }

    /// <summary>Whether a record is stored word for word, with all its names.</summary>
    bool HasSame(UsageEvent usage);

    /// <summary>The calls of the record's organisation that its id or one of its names leads to, each once.</summary>
    void Find(UsageEvent usage, List<StoredCall> known);

    /// <summary>Adds a call whose id is free.</summary>
    void Insert(StoredCall call);

    /// <summary>Takes a call away.</summary>
    void Remove(StoredCall call);

    /// <summary>Notes that a call has left an id for another one.</summary>
    void Move(EventId from, EventId to);

    /// <summary>Files the names of a record under its day; they lead to a call.</summary>
    void File(UsageEvent usage, EventId call);

    /// <summary>Keeps a record aside that is not counted.</summary>
    void KeepAside(EventId call, UsageEvent usage, in Rating rating, string reason);
}

/// <summary>
/// Settles records of calls that may be known already: by their id, by an id the call has left, or by another name.
/// The slow and careful half of appending; the fast half only meets calls that are certainly new.
/// </summary>
internal sealed class Reconciliation(IKnownCalls calls)
{
    private readonly List<StoredCall> known = [];

    /// <summary>Stores a record, or joins it to the call it belongs to.</summary>
    public AppendVerdict Settle(in RatedEvent arriving, int file)
    {
        var verdict = StoreOrJoin(arriving, file);
        calls.Repeats.Add(arriving.Usage, verdict);
        return verdict;
    }

    private AppendVerdict StoreOrJoin(in RatedEvent arriving, int file)
    {
        var usage = arriving.Usage;
        if (!StoredCost.TryFrom(arriving.Rating.Cost, out _))
        {
            calls.KeepAside(usage.Id, usage, arriving.Rating, ConflictText.TooDear);
            return AppendVerdict.Conflict;
        }

        if (calls.HasSame(usage))
        {
            // A log that was read before, word for word: by far the most of what comes here.
            return AppendVerdict.Duplicate;
        }

        known.Clear();
        calls.Find(usage, known);
        var record = new StoredCall(usage, arriving.Rating, file);
        if (known.Count == 0)
        {
            calls.Insert(record);
            calls.File(usage, usage.Id);
            return AppendVerdict.Accepted;
        }

        if (!BelongTogether(usage))
        {
            // Nothing of it is taken over, its names neither: who sends it has no part in what is known.
            calls.KeepAside(known[0].Usage.Id, usage, arriving.Rating, ConflictText.AnotherOwner);
            return AppendVerdict.Conflict;
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

        calls.File(usage, call.Usage.Id);
        return known.Count > 1 ? AppendVerdict.Superseded : VerdictOf(verdict);
    }

    /// <summary>Whether the known calls and a record that leads to them can be one call by whose they are.</summary>
    private bool BelongTogether(UsageEvent usage)
    {
        for (var index = 0; index < known.Count; index++)
        {
            for (var before = 0; before < index; before++)
            {
                if (!Revision.HaveOneOwner(known[before].Usage, known[index].Usage))
                {
                    return false;
                }
            }

            if (!Revision.HaveOneOwner(known[index].Usage, usage))
            {
                return false;
            }
        }

        return true;
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
            calls.KeepAside(call.Usage.Id, record.Usage, record.Rating, ConflictText.Contradiction);
            return call;
        }

        var merged = Revision.Merge(call.Usage, record.Usage);
        if (ReferenceEquals(merged, call.Usage))
        {
            return call;
        }

        return verdict == RevisionVerdict.Supersedes ? record with { Usage = merged } : call with { Usage = merged };
    }

    /// <summary>Puts a call in the place of the known ones: their sums go, its sums come.</summary>
    private void Replace(StoredCall call)
    {
        foreach (var old in known)
        {
            calls.Remove(old);
            if (old.Usage.Id != call.Usage.Id)
            {
                calls.Move(old.Usage.Id, call.Usage.Id);
            }
        }

        calls.Insert(call);
    }
}
