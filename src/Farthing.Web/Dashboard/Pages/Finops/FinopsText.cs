using System.Text.RegularExpressions;
using Farthing.Domain.Forecasting;
using Farthing.Domain.Money;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Planning;

namespace Farthing.Web.Dashboard.Pages.Finops;

/// <summary>Words that only pages of finops need.</summary>
public static partial class FinopsText
{
    private const int MatchMillisecondsMax = 1_000;

    /// <summary>A model without what all of them have in common: no <c>claude-</c> in front and no date behind.</summary>
    public static string ModelName(string model)
    {
        var name = model.StartsWith("claude-", StringComparison.Ordinal) ? model["claude-".Length..] : model;
        return DateBehind().Replace(name, string.Empty);
    }

    /// <summary>The colour of a trend: spend that climbs is bad news.</summary>
    public static string Tone(TrendDirection trend) => trend switch
    {
        TrendDirection.Increasing => "bad",
        TrendDirection.Decreasing => "good",
        _ => string.Empty,
    };

    /// <summary>An amount that was divided: <c>$1.23</c>.</summary>
    public static string Dollars(Ratio? dollars) => dollars is { } known ? PageText.Money(known) : PageText.None;

    /// <summary>A way to recommend plans, as its address names it.</summary>
    public static string Word(PlanMode mode) => mode == PlanMode.Cheapest ? "cheapest" : "band";

    [GeneratedRegex("-[0-9]{8}$", RegexOptions.CultureInvariant, MatchMillisecondsMax)]
    private static partial Regex DateBehind();
}
