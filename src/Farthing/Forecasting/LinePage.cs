using System.Globalization;
using Farthing.Finops;
using Farthing.Reports;

namespace Farthing.Forecasting;

/// <summary>Primer's line, for people.</summary>
internal static class LinePage
{
    /// <summary>Shows it.</summary>
    public static void Show(CommandContext context, LineFigures figures, ForecastChoices choices, Preparation preparation)
    {
        var page = new ReportPage(context);
        if (figures.PricingStatus.Calls == 0)
        {
            FinopsPage.Empty(page, choices.Finops, preparation);
            return;
        }

        FinopsPage.Head(page, "Forecast", $"next {DisplayText.Counted(choices.Days, "day")}", choices.Finops, "Primer's line");
        var future = figures.Forecast.Select(static day => new ChartColumn(day.Date, day.Date, day.ProjectedCost, day.LowerBound, day.UpperBound)).ToList();
        ForecastPage.Draw(page, [.. figures.Historical.Select(static day => new DayFigures(day.Date, day.EstimatedCost))], future, "one standard deviation of the past around it");
        if (figures.Forecast.Count == 0)
        {
            page.Say("Too few days are known for a line.");
        }
        else
        {
            page.Say($"Thirty days at this rate: {FinopsPage.Dollars(figures.MonthlyProjection)}. {ForecastPage.TrendOf(figures.TrendDirection)}");
            page.Note("The line runs through days with calls only.");
        }

        if (figures.Better is { } better && better.Mase < better.OlsMase)
        {
            page.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"Tried on the past, {ForecastPage.MethodOf(better.Method)} did better: an error of {better.Mase:N2} beside {better.OlsMase:N2}. See it without --method."));
        }

        FinopsPage.Notes(page, figures.PricingStatus);
    }
}
