namespace Farthing.Domain.Usage;

/// <summary>What to do with a second record of a call that is already known.</summary>
public enum RevisionVerdict
{
    /// <summary>It says the same, or less: nothing to do.</summary>
    Duplicate,

    /// <summary>It is a better record of the call: it replaces the known one by a correcting delta.</summary>
    Supersedes,

    /// <summary>It says something else of the same size, or comes from somebody else: kept aside and reported, never written over.</summary>
    Conflict,
}

/// <summary>
/// Which of two records of one call counts. A main-chain record beats a sidechain replay; then the larger total wins,
/// because streaming placeholders are small; the whole record wins, never single fields, because a mid-stream fallback
/// changes the model too. The order is total, so records may arrive in any order and any number of times.
/// </summary>
public static class Revision
{
    /// <summary>Compares what is known with what arrives.</summary>
    public static RevisionVerdict Judge(UsageEvent known, UsageEvent arriving)
    {
        if (!HaveOneOwner(known, arriving))
        {
            return RevisionVerdict.Conflict;
        }

        var order = CompareRank(arriving, known);
        if (order != 0)
        {
            return order > 0 ? RevisionVerdict.Supersedes : RevisionVerdict.Duplicate;
        }

        return SameCall(known, arriving) ? RevisionVerdict.Duplicate : RevisionVerdict.Conflict;
    }

    /// <summary>
    /// Whether two records can be of one call, by whose they are. Two engineers never made the same call. A record that
    /// names nobody may be anybody's, but not when only one of the two belongs to a run: a run is billed, and a record of
    /// somebody else may not change the bill, however large it is.
    /// </summary>
    public static bool HaveOneOwner(UsageEvent left, UsageEvent right)
    {
        var (one, other) = (left.Dimensions.User, right.Dimensions.User);
        return string.Equals(one, other, StringComparison.Ordinal)
            || ((one.Length == 0 || other.Length == 0) && string.Equals(left.Run, right.Run, StringComparison.Ordinal));
    }

    /// <summary>
    /// Joins two records of one call: figures, model and price terms of the better one; identity, time, session and place
    /// of the earlier one. Of equally early records the session with the smaller key counts, so that the result does not
    /// depend on the order of arrival. A run and a duration that only one of the two knows are kept; of two runs the better
    /// record's counts, of two durations the longer one. The key that told the call first stays, whatever tells it again.
    /// They must have one owner.
    /// </summary>
    /// <param name="left">What is known; its key counts if it has one.</param>
    /// <param name="right">What arrives.</param>
    public static UsageEvent Merge(UsageEvent left, UsageEvent right)
    {
        var best = Judge(left, right) == RevisionVerdict.Supersedes ? right : left;
        var first = IsEarlier(right, left) ? right : left;
        var place = PlaceOf(first.Dimensions, best.Dimensions, left.Dimensions.ApiKey.Length > 0 ? left.Dimensions.ApiKey : right.Dimensions.ApiKey);
        var run = best.Run.Length > 0 ? best.Run : ReferenceEquals(best, left) ? right.Run : left.Run;
        var duration = DurationOf(left.DurationMilliseconds, right.DurationMilliseconds);
        return ReferenceEquals(best, first) && ReferenceEquals(place, best.Dimensions) && best.Run == run && best.DurationMilliseconds == duration ? best : best with
        {
            Id = first.Id,
            OccurredAt = first.OccurredAt,
            Session = first.Session,
            Dimensions = place,
            Run = run,
            DurationMilliseconds = duration,
        };
    }

    private static long? DurationOf(long? left, long? right) =>
        left is { } one && right is { } other ? Math.Max(one, other) : left ?? right;

    // Series are shared instances and recognised by reference: no copy unless the model differs, which is rare.
    private static Dimensions PlaceOf(Dimensions first, Dimensions best, string key) =>
        first.Model == best.Model && first.Provider == best.Provider && first.Speed == best.Speed && first.ApiKey == key
            ? first
            : first with { Model = best.Model, Provider = best.Provider, Speed = best.Speed, ApiKey = key };

    private static int CompareRank(UsageEvent left, UsageEvent right)
    {
        var leftIsMain = (left.Quality & EventQuality.Sidechain) == EventQuality.Good;
        var rightIsMain = (right.Quality & EventQuality.Sidechain) == EventQuality.Good;
        return leftIsMain == rightIsMain ? left.Tokens.Total.CompareTo(right.Tokens.Total) : leftIsMain ? 1 : -1;
    }

    private static bool SameCall(UsageEvent left, UsageEvent right) =>
        left.Tokens == right.Tokens && left.Terms == right.Terms && left.WebSearches == right.WebSearches
        && left.Dimensions.Model == right.Dimensions.Model && SameRun(left.Run, right.Run);

    /// <summary>Two runs cannot both have made a call; a record that names none may belong to any.</summary>
    private static bool SameRun(string left, string right) => left.Length == 0 || right.Length == 0 || left == right;

    private static bool IsEarlier(UsageEvent left, UsageEvent right) =>
        left.OccurredAt == right.OccurredAt
            ? string.CompareOrdinal(left.Session.Key, right.Session.Key) < 0
            : left.OccurredAt < right.OccurredAt;
}
