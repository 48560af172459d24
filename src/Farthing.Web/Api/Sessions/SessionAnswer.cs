using Farthing.Domain.PlanFit;
using Farthing.Domain.Usage;
using Farthing.Workflows.Sessions;

namespace Farthing.Web.Api.Sessions;

/// <summary>A session as lists show it. What was not told is null.</summary>
internal record SessionAnswer
{
    public required string SessionId { get; init; }

    public required string? EngineerId { get; init; }

    public required string? TeamId { get; init; }

    public required string AgentType { get; init; }

    public required string? AgentVersion { get; init; }

    public required string? ProjectPath { get; init; }

    public required string? ProjectName { get; init; }

    public required string? GitBranch { get; init; }

    public required string? PermissionMode { get; init; }

    public required string? EndReason { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required decimal? DurationSeconds { get; init; }

    public required long? MessageCount { get; init; }

    public required long? UserMessageCount { get; init; }

    public required long? AssistantMessageCount { get; init; }

    public required long? ToolCallCount { get; init; }

    public required string? PrimaryModel { get; init; }

    public required string? BillingMode { get; init; }

    /// <summary><c>success</c>, <c>partial</c> or <c>failure</c>.</summary>
    public required string? Outcome { get; init; }

    public required string? SessionType { get; init; }

    public required string? WorkflowArchetype { get; init; }

    /// <summary>Whether its calls are known one by one, so that its own sums are not counted.</summary>
    public required bool KnownByCalls { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Tells a session.</summary>
    public static SessionAnswer Of(AgentSession session) => SessionDetailAnswer.Tell(session);

    /// <summary>A text that was told; null for none.</summary>
    protected static string? Told(string text) => text.Length > 0 ? text : null;
}

/// <summary>A session with what it used, as it was sent.</summary>
internal sealed record SessionDetailAnswer : SessionAnswer
{
    private const decimal MillisecondsPerSecond = 1_000;

    public required long? InputTokens { get; init; }

    public required long? OutputTokens { get; init; }

    public required long? CacheReadTokens { get; init; }

    public required long? CacheCreationTokens { get; init; }

    public required string? PrimarySuccess { get; init; }

    public required IReadOnlyDictionary<string, long> GoalCategories { get; init; }

    public required IReadOnlyDictionary<string, long> FrictionCounts { get; init; }

    public required IReadOnlyList<ModelUsageAnswer> ModelUsages { get; init; }

    public required IReadOnlyList<ToolUsageAnswer> ToolUsages { get; init; }

    /// <summary>Tells a session with all that is kept of it.</summary>
    public static SessionDetailAnswer Tell(AgentSession session) => new()
    {
        SessionId = session.Id,
        EngineerId = Told(session.EngineerId),
        TeamId = Told(session.TeamId),
        AgentType = session.AgentType,
        AgentVersion = Told(session.AgentVersion),
        ProjectPath = Told(session.ProjectPath),
        ProjectName = Told(session.ProjectName),
        GitBranch = Told(session.Branch),
        PermissionMode = Told(session.PermissionMode),
        EndReason = Told(session.EndReason),
        StartedAt = session.StartedAt,
        EndedAt = session.EndedAt,
        DurationSeconds = session.DurationMilliseconds / MillisecondsPerSecond,
        MessageCount = session.Counts.Messages,
        UserMessageCount = session.Counts.UserMessages,
        AssistantMessageCount = session.Counts.AssistantMessages,
        ToolCallCount = session.Counts.ToolCalls,
        PrimaryModel = Told(session.PrimaryModel),
        BillingMode = Told(session.BillingMode),
        Outcome = OutcomeOf(session.Facets.Outcome),
        SessionType = Told(session.Facets.SessionType),
        WorkflowArchetype = Told(session.Facets.WorkflowArchetype),
        KnownByCalls = session.IsKnownByCalls,
        CreatedAt = session.CreatedAt,
        InputTokens = session.Counts.InputTokens,
        OutputTokens = session.Counts.OutputTokens,
        CacheReadTokens = session.Counts.CacheReadTokens,
        CacheCreationTokens = session.Counts.CacheCreationTokens,
        PrimarySuccess = Told(session.Facets.PrimarySuccess),
        GoalCategories = session.Facets.GoalCategories,
        FrictionCounts = session.Facets.FrictionCounts,
        ModelUsages = [.. session.ModelUsages.Select(ModelUsageAnswer.Of)],
        ToolUsages = [.. session.ToolUsages.Select(static tool => new ToolUsageAnswer(tool.Tool, tool.Calls))],
    };

    private static string? OutcomeOf(SessionOutcome outcome) =>
        outcome == SessionOutcome.Unknown ? null : SessionOutcomes.Words.Single(entry => entry.Meaning == outcome).Word;
}

/// <summary>What a session used of a model, as it was sent.</summary>
internal sealed record ModelUsageAnswer(string ModelName, long InputTokens, long OutputTokens, long CacheReadTokens, long CacheCreationTokens)
{
    /// <summary>Tells it.</summary>
    public static ModelUsageAnswer Of(ModelUsage usage) =>
        new(usage.Model, usage.InputTokens, usage.OutputTokens, usage.CacheReadTokens, usage.CacheCreationTokens);
}

/// <summary>How often a session called a tool.</summary>
internal sealed record ToolUsageAnswer(string ToolName, long CallCount);
