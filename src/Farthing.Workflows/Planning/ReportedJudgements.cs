using Farthing.Domain.PlanFit;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Planning;

/// <summary>What clients said of sessions, as they reported them.</summary>
public sealed class ReportedJudgements(IAgentSessions sessions) : IJudgedSessions
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<JudgedSession>> JudgedAsync(SpendRange range, int limit, CancellationToken cancellationToken)
    {
        var facts = await sessions.FactsAsync(QueryOf(range) with { WithArchetype = true }, cancellationToken);
        return
        [
            .. facts.Reverse().Take(limit)
                .Select(static session => new JudgedSession(session.Id, session.EngineerId, session.Outcome, session.Archetype, session.PrimaryModel)),
        ];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, string>> BillingModesAsync(SpendRange range, CancellationToken cancellationToken)
    {
        var modes = await sessions.BillingModesAsync(QueryOf(range), cancellationToken);
        return modes.ToDictionary(static mode => mode.EngineerId, static mode => mode.BillingMode, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async Task<ReportedSessions> ReportedAsync(SpendRange range, CancellationToken cancellationToken)
    {
        var facts = await sessions.FactsAsync(QueryOf(range), cancellationToken);
        var byEngineer = new Dictionary<string, long>(StringComparer.Ordinal);
        var (successes, duration) = (0L, 0L);
        foreach (var session in facts)
        {
            successes += session.Outcome == SessionOutcome.Success ? 1 : 0;
            duration += session.DurationMilliseconds ?? 0;
            if (session.EngineerId.Length > 0)
            {
                byEngineer[session.EngineerId] = byEngineer.GetValueOrDefault(session.EngineerId) + 1;
            }
        }

        return new(facts.Count, successes, duration, byEngineer);
    }

    private static SessionQuery QueryOf(SpendRange range) => new() { Within = range.Within, From = range.From, To = range.To };
}
