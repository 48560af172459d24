using Farthing.Domain.Usage;

namespace Farthing.Storage.Sql;

/// <summary>What is added to the sums of a row; negative when more is taken away.</summary>
internal readonly record struct SumChange
{
    /// <summary>The names of the columns, in the order of <see cref="Read{TRow}(TRow, int)"/>.</summary>
    public static readonly string[] Columns =
    [
        "calls", "input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning", "modality_tokens", "web_searches", "cost_high", "cost_low",
    ];

    private static readonly string[] CostColumns = ["calls", "cost_high", "cost_low"];

    public long Calls { get; init; }

    public long Input { get; init; }

    public long CacheRead { get; init; }

    public long CacheWrite5m { get; init; }

    public long CacheWrite1h { get; init; }

    public long Output { get; init; }

    public long Reasoning { get; init; }

    public long ModalityTokens { get; init; }

    public long WebSearches { get; init; }

    public long CostHigh { get; init; }

    public long CostLow { get; init; }

    /// <summary>One call.</summary>
    /// <param name="usage">The call.</param>
    /// <param name="cost">Its cost.</param>
    /// <param name="sign">1 to count it, −1 to take it back.</param>
    public static SumChange Of(UsageEvent usage, in StoredCost cost, int sign)
    {
        var tokens = usage.Tokens;
        var total = cost.Total;
        return new()
        {
            Calls = sign,
            Input = sign * tokens.Input,
            CacheRead = sign * tokens.CacheRead,
            CacheWrite5m = sign * tokens.CacheWrite5m,
            CacheWrite1h = sign * tokens.CacheWrite1h,
            Output = sign * tokens.Output,
            Reasoning = sign * tokens.Reasoning,
            ModalityTokens = sign * (tokens.Modalities?.Total ?? 0),
            WebSearches = sign * usage.WebSearches,
            CostHigh = sign * StoredCost.HighOf(total),
            CostLow = sign * StoredCost.LowOf(total),
        };
    }

    /// <summary>Adds up.</summary>
    public static SumChange operator +(in SumChange left, in SumChange right) => new()
    {
        Calls = left.Calls + right.Calls,
        Input = left.Input + right.Input,
        CacheRead = left.CacheRead + right.CacheRead,
        CacheWrite5m = left.CacheWrite5m + right.CacheWrite5m,
        CacheWrite1h = left.CacheWrite1h + right.CacheWrite1h,
        Output = left.Output + right.Output,
        Reasoning = left.Reasoning + right.Reasoning,
        ModalityTokens = left.ModalityTokens + right.ModalityTokens,
        WebSearches = left.WebSearches + right.WebSearches,
        CostHigh = left.CostHigh + right.CostHigh,
        CostLow = left.CostLow + right.CostLow,
    };

    /// <summary>The same, or with a sign of −1 its opposite.</summary>
    public SumChange Times(int sign) => new()
    {
        Calls = sign * Calls,
        Input = sign * Input,
        CacheRead = sign * CacheRead,
        CacheWrite5m = sign * CacheWrite5m,
        CacheWrite1h = sign * CacheWrite1h,
        Output = sign * Output,
        Reasoning = sign * Reasoning,
        ModalityTokens = sign * ModalityTokens,
        WebSearches = sign * WebSearches,
        CostHigh = sign * CostHigh,
        CostLow = sign * CostLow,
    };

    /// <summary>Reads the columns of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="from">Where the columns begin.</param>
    public static SumChange Read<TRow>(TRow row, int from)
        where TRow : ISqlRow => new()
    {
        Calls = row.Integer(from),
        Input = row.Integer(from + 1),
        CacheRead = row.Integer(from + 2),
        CacheWrite5m = row.Integer(from + 3),
        CacheWrite1h = row.Integer(from + 4),
        Output = row.Integer(from + 5),
        Reasoning = row.Integer(from + 6),
        ModalityTokens = row.Integer(from + 7),
        WebSearches = row.Integer(from + 8),
        CostHigh = row.Integer(from + 9),
        CostLow = row.Integer(from + 10),
    };

    /// <summary>The names of the columns that a question reads, in the order of <see cref="Read{TRow}(TRow, int, bool)"/>.</summary>
    /// <param name="costOnly">Whether only calls and their cost are asked.</param>
    public static string[] ColumnsOf(bool costOnly) => costOnly ? CostColumns : Columns;

    /// <summary>Reads the columns of <see cref="ColumnsOf"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="from">Where the columns begin.</param>
    /// <param name="costOnly">Whether only calls and their cost are asked.</param>
    public static SumChange Read<TRow>(TRow row, int from, bool costOnly)
        where TRow : ISqlRow => costOnly
        ? new() { Calls = row.Integer(from), CostHigh = row.Integer(from + 1), CostLow = row.Integer(from + 2) }
        : Read(row, from);

    /// <summary>The value of a column, in the order of <see cref="Columns"/>.</summary>
    public long this[int column] => column switch
    {
        0 => Calls,
        1 => Input,
        2 => CacheRead,
        3 => CacheWrite5m,
        4 => CacheWrite1h,
        5 => Output,
        6 => Reasoning,
        7 => ModalityTokens,
        8 => WebSearches,
        9 => CostHigh,
        _ => CostLow,
    };
}
