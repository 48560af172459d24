using System.Text.Json;
using Farthing.Domain.Usage;
using Farthing.Workflows;
using Farthing.Workflows.Sessions;

namespace Farthing.Web.Api.Sessions;

/// <summary>
/// Turns what Primer's clients send into reports. They send more than is asked for; prompts, summaries and whatever else
/// people and models wrote is passed over and kept nowhere.
/// </summary>
internal static class SessionReading
{
    private static readonly Problem NotAnObject = new(ProblemKind.Invalid, "wrong_type", "A session is an object.");

    /// <summary>Reads the report of a session.</summary>
    public static Result<SessionReport> Session(JsonElement body, DateTimeOffset now)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return NotAnObject;
        }

        var members = new SessionMembers(body, now);
        var facets = members.Inner("facets");
        var report = new SessionReport
        {
            SessionId = members.NeededText("session_id"),
            EngineerId = members.Text("engineer_id"),
            TeamId = members.Text("team_id"),
            AgentType = members.Text("agent_type") is { Length: > 0 } agent ? agent : null,
            AgentVersion = members.Text("agent_version") ?? members.Text("claude_version"),
            ProjectPath = members.Text("project_path"),
            ProjectName = members.Text("project_name"),
            Branch = members.Text("git_branch"),
            PermissionMode = members.Text("permission_mode"),
            EndReason = members.Text("end_reason"),
            StartedAt = members.Moment("started_at"),
            EndedAt = members.Moment("ended_at"),
            DurationMilliseconds = members.Milliseconds("duration_seconds", SessionReport.DurationMillisecondsMax),
            Counts = CountsOf(members),
            PrimaryModel = members.Text("primary_model"),
            BillingMode = members.Text("billing_mode"),
            ModelUsages = members.List("model_usages", SessionLimits.EntriesMax, ModelUsageOf) is { } usages ? Joined(usages) : null,
            ToolUsages = members.List("tool_usages", SessionLimits.ToolsMax, static tool => new ToolUsage(tool.NeededText("tool_name"), tool.Count("call_count") ?? 0)),
        };
        if (facets is not null)
        {
            report = WithFacets(report, facets);
        }

        return (members.Problem ?? Inside("facets", facets?.Problem)) is { } problem ? problem : report;
    }

    /// <summary>Reads what came of a session, told by itself or under <c>facets</c>.</summary>
    public static Result<SessionReport> Facets(string sessionId, JsonElement body, DateTimeOffset now)
    {
        var members = new SessionMembers(body, now);
        var inner = members.Inner("facets");
        var report = WithFacets(new() { SessionId = sessionId, MustBeKnown = true }, inner ?? members);
        return (members.Problem ?? Inside("facets", inner?.Problem)) is { } problem ? problem : report;
    }

    private static SessionReport WithFacets(SessionReport report, SessionMembers facets) => report with
    {
        Outcome = facets.Text("outcome"),
        SessionType = facets.Text("session_type"),
        WorkflowArchetype = facets.Text("workflow_archetype") ?? facets.Text("archetype"),
        PrimarySuccess = facets.TextOrFlag("primary_success"),
        GoalCategories = facets.Counts("goal_categories", SessionLimits.EntriesMax),
        FrictionCounts = facets.Counts("friction_counts", SessionLimits.EntriesMax),
    };

    private static SessionCounts CountsOf(SessionMembers members) => new()
    {
        Messages = members.Count("message_count"),
        UserMessages = members.Count("user_message_count"),
        AssistantMessages = members.Count("assistant_message_count"),
        ToolCalls = members.Count("tool_call_count"),
        InputTokens = members.Count("input_tokens"),
        OutputTokens = members.Count("output_tokens"),
        CacheReadTokens = members.Count("cache_read_tokens"),
        CacheCreationTokens = members.Count("cache_creation_tokens"),
    };

    private static ModelUsage ModelUsageOf(SessionMembers usage) => new(
        usage.NeededText("model_name"), usage.Count("input_tokens") ?? 0, usage.Count("output_tokens") ?? 0,
        usage.Count("cache_read_tokens") ?? 0, usage.Count("cache_creation_tokens") ?? 0);

    /// <summary>Each model once. As many entries as there may be of one model still fit a count that is priced.</summary>
    private static List<ModelUsage> Joined(IReadOnlyList<ModelUsage> usages) =>
        [.. usages.GroupBy(static usage => usage.Model, StringComparer.Ordinal).Select(static same => Capped(same.Aggregate(static (left, right) => left + right)))];

    private static ModelUsage Capped(ModelUsage usage) => usage with
    {
        InputTokens = Math.Min(usage.InputTokens, TokenCounts.ClassMax),
        OutputTokens = Math.Min(usage.OutputTokens, TokenCounts.ClassMax),
        CacheReadTokens = Math.Min(usage.CacheReadTokens, TokenCounts.ClassMax),
        CacheCreationTokens = Math.Min(usage.CacheCreationTokens, TokenCounts.ClassMax),
    };

    private static Problem? Inside(string name, Problem? problem) => problem is null ? null : problem with { Field = $"{name}.{problem.Field}" };
}
