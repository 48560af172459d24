using Farthing.Domain.Caching;
using Farthing.Workflows.Access;
using Farthing.Workflows.Caching;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Sessions;

/// <summary>Opens a session: who and where, what it cost, its calls, and how it used the cache.</summary>
public sealed class OpenSession(ISpendQueries spend, IAgentSessions sessions, ReadNames names)
{
    /// <summary>More calls than these are not looked at one by one; what the session cost is told of all of them.</summary>
    public const int CallsMax = 5_000;

    private const int StepsMax = 120;

    /// <summary>Opens it; a session that is not there and one that is not the asker's are never told apart.</summary>
    /// <param name="within">What may be touched.</param>
    /// <param name="key">The key that its agent gave it.</param>
    /// <param name="agent">The agent; null or empty for the one with the latest call.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<OpenedSession>> OpenAsync(Scope within, string key, string? agent, CancellationToken cancellationToken)
    {
        var all = new SpendQuery { Within = within, Zone = TimeZoneInfo.Utc, ByDay = false };
        var found = key.Length == 0 ? [] : await spend.SessionSpendAsync(all, new() { Keys = [key] }, cancellationToken);
        if (found.FirstOrDefault(session => agent is null or "" || session.Agent == agent) is not { } whole)
        {
            return Problem.NotFound("session");
        }

        var page = new CallListPage { Session = key, OldestFirst = true, Limit = CallsMax + 1 };
        var calls = await spend.CallPageAsync(all with { Only = [new(SpendDimension.Agent, [whole.Agent])] }, page, cancellationToken);
        List<PricedCall> shown = [.. calls.Take(CallsMax).OrderBy(static call => call.Usage.OccurredAt)];
        var judged = JudgedCall.Judge(shown);
        return new OpenedSession
        {
            Spend = whole,
            Reported = await sessions.FindAsync(within, key, cancellationToken),
            OtherAgents = [.. found.Select(static session => session.Agent).Where(one => one != whole.Agent).Order(StringComparer.Ordinal)],
            Calls = judged,
            IsCut = calls.Count > CallsMax,
            BuildUps = shown.Count == 0 ? [] : ExplainCost.SessionOf(shown, isCut: false).BuildUps,
            Caching = shown.Aggregate(default(CacheSums), static (sum, call) => sum + CacheSums.Of(call.Rating.Card, call.Usage.Tokens)),
            Causes = MissCause.Of(judged),
            Steps = SessionStep.Of(shown, StepsMax),
            Pricing = PricingTotals.Of(whole.Sum),
            Names = await names.OfAsync(within, whole.User, cancellationToken),
        };
    }
}
