using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>Which series a query may touch and means, as conditions of SQL. What SQL cannot compare alike everywhere, <see cref="SpendScope"/> does.</summary>
internal static class SeriesText
{
    /// <summary>Adds the condition that a column holds the number of such a series.</summary>
    public static SqlText AddSeriesOf(this SqlText sql, string column, SpendQuery query) =>
        sql.Add($"{column} IN (SELECT id FROM series WHERE").AddConditions(query).Add(")");

    /// <summary>Adds the conditions on a row of the table.</summary>
    public static SqlText AddConditions(this SqlText sql, SpendQuery query)
    {
        sql.Add("org =", query.Org);
        sql.AddIf("AND agent =", query.Agent);
        sql.AddIf("AND plan =", query.Plan);
        sql.AddIf("AND team =", query.Team);
        sql.AddIf("""AND series."user" =""", query.User);
        return query.Within switch
        {
            null or { Reach: ScopeReach.Org } => sql,
            { Reach: ScopeReach.Team, Id: var team } => sql.Add("AND team =", team),
            { Reach: ScopeReach.Engineer, Id: var user } => sql.Add("""AND series."user" =""", user),
            _ => sql.Add("AND 1 = 0"),
        };
    }
}
