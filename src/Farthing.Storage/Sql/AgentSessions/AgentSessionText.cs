using System.Globalization;
using Farthing.Domain.PlanFit;
using Farthing.Workflows.Access;
using Farthing.Workflows.Sessions;

namespace Farthing.Storage.Sql.AgentSessions;

/// <summary>The queries for sessions, one text for both engines. Every one names its organisation and bears its scope.</summary>
internal static class AgentSessionText
{
    /// <summary>The sessions with these ids; for <see cref="AgentSessionRow.Read"/>.</summary>
    public static SqlText ByIds(string org, IEnumerable<string> ids) =>
        new SqlText().Add($"SELECT {AgentSessionRow.Columns} FROM agent_sessions WHERE org =", org).AddIn("AND id", ids);

    /// <summary>One session of a scope.</summary>
    public static SqlText One(Scope within, string id) =>
        new SqlText().Add($"SELECT {AgentSessionRow.Columns} FROM agent_sessions WHERE org =", within.Org).Add("AND id =", id).AddScope(within);

    /// <summary>A page of sessions.</summary>
    public static SqlText List(SessionQuery query, Page page) => Select(AgentSessionRow.Columns, query, page);

    /// <summary>What is compared of a page of sessions; for <see cref="ReadFacts"/>.</summary>
    public static SqlText Facts(SessionQuery query, Page page) => Select("id, engineer, outcome, archetype, primary_model, duration", query, page);

    /// <summary>Reads what is compared.</summary>
    public static SessionFacts ReadFacts<TRow>(TRow row)
        where TRow : ISqlRow => new(row.Text(0), row.Text(1), (SessionOutcome)row.Integer(2), row.Text(3), row.Text(4), row.Integer(5) is >= 0 and var duration ? duration : null);

    /// <summary>Sessions counted by engineer; for <see cref="ReadTally"/>.</summary>
    public static SqlText Tally(SessionQuery query) => new SqlText()
        .Add(
            $"""
            SELECT engineer, count(*), count(CASE WHEN outcome = {(int)SessionOutcome.Success} THEN 1 END),
                CAST(sum(CASE WHEN duration > 0 THEN duration ELSE 0 END) AS BIGINT)
            FROM agent_sessions WHERE org =
            """,
            query.Within.Org)
        .AddConditions(query).Add("GROUP BY engineer ORDER BY engineer");

    /// <summary>Reads what was counted.</summary>
    public static SessionTally ReadTally<TRow>(TRow row)
        where TRow : ISqlRow => new(row.Text(0), row.Integer(1), row.Integer(2), row.Integer(3));

    /// <summary>
    /// The engineers, each with the mode of the latest session that tells one, or null: a look into the index for each
    /// instead of sorting all sessions. Ordered by the engineer too, which is one, so that only their index is in that order.
    /// </summary>
    /// <param name="query">Which sessions.</param>
    /// <param name="hint">Names the index to an engine that would read the one over all sessions to its end for each engineer.</param>
    public static SqlText BillingModes(SessionQuery query, string hint = "") => new SqlText()
        .Add(
            $"""
            SELECT e.id, (SELECT billing_mode FROM agent_sessions {hint}
                WHERE org = e.org AND engineer = e.id AND billing_mode <> ''
            """)
        .AddConditions(query)
        .Add("ORDER BY engineer DESC, started DESC, agent_sessions.id DESC LIMIT 1) FROM engineers e WHERE e.org =", query.Within.Org)
        .AddIf("AND e.id =", query.EngineerId)
        .Add("ORDER BY e.id");

    /// <summary>Notes that the calls of a session are known one by one.</summary>
    public static SqlText MarkKnownByCalls(string org, string id) =>
        new SqlText().Add("UPDATE agent_sessions SET known_by_calls = 1 WHERE org =", org).Add("AND id =", id);

    private static SqlText Select(string columns, SessionQuery query, Page page)
    {
        var sql = new SqlText().Add($"SELECT {columns} FROM agent_sessions WHERE org =", query.Within.Org).AddConditions(query);
        if (page.After.Length > 0)
        {
            sql.Add("AND (started, id) < (SELECT p.started, p.id FROM agent_sessions p WHERE p.org =", query.Within.Org).Add("AND p.id =", page.After).Add(")");
        }

        return sql.Add("ORDER BY started DESC, id DESC LIMIT", (long)page.Limit);
    }

    private static SqlText AddConditions(this SqlText sql, SessionQuery query)
    {
        sql.AddScope(query.Within).AddIf("AND engineer =", query.EngineerId).AddIf("AND team =", query.TeamId);
        if (query.Project is { } project)
        {
            sql.Add("AND (project_path =", project).Add("OR project_name =", project).Add(")");
        }

        sql.AddIf("AND started >=", query.From?.ToUnixTimeMilliseconds()).AddIf("AND started <=", query.To?.ToUnixTimeMilliseconds());
        return sql
            .Add(query is { From: null, To: null } ? string.Empty : "AND started > 0")
            .Add(query.WithArchetype ? "AND archetype <> ''" : string.Empty)
            .Add(query.Outcomes is { } outcomes ? $"AND outcome IN ({ListOf(outcomes)})" : string.Empty);
    }

    private static string ListOf(IReadOnlyList<SessionOutcome> outcomes) =>
        outcomes.Count == 0 ? "NULL" : string.Join(", ", outcomes.Select(static outcome => ((int)outcome).ToString(CultureInfo.InvariantCulture)));

    /// <summary>Adds what may be touched.</summary>
    public static SqlText AddScope(this SqlText sql, Scope within) => within.Reach switch
    {
        ScopeReach.Org => sql,
        ScopeReach.Team => sql.Add("AND team =", within.Id),
        ScopeReach.Engineer => sql.Add("AND engineer =", within.Id),
        _ => sql.Add("AND 1 = 0"),
    };
}
