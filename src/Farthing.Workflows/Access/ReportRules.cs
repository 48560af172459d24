namespace Farthing.Workflows.Access;

/// <summary>Whose usage it is.</summary>
/// <param name="User">The engineer; empty when nobody is named.</param>
/// <param name="Team">The team; empty when none is named.</param>
public readonly record struct Reported(string User, string Team);

/// <summary>The one place that decides whose usage a caller may report.</summary>
public static class ReportRules
{
    private static readonly Problem NobodysKey = Forbidden("user", "This key belongs to no engineer, so it has no usage of its own to report.");
    private static readonly Problem AnotherUser = Forbidden("user", "This key reports its own engineer's usage only; leave 'user' out.");
    private static readonly Problem AnotherTeam = Forbidden("team", "This key reports its own team's usage only; leave 'team' out.");
    private static readonly Problem AnotherTeamsUser = Forbidden("user", "This key reports its own team's usage only, and the engineer is not in that team.");

    private static readonly Problem NoRuns =
        Forbidden("run", "Runs are billed, so only programs and admins may say that a call was made for one; leave 'run' out.");

    /// <summary>
    /// Why a caller may not say that a call was made for a run; null when they may. A run is paid for by somebody's wallet,
    /// and nobody who works for themselves may raise another's bill.
    /// </summary>
    public static Problem? RefusalOfRun(Caller caller) => caller.Role is Role.Service or Role.Admin or Role.Operator ? null : NoRuns;

    /// <summary>
    /// Engineers report their own usage, leads that of their team (a lead without a team their own; whether a named engineer is
    /// in it <see cref="RefusalOfTeam"/> decides), everybody else any of the organisation. What an event does not say is taken from the caller; the team only where the engineer is the
    /// caller, for another's team is not known here.
    /// </summary>
    /// <param name="caller">Who reports.</param>
    /// <param name="user">The engineer that the event names; empty for none.</param>
    /// <param name="team">The team that the event names; empty for none.</param>
    public static Result<Reported> WhoseUsage(Caller caller, string user, string team) => caller.Role switch
    {
        Role.TeamLead when NeedsTeam(caller) => OfTeam(caller, user, team),
        Role.Engineer or Role.TeamLead => Own(caller, user, team),
        _ => Anybodys(caller, user, team),
    };

    /// <summary>Whether it takes the team of a named engineer to decide about a caller: only that of leads of a team does.</summary>
    public static bool NeedsTeam(Caller caller) => caller.Role == Role.TeamLead && caller.TeamId.Length > 0;

    /// <summary>Why a caller may not report the usage of somebody who is in a team; null when they may. Names that no engineer has belong to whoever uses them.</summary>
    /// <param name="caller">Who reports.</param>
    /// <param name="team">The team of another engineer, empty for none; null when the named is no engineer of the organisation.</param>
    public static Problem? RefusalOfTeam(Caller caller, string? team) =>
        team is null || !NeedsTeam(caller) || Same(team, caller.TeamId) ? null : AnotherTeamsUser;

    private static Result<Reported> Own(Caller caller, string user, string team)
    {
        if (caller.EngineerId.Length == 0)
        {
            return NobodysKey;
        }

        if (user.Length > 0 && !Same(user, caller.EngineerId))
        {
            return AnotherUser;
        }

        return team.Length > 0 && !Same(team, caller.TeamId) ? AnotherTeam : new Reported(caller.EngineerId, caller.TeamId);
    }

    private static Result<Reported> OfTeam(Caller caller, string user, string team) =>
        team.Length > 0 && !Same(team, caller.TeamId)
            ? AnotherTeam
            : new Reported(user.Length > 0 ? user : caller.EngineerId, caller.TeamId);

    private static Reported Anybodys(Caller caller, string user, string team)
    {
        var whose = user.Length > 0 ? user : caller.EngineerId;
        return new(whose, team.Length == 0 && Same(whose, caller.EngineerId) ? caller.TeamId : team);
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.Ordinal);

    private static Problem Forbidden(string field, string detail) => new(ProblemKind.Forbidden, "forbidden", detail, field);
}
