using Farthing.Domain.PlanFit;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Planning;

/// <summary>What is known of a session besides what it cost.</summary>
/// <param name="Id">The session.</param>
/// <param name="EngineerId">Its engineer; empty for nobody.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Archetype">What kind of work it was; empty when nobody said.</param>
/// <param name="PrimaryModel">The model that did most of it; empty when nobody said.</param>
public sealed record JudgedSession(string Id, string EngineerId, SessionOutcome Outcome, string Archetype, string PrimaryModel);

/// <summary>All sessions of a range that were reported as such.</summary>
/// <param name="Sessions">How many.</param>
/// <param name="Successes">Those of them that succeeded.</param>
/// <param name="DurationMilliseconds">How long they took together.</param>
/// <param name="ByEngineer">How many by engineer.</param>
public sealed record ReportedSessions(long Sessions, long Successes, long DurationMilliseconds, IReadOnlyDictionary<string, long> ByEngineer);

/// <summary>Reads what clients said of sessions.</summary>
public interface IJudgedSessions
{
    /// <summary>Sessions whose kind of work is known, the latest first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<JudgedSession>> JudgedAsync(SpendRange range, int limit, CancellationToken cancellationToken);

    /// <summary>How the latest session of each engineer that tells it is paid for, by the engineer's id.</summary>
    Task<IReadOnlyDictionary<string, string>> BillingModesAsync(SpendRange range, CancellationToken cancellationToken);

    /// <summary>How many sessions there were and how long they took.</summary>
    Task<ReportedSessions> ReportedAsync(SpendRange range, CancellationToken cancellationToken);
}
