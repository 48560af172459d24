using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;

namespace Farthing.Workflows.Sessions;

/// <summary>
/// What a session counts for: one event for each model it used, which follows from the session alone. So what it counted
/// for before a report is known too, and is replaced by what it counts for after it, more or less as it may be.
/// </summary>
public static class SessionTotals
{
    /// <summary>The events of a session; none when its calls are known one by one.</summary>
    public static IReadOnlyList<UsageEvent> Of(AgentSession session)
    {
        if (session.IsKnownByCalls)
        {
            return [];
        }

        var key = new Session(session.Id, session.AgentVersion, Parent: string.Empty);
        return [.. session.ModelUsages.Select(usage => EventOf(session, key, usage)).Where(static usage => usage.Tokens.Total > 0)];
    }

    /// <summary>The events with their prices: those of the day that the session began, or as near to it as is known.</summary>
    public static IReadOnlyList<RatedEvent> Rated(AgentSession session, Rater rater)
    {
        var pricedAt = session.StartedAt ?? session.EndedAt ?? session.CreatedAt;
        return [.. Of(session).Select(usage => new RatedEvent(usage, rater.Rate(usage with { OccurredAt = pricedAt }), File: string.Empty))];
    }

    /// <summary>Whether calls that bear its id can be a session's by whose they are: one engineer's, or nobody's on either side.</summary>
    public static bool Owns(AgentSession session, string user) =>
        user.Length == 0 || session.EngineerId.Length == 0 || string.Equals(user, session.EngineerId, StringComparison.Ordinal);

    private static UsageEvent EventOf(AgentSession session, Session key, ModelUsage usage)
    {
        var at = session.StartedAt ?? UsageEvent.Undated;
        return new()
        {
            Id = EventId.Create(at, session.Org, EventId.SessionFamily, $"{session.Id}\0{usage.Model}"),
            OccurredAt = at,
            Dimensions = new()
            {
                Org = session.Org,
                Team = session.TeamId,
                User = session.EngineerId,
                Project = session.Project,
                Branch = session.Branch,
                Agent = SessionAgents.NameOf(session.AgentType),
                Model = usage.Model,
                BillingMode = session.BillingMode,
                ApiKey = session.ApiKey,
            },
            Session = key,
            Tokens = usage.ToTokens(session.AgentType),
            Quality = EventQuality.SessionTotal | (usage.HoldsCached(session.AgentType) ? EventQuality.ClassesInferred : EventQuality.Good),
        };
    }
}
