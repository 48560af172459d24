namespace Farthing.Workflows.Access;

/// <summary>How much of an organisation a query may touch.</summary>
public enum ScopeReach
{
    /// <summary>Nothing at all: the answer is empty.</summary>
    Nothing,

    /// <summary>What belongs to one engineer.</summary>
    Engineer,

    /// <summary>What belongs to one team.</summary>
    Team,

    /// <summary>Everything of the organisation.</summary>
    Org,
}

/// <summary>
/// What a query may touch. Stores turn it into conditions of the query itself; nobody filters afterwards. Made by
/// <see cref="ScopeRules"/> and nowhere else.
/// </summary>
/// <param name="Org">The organisation; nothing of another one is ever touched.</param>
/// <param name="Reach">How much of it.</param>
/// <param name="Id">The id of the engineer or team that <paramref name="Reach"/> means; empty otherwise.</param>
public sealed record Scope(string Org, ScopeReach Reach, string Id);

/// <summary>The one place that decides what a caller sees.</summary>
public static class ScopeRules
{
    /// <summary>
    /// Engineers see their own, leads their own team (a lead without a team sees nothing), everybody else the
    /// organisation, or the team of it that they ask for. What others ask for does not widen or move their scope.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="team">The team asked for; null or empty for none in particular.</param>
    public static Scope Of(Caller caller, string? team = null) => caller.Role switch
    {
        Role.Engineer => Narrow(caller, ScopeReach.Engineer, caller.EngineerId),
        Role.TeamLead => Narrow(caller, ScopeReach.Team, caller.TeamId),
        _ when team is { Length: > 0 } => new(caller.Org, ScopeReach.Team, team),
        _ => new(caller.Org, ScopeReach.Org, string.Empty),
    };

    /// <summary>What is an engineer's own, whatever their role lets them see of others; nothing for whoever is no engineer.</summary>
    public static Scope OwnOf(Caller caller) => Narrow(caller, ScopeReach.Engineer, caller.EngineerId);

    private static Scope Narrow(Caller caller, ScopeReach reach, string id) =>
        id.Length > 0 ? new(caller.Org, reach, id) : new(caller.Org, ScopeReach.Nothing, string.Empty);
}
