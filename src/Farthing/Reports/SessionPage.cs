using System.Globalization;
using Farthing.Workflows.Spending;

namespace Farthing.Reports;

/// <summary>The report by session for people.</summary>
internal static class SessionPage
{
    /// <summary>Shows the report.</summary>
    public static void Show(CommandContext context, SpendReport report, ReportChoices choices, Preparation preparation)
    {
        var page = new ReportPage(context);
        if (report.Lines.Count == 0)
        {
            page.Empty(preparation, choices.Spend);
            return;
        }

        page.Head("Spend by session", choices.Spend.Agent ?? "all agents", choices.Spend.Project ?? string.Empty, choices.Zone.Id);
        new SpendTable(
            page, choices, report.Total,
            new ReportColumn("Session", 0) { IsFigure = false, WidthMin = 20 },
            new ReportColumn("Agent", 6) { IsFigure = false, WidthMin = 6 },
            new ReportColumn("Project", 2) { IsFigure = false, WidthMin = 16 },
            new ReportColumn("Last call", 3) { IsFigure = false, WidthMin = 16 })
            .Show(report, line =>
            [
                ShortNames.Session(line.Name),
                DisplayText.Clean(line.Agents[0]),
                new(page.Project(line.Project), KeepEnd: true),
                line.LastAt is { } at ? TimeZoneInfo.ConvertTime(at, choices.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : string.Empty,
            ]);
    }
}
