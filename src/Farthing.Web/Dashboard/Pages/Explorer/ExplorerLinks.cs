using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Dashboard.Pages.Explorer;

/// <summary>Links from figures of other pages to the views that they are made of.</summary>
public static class ExplorerLinks
{
    /// <summary>Everything of a span, by model.</summary>
    public static string Of(DaySpan span, SpendMetric show = SpendMetric.Cost) => ViewOf(span, [], show).Link;

    /// <summary>What has one value of a dimension, by what tells most of it.</summary>
    public static string Of(DaySpan span, SpendDimension by, string value, SpendMetric show = SpendMetric.Cost) =>
        ViewOf(span, [new(by, [value])], show).Link;

    /// <summary>One day, by model.</summary>
    public static string OfDay(DateOnly day, SpendMetric show = SpendMetric.Cost) => Of(DaySpan.Between(day, day), show);

    /// <summary>Why what has one value of a dimension changed from the days before a span.</summary>
    public static string ChangeOf(DaySpan span, SpendDimension by, string value) => BridgeAddress.Of(ViewOf(span, [new(by, [value])], SpendMetric.Cost)).Link;

    private static ExplorerAddress ViewOf(DaySpan span, IReadOnlyList<SpendFilter> filters, SpendMetric show) =>
        ExplorerAddress.Of(new(span, filters), filters is [{ By: SpendDimension.Model }] ? SpendDimension.User : SpendDimension.Model) with { Show = show };
}
