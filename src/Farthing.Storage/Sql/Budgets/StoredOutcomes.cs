using Farthing.Domain.PlanFit;
using Farthing.Storage.Sql.AgentSessions;
using Farthing.Workflows.Alerting;

namespace Farthing.Storage.Sql.Budgets;

/// <summary>What came of reported sessions. Most have no friction, so the engine counts those that are alike.</summary>
internal sealed class StoredOutcomes(ISqlDatabase database) : ISessionOutcomes
{
    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, OutcomeSums>> SumAsync(string org, DateTimeOffset after, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<string, OutcomeSums>(StringComparer.Ordinal);
        foreach (var (team, sum) in await database.ReadAsync(session => session.ReadAsync(Text(org, after, until), Read, cancellationToken), cancellationToken))
        {
            sums[team] = sums.GetValueOrDefault(team) + sum;
        }

        return sums;
    }

    private static SqlText Text(string org, DateTimeOffset after, DateTimeOffset until) => new SqlText()
        .Add("SELECT s.team, s.outcome, s.friction_counts, COUNT(*) FROM agent_sessions s WHERE s.org =", org)
        .Add("AND s.started >", after.ToUnixTimeMilliseconds()).Add("AND s.started <=", until.ToUnixTimeMilliseconds())
        .Add("GROUP BY s.team, s.outcome, s.friction_counts");

    private static (string Team, OutcomeSums Sum) Read(ISqlRow row)
    {
        var (outcome, sessions) = ((SessionOutcome)row.Integer(1), row.Integer(3));
        return (row.Text(0), new(
            outcome == SessionOutcome.Unknown ? 0 : sessions,
            outcome == SessionOutcome.Success ? sessions : 0,
            SessionLists.ReadCounts(row.Text(2)).Values.Sum() * sessions));
    }
}
