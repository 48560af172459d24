using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending.Ccusage;

/// <summary>
/// Puts a report of ccusage beside our figures for the same logs and explains every difference by a named rule. Their
/// cost of each of our calls is computed by their rules, so that (ours − theirs) splits exactly; what remains are
/// tokens that they count differently.
/// </summary>
/// <param name="queries">Our calls.</param>
/// <param name="rate">Prices a call by today's catalog.</param>
/// <param name="today">The present time, whose prices ccusage may have taken for all calls.</param>
public sealed class CompareCcusage(ISpendQueries queries, Func<UsageEvent, Rating> rate, DateTimeOffset today)
{
    private readonly CcusagePriceList prices = CcusagePriceList.Load();

    /// <summary>Compares.</summary>
    /// <param name="report">The report.</param>
    /// <param name="query">Whose calls, in which time zone, and which days of them; the agent is the report's.</param>
    /// <param name="cancellationToken">Cancels the reading of calls.</param>
    public async Task<CcusageComparison> CompareAsync(CcusageReport report, SpendQuery query, CancellationToken cancellationToken)
    {
        var rules = new CcusageRules(prices);
        var split = new PriceSplit(rate, rules, today);
        var table = new ComparisonTable(report, query.Zone);
        var calls = query with { Agent = report.Agent };
        long outside = 0;
        var costOutside = Usd.Zero;
        await foreach (var call in queries.CallsAsync(calls, cancellationToken))
        {
            if (table.Find(call.Usage) is { } cell)
            {
                cell.Add(call, split, rules);
            }
            else
            {
                outside++;
                costOutside += call.Rating.Cost.Total;
            }
        }

        ComparisonGroup[] groups = [.. table.Groups];
        var settings = SettingsOf(groups);
        var differing = Differing(groups);
        await CollectAsync(differing, table, calls, cancellationToken);
        new CountRules(report).Explain([.. differing.Values]);
        var cost = new CountCost(rules, prices, settings);
        return new()
        {
            Title = report.Title,
            Mode = settings.Mode,
            IsCodexFast = settings.IsCodexFast,
            Zone = query.Zone,
            Rows = [.. groups.Select(group => Row(group, differing, settings, cost))],
            CallsOutside = outside,
            CostOutside = costOutside,
        };
    }

    // The report does not tell how it was made; the settings under which least is left open are taken.
    private static CcusageSettings SettingsOf(ComparisonGroup[] groups) =>
        CcusageSettings.All.MinBy(settings => groups
            .Where(group => group.CountsAgree)
            .Select(group => group.Residual(settings))
            .Where(residual => !CountCost.IsDust(residual))
            .Aggregate(Usd.Zero, (sum, residual) => sum + (residual < Usd.Zero ? -residual : residual)));

    private static Dictionary<ComparisonCell, DifferingCell> Differing(ComparisonGroup[] groups)
    {
        var differing = new Dictionary<ComparisonCell, DifferingCell>();
        var place = -1;
        var period = string.Empty;
        foreach (var group in groups)
        {
            place += group.Period == period ? 0 : 1;
            period = group.Period;
            foreach (var cell in group.Cells.Where(cell => !cell.Surplus.IsZero))
            {
                differing.Add(cell, new(group, cell, place));
            }
        }

        return differing;
    }

    // A second pass, so that only the calls of differing cells are held in memory.
    private async Task CollectAsync(
        Dictionary<ComparisonCell, DifferingCell> differing, ComparisonTable table, SpendQuery calls, CancellationToken cancellationToken)
    {
        if (differing.Count == 0)
        {
            return;
        }

        await foreach (var call in queries.CallsAsync(calls, cancellationToken))
        {
            if (table.Find(call.Usage) is { } cell && differing.TryGetValue(cell, out var found) && found.Calls.Count < DifferingCell.CallsMax)
            {
                found.Calls.Add(call);
            }
        }
    }

    private static ComparedRow Row(
        ComparisonGroup group, Dictionary<ComparisonCell, DifferingCell> differing, CcusageSettings settings, CountCost cost)
    {
        List<DifferencePart> parts = [];
        if (group.TheirCost is not null)
        {
            foreach (var cell in group.Cells)
            {
                parts.AddRange(cell.Ledger.Entries.Select(entry => new DifferencePart(entry.Rule, cell.Model, entry.Class, entry.Amount, entry.Calls)));
                cell.PostSettings(settings, parts);
            }
        }

        PostCounts(group, differing, group.Residual(settings), cost, parts);
        return new(
            group.Period,
            [.. group.Cells.Select(cell => new ComparedModel(cell.Model, cell.Calls, cell.Ours, cell.Theirs, cell.OurCost, cell.EstimatedCalls, cell.UnpricedCalls))],
            group.Cells.Aggregate(Usd.Zero, (sum, cell) => sum + cell.OurCost),
            group.TheirCost,
            parts);
    }

    private static void PostCounts(
        ComparisonGroup group, Dictionary<ComparisonCell, DifferingCell> differing, Usd residual, CountCost cost, List<DifferencePart> parts)
    {
        DifferingCell[] open = [.. group.Cells.Where(differing.ContainsKey).Select(cell => differing[cell])];
        foreach (var cell in open)
        {
            var counted = group.TheirCost is null ? CountedCost.None : cost.Of(cell, residual, open.Length == 1);
            residual -= counted.Surplus;
            parts.Add(new(cell.Finding!.Rule, cell.Cell.Model, CostClass.Call, -counted.Surplus, cell.Finding.Calls.Count)
            {
                Tokens = -cell.Cell.Surplus,
                Events = [.. cell.Finding.Calls.Select(call => call.Usage.Id)],
                Note = counted.Note,
            });
        }

        if (residual != Usd.Zero)
        {
            var isUnknown = group.Cells.Exists(cell => cell.CallsOfUnknownPrice > 0);
            parts.Add(new(CountCost.IsDust(residual) ? DifferenceRule.Rounding : DifferenceRule.Unexplained, string.Empty, CostClass.Call, -residual, 0)
            {
                Note = isUnknown ? "the price that ccusage has for this model was never measured" : string.Empty,
            });
        }
    }
}
