using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Dashboard.Pages.Explorer;

/// <summary>Lines and figures of the explorer as it shows them.</summary>
public static class ExplorerText
{
    /// <summary>What a line is called.</summary>
    public static string NameOf(ExploredLine line) => line.Others > 0 ? Others(line.Others) : DimensionWord.Shown(line.Name);

    /// <summary>What a series is called.</summary>
    public static string NameOf(ExploredSeries series) => series.Others > 0 ? Others(series.Others) : DimensionWord.Shown(series.Name);

    /// <summary>Dimensions in a sentence: <c>team, model</c>.</summary>
    public static string InWords(IEnumerable<SpendDimension> by) => string.Join(", ", by.Select(static one => DimensionWord.Of(one).Name.ToLowerInvariant()));

    /// <summary>Dimensions at the head of a column, one in the other: <c>Team › Model</c>.</summary>
    public static string HeadOf(IEnumerable<SpendDimension> by) => string.Join(" › ", by.Select(static one => DimensionWord.Of(one).Name));

    /// <summary>A part of a whole in thousandths: <c>12.5%</c>.</summary>
    public static string Share(int permille) => string.Create(PageText.Numbers, $"{permille / 10m:0.0}%");

    /// <summary>A cost that was rounded with its neighbours; in words where no call has a price.</summary>
    /// <param name="shown">Rounded.</param>
    /// <param name="sum">What it is the cost of.</param>
    public static string Cost(Usd shown, in SpendSum sum) => sum.IsWithoutPrice ? "no price" : PageText.Money(shown == Usd.Zero ? sum.Cost : shown);

    /// <summary>A period on the axis of a chart.</summary>
    public static string Period(TimeGrain grain, DateOnly start) =>
        grain == TimeGrain.Month ? start.ToString("MMM yyyy", CultureInfo.InvariantCulture) : PageText.ShortDay(start);

    /// <summary>A figure as charts take it: dollars, or a count.</summary>
    public static decimal Drawn(SpendMetric metric, Int128 value) => metric == SpendMetric.Cost ? new Usd(value).ToDecimal() : (decimal)value;

    /// <summary>The least sure price among the calls of a line; null when all are sure.</summary>
    public static (string? Tone, string Word, string Meaning)? MarkOf(in SpendSum sum) => sum switch
    {
        { UnpricedCalls: > 0 } => ("bad", Mark(sum.UnpricedCalls, sum.Calls, "no price", "partly priced"), $"{PageText.Count(sum.UnpricedCalls, "call")} without a price"),
        { EstimatedCalls: > 0 } => ("warn", Mark(sum.EstimatedCalls, sum.Calls, "estimated", "partly estimated"), $"{PageText.Count(sum.EstimatedCalls, "call")} estimated, {PageText.Money(sum.EstimatedCost)} counted by budgets only"),
        { AssumedHostCalls: > 0 } => (null, Mark(sum.AssumedHostCalls, sum.Calls, "assumed", "partly assumed"), $"{PageText.Count(sum.AssumedHostCalls, "call")} at assumed prices"),
        _ => null,
    };

    private static string Mark(long marked, long calls, string all, string some) => marked == calls ? all : some;

    /// <summary>What many groups together are called: <c>All others (12)</c>.</summary>
    public static string Others(int count) => $"All others ({PageText.Count(count)})";
}
