using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Spending;

/// <summary>What a name may have meant.</summary>
/// <param name="Name">The event id or session key, in full.</param>
/// <param name="IsSession">Whether it is a session.</param>
/// <param name="First">Its first call.</param>
/// <param name="Calls">How many calls it has.</param>
/// <param name="Cost">What they cost together, estimates included.</param>
public sealed record CostCandidate(string Name, bool IsSession, UsageEvent First, long Calls, Usd Cost);

/// <summary>The answer to "what made this cost": a closed family.</summary>
public abstract record CostExplanation
{
    private CostExplanation()
    {
    }

    /// <summary>Nothing has that name.</summary>
    public sealed record Unknown : CostExplanation;

    /// <summary>Several things begin with that name.</summary>
    /// <param name="Candidates">Some of them, sessions first.</param>
    /// <param name="Count">How many there are; when <see cref="ExplainCost.CallsMax"/> calls were found, at least so many.</param>
    public sealed record Ambiguous(IReadOnlyList<CostCandidate> Candidates, int Count) : CostExplanation;

    /// <summary>One call.</summary>
    /// <param name="Priced">The call.</param>
    /// <param name="BuildUp">Class × tokens × rate.</param>
    public sealed record OneCall(PricedCall Priced, CostBuildUp BuildUp) : CostExplanation;

    /// <summary>All calls of a session.</summary>
    /// <param name="First">Its first call.</param>
    /// <param name="Last">Its last call.</param>
    /// <param name="BuildUps">One per model and rate card, the dearest first.</param>
    /// <param name="Sum">All of it: estimates and unknown costs kept apart.</param>
    /// <param name="IsCut">Whether only the first <see cref="ExplainCost.CallsMax"/> calls were taken.</param>
    public sealed record OneSession(
        PricedCall First, PricedCall Last, IReadOnlyList<CostBuildUp> BuildUps, SpendSum Sum, bool IsCut) : CostExplanation;
}

/// <summary>
/// Opens a cost to what it is made of: which call or session a name means, and events × rate at the rate cards that held
/// when it was priced. Sums are exact to the picodollar.
/// </summary>
/// <param name="queries">The calls.</param>
public sealed class ExplainCost(ISpendQueries queries)
{
    /// <summary>More calls than these are not explained at once.</summary>
    public const int CallsMax = 100_000;

    /// <summary>More candidates than these are not listed.</summary>
    public const int CandidatesMax = 10;

    /// <summary>Explains what a name means.</summary>
    /// <param name="org">Whose calls.</param>
    /// <param name="name">An event id, a session key, a message id, or the beginning of one of them.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public async Task<CostExplanation> ExplainAsync(string org, string name, CancellationToken cancellationToken)
    {
        var found = await queries.FindAsync(org, name, CallsMax + 1, cancellationToken);
        var isCut = found.Count > CallsMax;
        var events = found.Where(call => !IsBySession(call, name)).ToList();
        var sessions = found.Where(call => IsBySession(call, name)).ToLookup(call => call.Usage.Session.Key, StringComparer.Ordinal);
        if (sessions.Contains(name))
        {
            return SessionOf([.. sessions[name]], isCut);
        }

        return (events.Count, sessions.Count) switch
        {
            (0, 0) => new CostExplanation.Unknown(),
            (1, 0) => CallOf(events[0]),
            (0, 1) => SessionOf([.. sessions.Single()], isCut),
            _ => AmbiguousOf(events, sessions),
        };
    }

    /// <summary>Explains the call of an id; nothing has that name where the call is not within the scope.</summary>
    /// <param name="within">What may be touched.</param>
    /// <param name="id">The whole event id.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public async Task<CostExplanation> ExplainCallAsync(Scope within, string id, CancellationToken cancellationToken) =>
        EventId.TryParse(id, out var parsed) && await queries.CallAsync(within, parsed, cancellationToken) is { } call
            ? CallOf(call)
            : new CostExplanation.Unknown();

    // A call that neither its session's key nor its id leads to was found by another name of its own.
    private static bool IsBySession(PricedCall call, string name) =>
        call.Usage.Session.Key.StartsWith(name, StringComparison.Ordinal)
        && !call.Usage.Id.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase);

    private static CostExplanation.OneCall CallOf(PricedCall call)
    {
        var builder = new CostBuildUpBuilder(call.Rating.Card, call.Usage.Dimensions.Model);
        builder.Add(call);
        return new(call, builder.Build());
    }

    /// <summary>Explains the calls of a session, given in order of time.</summary>
    internal static CostExplanation.OneSession SessionOf(IReadOnlyList<PricedCall> calls, bool isCut)
    {
        var builders = new Dictionary<(string Model, UInt128 Card), CostBuildUpBuilder>();
        var sum = default(SpendSum);
        foreach (var call in calls.Take(CallsMax))
        {
            var key = (call.Usage.Dimensions.Model, call.Rating.Card.Hash);
            if (!builders.TryGetValue(key, out var builder))
            {
                builders.Add(key, builder = new(call.Rating.Card, call.Usage.Dimensions.Model));
            }

            builder.Add(call);
            sum += SpendSum.Of(call);
        }

        var buildUps = builders.Values.Select(builder => builder.Build())
            .OrderByDescending(buildUp => buildUp.Total)
            .ThenBy(buildUp => buildUp.Model, StringComparer.Ordinal)
            .ThenBy(buildUp => buildUp.Card.Hash);
        return new(calls[0], calls[Math.Min(calls.Count, CallsMax) - 1], [.. buildUps], sum, isCut);
    }

    private static CostExplanation.Ambiguous AmbiguousOf(List<PricedCall> events, ILookup<string, PricedCall> sessions)
    {
        var ofSessions = sessions.Select(session => new CostCandidate(
            session.Key, IsSession: true, session.First().Usage, session.LongCount(), session.Aggregate(Usd.Zero, (sum, call) => sum + call.Rating.Cost.Total)));
        var ofEvents = events.Select(call => new CostCandidate(call.Usage.Id.ToString(), IsSession: false, call.Usage, 1, call.Rating.Cost.Total));
        return new([.. ofSessions.Concat(ofEvents).Take(CandidatesMax)], sessions.Count + events.Count);
    }
}
