using Farthing.Domain.Pricing;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Planning;

/// <summary>A session of which something was said, with what it cost.</summary>
/// <param name="Session">What was said of it.</param>
/// <param name="Spend">What it used and cost.</param>
public sealed record JudgedCost(SessionFacts Session, SessionSpend Spend)
{
    /// <summary>The model that it stands for where models are compared: the one that did most of it, or where nobody said, the one that cost most; empty where not all of its cost is known.</summary>
    public string ComparedModel => !Spend.Sum.Status.IsPriced() ? string.Empty : Session.PrimaryModel.Length > 0 ? Session.PrimaryModel : Spend.CostliestModel;
}

/// <summary>Sessions of which something was said, with their costs: those that began last, or those before a place among them.</summary>
/// <param name="Sessions">Those of them with usage.</param>
/// <param name="Next">The one that began first of those that were looked at, where others began before it; empty where none did.</param>
public sealed record JudgedCosts(IReadOnlyList<JudgedCost> Sessions, string Next)
{
    /// <summary>The most sessions that are looked at.</summary>
    public const int SessionsMax = SessionListPage.KeysMax;

    /// <summary>Whether there are older ones that were not looked at.</summary>
    public bool IsCut => Next.Length > 0;

    /// <summary>Reads them: one query for what was said, and one for what the sessions cost of which something was said.</summary>
    public static Task<JudgedCosts> ReadAsync(ReportedJudgements judged, ISessionQueries spend, SpendRange range, CancellationToken cancellationToken) =>
        ReadAsync(judged, spend, range, SaidOfSessions.KnownWork, [], string.Empty, cancellationToken);

    /// <summary>As the other one, of sessions of which something else was said, and no more of what they cost than some filters let through.</summary>
    /// <param name="judged">What was said of sessions.</param>
    /// <param name="spend">What they cost.</param>
    /// <param name="range">When they began.</param>
    /// <param name="said">What was said of them.</param>
    /// <param name="only">What is meant of their costs.</param>
    /// <param name="behind">Only those behind this session, the one that began last first; empty for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<JudgedCosts> ReadAsync(
        ReportedJudgements judged, ISessionQueries spend, SpendRange range, SaidOfSessions said, IReadOnlyList<SpendFilter> only, string behind, CancellationToken cancellationToken)
    {
        var sessions = await judged.JudgedAsync(range, said, new(SessionsMax + 1, behind), cancellationToken);
        var byKey = sessions.Take(SessionsMax).DistinctBy(static session => session.Id, StringComparer.Ordinal).ToDictionary(static session => session.Id, StringComparer.Ordinal);
        var costs = new List<JudgedCost>(byKey.Count);
        if (byKey.Count == 0)
        {
            return new(costs, string.Empty);
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

        return new(costs, sessions.Count > SessionsMax ? sessions[SessionsMax - 1].Id : string.Empty);
    }

    /// <summary>What a session cost at one provider is compared only where a model of that provider did most of it.</summary>
    private static bool IsMeant(SessionFacts session, ProviderCalls? provider) =>
        provider is null || session.PrimaryModel.Length == 0 || provider.Includes(session.PrimaryModel);
}
