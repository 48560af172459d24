using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;
using Farthing.Workflows.Planning;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Analytics;

/// <summary>What one kind of work took and cost, by the sessions that say they were of it.</summary>
/// <param name="Archetype">The kind of work.</param>
/// <param name="Sessions">How many sessions.</param>
/// <param name="Successes">Those of them that succeeded.</param>
/// <param name="Used">What they used and cost.</param>
public sealed record WorkflowCost(string Archetype, int Sessions, int Successes, SpendSum Used)
{
    /// <summary>What they cost.</summary>
    public Usd Cost => Used.Cost;

    /// <summary>Those of the sessions of which is known what came of them.</summary>
    public int Judged { get; init; }

    /// <summary>How long the one in the middle took, of those whose clients tell it; null when none does.</summary>
    public TimeSpan? MedianLength { get; init; }

    /// <summary>Dollars a session; null without any.</summary>
    public Ratio? CostPerSession => Sessions == 0 ? null : Ratio.Dollars(Cost) / Ratio.Of(Sessions);

    /// <summary>Dollars a success; null without any.</summary>
    public Ratio? CostPerSuccess => Successes == 0 ? null : Ratio.Dollars(Cost) / Ratio.Of(Successes);

    /// <summary>Which part of the judged sessions succeeded; null when none was judged.</summary>
    public Ratio? SuccessRate => Judged == 0 ? null : Ratio.Of(Successes, Judged);

    /// <summary>The kinds of work of some sessions, the dearest first.</summary>
    public static IReadOnlyList<WorkflowCost> ListOf(IEnumerable<JudgedCost> sessions) =>
    [
        .. sessions.GroupBy(static session => session.Session.Archetype, StringComparer.Ordinal)
            .Select(static work => Of(work.Key, [.. work]))
            .OrderByDescending(static work => work.Cost)
            .ThenBy(static work => work.Archetype, StringComparer.Ordinal),
    ];

    private static WorkflowCost Of(string archetype, IReadOnlyList<JudgedCost> sessions)
    {
        var used = sessions.Aggregate(default(SpendSum), static (sum, session) => sum + session.Spend.Sum);
        return new(archetype, sessions.Count, sessions.Count(static session => session.Session.Outcome == SessionOutcome.Success), used)
        {
            Judged = sessions.Count(static session => session.Session.Outcome != SessionOutcome.Unknown),
            MedianLength = MedianOf([.. sessions.Select(static session => session.Session.DurationMilliseconds).OfType<long>().Order()]),
        };
    }

    /// <summary>The middle of sorted lengths; of an even number, what lies between the two in the middle.</summary>
    private static TimeSpan? MedianOf(IReadOnlyList<long> milliseconds) => milliseconds.Count == 0
        ? null
        : TimeSpan.FromMilliseconds((milliseconds[(milliseconds.Count - 1) / 2] + milliseconds[milliseconds.Count / 2]) / 2);
}
