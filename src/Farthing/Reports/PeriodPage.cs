using Farthing.Workflows.Spending;

namespace Farthing.Reports;

/// <summary>The reports by day, week and month for people.</summary>
internal static class PeriodPage
{
    /// <summary>Shows a report.</summary>
    public static void Show(CommandContext context, ReportPeriod period, SpendReport report, ReportChoices choices, Preparation preparation)
    {
        var page = new ReportPage(context);
        if (report.Lines.Count == 0)
        {
            page.Empty(preparation, choices.Spend);
            return;
        }

        var (title, heading) = period switch
        {
            ReportPeriod.Day => ("Spend by day", "Day"),
            ReportPeriod.Week => ("Spend by week", "Week of"),
            _ => ("Spend by month", "Month"),
        };
        page.Head(title, choices.Spend.Agent ?? "all agents", choices.Spend.Project ?? string.Empty, choices.Zone.Id);
        new SpendTable(page, choices, report.Total, new ReportColumn(heading, 0) { IsFigure = false, WidthMin = 20 })
            .Show(report, static line => [line.Name]);
    }
}
