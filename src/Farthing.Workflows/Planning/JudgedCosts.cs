using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Planning;

/// <summary>A session of which something was said, with what it cost.</summary>
/// <param name="Session">What was said of it.</param>
/// <param name="Spend">What it used and cost.</param>
public sealed record JudgedCost(SessionFacts Session, SessionSpend Spend)
{
    /// <summary>The model that did most of it; where nobody said, the one that cost most.</summary>
    public string Model => Session.PrimaryModel.Length > 0 ? Session.PrimaryModel : Spend.CostliestModel;
}

/// <summary>The latest sessions of which something was said, with their costs.</summary>
/// <param name="Sessions">Those of them with usage.</param>
/// <param name="IsCut">Whether there are older ones that were not looked at.</param>
public sealed record JudgedCosts(IReadOnlyList<JudgedCost> Sessions, bool IsCut)
{
    /// <summary>The most sessions that are looked at.</summary>
    public const int SessionsMax = SessionListPage.KeysMax;

    /// <summary>Reads them: one query for what was said, and one for what the sessions cost of which something was said.</summary>
    public static Task<JudgedCosts> ReadAsync(ReportedJudgements judged, ISessionQueries spend, SpendRange range, CancellationToken cancellationToken) =>
        ReadAsync(judged, spend, range, new(IsOfKnownWork: true, []), [], cancellationToken);

    /// <summary>As the other one, of sessions of which something else was said, and no more of what they cost than some filters let through.</summary>
    public static async Task<JudgedCosts> ReadAsync(
        ReportedJudgements judged, ISessionQueries spend, SpendRange range, SaidOfSessions said, IReadOnlyList<SpendFilter> only, CancellationToken cancellationToken)
    {
        var sessions = await judged.JudgedAsync(range, said, SessionsMax + 1, cancellationToken);
        var byKey = sessions.Take(SessionsMax).DistinctBy(static session => session.Id, StringComparer.Ordinal).ToDictionary(static session => session.Id, StringComparer.Ordinal);
        var costs = new List<JudgedCost>(byKey.Count);
        if (byKey.Count == 0)
        {
            return new(costs, IsCut: false);
        }

        // A session that began in the range is compared with all that it cost, also behind the end of the range.
        var whole = (range with { From = null, To = null }).Sums() with { Only = only };
        foreach (var spent in await spend.SessionSpendAsync(whole, new() { Keys = [.. byKey.Keys] }, cancellationToken))
        {
            if (byKey.Remove(spent.Key, out var session) && IsMeant(session, range.WentTo))
            {
                costs.Add(new(session, spent));
            }
        }

        return new(costs, sessions.Count > SessionsMax);
    }

    /// <summary>What a session cost at one provider is compared only where a model of that provider did most of it.</summary>
    private static bool IsMeant(SessionFacts session, ProviderCalls? provider) =>
        provider is null || session.PrimaryModel.Length == 0 || provider.Includes(session.PrimaryModel);
}
