using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Planning;

/// <summary>What clients said of sessions, as they reported them.</summary>
public sealed class ReportedJudgements(IAgentSessions sessions) : IJudgedSessions
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<JudgedSession>> JudgedAsync(SpendRange range, int limit, CancellationToken cancellationToken)
    {
        var facts = await sessions.FactsAsync(QueryOf(range) with { WithArchetype = true }, limit, cancellationToken);
        return [.. facts.Select(static session => new JudgedSession(session.Id, session.EngineerId, session.Outcome, session.Archetype, session.PrimaryModel))];
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
        var tallies = await sessions.TallyAsync(QueryOf(range), cancellationToken);
        return new(
            tallies.Sum(static tally => tally.Sessions),
            tallies.Sum(static tally => tally.Successes),
            tallies.Sum(static tally => tally.DurationMilliseconds),
            tallies.Where(static tally => tally.EngineerId.Length > 0).ToDictionary(static tally => tally.EngineerId, static tally => tally.Sessions, StringComparer.Ordinal));
    }

    private static SessionQuery QueryOf(SpendRange range) => new() { Within = range.Within, From = range.From, To = range.To };
}
