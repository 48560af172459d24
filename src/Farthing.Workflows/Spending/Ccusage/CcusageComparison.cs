using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending.Ccusage;

/// <summary>Where ccusage takes the cost of a Claude line from (<c>--mode</c>).</summary>
public enum CcusageMode
{
    /// <summary>What the line claims, else from tokens; the only mode of unified reports.</summary>
    Auto,

    /// <summary>Always from tokens.</summary>
    Calculate,

    /// <summary>Only what the line claims.</summary>
    Display,
}

/// <summary>A part of a difference with its reason. All parts of a row add up to its difference.</summary>
/// <param name="Rule">The reason.</param>
/// <param name="Model">The model, as ccusage lists it; empty when a row is not broken down.</param>
/// <param name="Class">What it is about.</param>
/// <param name="Amount">Ours − theirs.</param>
/// <param name="Calls">How many calls it comes from; 0 when that cannot be told.</param>
public sealed record DifferencePart(DifferenceRule Rule, string Model, CostClass Class, Usd Amount, long Calls)
{
    /// <summary>Ours − theirs, in tokens, when calls are counted differently.</summary>
    public CcusageTokens Tokens { get; init; }

    /// <summary>The calls in question, where they are known.</summary>
    public IReadOnlyList<EventId> Events { get; init; } = [];

    /// <summary>What else is known, for people; empty when nothing.</summary>
    public string Note { get; init; } = string.Empty;
}

/// <summary>The counts of one model in one row.</summary>
/// <param name="Model">The model, as ccusage lists it; empty when the row is not broken down.</param>
/// <param name="Calls">Our calls.</param>
/// <param name="Ours">Our tokens.</param>
/// <param name="Theirs">Their tokens.</param>
/// <param name="OurCost">Our cost.</param>
/// <param name="EstimatedCalls">Those of our calls whose cost is an estimate.</param>
/// <param name="UnpricedCalls">Those of our calls whose cost is unknown.</param>
public sealed record ComparedModel(
    string Model, long Calls, CcusageTokens Ours, CcusageTokens Theirs, Usd OurCost, long EstimatedCalls, long UnpricedCalls);

/// <summary>The smallest unit for which ccusage gives a cost: a model in a period, or a period.</summary>
/// <param name="Period">The period, as the report writes it.</param>
/// <param name="Models">Its models; one, unless the report gives costs per period only.</param>
/// <param name="OurCost">Our cost.</param>
/// <param name="TheirCost">Their cost; null when the report was made without costs.</param>
/// <param name="Parts">What the difference is made of; empty when there is none.</param>
public sealed record ComparedRow(
    string Period, IReadOnlyList<ComparedModel> Models, Usd OurCost, Usd? TheirCost, IReadOnlyList<DifferencePart> Parts)
{
    /// <summary>Ours − theirs; nothing when they show no cost.</summary>
    public Usd Difference => TheirCost is { } theirs ? OurCost - theirs : Usd.Zero;
}

/// <summary>A report of ccusage beside our figures for the same logs, each difference explained.</summary>
public sealed record CcusageComparison
{
    /// <summary>The report, as it is asked for.</summary>
    public required string Title { get; init; }

    /// <summary>The mode that fits the report best.</summary>
    public required CcusageMode Mode { get; init; }

    /// <summary>Whether ccusage took all Codex calls for fast ones.</summary>
    public required bool IsCodexFast { get; init; }

    /// <summary>Whose days are meant.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>All rows in the order of their periods.</summary>
    public required IReadOnlyList<ComparedRow> Rows { get; init; }

    /// <summary>Calls of ours that lie before the first or after the last period of the report; they are not compared.</summary>
    public required long CallsOutside { get; init; }

    /// <summary>What those calls cost.</summary>
    public required Usd CostOutside { get; init; }

    /// <summary>Our calls that are compared.</summary>
    public long Calls => Rows.Sum(row => row.Models.Sum(model => model.Calls));

    /// <summary>Our cost.</summary>
    public Usd OurCost => Rows.Aggregate(Usd.Zero, (sum, row) => sum + row.OurCost);

    /// <summary>Their cost; null when the report was made without costs.</summary>
    public Usd? TheirCost => Rows.Any(row => row.TheirCost is null) ? null : Rows.Aggregate(Usd.Zero, (sum, row) => sum + row.TheirCost!.Value);

    /// <summary>What no rule explains, each row's amount taken by its size; zero is the aim.</summary>
    public Usd Unexplained => Rows.SelectMany(row => row.Parts)
        .Where(part => part.Rule == DifferenceRule.Unexplained)
        .Aggregate(Usd.Zero, (sum, part) => sum + (part.Amount < Usd.Zero ? -part.Amount : part.Amount));
}
