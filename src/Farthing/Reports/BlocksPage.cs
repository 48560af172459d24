using System.Globalization;
using Farthing.Workflows.Spending;

namespace Farthing.Reports;

/// <summary>Five-hour windows for people: a row per window, quiet rows for idle time, and where the open one leads.</summary>
internal static class BlocksPage
{
    /// <summary>Shows the windows.</summary>
    public static void Show(CommandContext context, BlocksAnswer answer, Preparation preparation)
    {
        var page = new ReportPage(context);
        var choices = answer.Choices;
        if (answer.Blocks.Count == 0)
        {
            ShowNothing(page, answer, preparation);
            return;
        }

        page.Head($"Windows of {Words.Duration(answer.Request.Length)}", choices.Spend.Agent ?? "all agents", choices.Spend.Project ?? string.Empty, choices.Zone.Id);
        var byName = answer.Blocks.ToDictionary(static block => block.Line.Name, StringComparer.Ordinal);
        var report = BlockReports.ToReport(answer.Blocks);
        new SpendTable(
            page, choices, report.Total,
            new ReportColumn("Window", 0) { IsFigure = false, WidthMin = 20 },
            new ReportColumn("Used for", 3) { IsFigure = false, WidthMin = 12 },
            new ReportColumn("Of limit", 1))
            .Show(report, line => PlacesOf(byName[line.Name], answer));
        if (answer.Blocks.FirstOrDefault(static block => block.IsActive) is { } open)
        {
            page.Space();
            page.Note(Outlook(open, answer.Limit, answer.Now));
        }
    }

    private static void ShowNothing(ReportPage page, BlocksAnswer answer, Preparation preparation)
    {
        if (answer.Request.ActiveOnly)
        {
            page.Say("No window is open.");
            return;
        }

        page.Empty(preparation, answer.Choices.Spend);
    }

    private static TableCell[] PlacesOf(UsageBlock block, BlocksAnswer answer)
    {
        if (block.IsGap)
        {
            return [$"  idle {Words.Duration(block.EndAt - block.StartAt)}"];
        }

        var lasted = block.IsActive ? $"{Words.Duration(block.EndAt - answer.Now)} left" : Words.Duration(block.LastAt!.Value - block.StartAt);
        var used = answer.Limit is { } tokens ? DisplayText.Percent((int)((Int128)block.Line.Sum.TotalTokens * 1000 / tokens)) : string.Empty;
        return [TimeZoneInfo.ConvertTime(block.StartAt, answer.Choices.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), lasted, used];
    }

    private static string Outlook(UsageBlock open, long? limit, DateTimeOffset now)
    {
        if (open.Burn is not { } burn || open.ProjectionAt(now) is not { } leads)
        {
            return $"The open window has {Words.Duration(open.EndAt - now)} left.";
        }

        var tokens = DisplayText.Count((long)(burn.MicrotokensPerMinute / 1_000_000));
        var text = $"The open window has {Words.Duration(open.EndAt - now)} left. It uses {tokens} tokens a minute and {burn.CostPerHour.Format()} an hour; "
            + $"at this rate it ends with {DisplayText.Count(leads.TotalTokens)} tokens and {leads.TotalCost.Format()}";
        return limit is { } bound ? $"{text}, {DisplayText.Percent((int)(new TokenLimit(bound, leads.TotalTokens).MicropercentUsed / 100_000))} of the limit." : text + ".";
    }
}
