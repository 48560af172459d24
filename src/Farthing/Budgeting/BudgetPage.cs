using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Finops;
using Farthing.Reports;

namespace Farthing.Budgeting;

/// <summary>Budgets for people: how much of each is used, how its window is likely to end.</summary>
internal static class BudgetPage
{
    private const int NamesMax = 40;
    private const int BarWidth = 10;
    private const int All = 100;
    private const int UnpricedMax = 5;
    private const int WarningsMax = 5;
    private const decimal NearlySure = 0.9995m;

    /// <summary>Shows them.</summary>
    public static void Show(CommandContext context, IReadOnlyList<BudgetFigures> budgets, FinopsChoices choices)
    {
        var page = new ReportPage(context);
        if (budgets.Count == 0)
        {
            page.Say("There is no budget yet.");
            page.Note("Make one with: farthing budget set NAME DOLLARS --period monthly");
            return;
        }

        page.Head("Budgets", choices.Team is { } team ? $"team {team}" : string.Empty, FinopsPage.PlaceOf(choices));
        var table = new ReportTable(
        [
            new("Budget", 0) { IsFigure = false, WidthMin = 10, WidthMax = NamesMax },
            new("Of", 4) { IsFigure = false, WidthMin = 10, WidthMax = NamesMax },
            new("Period", 3) { IsFigure = false, WidthMin = 9 },
            new("Spent", 0),
            new("Amount", 0),
            new("Used", 1),
            new(string.Empty, 6) { IsFigure = false, WidthMin = BarWidth },
            new("At this rate", 5),
            new("Over", 2),
            new("State", 0) { IsFigure = false, WidthMin = 9 },
            new("Id", 7) { IsFigure = false, WidthMin = 32 },
        ]);
        foreach (var budget in budgets)
        {
            table.Add(
                budget.Status == "over_budget" ? RowKind.Heading : RowKind.Line,
                DisplayText.Clean(budget.Name),
                ScopeOf(budget, page),
                DisplayText.Clean(budget.Period),
                FinopsPage.Dollars(budget.CurrentSpend),
                FinopsPage.Dollars(budget.Amount),
                string.Create(CultureInfo.InvariantCulture, $"{budget.PctUsed:N1}%"),
                Sparkline.Bar(Usd.FromDecimal(budget.PctUsed), Usd.FromDecimal(All), BarWidth),
                FinopsPage.Dollars(budget.ProjectedEndOfPeriod),
                ChanceOf(budget.POver),
                StateOf(budget),
                budget.Id);
        }

        table.Show(page.Console);
        page.Space();
        page.Explain(
            table,
            ("Over", "how likely the window ends above the amount, by the forecast of its other days."),
            ("At this rate", "where the days so far lead."));
        NoteWarnings(page, budgets);
        NoteUnpriced(page, [.. budgets.Where(static budget => budget.PricingStatus.Unpriced.Calls > 0)]);
    }

    /// <summary>Shows one in a sentence, with what its keeper should know.</summary>
    public static void Show(CommandContext context, BudgetFigures budget)
    {
        var page = new ReportPage(context);
        page.Say(SentenceOf(budget, page), string.Empty);
        if (budget.Warning is { } warning)
        {
            page.Note(DisplayText.Clean(warning));
        }
    }

    private static string SentenceOf(BudgetFigures budget, ReportPage page)
    {
        var end = budget.WindowEnd is { } at ? $" until {Day(at, budget.Zone)}" : string.Empty;
        return $"{DisplayText.Clean(budget.Name)}: {FinopsPage.Dollars(budget.CurrentSpend)} of {FinopsPage.Dollars(budget.Amount)} {DisplayText.Clean(budget.Period)}, {ScopeOf(budget, page).Text}{end}; {StateOf(budget)}.";
    }

    private static void NoteWarnings(ReportPage page, IReadOnlyList<BudgetFigures> budgets)
    {
        foreach (var warning in budgets.Select(static budget => budget.Warning).OfType<string>().Distinct(StringComparer.Ordinal).Take(WarningsMax))
        {
            page.Note(DisplayText.Clean(warning));
        }
    }

    private static void NoteUnpriced(ReportPage page, IReadOnlyList<BudgetFigures> budgets)
    {
        if (budgets.Count == 0)
        {
            return;
        }

        var named = budgets.Take(UnpricedMax).Select(static budget => $"{DisplayText.Clean(budget.Name)} ({DisplayText.Counted(budget.PricingStatus.Unpriced.Calls, "call")})");
        page.Note($"Calls without any price are not in what is spent: {string.Join(", ", named)}{(budgets.Count > UnpricedMax ? " and others" : string.Empty)}.");
    }

    private static TableCell ScopeOf(BudgetFigures budget, ReportPage page) => budget.Scope switch
    {
        "org" => "everything",
        "engineer" when budget.ScopeId == OwnCalls.Owner && budget.ScopeName is null => "this machine",
        "project" => new TableCell($"project {page.Project(budget.ScopeId ?? string.Empty)}", KeepEnd: true),
        "api_key" => DisplayText.Clean($"API key {budget.ScopeName ?? budget.ScopeId}"),
        _ => DisplayText.Clean($"{budget.Scope} {budget.ScopeName ?? budget.TeamName ?? budget.ScopeId}"),
    };

    private static string ChanceOf(decimal? chance) => chance switch
    {
        null => string.Empty,
        >= NearlySure => "sure",
        _ => FinopsPage.Percent(chance),
    };

    private static string StateOf(BudgetFigures budget) => (budget.Status, budget.AtRisk) switch
    {
        ("over_budget", _) => "over",
        (_, true) => "at risk",
        ("warning", _) => "warning",
        _ => "on track",
    };

    private static string Day(DateTimeOffset end, string zone)
    {
        var place = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : TimeZoneInfo.Utc;
        return TimeZoneInfo.ConvertTime(end.AddMilliseconds(-1), place).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
