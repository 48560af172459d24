using System.Runtime.CompilerServices;
using Farthing.Domain.Usage;

namespace Farthing.Storage.Sql;

/// <summary>What makes a session distinct: an organisation, an agent and everything the agent says about it.</summary>
internal sealed record SessionKey(string Org, string Agent, Session Session);

/// <summary>The keys of the sessions of events; events that follow each other mostly share the very objects.</summary>
internal sealed class SessionKeys
{
    private const int RecentSlots = 64;

    private readonly SessionKey?[] recent = new SessionKey?[RecentSlots];

    /// <summary>The key of an event's session.</summary>
    public SessionKey Of(UsageEvent usage)
    {
        var (org, agent, session) = (usage.Dimensions.Org, usage.Dimensions.Agent, usage.Session);
        ref var key = ref recent[RuntimeHelpers.GetHashCode(session) % RecentSlots];
        if (key is null || !ReferenceEquals(key.Session, session)
            || !string.Equals(key.Org, org, StringComparison.Ordinal) || !string.Equals(key.Agent, agent, StringComparison.Ordinal))
        {
            key = new(org, agent, session);
        }

        return key;
    }
}
