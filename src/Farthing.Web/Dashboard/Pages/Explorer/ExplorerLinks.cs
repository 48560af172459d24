using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
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
        Of(span, by, [value], show);

    /// <summary>What has one of some values of a dimension.</summary>
    public static string Of(DaySpan span, SpendDimension by, IReadOnlyList<string> values, SpendMetric show = SpendMetric.Cost) =>
        ViewOf(span, [new(by, values)], show).Link;

    /// <summary>One day, by model.</summary>
    public static string OfDay(DateOnly day, SpendMetric show = SpendMetric.Cost) => Of(DaySpan.Between(day, day), show);

    /// <summary>Days, each by model.</summary>
    public static IReadOnlyList<string> OfDays(IEnumerable<DateOnly> days, SpendMetric show = SpendMetric.Cost) => [.. days.Select(day => OfDay(day, show))];

    /// <summary>Why what has one value of a dimension changed from the days before a span.</summary>
    public static string ChangeOf(DaySpan span, SpendDimension by, string value) => BridgeAddress.Of(ViewOf(span, [new(by, [value])], SpendMetric.Cost)).Link;

    /// <summary>Why the days of a month that are over cost what they cost, beside the same days of the month before.</summary>
    /// <param name="today">The day that is running; not the first one of its month.</param>
    public static string MonthChangeOf(DateOnly today) => new BridgeAddress(
        ViewOf(DaySpan.Between(new(today.Year, today.Month, 1), today.AddDays(-1)), [], SpendMetric.Cost), BeforeWord.All.First(static word => word.Word == "month"), null).Link;

    /// <summary>Where a budget stands, at the head of those that are older. A blank behind an id comes after it and before all others.</summary>
    public static string BudgetCard(Budget budget) => $"/finops/budgets?after={Uri.EscapeDataString(budget.Id + " ")}#{BudgetAnchor(budget)}";

    /// <summary>The name of that place.</summary>
    public static string BudgetAnchor(Budget budget) => $"budget-{Uri.EscapeDataString(budget.Id)}";

    /// <summary>
    /// What was spent of a budget; null where the explorer would show another figure: its days are those of another zone, or whoever
    /// looks may see only a part.
    /// </summary>
    /// <param name="standing">The budget and its window.</param>
    /// <param name="frame">Whose days the explorer counts, and who looks.</param>
    /// <param name="today">The last day of a window without end.</param>
    public static string? Of(BudgetStanding standing, PageFrame frame, DateOnly today)
    {
        var (budget, window) = (standing.Budget, standing.Window);
        var isWhole = frame.Caller is { } caller && (ScopeRules.Of(caller).Reach == ScopeReach.Org || budget.Scope == BudgetScope.Team);
        if (!isWhole || !TimeZoneInfo.FindSystemTimeZoneById(budget.Zone).HasSameRules(frame.Zone))
        {
            return null;
        }

        var span = DaySpan.Between(window.FirstDay, window.EndDay?.AddDays(-1) ?? today);
        return BudgetWords.DimensionOf(budget.Scope) is { } by ? Of(span, by, budget.ScopeId) : Of(span);
    }

    private static ExplorerAddress ViewOf(DaySpan span, IReadOnlyList<SpendFilter> filters, SpendMetric show) =>
        ExplorerAddress.Of(new(span, filters), filters is [{ By: SpendDimension.Model }] ? SpendDimension.User : SpendDimension.Model) with { Show = show };
}
