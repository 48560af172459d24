using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Reports;
using Farthing.Workflows.Spending;
using Spectre.Console;

namespace Farthing.Explaining;

/// <summary>The build-up of costs as a table: class × tokens × rate = cost, exact to the last digit shown.</summary>
internal static class BuildUpTable
{
    private const string RoundingDigits = "0.000000000000000";

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
            table.Add(RowKind.Line, NameOf(line), DisplayText.Count(line.Count), RateOf(line, buildUp.Card), CostOf(line.Amount, buildUp.Card, decimals));
        }

        table.Add(RowKind.Total, "total", string.Empty, string.Empty, CostOf(buildUp.Total, buildUp.Card, decimals));
        table.Show(console);
    }

    /// <summary>The decimals that all amounts of build-ups need.</summary>
    public static int DecimalsOf(IEnumerable<CostBuildUp> buildUps) =>
        ExactColumn.DecimalsOf(buildUps.SelectMany(static buildUp => buildUp.Lines.Select(static line => line.Amount).Append(buildUp.Total)));

    /// <summary>A cost as it is shown: marked when it is an estimate, and no figure at all when it is unknown.</summary>
    public static string CostOf(Usd amount, RateCard card, int decimals) => card.Status switch
    {
        PricingStatus.Unpriced => CostColumn.UnpricedMark,
        PricingStatus.Fallback => CostColumn.EstimateMark + amount.Format(decimals),
        _ => amount.Format(decimals),
    };

    /// <summary>The name of a line.</summary>
    public static string NameOf(CostLine line) => line.Unit switch
    {
        CostUnit.WebSearches => "web searches",
        CostUnit.Reasoning => "reasoning",
        _ => NameOf(line.Class),
    };

    /// <summary>What the rounding of single calls added, as a sentence; empty when nothing.</summary>
    public static string RoundingOf(CostBuildUp buildUp) =>
        buildUp.RoundingFemtodollars == 0
            ? string.Empty
            : $"each class of each call is rounded to a picodollar, which makes {Femtodollars(buildUp.RoundingFemtodollars)} USD here";

    /// <summary>An amount of femtodollars in dollars, exact.</summary>
    public static string Femtodollars(Int128 femtodollars) => DecimalText.FormatExact(femtodollars, RoundingDigits.Length - 2);

    private static string RateOf(CostLine line, RateCard card) => (card.Status, line.Unit) switch
    {
        (PricingStatus.Unpriced, _) => CostColumn.UnpricedMark,
        (_, CostUnit.WebSearches) => $"{line.Rate} each",
        _ => line.Rate.PerMillion(),
    };

    private static string NameOf(TokenClass tokenClass) => tokenClass switch
    {
        TokenClass.Input => "input",
        TokenClass.CacheRead => "cache read",
        TokenClass.CacheWrite5m => "cache write 5m",
        TokenClass.CacheWrite1h => "cache write 1h",
        TokenClass.Output => "output",
        TokenClass.InputAudio => "audio input",
        TokenClass.CacheReadAudio => "audio cache read",
        TokenClass.OutputAudio => "audio output",
        TokenClass.InputImage => "image input",
        TokenClass.CacheReadImage => "image cache read",
        TokenClass.OutputImage => "image output",
        TokenClass.InputVideo => "video input",
        TokenClass.OutputVideo => "video output",
        TokenClass.Citation => "citation",
        _ => throw new ArgumentOutOfRangeException(nameof(tokenClass), tokenClass, "The class has no name."),
    };
}
