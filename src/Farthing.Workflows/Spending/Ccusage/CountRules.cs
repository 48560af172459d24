namespace Farthing.Workflows.Spending.Ccusage;

/// <summary>A cell in which ccusage counts other tokens than we do, with our calls in it.</summary>
/// <param name="Group">The group whose cost it is part of.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Place">The number of its period among all periods of the report.</param>
internal sealed record DifferingCell(ComparisonGroup Group, ComparisonCell Cell, int Place)
{
    /// <summary>Our calls in the cell, in order of time; the first <see cref="CallsMax"/>.</summary>
    public List<PricedCall> Calls { get; } = [];

    /// <summary>Cells of more calls are not searched for single ones.</summary>
    public const int CallsMax = 2_000;

    /// <summary>Why; null as long as no rule was found.</summary>
    public CountFinding? Finding { get; set; }
}

/// <summary>Why a cell is counted differently.</summary>
/// <param name="Rule">The reason.</param>
/// <param name="Calls">The calls in question; empty when they cannot be told.</param>
internal sealed record CountFinding(DifferenceRule Rule, IReadOnlyList<PricedCall> Calls);

/// <summary>
/// Finds out why ccusage counts other tokens than we do, as far as our own calls can tell: calls that are counted at
/// another time or in another session, not at all, or several times.
/// </summary>
/// <param name="report">The report.</param>
internal sealed class CountRules(CcusageReport report)
{
    private readonly SubsetMatch match = new();

    /// <summary>Gives every cell a finding.</summary>
    public void Explain(IReadOnlyList<DifferingCell> differing)
    {
        PairMoves(differing);
        foreach (var cell in differing)
        {
            cell.Finding ??= Judge(cell);
        }
    }

    private static bool IsLess(CcusageTokens surplus) =>
        surplus is { Input: <= 0, CacheWrite: <= 0, CacheRead: <= 0, Output: <= 0 };

    private static bool IsMore(CcusageTokens surplus) => IsLess(-surplus);

    // What one row lacks, another one has: the calls are counted in another place.
    private void PairMoves(IReadOnlyList<DifferingCell> differing)
    {
        var takers = differing.Where(cell => IsMore(cell.Cell.Surplus)).ToLookup(cell => (cell.Cell.Model, cell.Cell.Surplus));
        var rule = report.Period == CcusagePeriod.Session ? DifferenceRule.SessionOfCopy : DifferenceRule.DateOfSurvivor;
        foreach (var giver in differing.Where(cell => IsLess(cell.Cell.Surplus)))
        {
            var taker = takers[(giver.Cell.Model, -giver.Cell.Surplus)].FirstOrDefault(cell => cell.Finding is null && IsNear(giver, cell));
            if (taker is not null && FindCalls(-giver.Cell.Surplus, giver, isOutputExact: true) is { } calls)
            {
                giver.Finding = new(rule, calls);
                taker.Finding = new(rule, calls);
            }
        }
    }

    private bool IsNear(DifferingCell left, DifferingCell right) =>
        report.Period == CcusagePeriod.Session || Math.Abs(left.Place - right.Place) == 1;

    private CountFinding Judge(DifferingCell differing)
    {
        var surplus = differing.Cell.Surplus;
        var isClaude = differing.Calls.Exists(call => call.Usage.Dimensions.Agent == CcusageRules.Claude);
        if (!differing.Group.IsListed)
        {
            return new(DifferenceRule.NotInReport, differing.Calls);
        }

        if (IsLess(surplus))
        {
            return FindCalls(-surplus, differing, isOutputExact: true) is { } lost
                ? new(isClaude ? DifferenceRule.NestedNull : DifferenceRule.CodexTotalDrop, lost)
                : new(DifferenceRule.CountedDifferently, []);
        }

        if (isClaude && report.Loader == CcusageLoader.Daily && differing.Cell.CallsWithoutRequestId > 0)
        {
            return new(DifferenceRule.MissingRequestId, [.. differing.Calls.Where(call => call.Usage.RequestAlias is null)]);
        }

        if (IsMore(surplus) && FindCalls(surplus, differing, isOutputExact: false) is { } again)
        {
            return new(isClaude && report.Loader == CcusageLoader.Session ? DifferenceRule.SidechainReplay : DifferenceRule.Duplicate, again);
        }

        return new(DifferenceRule.CountedDifferently, []);
    }

    private List<PricedCall>? FindCalls(CcusageTokens total, DifferingCell differing, bool isOutputExact)
    {
        if (total == differing.Cell.Ours && differing.Cell.Calls == differing.Calls.Count)
        {
            return differing.Calls;
        }

        var found = match.Find(total, [.. differing.Calls.Select(call => CcusageTokens.Of(call.Usage.Tokens))], isOutputExact);
        return found is null ? null : [.. found.Select(index => differing.Calls[index])];
    }
}
