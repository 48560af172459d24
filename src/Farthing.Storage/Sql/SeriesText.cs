using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>Which series a query may touch and means, as conditions of SQL. What SQL cannot compare alike everywhere, <see cref="SpendScope"/> does.</summary>
internal static class SeriesText
{
    /// <summary>Adds the condition that a column holds the number of such a series.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="column">The column.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="more">What the series have in common besides.</param>
    public static SqlText AddSeriesOf(this SqlText sql, string column, SpendQuery query, string more = "") =>
        sql.Add($"{column} IN (SELECT id FROM series WHERE").AddConditions(query).Add(more).Add(")");

    /// <summary>
    /// What rows of a query have in common, as columns to group by: all that <see cref="SpendScope"/> looks at, so that any
    /// series of a group stands for all of it, and the status or the rate card.
    /// </summary>
    public static string GroupsOf(SpendQuery query)
    {
        var columns = new List<string> { query.Groups(SpendDimension.RateCard) ? "rate_card" : "rate_cards.status" };
        columns.AddRange(query.GroupBy.Where(static by => by is not (SpendDimension.RateCard or SpendDimension.Model)).Select(ColumnOf));
        if (query.Project is not null)
        {
            columns.Add("project");
        }

        if (query.TellsDestinations)
        {
            columns.Add("provider");
        }

        if (query.TellsDestinations || query.Model is not null || query.Groups(SpendDimension.Model))
        {
            columns.Add("model, speed");
        }

        return string.Join(", ", columns);
    }

    /// <summary>
    /// Whether the store holds another organisation than one: yields a row if it does. Every organisation with calls has
    /// series without detail, and those have an index.
    /// </summary>
    public static SqlText SelectOther(string org) => new SqlText()
        .Add("SELECT 1 FROM (SELECT id FROM series WHERE org <", org).Add($"AND {RollupLevel.NoDetail} LIMIT 1) AS before UNION ALL SELECT 1 FROM (SELECT id FROM series WHERE org >", org)
        .Add($"AND {RollupLevel.NoDetail} LIMIT 1) AS after");

    /// <summary>
    /// As the other overload, but nothing is to be compared where the query means all series of the only organisation:
    /// to gather thirty thousand numbers costs as much as to read the sums.
    /// </summary>
    /// <param name="sql">The query.</param>
    /// <param name="column">The column.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="isOnlyOrg">Whether there is no other organisation.</param>
    /// <param name="more">What the series have in common besides.</param>
    public static SqlText AddSeriesOf(this SqlText sql, string column, SpendQuery query, bool isOnlyOrg, string more = "") =>
        isOnlyOrg && query is { Agent: null, Plan: null, Team: null, User: null, Only.Count: 0, Within: null or { Reach: ScopeReach.Org } }
            ? sql.Add("1 = 1")
            : sql.AddSeriesOf(column, query, more);

    /// <summary>Adds the conditions on a row of the table.</summary>
    public static SqlText AddConditions(this SqlText sql, SpendQuery query)
    {
        sql.Add("org =", query.Org);
        sql.AddIf("AND agent =", query.Agent);
        sql.AddIf("AND plan =", query.Plan);
        sql.AddIf("AND team =", query.Team);
        sql.AddIf("""AND series."user" =""", query.User);
        foreach (var filter in query.Only)
        {
            sql.AddIn($"AND {ColumnOf(filter.By)}", filter.Values);
        }

        return query.Within switch
        {
            null or { Reach: ScopeReach.Org } => sql,
            { Reach: ScopeReach.Team, Id: var team } => sql.Add("AND team =", team),
            { Reach: ScopeReach.Engineer, Id: var user } => sql.Add("""AND series."user" =""", user),
            _ => sql.Add("AND 1 = 0"),
        };
    }

    /// <summary>The query for everything within a scope.</summary>
    public static SpendQuery AllOf(Scope within) => new() { Within = within, Zone = TimeZoneInfo.Utc };

    /// <summary>
    /// The values that series have of each dimension, as number of the dimension and text. The series of coarse rollups are
    /// empty where calls tell something, so an empty text says nothing here.
    /// </summary>
    public static SqlText Values(Scope within, int limit)
    {
        var (sql, query) = (new SqlText(), AllOf(within));
        foreach (var by in SpendFilter.Choices)
        {
            sql.Add(sql.Parameters.Count == 0 ? string.Empty : "UNION ALL")
                .Add($"SELECT CAST({(int)by} AS BIGINT), value FROM (SELECT DISTINCT {ColumnOf(by)} AS value FROM series WHERE").AddConditions(query).Add($"AND {ColumnOf(by)} <> '' LIMIT", (long)limit).Add(") AS v");
        }

        return sql;
    }

    /// <summary>Reads a value.</summary>
    public static SpendValue ReadValue<TRow>(TRow row)
        where TRow : ISqlRow => new((SpendDimension)row.Integer(0), row.Text(1));

    /// <summary>The values in the order in which they are told.</summary>
    public static IReadOnlyList<SpendValue> InOrder(IEnumerable<SpendValue> values) =>
        [.. values.OrderBy(static value => value.By).ThenBy(static value => value.Value, StringComparer.Ordinal)];

    /// <summary>Whether a query is about few people: then a few rows of every day are looked for, instead of all of them read.</summary>
    public static bool IsNarrow(SpendQuery query) => query.User is not null || query.Filters(SpendDimension.User) || query.Within?.Reach == ScopeReach.Engineer;

    /// <summary>The column of a dimension, as a condition compares it.</summary>
    private static string ColumnOf(SpendDimension by) => by switch
    {
        SpendDimension.Agent => "agent",
        SpendDimension.Model => "CASE WHEN speed = '' THEN model ELSE model || '-' || speed END",
        SpendDimension.Project => "project",
        SpendDimension.Branch => "branch",
        SpendDimension.Plan => "plan",
        SpendDimension.Role => "role",
        SpendDimension.Team => "team",
        SpendDimension.User => "series.\"user\"",
        SpendDimension.Provider => "provider",
        SpendDimension.BillingMode => "billing_mode",
        SpendDimension.ApiKey => "api_key",
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "A series knows no such dimension."),
    };
}
