using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Reports;
using Farthing.Workflows.Spending;
using Spectre.Console;

namespace Farthing.Explaining;

/// <summary>The build-up of costs as a table: class × tokens × rate = cost, exact to the last digit shown.</summary>
internal static class BuildUpTable
{
    private static readonly ReportColumn[] Columns =
    [
        new("Class", Rank: 0) { IsFigure = false }, new("Units", Rank: 0), new("USD per million", Rank: 0), new("Cost", Rank: 0),
    ];

    /// <summary>Shows one build-up.</summary>
    public static void Show(IAnsiConsole console, CostBuildUp buildUp, int decimals)
    {
        var table = new ReportTable(Columns);
        foreach (var line in buildUp.Lines)
        {
            table.Add(RowKind.Line, CostWords.Of(line), DisplayText.Count(line.Count), RateOf(line, buildUp.Card), CostOf(line.Amount, buildUp.Card, decimals));
        }

        table.Add(RowKind.Total, "total", string.Empty, string.Empty, CostOf(buildUp.Total, buildUp.Card, decimals));
        table.Show(console);
    }

    /// <summary>A cost as it is shown: marked when it is an estimate, and no figure at all when it is unknown.</summary>
    public static string CostOf(Usd amount, RateCard card, int decimals) => card.Status switch
    {
        PricingStatus.Unpriced => CostColumn.UnpricedMark,
        PricingStatus.Fallback => CostColumn.EstimateMark + amount.Format(decimals),
        _ => amount.Format(decimals),
    };

    private static string RateOf(CostLine line, RateCard card) => (card.Status, line.Unit) switch
    {
        (PricingStatus.Unpriced, _) => CostColumn.UnpricedMark,
        (_, CostUnit.WebSearches) => $"{line.Rate} each",
        _ => line.Rate.PerMillion(),
    };
}
