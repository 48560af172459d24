using Farthing.Domain.Money;
using Farthing.Reports;
using Farthing.Workflows.Spending.Ccusage;
using Spectre.Console;

namespace Farthing.Comparing;

/// <summary>A comparison with ccusage for people.</summary>
/// <param name="context">The streams and the settings.</param>
internal sealed class ComparePage(CommandContext context)
{
    private const int Cents = 2;
    private const int SmallDecimals = 4;
    private const int CountedMax = 20;
    private static readonly Usd One = new((Int128)Usd.PicodollarsPerUsd);
    private readonly ReportPage page = new(context);

    /// <summary>Shows a comparison.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="isDetailed">Whether every row with a difference is shown.</param>
    public void Show(CcusageComparison comparison, bool isDetailed)
    {
        page.Head(
            $"ccusage {comparison.Title}", DisplayText.Counted(comparison.Calls, "call"), comparison.Zone.Id,
            comparison.Mode == CcusageMode.Auto ? string.Empty : $"mode {CompareJson.NameOf(comparison.Mode)}", comparison.IsCodexFast ? "Codex speed fast" : string.Empty);
        var decimals = comparison.OurCost < One && (comparison.TheirCost ?? Usd.Zero) < One ? SmallDecimals : Cents;
        ShowLines(comparison, decimals);
        if (comparison.TheirCost is not null)
        {
            ShowRules(comparison, decimals);
        }

        ShowCounted(comparison, decimals);
        if (isDetailed)
        {
            ShowRows(comparison);
        }

        if (comparison.CallsOutside > 0)
        {
            page.Console.WriteLine();
            page.Note($"{DisplayText.Counted(comparison.CallsOutside, "call")} of ours outside the periods of the report ({comparison.CostOutside.Format(decimals)}) are not compared.");
        }
    }

    private void ShowLines(CcusageComparison comparison, int decimals)
    {
        var lines = ComparisonSums.Lines(comparison);
        var table = new ReportTable(
        [
            new(ComparisonSums.HasModels(comparison) ? "Model" : "Period", Rank: 0) { IsFigure = false, WidthMin = 16 }, new("Calls", Rank: 2),
            new("Tokens there", Rank: 3), new("Tokens here", Rank: 3), new("ccusage", Rank: 1), new("Farthing", Rank: 1), new("Difference", Rank: 0),
        ]);
        var costs = LineCosts(comparison, lines, decimals);
        for (var index = 0; index < lines.Count; index++)
        {
            Add(RowKind.Line, lines[index].Name, lines[index].Calls, lines[index].Theirs, lines[index].Ours, costs[index], lines[index].Marks);
        }

        Add(
            RowKind.Total, "total", comparison.Calls,
            lines.Aggregate(default(CcusageTokens), static (sum, line) => sum + line.Theirs),
            lines.Aggregate(default(CcusageTokens), static (sum, line) => sum + line.Ours),
            (comparison.TheirCost?.Round(decimals), comparison.OurCost.Round(decimals)),
            ComparisonSums.MarksOf(comparison.Rows.SelectMany(static row => row.Models)));
        table.Show(page.Console);

        void Add(RowKind kind, string name, long calls, CcusageTokens there, CcusageTokens here, (Usd? Theirs, Usd Ours) cost, string marks) => table.Add(
            kind, new TableCell(DisplayText.Clean(name), KeepEnd: true), DisplayText.Count(calls), DisplayText.Count(there.Total), DisplayText.Count(here.Total),
            cost.Theirs?.Format(decimals) ?? string.Empty, marks + cost.Ours.Format(decimals), cost.Theirs is { } their ? Signed(cost.Ours - their, decimals) : string.Empty);
    }

    // Theirs and the difference are rounded so that they add up; ours follows, so that a line without a difference shows none.
    private static IReadOnlyList<(Usd? Theirs, Usd Ours)> LineCosts(CcusageComparison comparison, IReadOnlyList<ComparedLine> lines, int decimals)
    {
        if (comparison.TheirCost is null)
        {
            return [.. Rounding.Apportion([.. lines.Select(static line => line.OurCost)], UnitOf(decimals)).Select(static ours => ((Usd?)null, ours))];
        }

        var theirs = Rounding.Apportion([.. lines.Select(static line => line.TheirCost ?? Usd.Zero)], UnitOf(decimals));
        var differences = ShownDifferences(comparison, [.. lines.Select(static line => line.OurCost - (line.TheirCost ?? Usd.Zero))], decimals);
        return [.. theirs.Select((their, index) => ((Usd?)their, their + differences[index]))];
    }

    // The difference of the rounded totals, unless both were rounded by half a unit in opposite directions.
    private static Usd[] ShownDifferences(CcusageComparison comparison, IReadOnlyList<Usd> parts, int decimals)
    {
        var unit = UnitOf(decimals);
        var whole = comparison.OurCost.Round(decimals) - comparison.TheirCost!.Value.Round(decimals);
        return Int128.Abs((whole - Sum(parts)).Picodollars) < unit ? Rounding.Apportion(parts, unit, whole) : Rounding.Apportion(parts, unit);
    }

    private void ShowRules(CcusageComparison comparison, int decimals)
    {
        var rules = ComparisonSums.Rules(comparison);
        page.Console.WriteLine();
        var table = new ReportTable(
            [new("Why", Rank: 0) { IsFigure = false, WidthMin = 21 }, new("Of", Rank: 0) { IsFigure = false }, new("Calls", Rank: 1), new("Difference", Rank: 0)]);
        var shown = ShownDifferences(comparison, [.. rules.Select(static rule => rule.Amount)], decimals);
        for (var index = 0; index < rules.Count; index++)
        {
            var rule = rules[index];
            if (rule.Rule is not (DifferenceRule.Rounding or DifferenceRule.Unexplained) || shown[index] != Usd.Zero)
            {
                table.Add(
                    RowKind.Line, DifferenceRules.Describe(rule.Rule).Name, ClassOf(rule.Class),
                    rule.Calls > 0 ? DisplayText.Count(rule.Calls) : string.Empty, Signed(shown[index], decimals));
            }
        }

        table.Add(RowKind.Total, "total", string.Empty, string.Empty, Signed(Sum(shown), decimals));
        table.Add(RowKind.Part, "unexplained", string.Empty, string.Empty, comparison.Unexplained.Format(decimals));
        table.Show(page.Console);
        page.Console.WriteLine();
        foreach (var rule in rules.Select(static rule => rule.Rule).Distinct().Where(static rule => rule != DifferenceRule.Rounding))
        {
            var (name, sentence) = DifferenceRules.Describe(rule);
            page.Note($"{name}: {sentence}.");
        }
    }

    private void ShowCounted(CcusageComparison comparison, int decimals)
    {
        var counted = ComparisonSums.Counted(comparison).ToList();
        if (counted.Count == 0)
        {
            return;
        }

        page.Console.WriteLine();
        var table = new ReportTable(
        [
            new("Period", Rank: 0) { IsFigure = false }, new("Model", Rank: 2) { IsFigure = false, WidthMin = 12 }, new("Why", Rank: 0) { IsFigure = false, WidthMin = 18 },
            new("Input", Rank: 4), new("Cache write", Rank: 4), new("Cache read", Rank: 4), new("Output", Rank: 4), new("Difference", Rank: 0),
        ]);
        foreach (var (period, part) in counted.Take(CountedMax))
        {
            var tokens = part.Tokens;
            table.Add(
                RowKind.Line, new TableCell(DisplayText.Clean(period), KeepEnd: true), DisplayText.Clean(part.Model), DifferenceRules.Describe(part.Rule).Name,
                Signed(tokens.Input), Signed(tokens.CacheWrite), Signed(tokens.CacheRead), Signed(tokens.Output), Signed(part.Amount.Round(decimals), decimals));
        }

        table.Show(page.Console);
        if (counted.Count > CountedMax)
        {
            page.Note($"… and {counted.Count - CountedMax} more; --json lists all of them with the calls in question.");
        }
    }

    private void ShowRows(CcusageComparison comparison)
    {
        page.Console.WriteLine();
        var table = new ReportTable(
        [
            new("Period", Rank: 0) { IsFigure = false }, new("Model", Rank: 0) { IsFigure = false, WidthMin = 12 },
            new("Why", Rank: 0) { IsFigure = false, WidthMin = 18 }, new("Of", Rank: 1) { IsFigure = false }, new("Difference", Rank: 0),
        ]);
        foreach (var row in comparison.Rows)
        {
            foreach (var part in row.Parts.Where(static part => part.Rule != DifferenceRule.Rounding))
            {
                table.Add(
                    RowKind.Line, new TableCell(DisplayText.Clean(row.Period), KeepEnd: true), DisplayText.Clean(part.Model),
                    DifferenceRules.Describe(part.Rule).Name, ClassOf(part.Class), Exact(part.Amount));
            }
        }

        table.Show(page.Console);
    }

    private static string Exact(Usd amount) => amount < Usd.Zero ? $"-${-amount}" : $"+${amount}";

    private static Int128 UnitOf(int decimals) => decimals == Cents ? Usd.PicodollarsPerCent : Usd.PicodollarsPerCent / 100;

    private static Usd Sum(IEnumerable<Usd> amounts) => amounts.Aggregate(Usd.Zero, static (sum, amount) => sum + amount);

    private static string Signed(Usd amount, int decimals) => amount > Usd.Zero ? $"+{amount.Format(decimals)}" : amount.Format(decimals);

    private static string Signed(long tokens) => tokens > 0 ? $"+{DisplayText.Count(tokens)}" : DisplayText.Count(tokens);

    private static string ClassOf(CostClass costClass) => CompareJson.NameOf(costClass).Replace('_', ' ');
}
