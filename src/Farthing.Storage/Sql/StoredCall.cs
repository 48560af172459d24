using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Storage.Sql;

/// <summary>The numbers under which the parts of an event are interned.</summary>
internal readonly record struct EventPlace(int Series, int Session, int RateCard, int File);

/// <summary>A stored call: the event, its price, and the number of the log it was read from.</summary>
internal sealed record StoredCall(UsageEvent Usage, Rating Rating, int File)
{
    /// <summary>More steps from an id to the one it has become mean a damaged database; a call has rarely moved more than once.</summary>
    public const int MovesMax = 1_000;

    /// <summary>Puts calls in order of time; within a millisecond in order of their ids.</summary>
    public static List<StoredCall> Sort(List<StoredCall> calls)
    {
        calls.Sort(static (left, right) =>
            (left.Usage.OccurredAt, left.Usage.Id.High, left.Usage.Id.Low).CompareTo(
                (right.Usage.OccurredAt, right.Usage.Id.High, right.Usage.Id.Low)));
        return calls;
    }

    /// <summary>A reader or an intake that breaks this is mistaken: the id is the time index.</summary>
    public static void RequireTimeInId(UsageEvent usage)
    {
        if (usage.Id.UnixSeconds != usage.OccurredAt.ToUnixTimeSeconds())
        {
            throw new ArgumentException($"The id {usage.Id} does not begin with the event's time {usage.OccurredAt:O}.", nameof(usage));
        }
    }

    /// <summary>Adds a call unless it is among them.</summary>
    public static void AddOnce(StoredCall? call, List<StoredCall> calls)
    {
        if (call is not null && !calls.Exists(other => other.Usage.Id == call.Usage.Id))
        {
            calls.Add(call);
        }
    }
}
