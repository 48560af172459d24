using Farthing.Domain.PlanFit;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Sessions;

/// <summary>
/// A session of an agent as its client reported it. What was not told is null, or empty where it is a text. What people
/// and models wrote in it is not among it.
/// </summary>
public sealed record AgentSession
{
    /// <summary>Whose it is.</summary>
    public required string Org { get; init; }

    /// <summary>The agent's own id of the session, which calls of it bear as their session too.</summary>
    public required string Id { get; init; }

    /// <summary>Who reported it first; nobody else may change it.</summary>
    public required string Sender { get; init; }

    /// <summary>The id of the key by which it was reported first; empty for the operator, and for what was reported before keys were noted.</summary>
    public string ApiKey { get; init; } = string.Empty;

    /// <summary>The engineer who worked in it; empty when the sender named none.</summary>
    public string EngineerId { get; init; } = string.Empty;

    /// <summary>The engineer's team when it was reported first; empty for none.</summary>
    public string TeamId { get; init; } = string.Empty;

    /// <summary>The agent as its client names it: <c>claude_code</c>.</summary>
    public string AgentType { get; init; } = SessionAgents.Usual;

    /// <summary>The agent's version.</summary>
    public string AgentVersion { get; init; } = string.Empty;

    /// <summary>The folder that the agent worked in.</summary>
    public string ProjectPath { get; init; } = string.Empty;

    /// <summary>The project's name.</summary>
    public string ProjectName { get; init; } = string.Empty;

    /// <summary>The git branch.</summary>
    public string Branch { get; init; } = string.Empty;

    /// <summary>What the agent was allowed to do unasked.</summary>
    public string PermissionMode { get; init; } = string.Empty;

    /// <summary>Why it ended.</summary>
    public string EndReason { get; init; } = string.Empty;

    /// <summary>When it began, UTC to the millisecond.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, not before it began.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long its client says it took, in milliseconds.</summary>
    public long? DurationMilliseconds { get; init; }

    /// <summary>Messages, calls of tools and tokens, as the client counted them for the whole session.</summary>
    public SessionCounts Counts { get; init; } = new();

    /// <summary>The model that its client says did most of the work.</summary>
    public string PrimaryModel { get; init; } = string.Empty;

    /// <summary>How it is paid for: <c>api_key</c>, <c>subscription</c>.</summary>
    public string BillingMode { get; init; } = string.Empty;

    /// <summary>What came of it.</summary>
    public SessionFacets Facets { get; init; } = new();

    /// <summary>What it used by model, as it was sent; each model once.</summary>
    public IReadOnlyList<ModelUsage> ModelUsages { get; init; } = [];

    /// <summary>How often it called which tool.</summary>
    public IReadOnlyList<ToolUsage> ToolUsages { get; init; } = [];

    /// <summary>Whether its calls are known one by one from another door, which is more exact: then its own sums are not counted.</summary>
    public bool IsKnownByCalls { get; init; }

    /// <summary>When it was reported first.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was reported last.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>The project as usage bears it: the folder, or the name where no folder is told.</summary>
    public string Project => ProjectPath.Length > 0 ? ProjectPath : ProjectName;
}

/// <summary>What the client of a session counted; null for what it did not tell.</summary>
public sealed record SessionCounts
{
    /// <summary>Messages.</summary>
    public long? Messages { get; init; }

    /// <summary>Those of the user.</summary>
    public long? UserMessages { get; init; }

    /// <summary>Those of the agent.</summary>
    public long? AssistantMessages { get; init; }

    /// <summary>Calls of tools.</summary>
    public long? ToolCalls { get; init; }

    /// <summary>Input tokens as sent; what is billed is told by model.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Generated tokens as sent.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Tokens read from caches as sent.</summary>
    public long? CacheReadTokens { get; init; }

    /// <summary>Tokens written to caches as sent.</summary>
    public long? CacheCreationTokens { get; init; }
}

/// <summary>What came of a session, judged by its client.</summary>
public sealed record SessionFacets
{
    /// <summary>Whether it did what it was to do.</summary>
    public SessionOutcome Outcome { get; init; }

    /// <summary>What kind of session it was.</summary>
    public string SessionType { get; init; } = string.Empty;

    /// <summary>The way of working that it followed, where the client tells that apart from its kind.</summary>
    public string WorkflowArchetype { get; init; } = string.Empty;

    /// <summary>In what it succeeded most.</summary>
    public string PrimarySuccess { get; init; } = string.Empty;

    /// <summary>What it was for: categories with their weights.</summary>
    public IReadOnlyDictionary<string, long> GoalCategories { get; init; } = NoCounts;

    /// <summary>What stood in its way, and how often.</summary>
    public IReadOnlyDictionary<string, long> FrictionCounts { get; init; } = NoCounts;

    /// <summary>What sessions of one kind are compared by: the way of working, or the kind.</summary>
    public string Archetype => WorkflowArchetype.Length > 0 ? WorkflowArchetype : SessionType;

    private static IReadOnlyDictionary<string, long> NoCounts { get; } = new SortedDictionary<string, long>(StringComparer.Ordinal);
}

/// <summary>How often a session called a tool.</summary>
/// <param name="Tool">Its name.</param>
/// <param name="Calls">How often.</param>
public sealed record ToolUsage(string Tool, long Calls);
