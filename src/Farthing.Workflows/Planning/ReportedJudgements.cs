using Farthing.Domain.PlanFit;
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
public sealed record SaidOfSessions(bool IsOfKnownWork, IReadOnlyList<SessionOutcome> Outcomes);

/// <summary>What clients said of sessions, as they reported them.</summary>
public sealed class ReportedJudgements(IAgentSessions sessions)
{
    /// <summary>Sessions whose kind of work is known, the latest first, at most <paramref name="limit"/>.</summary>
    public Task<IReadOnlyList<SessionFacts>> JudgedAsync(SpendRange range, int limit, CancellationToken cancellationToken) =>
        JudgedAsync(range, new(IsOfKnownWork: true, []), limit, cancellationToken);

    /// <summary>Sessions of which something was said, the latest first, at most <paramref name="limit"/>.</summary>
    public Task<IReadOnlyList<SessionFacts>> JudgedAsync(SpendRange range, SaidOfSessions said, int limit, CancellationToken cancellationToken) => sessions.FactsAsync(
        QueryOf(range) with { WithArchetype = said.IsOfKnownWork, Outcomes = said.Outcomes.Count == 0 ? null : said.Outcomes }, limit, cancellationToken);

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

    private static SessionQuery QueryOf(SpendRange range) => new() { Within = range.Within, From = range.From, To = range.To };
}
