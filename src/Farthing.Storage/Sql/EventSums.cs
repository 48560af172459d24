namespace Farthing.Storage.Sql;

/// <summary>Raw events as parts of sums.</summary>
internal static class EventSums
{
    /// <summary>The columns that <see cref="Read{TRow}(TRow, int, int)"/> wants, the first of them first.</summary>
    public const string Columns =
        "input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, modality_tokens, CAST(web_searches AS BIGINT), " + Cost;

    /// <summary>What a call cost.</summary>
    public const string Cost = "(cost_input + cost_cache_read + cost_cache_write_5m + cost_cache_write_1h + cost_output + cost_modalities + cost_units)";

    /// <summary>The columns that a question reads, for <see cref="Read{TRow}(TRow, int, int, bool)"/>.</summary>
    /// <param name="costOnly">Whether only calls and their cost are asked.</param>
    public static string ColumnsOf(bool costOnly) => costOnly ? Cost : Columns;

    /// <summary>Reads the columns of <see cref="ColumnsOf"/>.</summary>
    /// <inheritdoc cref="Read{TRow}(TRow, int, int)"/>
    public static SumChange Read<TRow>(TRow row, int from, int sign, bool costOnly)
        where TRow : ISqlRow => costOnly ? CostOf(row.Integer(from), sign) : Read(row, from, sign);

    /// <summary>Reads one call.</summary>
    /// <param name="row">The row.</param>
    /// <param name="from">Where the columns begin.</param>
    /// <param name="sign">1 to count it, −1 to take it away.</param>
    public static SumChange Read<TRow>(TRow row, int from, int sign)
        where TRow : ISqlRow => CostOf(row.Integer(from + 8), sign) with
        {
            Input = sign * row.Integer(from),
            CacheRead = sign * row.Integer(from + 1),
            CacheWrite5m = sign * row.Integer(from + 2),
            CacheWrite1h = sign * row.Integer(from + 3),
            Output = sign * row.Integer(from + 4),
            Reasoning = sign * row.Integer(from + 5),
            ModalityTokens = sign * row.Integer(from + 6),
            WebSearches = sign * row.Integer(from + 7),
        };

    private static SumChange CostOf(long cost, int sign) => new() { Calls = sign, CostHigh = sign * StoredCost.HighOf(cost), CostLow = sign * StoredCost.LowOf(cost) };

    /// <summary>The calls of a range.</summary>
    public static SqlText AddRange(this SqlText sql, EventRange range) =>
        sql.Add("id >=", range.FromId).Add("AND id <", range.EndId).Add("AND at >=", range.From).Add("AND at <", range.End);
}
