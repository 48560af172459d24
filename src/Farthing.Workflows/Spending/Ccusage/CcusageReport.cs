using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending.Ccusage;

/// <summary>What a row of a ccusage report stands for.</summary>
public enum CcusagePeriod
{
    /// <summary>A day.</summary>
    Day,

    /// <summary>A week, named by its first day.</summary>
    Week,

    /// <summary>A month.</summary>
    Month,

    /// <summary>A session.</summary>
    Session,

    /// <summary>A five-hour billing block.</summary>
    Block,
}

/// <summary>
/// Which of its two loaders of Claude transcripts a ccusage report uses; they count copies of a call differently.
/// </summary>
public enum CcusageLoader
{
    /// <summary>Unified daily, weekly, monthly and <c>claude daily</c>: lines without a request id are kept apart by their time.</summary>
    Daily,

    /// <summary>Sessions, blocks, <c>claude weekly</c> and <c>claude monthly</c>.</summary>
    Session,
}

/// <summary>Token counts as ccusage shows them: both lifetimes of cache writes together.</summary>
/// <param name="Input">Uncached input.</param>
/// <param name="CacheWrite">Tokens written to a cache.</param>
/// <param name="CacheRead">Tokens read from a cache.</param>
/// <param name="Output">Output, reasoning included.</param>
public readonly record struct CcusageTokens(long Input, long CacheWrite, long CacheRead, long Output)
{
    /// <summary>All of them.</summary>
    public long Total => Input + CacheWrite + CacheRead + Output;

    /// <summary>Whether nothing was counted.</summary>
    public bool IsZero => this == default;

    /// <summary>Our counts in their classes. Modalities have no place there.</summary>
    public static CcusageTokens Of(in TokenCounts tokens) => new(tokens.Input, tokens.CacheWrite, tokens.CacheRead, tokens.Output);

    /// <summary>Adds class by class.</summary>
    public static CcusageTokens operator +(CcusageTokens left, CcusageTokens right) =>
        new(left.Input + right.Input, left.CacheWrite + right.CacheWrite, left.CacheRead + right.CacheRead, left.Output + right.Output);

    /// <summary>Subtracts class by class.</summary>
    public static CcusageTokens operator -(CcusageTokens left, CcusageTokens right) =>
        new(left.Input - right.Input, left.CacheWrite - right.CacheWrite, left.CacheRead - right.CacheRead, left.Output - right.Output);

    /// <summary>Changes every sign.</summary>
    public static CcusageTokens operator -(CcusageTokens tokens) => default(CcusageTokens) - tokens;
}

/// <summary>One model within a row.</summary>
/// <param name="Name">As ccusage spells it; fast lines of Claude end in <c>-fast</c>.</param>
/// <param name="Tokens">Its tokens.</param>
/// <param name="Cost">Its cost; null when the report gives costs per row only, or none.</param>
/// <param name="IsUnpriced">Whether ccusage says that it has no price.</param>
public sealed record CcusageModel(string Name, CcusageTokens Tokens, Usd? Cost, bool IsUnpriced);

/// <summary>One row.</summary>
/// <param name="Period">The date, month, session or start of the block, as the report writes it.</param>
/// <param name="Models">Its models; empty when the report does not break the row down.</param>
/// <param name="Tokens">The tokens of the row.</param>
/// <param name="Cost">The cost of the row; null when the report was made without costs.</param>
/// <param name="Start">For a block: its first instant.</param>
/// <param name="End">For a block: its end.</param>
public sealed record CcusageRow(
    string Period, IReadOnlyList<CcusageModel> Models, CcusageTokens Tokens, Usd? Cost, DateTimeOffset Start = default, DateTimeOffset End = default);

/// <summary>A report that <c>ccusage --json</c> wrote.</summary>
public sealed record CcusageReport
{
    /// <summary>How it is asked for: <c>daily</c>, <c>claude weekly</c>, <c>codex session</c>, <c>blocks</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The agent that it covers; null for all.</summary>
    public required string? Agent { get; init; }

    /// <summary>What its rows stand for.</summary>
    public required CcusagePeriod Period { get; init; }

    /// <summary>Its rows.</summary>
    public required IReadOnlyList<CcusageRow> Rows { get; init; }

    /// <summary>Models for which ccusage says that it has no price.</summary>
    public IReadOnlyList<string> Unpriced { get; init; } = [];

    /// <summary>Which loader read the Claude transcripts.</summary>
    public CcusageLoader Loader => (Period, Agent) switch
    {
        (CcusagePeriod.Session or CcusagePeriod.Block, _) => CcusageLoader.Session,
        (CcusagePeriod.Week or CcusagePeriod.Month, CcusageRules.Claude) => CcusageLoader.Session,
        _ => CcusageLoader.Daily,
    };

    /// <summary>The cost of all rows; null when the report was made without costs.</summary>
    public Usd? Cost => Rows.Count > 0 && Rows[0].Cost is null ? null : Rows.Aggregate(Usd.Zero, (sum, row) => sum + (row.Cost ?? Usd.Zero));
}
