using Farthing.Domain.Money;

namespace Farthing.Domain.Usage;

/// <summary>The price class that the provider says it served the call in.</summary>
public enum ServiceTier
{
    /// <summary>The list price.</summary>
    Standard,

    /// <summary>Asynchronous, usually half price.</summary>
    Batch,

    /// <summary>Slower and cheaper.</summary>
    Flex,

    /// <summary>Faster and dearer.</summary>
    Priority,
}

/// <summary>What besides model, time and size decides the price of a call; as the response tells, never as requested.</summary>
/// <param name="Tier">The service tier.</param>
/// <param name="Fast">Whether a fast mode ran.</param>
/// <param name="Geo">The inference region when it is priced apart (<c>us</c>); empty otherwise.</param>
public readonly record struct CallTerms(ServiceTier Tier, bool Fast, string Geo)
{
    /// <summary>List price, anywhere.</summary>
    public static CallTerms Standard => new(ServiceTier.Standard, Fast: false, string.Empty);
}

/// <summary>What is known about an event's figures, and whether the call came to its end.</summary>
[Flags]
public enum EventQuality
{
    /// <summary>As the provider counted.</summary>
    Good = 0,

    /// <summary>A side question or a subagent that replays its parent's messages.</summary>
    Sidechain = 1,

    /// <summary>The log holds a streaming placeholder: the true output is at least this.</summary>
    OutputLowerBound = 2,

    /// <summary>The stream broke off; counted as far as seen.</summary>
    IncompleteStream = 4,

    /// <summary>The classes were derived by a rule, not told by the source.</summary>
    ClassesInferred = 8,

    /// <summary>The log names no model; one was assumed.</summary>
    ModelAssumed = 16,

    /// <summary>The call failed; whatever the provider counted of it costs what it costs.</summary>
    Failed = 32,

    /// <summary>Not a call but the sum of a session's calls to one model, as its client reported it; priced at base rates.</summary>
    SessionTotal = 64,
}

/// <summary>The session of an agent that a call belongs to.</summary>
/// <param name="Key">The agent's own id of the session.</param>
/// <param name="AgentVersion">The version of the agent, empty when not told.</param>
/// <param name="Parent">The session that this one was forked or spawned from, empty when none.</param>
public sealed record Session(string Key, string AgentVersion, string Parent);

/// <summary>One model call (or one iteration of it) with disjoint token classes. Immutable.</summary>
public sealed record UsageEvent
{
    /// <summary>
    /// The time of what has none: it counts where nobody asks for a time, and belongs to no day and to no range. No agent
    /// was at work then, so nothing else bears it.
    /// </summary>
    public static readonly DateTimeOffset Undated = DateTimeOffset.UnixEpoch;

    /// <summary>The identity; copies of one call have the same <see cref="EventId.Alias"/>.</summary>
    public required EventId Id { get; init; }

    /// <summary>When the call's first record was written, UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>What spend is grouped by; holds the model and the agent.</summary>
    public required Dimensions Dimensions { get; init; }

    /// <summary>The session.</summary>
    public required Session Session { get; init; }

    /// <summary>The tokens.</summary>
    public required TokenCounts Tokens { get; init; }

    /// <summary>What decides the price besides model, time and size.</summary>
    public CallTerms Terms { get; init; } = CallTerms.Standard;

    /// <summary>Web searches that the provider ran and bills per search.</summary>
    public int WebSearches { get; init; }

    /// <summary>What the source itself claimed the call cost; kept beside, never mixed in.</summary>
    public Usd? ReportedCost { get; init; }

    /// <summary>What is known about the figures.</summary>
    public EventQuality Quality { get; init; }

    /// <summary>Whether the call failed, as far as its source tells.</summary>
    public bool HasFailed => (Quality & EventQuality.Failed) != EventQuality.Good;

    /// <summary>Whether it is the sum of a session's calls and not one call.</summary>
    public bool IsSessionTotal => (Quality & EventQuality.SessionTotal) != EventQuality.Good;

    /// <summary>
    /// Whether copies of the call may carry other times, so that it must be found under its alias (see
    /// <see cref="EventId.Alias"/>) on the neighbouring days too.
    /// </summary>
    public bool HasVaryingTime { get; init; }

    /// <summary>The alias of the provider's request id, by which telemetry of the same call is recognised; null when unknown.</summary>
    public long? RequestAlias { get; init; }

    /// <summary>The run, one attempt at a plan, that the call was made for; empty for none. At most <see cref="UsageRules.TextMax"/> characters.</summary>
    public string Run { get; init; } = string.Empty;

    /// <summary>How long the call took, in milliseconds, never negative; null when not told.</summary>
    public long? DurationMilliseconds { get; init; }

    /// <summary>The line of the log that the event was read from, 1-based; 0 when it has none.</summary>
    public long Line { get; init; }
}
