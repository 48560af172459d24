using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>
/// All sessions of an organisation, counted from how many there were on each day. Every statement is for a range with whole
/// days and yields days, series and how many, for <see cref="SessionCounting.Add"/>.
/// </summary>
internal static class WholeSessions
{
    /// <summary>What series have in common of which nothing but the organisation is left.</summary>
    private const string NothingButOrg = """AND series."user" = '' AND team = '' AND agent = '' AND model = '' AND project = '' AND branch = '' AND plan = '' AND model_pack = '' AND role = '' AND environment = '' AND provider = '' AND billing_mode = '' AND speed = '' AND api_key = ''""";

    /// <summary>Whether a query is about all sessions of an organisation.</summary>
    public static bool AreMeant(SpendQuery query) => query.GroupBy.Count == 0 && query.IsOfWholeOrg;

    /// <summary>
    /// How many distinct ones there were in the range: a session counts on each of its days, and not on those that follow
    /// another one of the range. In the parts of days at its ends count those that were on none of the whole ones.
    /// </summary>
    /// <param name="query">What is asked.</param>
    /// <param name="cover">Its range.</param>
    /// <param name="days">The days of the sums.</param>
    /// <param name="isOnlyOrg">Whether there is no other organisation.</param>
    public static SqlText Count(SpendQuery query, RangeCover cover, LocalDays days, bool isOnlyOrg)
    {
        var sql = new SqlText().Add("SELECT CAST(0 AS BIGINT), series, CAST(n AS INTEGER) FROM (SELECT min(series) AS series, sum(n) AS n FROM (SELECT series, sessions AS n FROM session_counts WHERE")
            .AddDays(cover).AddSeriesOf("series", query, isOnlyOrg, NothingButOrg)
            .Add("UNION ALL SELECT series, -sessions FROM session_returns WHERE")
            .AddDays(cover).Add("previous >=", (long)cover.First).Add("AND").AddSeriesOf("series", query, isOnlyOrg, NothingButOrg);
        if (cover.Edges.Count > 0)
        {
            sql.Add("UNION ALL SELECT series, 1 FROM (SELECT head, min(series) AS series FROM (");
            var separator = "SELECT head, series FROM session_days WHERE";
            foreach (var (part, _) in cover.Edges)
            {
                sql.Add(separator).AddPart(part, days).AddSeriesOf("series", query, isOnlyOrg);
                separator = "UNION ALL SELECT head, series FROM session_days WHERE";
            }

            // A look for each, never a join: the server would read all days for it.
            sql.Add(") AS parts GROUP BY head) AS edge WHERE (SELECT 1 FROM session_heads WHERE").AddDays(cover).Add("session_heads.head = edge.head LIMIT 1) IS NULL");
        }

        return sql.Add(") AS noted) AS counted WHERE n > 0");
    }

    /// <summary>How many there were on each day.</summary>
    /// <inheritdoc cref="Count"/>
    public static SqlText CountByDay(SpendQuery query, RangeCover cover, LocalDays days, bool isOnlyOrg)
    {
        var sql = new SqlText().Add("SELECT CAST(day AS BIGINT), series, sessions FROM session_counts WHERE")
            .AddDays(cover).AddSeriesOf("series", query, isOnlyOrg, NothingButOrg);
        foreach (var (part, _) in cover.Edges)
        {
            sql.Add("UNION ALL SELECT CAST(day AS BIGINT), min(series), CAST(count(DISTINCT head) AS INTEGER) FROM session_days WHERE")
                .AddPart(part, days).AddSeriesOf("series", query, isOnlyOrg).Add("GROUP BY day");
        }

        return sql;
    }

    private static SqlText AddDays(this SqlText sql, RangeCover cover) => sql.Add("day BETWEEN", (long)cover.First).Add("AND", (long)cover.Last).Add("AND");

    /// <summary>
    /// A part at one end of a day, of which the rows of the day tell: one whose last call comes behind the beginning, or the
    /// first before the end, has a call in it.
    /// </summary>
    private static SqlText AddPart(this SqlText sql, EventRange part, LocalDays days) => sql
        .Add("day =", (long)days.DayOf(part.From)).Add("AND last_at >=", part.From).Add("AND first_at <", part.End).Add("AND head <> 0 AND");
}
