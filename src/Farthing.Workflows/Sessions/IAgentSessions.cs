using Farthing.Domain.PlanFit;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Sessions;

/// <summary>Which sessions are meant. All conditions hold together; null restricts nothing.</summary>
public sealed record SessionQuery
{
    /// <summary>What may be touched, as <see cref="ScopeRules"/> decided it.</summary>
    public required Scope Within { get; init; }

    /// <summary>Only this engineer's.</summary>
    public string? EngineerId { get; init; }

    /// <summary>Only this team's: those that were its engineers' when they were reported first.</summary>
    public string? TeamId { get; init; }

    /// <summary>Only those of the project with this folder or name.</summary>
    public string? Project { get; init; }

    /// <summary>Only those that began at this instant or later. With either bound, sessions without a beginning are not meant.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those that began at this instant or earlier.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only those that can be compared by archetype, see <see cref="SessionFacets.Archetype"/>.</summary>
    public bool WithArchetype { get; init; }

    /// <summary>Only those of which one of these came; null for all.</summary>
    public IReadOnlyList<SessionOutcome>? Outcomes { get; init; }
}

/// <summary>What is compared of a session.</summary>
/// <param name="Id">The session.</param>
/// <param name="EngineerId">Its engineer; empty for nobody.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Archetype">See <see cref="SessionFacets.Archetype"/>; empty when not told.</param>
/// <param name="PrimaryModel">The model that did most; empty when not told.</param>
/// <param name="DurationMilliseconds">How long its client says it took; null when not told.</param>
public sealed record SessionFacts(string Id, string EngineerId, SessionOutcome Outcome, string Archetype, string PrimaryModel, long? DurationMilliseconds);

/// <summary>How the latest session of an engineer that tells it is paid for.</summary>
/// <param name="EngineerId">The engineer.</param>
/// <param name="BillingMode">How.</param>
public sealed record EngineerBillingMode(string EngineerId, string BillingMode);

/// <summary>The sessions of an engineer, counted.</summary>
/// <param name="EngineerId">The engineer; empty for nobody.</param>
/// <param name="Sessions">How many.</param>
/// <param name="Successes">Those of them that succeeded.</param>
/// <param name="DurationMilliseconds">How long their clients say they took together; those that do not say add nothing.</param>
public sealed record SessionTally(string EngineerId, long Sessions, long Successes, long DurationMilliseconds);

/// <summary>The sessions of a store.</summary>
public interface IAgentSessions
{
    /// <summary>
    /// Changes sessions in one transaction, alone in their organisation: reads them, has them changed, keeps them, and puts
    /// what they count for afterwards in the place of what they counted for. Durable when the task completes.
    /// </summary>
    /// <param name="org">Whose sessions.</param>
    /// <param name="ids">Which ones; those that are not there yet too.</param>
    /// <param name="change">Changes them; may be asked again after a transaction that gave way to another one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<T> ChangeAsync<T>(string org, IReadOnlyList<string> ids, Func<SessionBook, T> change, CancellationToken cancellationToken);

    /// <summary>A page of sessions, the one that began last first, those without a beginning at the end.</summary>
    Task<IReadOnlyList<AgentSession>> ListAsync(SessionQuery query, Page page, CancellationToken cancellationToken);

    /// <summary>The session of an id within a scope; null when there is none.</summary>
    Task<AgentSession?> FindAsync(Scope within, string id, CancellationToken cancellationToken);

    /// <summary>What is compared of a page of sessions, in the same order.</summary>
    Task<IReadOnlyList<SessionFacts>> FactsAsync(SessionQuery query, Page page, CancellationToken cancellationToken);

    /// <summary>How many sessions each engineer had and what came of them, in the order of the engineers' ids; nobody's are those of the empty id.</summary>
    Task<IReadOnlyList<SessionTally>> TallyAsync(SessionQuery query, CancellationToken cancellationToken);

    /// <summary>How the latest session of each engineer that tells it is paid for, in the order of the engineers' ids.</summary>
    Task<IReadOnlyList<EngineerBillingMode>> BillingModesAsync(SessionQuery query, CancellationToken cancellationToken);
}
