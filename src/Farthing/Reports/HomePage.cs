using Farthing.Domain.Money;
using Farthing.Workflows.Spending;

namespace Farthing.Reports;

/// <summary>The first page for people: today, the last days, the month, and what it was spent on.</summary>
internal sealed class HomePage
{
    private const int LinesMax = 5;
    private readonly ReportPage page;
    private readonly SpendOverview overview;
    private readonly ShortNames names;
    private readonly SpendSum fortnight;
    private readonly CostColumn cost;
    private readonly bool everything;
    private readonly ReportTable table = new(
    [
        new(string.Empty, 0) { IsFigure = false, WidthMin = 18, WidthMax = 40 },
        new(string.Empty, 4) { IsFigure = false, WidthMin = OverviewRequest.Days },
        new("Calls", 2),
        new("From cache", 3),
        new("Tokens", 1),
        new("Cost", 0),
    ]);

    private HomePage(ReportPage page, SpendOverview overview, bool everything)
    {
        this.page = page;
        this.overview = overview;
        this.everything = everything;
        names = new(overview.Span.Models.Select(static model => model.Name));
        fortnight = overview.Days.Aggregate(default(SpendSum), static (sum, day) => sum + day.Sum);
        cost = new(overview.Span.Sum + fortnight);
    }

    /// <summary>Shows it.</summary>
    public static void Show(CommandContext context, SpendOverview overview, ReportChoices choices, HomeNews news)
    {
        var sheet = new ReportPage(context);
        if (overview.IsEmpty)
        {
            sheet.Empty(news.Preparation, choices.Spend with { Since = overview.From, Until = overview.To });
        }
        else
        {
            sheet.Head("Farthing", Words.Day(overview.Today), choices.Zone.Id, choices.Spend.Agent ?? string.Empty, news.IsDemo ? "synthetic demo" : string.Empty);
            new HomePage(sheet, overview, choices.Breakdown || choices.By is not null).Show();
        }

        sheet.Space();
        sheet.Note(PlaceOf(context.Settings, sheet, news.Preparation));
    }

    private static string PlaceOf(Settings settings, ReportPage sheet, Preparation preparation)
    {
        var place = $"Kept in {sheet.Project(settings.Data)}";
        return preparation.NewCalls == 0 ? place : $"{place}; {DisplayText.Counted(preparation.NewCalls, "call")} read just now";
    }

    private void Show()
    {
        var whole = cost.Shown(overview.Span.Sum);
        AddRow(RowKind.Heading, "Today", string.Empty, overview.TodaySum, cost.Shown(overview.TodaySum));
        AddRow(
            RowKind.Line, $"Last {OverviewRequest.Days} days", Sparkline.Columns([.. overview.Days.Select(static day => day.Sum.BestCost)]), fortnight,
            cost.Shown(fortnight));
        AddRow(RowKind.Heading, Words.Days(overview.From, overview.To, overview.Today), string.Empty, overview.Span.Sum, whole);
        foreach (var section in overview.Sections)
        {
            if (section.Lines.Count > 0)
            {
                AddSection(section, whole);
            }
        }

        table.Show(page.Console);
        page.Notes(overview.Span, names, cost);
    }

    private void AddSection(SpendSection section, Usd whole)
    {
        table.AddSpace();
        table.Add(RowKind.Heading, TitleOf(section.By));
        var shown = cost.Shown(section.Lines, overview.Span.Sum, whole);
        var top = everything || section.Lines.Count <= LinesMax + 1 ? section.Lines.Count : LinesMax;
        for (var index = 0; index < top; index++)
        {
            var line = section.Lines[index];
            AddRow(RowKind.Line, NameOf(section.By, line), BarOf(line.Sum), line.Sum, shown[index]);
        }

        if (top < section.Lines.Count)
        {
            var rest = section.Lines.Skip(top).Aggregate(default(SpendSum), static (sum, line) => sum + line.Sum);
            var restShown = shown.Skip(top).Aggregate(Usd.Zero, static (sum, amount) => sum + amount);
            AddRow(RowKind.Part, $"  {section.Lines.Count - top} more", BarOf(rest), rest, restShown);
        }
    }

    private static string TitleOf(SpendDimension by) => by switch
    {
        SpendDimension.Agent => "Agents",
        SpendDimension.Branch => "Branches",
        SpendDimension.Model => "Models",
        SpendDimension.Project => "Projects",
        _ => "Sessions",
    };

    private string BarOf(SpendSum sum) => Sparkline.Bar(sum.BestCost, overview.Span.Sum.BestCost, OverviewRequest.Days);

    private TableCell NameOf(SpendDimension by, SpendLine line) => by switch
    {
        SpendDimension.Model => "  " + names.Model(line.Name),
        SpendDimension.Project => new TableCell("  " + page.Project(line.Name), KeepEnd: true),
        SpendDimension.Session => $"  {ShortNames.Session(line.Name)} {ShortNames.Folder(line.Project)}",
        _ when line.Name.Length == 0 => "  (none)",
        _ => "  " + DisplayText.Clean(line.Name),
    };

    private void AddRow(RowKind kind, TableCell name, string bar, SpendSum sum, Usd shown) => table.Add(
        kind, name, bar, DisplayText.Count(sum.Calls), DisplayText.Percent(sum.CacheHitPermille), DisplayText.Count(sum.TotalTokens), cost.Text(sum, shown));
}

/// <summary>What happened before the first page was made.</summary>
/// <param name="Preparation">What was imported.</param>
/// <param name="IsDemo">Whether the logs are synthetic.</param>
internal sealed record HomeNews(Preparation Preparation, bool IsDemo);
