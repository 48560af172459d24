using Farthing.Workflows.Metering;

namespace Farthing.Workflows.Sessions;

/// <summary>That a user made calls in a session, known one by one.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="User">The user; empty when the calls name nobody.</param>
public readonly record struct SessionCaller(string SessionId, string User);

/// <summary>A session that is to be kept.</summary>
/// <param name="Before">As the store has it; null when it is new.</param>
/// <param name="After">As it is to be.</param>
/// <param name="Totals">What it counts for afterwards; in the place of what <paramref name="Before"/> counted for.</param>
public sealed record KeptSession(AgentSession? Before, AgentSession After, IReadOnlyList<RatedEvent> Totals);

/// <summary>
/// The sessions that reports are about, while they are changed: read by the store, changed in memory, kept by the store in
/// the same transaction.
/// </summary>
/// <param name="known">Those of them that the store has.</param>
/// <param name="callers">Who made calls in them.</param>
public sealed class SessionBook(IReadOnlyList<AgentSession> known, IReadOnlyList<SessionCaller> callers)
{
    private readonly Dictionary<string, AgentSession> before = known.ToDictionary(session => session.Id, StringComparer.Ordinal);
    private readonly ILookup<string, string> users = callers.ToLookup(caller => caller.SessionId, caller => caller.User, StringComparer.Ordinal);
    private readonly Dictionary<string, KeptSession> kept = new(StringComparer.Ordinal);

    /// <summary>The sessions that are to be kept, each once.</summary>
    public IReadOnlyCollection<KeptSession> Kept => kept.Values;

    /// <summary>The session of an id as it is now; null when there is none.</summary>
    public AgentSession? Find(string id) => kept.TryGetValue(id, out var changed) ? changed.After : before.GetValueOrDefault(id);

    /// <summary>Whether calls of a session are known one by one, so that its own sums would count them twice.</summary>
    public bool HasCalls(AgentSession session) => users[session.Id].Any(user => SessionTotals.Owns(session, user));

    /// <summary>Has a session kept.</summary>
    /// <param name="session">As it is to be.</param>
    /// <param name="totals">What it counts for.</param>
    public void Keep(AgentSession session, IReadOnlyList<RatedEvent> totals) =>
        kept[session.Id] = new(before.GetValueOrDefault(session.Id), session, totals);
}
