using Farthing.Domain.Pricing;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Sessions;

/// <summary>A session that was reported and is durable.</summary>
/// <param name="Session">As it is now.</param>
/// <param name="Created">Whether nobody had reported it before.</param>
public sealed record ReportedSession(AgentSession Session, bool Created)
{
    /// <summary>Whether what it used is not counted, because its calls are known one by one.</summary>
    public bool IsKnownByCalls => Session is { IsKnownByCalls: true, ModelUsages.Count: > 0 };
}

/// <summary>
/// Takes reports of sessions: who may report whose, what a report changes, and what the session counts for afterwards.
/// Many reports are stored in groups; a refused one changes nothing and stops no other.
/// </summary>
public sealed class ReportSessions(IAgentSessions sessions, IEngineers engineers, Rater rater, TimeProvider time)
{
    /// <summary>So many are stored in one transaction: whoever else writes waits that long at most.</summary>
    private const int GroupMax = 500;

    private static readonly Problem AnotherSender = new(
        ProblemKind.Forbidden, "forbidden", "This session was reported by another sender, and only that one may change it.", "session_id");

    private static readonly Problem AnotherEngineer = Problem.Invalid("engineer_id", "This session is known as another engineer's; leave 'engineer_id' out.");

    private static readonly Problem NoEngineer = Problem.Invalid("engineer_id", "There is no engineer of that id.");

    private static readonly Problem NotOfTeam = new(ProblemKind.Forbidden, "forbidden", "This key reports its own team's sessions only.", "engineer_id");

    /// <summary>Stores reports and tells what became of each, in their order; durable when it completes.</summary>
    public async Task<IReadOnlyList<Result<ReportedSession>>> ReportAsync(
        Caller caller, IReadOnlyList<SessionReport> reports, CancellationToken cancellationToken)
    {
        var results = new List<Result<ReportedSession>>(reports.Count);
        var people = new Dictionary<string, Engineer?>(StringComparer.Ordinal);
        foreach (var group in reports.Chunk(GroupMax))
        {
            var whose = new Result<Reported>[group.Length];
            for (var index = 0; index < whose.Length; index++)
            {
                whose[index] = await WhoseAsync(caller, group[index], people, cancellationToken);
            }

            var now = AccessTexts.Now(time);
            results.AddRange(await sessions.ChangeAsync(
                caller.Org,
                [.. group.Select(static report => report.SessionId).Distinct(StringComparer.Ordinal)],
                book => group.Select((report, index) => Apply(book, caller, report, whose[index], now)).ToList(),
                cancellationToken));
        }

        return results;
    }

    private Result<ReportedSession> Apply(SessionBook book, Caller caller, SessionReport report, in Result<Reported> whose, DateTimeOffset now)
    {
        if (whose.Problem is { } refused)
        {
            return refused;
        }

        var known = book.Find(report.SessionId);
        if (Refusal(known, caller, report) is { } problem)
        {
            return problem;
        }

        var applied = report.ApplyTo(known ?? Founded(caller, report, whose.Value, now), now);
        if (!applied.Succeeded)
        {
            return applied.Problem!;
        }

        var after = applied.Value with { IsKnownByCalls = book.HasCalls(applied.Value) };
        book.Keep(after, SessionTotals.Rated(after, rater));
        return new ReportedSession(after, Created: known is null);
    }

    private static Problem? Refusal(AgentSession? known, Caller caller, SessionReport report) => known switch
    {
        null => report.MustBeKnown ? Problem.NotFound("session") : null,
        _ when !string.Equals(known.Sender, caller.Actor, StringComparison.Ordinal) => AnotherSender,
        _ when report.EngineerId is { Length: > 0 } named && !string.Equals(named, known.EngineerId, StringComparison.Ordinal) => AnotherEngineer,
        _ => null,
    };

    private static AgentSession Founded(Caller caller, SessionReport report, Reported whose, DateTimeOffset now) => new()
    {
        Org = caller.Org,
        Id = report.SessionId,
        Sender = caller.Actor,
        ApiKey = caller.KeyId,
        EngineerId = whose.User,
        TeamId = whose.Team,
        CreatedAt = now,
        ReportedAt = now,
    };

    /// <summary>Whose session it is, by the rules for usage; another's team is looked up.</summary>
    private async Task<Result<Reported>> WhoseAsync(
        Caller caller, SessionReport report, Dictionary<string, Engineer?> people, CancellationToken cancellationToken)
    {
        var whose = ReportRules.WhoseUsage(caller, report.EngineerId ?? string.Empty, report.TeamId ?? string.Empty);
        if (whose.Problem is { } problem)
        {
            return Named(problem);
        }

        var (user, team) = (whose.Value.User, whose.Value.Team);
        if (user.Length == 0 || string.Equals(user, caller.EngineerId, StringComparison.Ordinal))
        {
            return whose;
        }

        if (!people.TryGetValue(user, out var engineer))
        {
            people[user] = engineer = await engineers.FindAsync(caller.Org, user, cancellationToken);
        }

        if (caller.Role == Role.TeamLead)
        {
            return string.Equals(engineer?.TeamId, team, StringComparison.Ordinal) ? whose : NotOfTeam;
        }

        return engineer is null ? NoEngineer : new Reported(user, team.Length > 0 ? team : engineer.TeamId ?? string.Empty);
    }

    /// <summary>A refusal of usage in the names that sessions have for the same things.</summary>
    private static Problem Named(Problem problem) => problem.Field is { } field
        ? problem with { Field = $"{(field == "user" ? "engineer" : field)}_id", Detail = problem.Detail.Replace("'user'", "'engineer_id'", StringComparison.Ordinal).Replace("'team'", "'team_id'", StringComparison.Ordinal) }
        : problem;
}
