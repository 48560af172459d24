using Farthing.Storage.Sql;

namespace Farthing.Storage.Postgres;

/// <summary>
/// The statement that adds up what sessions cost and tells those that are wanted: the number that a session has whatever its
/// version, the halves of its cost and its last call. Halves are carried before they are compared, so that their order is
/// that of the amounts.
/// </summary>
internal static class DearestSessions
{
    private const string Columns = "SELECT head, high, low, last_at FROM costs WHERE";

    /// <summary>Its beginning, up to the condition on series, which is to be added.</summary>
    public static SqlText Open(int first, int last) => new SqlText()
        .Add($"WITH costs AS (SELECT head, whole_sum(cost_high) + (whole_sum(cost_low) >> {StoredCost.HalfBits}) AS high, whole_sum(cost_low) & {StoredCost.LowHalf} AS low, max(last_at) AS last_at")
        .Add("FROM session_days WHERE head <> 0 AND day BETWEEN", (long)first).Add("AND", (long)last).Add("AND");

    /// <summary>The rest of it. Sessions that are always wanted cost more than is known here, so they take nobody's place.</summary>
    /// <param name="sql">The beginning.</param>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="limit">How many are told from the place on.</param>
    public static SqlText Close(SqlText sql, RankedPart wanted, int limit)
    {
        sql.Add("GROUP BY head)");
        if (wanted.Always.Count > 0)
        {
            sql.Add($"{Columns} head = ANY(", wanted.Always.ToArray()).Add(") UNION ALL");
        }

        sql.Add($"({Columns} 1 = 1");
        if (wanted.Always.Count > 0)
        {
            sql.Add("AND head <> ALL(", wanted.Always.ToArray()).Add(")");
        }

        if (wanted.From is { } from)
        {
            var (high, low) = StoredCost.Split(from.Cost);
            sql.Add("AND (high, low, last_at) <= (", high).Add(",", low).Add(",", from.LastAt).Add(")");
        }

        return sql.Add("ORDER BY high DESC, low DESC, last_at DESC LIMIT", (long)limit).Add(")");
    }
}
