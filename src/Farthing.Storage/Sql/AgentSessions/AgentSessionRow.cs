using Farthing.Domain.PlanFit;
using Farthing.Workflows.Sessions;

namespace Farthing.Storage.Sql.AgentSessions;

/// <summary>
/// A session as a row, alike in both engines. Texts that were not told are empty, numbers −1, times 0, so that every
/// column has a value and sessions without a beginning come last.
/// </summary>
internal static class AgentSessionRow
{
    /// <summary>The columns that <see cref="Read"/> wants, in its order.</summary>
    public const string Columns =
        """
        org, id, sender, engineer, team, agent_type, agent_version, project_path, project_name, branch, permission_mode, end_reason,
        started, ended, duration, messages, user_messages, assistant_messages, tool_calls, input_tokens, output_tokens,
        cache_read_tokens, cache_creation_tokens, primary_model, billing_mode, outcome, session_type, workflow_archetype,
        primary_success, goal_categories, friction_counts, model_usages, tool_usages, known_by_calls, created, reported, api_key
        """;

    private const long Untold = -1;

    /// <summary>The statement that keeps a session, new or known.</summary>
    public static SqlText Upsert(AgentSession session)
    {
        var sql = new SqlText().Add($"INSERT INTO agent_sessions ({Columns}, archetype) VALUES (");
        var separator = string.Empty;
        foreach (var value in ValuesOf(session))
        {
            sql.Add(separator, value);
            separator = ",";
        }

        return sql.Add(") ON CONFLICT (org, id) DO UPDATE SET").Add(Assignments);
    }

    /// <summary>Reads a session.</summary>
    public static AgentSession Read<TRow>(TRow row)
        where TRow : ISqlRow => new()
        {
            Org = row.Text(0),
            Id = row.Text(1),
            Sender = row.Text(2),
            EngineerId = row.Text(3),
            TeamId = row.Text(4),
            AgentType = row.Text(5),
            AgentVersion = row.Text(6),
            ProjectPath = row.Text(7),
            ProjectName = row.Text(8),
            Branch = row.Text(9),
            PermissionMode = row.Text(10),
            EndReason = row.Text(11),
            StartedAt = MomentOf(row.Integer(12)),
            EndedAt = MomentOf(row.Integer(13)),
            DurationMilliseconds = NumberOf(row.Integer(14)),
            Counts = ReadCounts(row),
            PrimaryModel = row.Text(23),
            BillingMode = row.Text(24),
            Facets = ReadFacets(row),
            ModelUsages = SessionLists.ReadModels(row.Text(31)),
            ToolUsages = SessionLists.ReadTools(row.Text(32)),
            IsKnownByCalls = row.Integer(33) != 0,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Integer(34)),
            ReportedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Integer(35)),
            ApiKey = row.Text(36),
        };

    /// <summary>A time of a column; null for none.</summary>
    public static DateTimeOffset? MomentOf(long milliseconds) => milliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static string Assignments { get; } = string.Join(
        ", ",
        $"{Columns}, archetype".Split(',', StringSplitOptions.TrimEntries).Where(static column => column is not ("org" or "id")).Select(static column => $"{column} = excluded.{column}"));

    private static IEnumerable<object> ValuesOf(AgentSession session) =>
    [
        session.Org, session.Id, session.Sender, session.EngineerId, session.TeamId, session.AgentType, session.AgentVersion,
        session.ProjectPath, session.ProjectName, session.Branch, session.PermissionMode, session.EndReason,
        session.StartedAt?.ToUnixTimeMilliseconds() ?? 0, session.EndedAt?.ToUnixTimeMilliseconds() ?? 0, session.DurationMilliseconds ?? Untold,
        session.Counts.Messages ?? Untold, session.Counts.UserMessages ?? Untold, session.Counts.AssistantMessages ?? Untold,
        session.Counts.ToolCalls ?? Untold, session.Counts.InputTokens ?? Untold, session.Counts.OutputTokens ?? Untold,
        session.Counts.CacheReadTokens ?? Untold, session.Counts.CacheCreationTokens ?? Untold,
        session.PrimaryModel, session.BillingMode, (long)session.Facets.Outcome, session.Facets.SessionType, session.Facets.WorkflowArchetype,
        session.Facets.PrimarySuccess, SessionLists.Write(session.Facets.GoalCategories), SessionLists.Write(session.Facets.FrictionCounts),
        SessionLists.Write(session.ModelUsages), SessionLists.Write(session.ToolUsages), session.IsKnownByCalls ? 1L : 0L,
        session.CreatedAt.ToUnixTimeMilliseconds(), session.ReportedAt.ToUnixTimeMilliseconds(), session.ApiKey, session.Facets.Archetype,
    ];

    private static SessionCounts ReadCounts<TRow>(TRow row)
        where TRow : ISqlRow => new()
        {
            Messages = NumberOf(row.Integer(15)),
            UserMessages = NumberOf(row.Integer(16)),
            AssistantMessages = NumberOf(row.Integer(17)),
            ToolCalls = NumberOf(row.Integer(18)),
            InputTokens = NumberOf(row.Integer(19)),
            OutputTokens = NumberOf(row.Integer(20)),
            CacheReadTokens = NumberOf(row.Integer(21)),
            CacheCreationTokens = NumberOf(row.Integer(22)),
        };

    private static SessionFacets ReadFacets<TRow>(TRow row)
        where TRow : ISqlRow => new()
        {
            Outcome = (SessionOutcome)row.Integer(25),
            SessionType = row.Text(26),
            WorkflowArchetype = row.Text(27),
            PrimarySuccess = row.Text(28),
            GoalCategories = SessionLists.ReadCounts(row.Text(29)),
            FrictionCounts = SessionLists.ReadCounts(row.Text(30)),
        };

    /// <summary>A number that may not have been told.</summary>
    public static long? NumberOf(long number) => number == Untold ? null : number;
}
