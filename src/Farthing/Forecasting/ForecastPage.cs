using System.Globalization;
using Farthing.Finops;
using Farthing.Reports;

namespace Farthing.Forecasting;

/// <summary>A forecast, for people: the chart, what the days and the month are likely to cost, the parts, and how far to trust it.</summary>
internal sealed class ForecastPage
{
    private const int NamesMax = 40;
    private const int PercentPerOne = 100;
    private readonly ReportPage page;
    private readonly ForecastFigures figures;
    private readonly ForecastChoices choices;

    private ForecastPage(ReportPage page, ForecastFigures figures, ForecastChoices choices)
    {
        this.page = page;
        this.figures = figures;
        this.choices = choices;
    }

    /// <summary>Shows it.</summary>
    public static void Show(CommandContext context, ForecastFigures figures, MonthOutlook? month, ForecastChoices choices, Preparation preparation)
    {
        var sheet = new ReportPage(context);
        if (figures.History.Count == 0 && figures.PricingStatus.Calls == 0)
        {
            FinopsPage.Empty(sheet, choices.Finops, preparation, ScopeOf(choices));
            return;
        }

        sheet.Head("Forecast", Title(figures.Forecast.Count, choices), figures.Timezone, ScopeOf(choices), FinopsPage.PlaceOf(choices.Finops));
        var shown = new ForecastPage(sheet, figures, choices);
        var future = figures.Forecast.Select(static day => new ChartColumn(day.Date, day.Date, day.Cost.Mean, day.Cost.Lower80, day.Cost.Upper80)).ToList();
        Draw(sheet, figures.History, future, "where it lies four times in five");
        if (figures.Total is { } total)
        {
            shown.ShowTotals(total, month);
            shown.ShowChildren(total);
        }

        sheet.Space();
        shown.ShowTrust();
        FinopsPage.Notes(sheet, figures.PricingStatus);
    }

    /// <summary>Draws the chart and what its marks mean.</summary>
    /// <param name="page">Where.</param>
    /// <param name="past">What days cost.</param>
    /// <param name="future">What days may cost.</param>
    /// <param name="band">What the band means.</param>
    public static void Draw(ReportPage page, IReadOnlyList<DayFigures> past, IReadOnlyList<ChartColumn> future, string band)
    {
        var today = future.Count > 0 ? future[0].First : past.Count > 0 ? past[^1].Date.AddDays(1) : default;
        var days = ChartDays.Fit(past, future, today, ForecastChart.RoomOf(page.Console.Profile.Width));
        foreach (var line in ForecastChart.Lines(days))
        {
            page.Say(line);
        }

        var each = days.DaysPerColumn == 1 ? "a day each" : $"the mean of {days.DaysPerColumn} days each";
        page.Note(future.Count == 0 ? $"█ spent, {each}" : $"█ spent  • expected  ░ {band}; {each}");
        page.Space();
    }

    /// <summary>Where spend is heading, as a sentence.</summary>
    public static string TrendOf(string word) => word switch
    {
        "increasing" => "Spend is rising.",
        "decreasing" => "Spend is falling.",
        _ => "Spend is steady.",
    };

    /// <summary>A method in words.</summary>
    public static string MethodOf(string word) => word == "ols" ? "the straight line" : DisplayText.Clean(word.Replace('_', ' '));

    private static string Title(int count, ForecastChoices choices) => count == 0 ? $"next {choices.Days} days" : $"next {DisplayText.Counted(count, "day")}";

    private static string ScopeOf(ForecastChoices choices) => choices.Scope == "org" ? string.Empty : $"{choices.Scope} {choices.Id}";

    private static string Between(decimal low, decimal high) => $"{FinopsPage.Dollars(low)} – {FinopsPage.Dollars(high)}";

    private void ShowTotals(BandFigures total, MonthOutlook? month)
    {
        var table = new ReportTable(
        [
            new(string.Empty, 0) { IsFigure = false, WidthMin = NamesMax, WidthMax = NamesMax },
            new("Expected", 0),
            new("80 %", 1),
            new("95 %", 2),
        ]);
        table.Add(RowKind.Line, CellsOf($"Next {DisplayText.Counted(figures.Forecast.Count, "day")}", total));
        if (month is not null)
        {
            table.Add(RowKind.Line, $"{month.Name} before today", FinopsPage.Dollars(month.Spent));
            table.Add(RowKind.Heading, CellsOf($"{month.Name} in all", month.End));
        }

        table.Show(page.Console);
    }

    private static TableCell[] CellsOf(string what, BandFigures band) =>
        [what, FinopsPage.Dollars(band.Mean), Between(band.Lower80, band.Upper80), Between(band.Lower95, band.Upper95)];

    private void ShowChildren(BandFigures total)
    {
        var parts = figures.Children.Where(static child => child.Total is not null).ToList();
        if (parts.Count == 0)
        {
            return;
        }

        page.Space();
        var by = choices.By ?? string.Empty;
        var names = new ShortNames(parts.Select(static child => child.Id ?? string.Empty));
        var expected = new MoneyColumn(parts.Select(static child => child.Total!.Mean), total.Mean);
        var table = new ReportTable(
        [
            new(by.Length > 0 ? char.ToUpperInvariant(by[0]) + by[1..] : by, 0) { IsFigure = false, WidthMin = 12, WidthMax = NamesMax },
            new("Expected", 0),
            new("80 %", 1),
            new("95 %", 2),
            new("History", 3) { IsFigure = false, WidthMin = 8 },
        ]);
        for (var row = 0; row < parts.Count; row++)
        {
            // What the rounding of the column takes from a part is not to leave it below its own bounds.
            var band = parts[row].Total!;
            var least = expected.Amount(row);
            table.Add(
                RowKind.Line,
                NameOf(parts[row], by, names),
                expected[row],
                Between(Math.Min(band.Lower80, least), band.Upper80),
                Between(Math.Min(band.Lower95, least), band.Upper95),
                LabelOf(parts[row].Label));
        }

        table.Add(RowKind.Total, "Total", expected.Total);
        table.Show(page.Console);
    }

    private TableCell NameOf(ChildFigures part, string by, ShortNames names) => (part.Id, by) switch
    {
        (null, _) => "all others",
        ({ Length: 0 }, _) => "(none)",
        ({ } id, "project") => new TableCell(page.Project(id), KeepEnd: true),
        ({ } id, "model") => names.Model(id),
        ({ } id, "engineer") => FinopsPage.Person(id, part.Name ?? id),
        ({ } id, _) => DisplayText.Clean(part.Name ?? id),
    };

    private static string LabelOf(string label) => label switch
    {
        "no_forecast" => "under 7 days",
        "indicative" => "under 2 weeks",
        "early" => "under 8 weeks",
        "standard" => "8 weeks or more",
        _ => DisplayText.Clean(label),
    };

    private void ShowTrust()
    {
        if (figures.Forecast.Count == 0)
        {
            page.Say("Fewer than seven days are known, which is too few for a forecast.");
            return;
        }

        page.Note(TrendOf(figures.Trend) + figures.Label switch
        {
            "indicative" => " Fewer than two weeks are known: take it as a hint.",
            "early" => " Fewer than eight weeks are known: the intervals are wide on purpose.",
            _ => string.Empty,
        });
        if (figures.Backtest is { } tried)
        {
            page.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"Made by {MethodOf(figures.Method)}. Tried from {DisplayText.Counted(tried.Origins, "day")} of the past, its error was {tried.Mase * PercentPerOne:N0} % of what a day usually differs from the one a week before{HeldOf(tried)}."));
        }
    }

    private static string HeldOf(BacktestFigures tried) => tried is { Coverage80: { } eighty, Coverage95: { } ninetyFive }
        ? string.Create(CultureInfo.InvariantCulture, $"; the 80 % interval held {eighty * PercentPerOne:N0} % of days, that of 95 % {ninetyFive * PercentPerOne:N0} %")
        : string.Empty;
}
