using Farthing.Domain.PlanFit;
using Farthing.Workflows.Access;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Planning;

/// <summary>All sessions of a range that were reported as such.</summary>
/// <param name="Sessions">How many.</param>
/// <param name="Successes">Those of them that succeeded.</param>
/// <param name="DurationMilliseconds">How long they took together.</param>
/// <param name="ByEngineer">How many by engineer.</param>
public sealed record ReportedSessions(long Sessions, long Successes, long DurationMilliseconds, IReadOnlyDictionary<string, long> ByEngineer);

/// <summary>What must have been said of a session.</summary>
/// <param name="IsOfKnownWork">Whether its kind of work.</param>
/// <param name="Outcomes">What came of it: one of these; empty for anything.</param>
public sealed record SaidOfSessions(bool IsOfKnownWork, IReadOnlyList<SessionOutcome> Outcomes)
{
    /// <summary>Their kind of work, whatever it is.</summary>
    public static SaidOfSessions KnownWork { get; } = new(IsOfKnownWork: true, []);
}

/// <summary>What clients said of sessions, as they reported them.</summary>
public sealed class ReportedJudgements(IAgentSessions sessions)
{
    /// <summary>A page of the sessions of which something was said, the one that began last first.</summary>
    public Task<IReadOnlyList<SessionFacts>> JudgedAsync(SpendRange range, SaidOfSessions said, Page page, CancellationToken cancellationToken) =>
        sessions.FactsAsync(QueryOf(range, said), page, cancellationToken);

    /// <summary>How many sessions there are of which something was said.</summary>
    public async Task<long> CountAsync(SpendRange range, SaidOfSessions said, CancellationToken cancellationToken) =>
        (await sessions.TallyAsync(QueryOf(range, said), cancellationToken)).Sum(static tally => tally.Sessions);

    /// <summary>How the latest session of each engineer that tells it is paid for, by the engineer's id.</summary>
    public async Task<IReadOnlyDictionary<string, string>> BillingModesAsync(SpendRange range, CancellationToken cancellationToken)
    {
        var modes = await sessions.BillingModesAsync(QueryOf(range), cancellationToken);
        return modes.ToDictionary(static mode => mode.EngineerId, static mode => mode.BillingMode, StringComparer.Ordinal);
    }

    /// <summary>How many sessions there were and how long they took.</summary>
    public async Task<ReportedSessions> ReportedAsync(SpendRange range, CancellationToken cancellationToken)
    {
        var tallies = await sessions.TallyAsync(QueryOf(range), cancellationToken);
        return new(
            tallies.Sum(static tally => tally.Sessions),
            tallies.Sum(static tally => tally.Successes),
            tallies.Sum(static tally => tally.DurationMilliseconds),
            tallies.Where(static tally => tally.EngineerId.Length > 0).ToDictionary(static tally => tally.EngineerId, static tally => tally.Sessions, StringComparer.Ordinal));
    }

    private static SessionQuery QueryOf(SpendRange range, SaidOfSessions said) =>
        QueryOf(range) with { WithArchetype = said.IsOfKnownWork, Outcomes = said.Outcomes.Count == 0 ? null : said.Outcomes };

    private static SessionQuery QueryOf(SpendRange range) => new() { Within = range.Within, From = range.From, To = range.To };
}
