using Farthing.Domain.PlanFit;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Sessions;

/// <summary>What a client tells of a session. Null leaves what is known as it is; a list takes the place of the known one.</summary>
public sealed record SessionReport
{
    /// <summary>The longest session: a year and a day.</summary>
    public const long DurationMillisecondsMax = 366L * 24 * 60 * 60 * 1_000;

    /// <summary>The agent's own id of the session.</summary>
    public required string SessionId { get; init; }

    /// <summary>Whether only what is known already may be told of: it founds no session.</summary>
    public bool MustBeKnown { get; init; }

    /// <summary>The engineer who worked in it; null for the sender.</summary>
    public string? EngineerId { get; init; }

    /// <summary>The engineer's team; null for the one that is known.</summary>
    public string? TeamId { get; init; }

    /// <summary>The agent.</summary>
    public string? AgentType { get; init; }

    /// <summary>Its version.</summary>
    public string? AgentVersion { get; init; }

    /// <summary>The folder.</summary>
    public string? ProjectPath { get; init; }

    /// <summary>The project.</summary>
    public string? ProjectName { get; init; }

    /// <summary>The git branch.</summary>
    public string? Branch { get; init; }

    /// <summary>What the agent was allowed to do unasked.</summary>
    public string? PermissionMode { get; init; }

    /// <summary>Why it ended.</summary>
    public string? EndReason { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public long? DurationMilliseconds { get; init; }

    /// <summary>What was counted.</summary>
    public SessionCounts Counts { get; init; } = new();

    /// <summary>The model that did most.</summary>
    public string? PrimaryModel { get; init; }

    /// <summary>How it is paid for.</summary>
    public string? BillingMode { get; init; }

    /// <summary>Whether it did what it was to do, in a word of its client's.</summary>
    public string? Outcome { get; init; }

    /// <summary>What kind of session it was.</summary>
    public string? SessionType { get; init; }

    /// <summary>The way of working.</summary>
    public string? WorkflowArchetype { get; init; }

    /// <summary>In what it succeeded most.</summary>
    public string? PrimarySuccess { get; init; }

    /// <summary>What it was for.</summary>
    public IReadOnlyDictionary<string, long>? GoalCategories { get; init; }

    /// <summary>What stood in its way.</summary>
    public IReadOnlyDictionary<string, long>? FrictionCounts { get; init; }

    /// <summary>What it used by model; each model once.</summary>
    public IReadOnlyList<ModelUsage>? ModelUsages { get; init; }

    /// <summary>How often it called which tool.</summary>
    public IReadOnlyList<ToolUsage>? ToolUsages { get; init; }

    /// <summary>The session after this report, or why it cannot be so.</summary>
    /// <param name="known">The session before.</param>
    /// <param name="now">The time of the report.</param>
    public Result<AgentSession> ApplyTo(AgentSession known, DateTimeOffset now)
    {
        var after = known with
        {
            AgentType = AgentType ?? known.AgentType,
            AgentVersion = AgentVersion ?? known.AgentVersion,
            ProjectPath = ProjectPath ?? known.ProjectPath,
            ProjectName = ProjectName ?? known.ProjectName,
            Branch = Branch ?? known.Branch,
            PermissionMode = PermissionMode ?? known.PermissionMode,
            EndReason = EndReason ?? known.EndReason,
            StartedAt = StartedAt ?? known.StartedAt,
            EndedAt = EndedAt ?? known.EndedAt,
            DurationMilliseconds = DurationMilliseconds ?? known.DurationMilliseconds,
            Counts = Over(known.Counts),
            PrimaryModel = PrimaryModel ?? known.PrimaryModel,
            BillingMode = BillingMode ?? known.BillingMode,
            Facets = Over(known.Facets),
            ModelUsages = ModelUsages ?? known.ModelUsages,
            ToolUsages = ToolUsages ?? known.ToolUsages,
            ReportedAt = now,
        };
        return after.EndedAt < after.StartedAt ? Problem.Invalid("ended_at", "'ended_at' lies before 'started_at'.") : after;
    }

    private SessionCounts Over(SessionCounts known) => new()
    {
        Messages = Counts.Messages ?? known.Messages,
        UserMessages = Counts.UserMessages ?? known.UserMessages,
        AssistantMessages = Counts.AssistantMessages ?? known.AssistantMessages,
        ToolCalls = Counts.ToolCalls ?? known.ToolCalls,
        InputTokens = Counts.InputTokens ?? known.InputTokens,
        OutputTokens = Counts.OutputTokens ?? known.OutputTokens,
        CacheReadTokens = Counts.CacheReadTokens ?? known.CacheReadTokens,
        CacheCreationTokens = Counts.CacheCreationTokens ?? known.CacheCreationTokens,
    };

    private SessionFacets Over(SessionFacets known) => new()
    {
        Outcome = Outcome is null ? known.Outcome : SessionOutcomes.Parse(Outcome),
        SessionType = SessionType ?? known.SessionType,
        WorkflowArchetype = WorkflowArchetype ?? known.WorkflowArchetype,
        PrimarySuccess = PrimarySuccess ?? known.PrimarySuccess,
        GoalCategories = GoalCategories ?? known.GoalCategories,
        FrictionCounts = FrictionCounts ?? known.FrictionCounts,
    };
}
