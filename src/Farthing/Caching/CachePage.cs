using Farthing.Domain.Usage;
using Farthing.Finops;
using Farthing.Reports;

namespace Farthing.Caching;

/// <summary>How well caching works, for people: the whole, by model and engineer, why prompts were not found, what to do.</summary>
internal sealed class CachePage
{
    private const int NamesMax = 40;
    private const int DaysShownMax = 40;
    private readonly ReportPage page;
    private readonly CacheFigures figures;
    private readonly TimeZoneInfo zone;
    private readonly ShortNames names;

    private CachePage(ReportPage page, CacheFigures figures, TimeZoneInfo zone)
    {
        this.page = page;
        this.figures = figures;
        this.zone = zone;
        names = new(figures.ModelCacheBreakdown.Select(static model => model.ModelName)
            .Concat(figures.Diagnosis?.Lifetimes.Select(static line => line.ModelName) ?? []));
    }

    /// <summary>Shows it.</summary>
    public static void Show(CommandContext context, CacheFigures figures, string days, FinopsChoices choices, Preparation preparation)
    {
        var sheet = new ReportPage(context);
        if (figures.PricingStatus.Calls == 0)
        {
            FinopsPage.Empty(sheet, choices, preparation);
            return;
        }

        FinopsPage.Head(sheet, "Caching", days, choices);
        var shown = new CachePage(sheet, figures, choices.Zone);
        shown.ShowModels();
        shown.ShowEngineers();
        shown.ShowDays();
        shown.ShowCauses();
        shown.ShowAdvice();
        sheet.Space();
        sheet.Note("Hit rate: read ÷ (read + input). Net: what reading saved less what writing cost above plain input.");
        FinopsPage.Notes(sheet, figures.PricingStatus);
    }

    private void ShowModels()
    {
        var table = new ReportTable(
        [
            new("Model", 0) { IsFigure = false, WidthMin = 12, WidthMax = NamesMax },
            new("Read", 2),
            new("Written", 3),
            new("Input", 4),
            new("Hit rate", 0),
            new("Saved", 1),
            new("Net", 0),
        ]);
        var models = figures.ModelCacheBreakdown;
        var saved = new MoneyColumn(models.Select(static model => model.EstimatedSavings), figures.CacheSavingsEstimate ?? 0);
        var net = saved.Net(models.Select(static model => model.EstimatedSavings - model.NetSavings), figures.NetSavings);
        for (var row = 0; row < models.Count; row++)
        {
            var model = models[row];
            table.Add(
                RowKind.Line,
                names.Model(model.ModelName),
                DisplayText.Count(model.CacheReadTokens),
                DisplayText.Count(model.CacheCreationTokens),
                DisplayText.Count(model.InputTokens),
                FinopsPage.Percent(model.CacheHitRate),
                saved[row],
                net[row]);
        }

        table.Add(
            RowKind.Total,
            "Total",
            DisplayText.Count(figures.TotalCacheReadTokens),
            DisplayText.Count(figures.TotalCacheCreationTokens),
            DisplayText.Count(figures.TotalInputTokens),
            FinopsPage.Percent(figures.CacheHitRate),
            saved.Total,
            net.Total);
        table.Show(page.Console);
    }

    private void ShowEngineers()
    {
        if (figures.EngineerCacheBreakdown.Count < 2)
        {
            return;
        }

        page.Space();
        var table = new ReportTable(
        [
            new("Engineer", 0) { IsFigure = false, WidthMin = 12, WidthMax = NamesMax },
            new("Read", 2),
            new("Input", 3),
            new("Hit rate", 0),
            new("Saved", 1),
            new("At the average", 0),
        ]);
        foreach (var line in figures.EngineerCacheBreakdown)
        {
            table.Add(
                RowKind.Line,
                FinopsPage.Person(line.EngineerId, line.EngineerName),
                DisplayText.Count(line.TotalCacheReadTokens),
                DisplayText.Count(line.TotalInputTokens),
                FinopsPage.Percent(line.CacheHitRate),
                FinopsPage.Dollars(line.EstimatedSavings),
                line.PotentialAdditionalSavings > 0 ? $"+{FinopsPage.Dollars(line.PotentialAdditionalSavings)}" : string.Empty);
        }

        table.Show(page.Console);
    }

    private void ShowDays()
    {
        var trend = figures.DailyCacheTrend;
        if (trend.Count < 2)
        {
            return;
        }

        var last = trend[^1].Date;
        var count = Math.Min(DaysShownMax, last.DayNumber - trend[0].Date.DayNumber + 1);
        var rates = trend.ToLookup(static day => day.Date, static day => day.CacheHitRate);
        var shown = Enumerable.Range(1 - count, count).Select(last.AddDays).ToList();
        page.Space();
        page.Say($"{Sparkline.Shares([.. shown.Select(day => rates[day].FirstOrDefault())])}  hit rate, {shown[0]:yyyy-MM-dd} to {last:yyyy-MM-dd}");
    }

    private void ShowCauses()
    {
        if (figures.Diagnosis is not { CallsExamined: > 0 } diagnosis)
        {
            return;
        }

        var of = diagnosis.IsPartial ? "the first " : string.Empty;
        page.Space();
        var table = new ReportTable([new("Why prompts were not found", 0) { IsFigure = false, WidthMin = 12, WidthMax = NamesMax }, new("Calls", 2), new("Lost tokens", 1), new("Cost", 0)]);
        foreach (var cause in diagnosis.MissCauses)
        {
            table.Add(RowKind.Line, CacheAdvice.WordsOf(cause.Cause), DisplayText.Count(cause.Calls), DisplayText.Count(cause.LostTokens), FinopsPage.Dollars(cause.Cost));
        }

        if (diagnosis.MissCauses.Count > 0)
        {
            table.Show(page.Console);
        }
        else
        {
            page.Say("Every prompt was found.");
        }

        page.Note($"Of {of}{DisplayText.Counted(diagnosis.CallsExamined, "call")} since {CalendarDays.DayOf(diagnosis.From, zone):yyyy-MM-dd}.");
    }

    private void ShowAdvice()
    {
        var advice = CacheAdvice.Of(figures, names);
        if (advice.Count == 0)
        {
            return;
        }

        page.Space();
        foreach (var sentence in advice)
        {
            page.Say(sentence, "→ ");
        }
    }
}
