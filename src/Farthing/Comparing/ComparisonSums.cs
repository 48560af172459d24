using Farthing.Domain.Money;
using Farthing.Reports;
using Farthing.Workflows.Spending;
using Farthing.Workflows.Spending.Ccusage;

namespace Farthing.Comparing;

/// <summary>A line of the comparison: a model, or a period when ccusage gives costs per period only.</summary>
/// <param name="Name">The model or the period.</param>
/// <param name="Calls">Our calls.</param>
/// <param name="Ours">Our tokens.</param>
/// <param name="Theirs">Their tokens.</param>
/// <param name="OurCost">Our cost.</param>
/// <param name="TheirCost">Their cost; null when the report was made without costs.</param>
/// <param name="Marks">What is not sure about our cost, as reports mark it.</param>
internal sealed record ComparedLine(string Name, long Calls, CcusageTokens Ours, CcusageTokens Theirs, Usd OurCost, Usd? TheirCost, string Marks);

/// <summary>What one rule makes in all rows together.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Class">What it is about.</param>
/// <param name="Amount">Ours − theirs.</param>
/// <param name="Calls">The calls it comes from.</param>
internal sealed record RuleSum(DifferenceRule Rule, CostClass Class, Usd Amount, long Calls);

/// <summary>Adds the rows of a comparison up.</summary>
internal static class ComparisonSums
{
    /// <summary>Whether rows stand for one model each, so that lines can be models.</summary>
    public static bool HasModels(CcusageComparison comparison) =>
        comparison.Rows.All(static row => row.Models is [{ Model.Length: > 0 }]);

    /// <summary>One line per model, or per period; the dearest first, periods in order of time.</summary>
    public static IReadOnlyList<ComparedLine> Lines(CcusageComparison comparison)
    {
        var byModel = HasModels(comparison);
        var lines = comparison.Rows
            .GroupBy(row => byModel ? row.Models[0].Model : row.Period, StringComparer.Ordinal)
            .Select(static group => LineOf(group.Key, [.. group]));
        return byModel ? [.. lines.OrderByDescending(static line => line.OurCost).ThenBy(static line => line.Name, StringComparer.Ordinal)] : [.. lines];
    }

    /// <summary>One sum per rule and class, in the order of the rules.</summary>
    public static IReadOnlyList<RuleSum> Rules(CcusageComparison comparison) =>
    [
        .. comparison.Rows.SelectMany(static row => row.Parts)
            .GroupBy(static part => (part.Rule, part.Class))
            .OrderBy(static group => group.Key)
            .Select(static group => new RuleSum(
                group.Key.Rule, group.Key.Class, group.Aggregate(Usd.Zero, static (sum, part) => sum + part.Amount), group.Sum(static part => part.Calls))),
    ];

    /// <summary>The parts in which other tokens are counted, with the period of each.</summary>
    public static IEnumerable<(string Period, DifferencePart Part)> Counted(CcusageComparison comparison) =>
        from row in comparison.Rows
        from part in row.Parts
        where !part.Tokens.IsZero
        select (row.Period, part);

    /// <summary>How reports mark a cost that holds estimates or leaves out what has no price.</summary>
    public static string MarksOf(IEnumerable<ComparedModel> models) => CostColumn.MarksOf(models.Aggregate(
        default(SpendSum),
        static (sum, model) => sum + new SpendSum { Calls = model.Calls, EstimatedCalls = model.EstimatedCalls, UnpricedCalls = model.UnpricedCalls }));

    private static ComparedLine LineOf(string name, IReadOnlyList<ComparedRow> rows)
    {
        var models = rows.SelectMany(static row => row.Models).ToList();
        return new(
            name,
            models.Sum(static model => model.Calls),
            models.Aggregate(default(CcusageTokens), static (sum, model) => sum + model.Ours),
            models.Aggregate(default(CcusageTokens), static (sum, model) => sum + model.Theirs),
            rows.Aggregate(Usd.Zero, static (sum, row) => sum + row.OurCost),
            rows[0].TheirCost is null ? null : rows.Aggregate(Usd.Zero, static (sum, row) => sum + (row.TheirCost ?? Usd.Zero)),
            MarksOf(models));
    }
}
