using System.Globalization;
using Farthing.Domain.Forecasting;
using Farthing.Finops;
using Farthing.Reports;

namespace Farthing.Forecasting;

/// <summary>How the calendar month that is running is likely to end: what it cost before today, and the forecast of its other days, at least what is spent.</summary>
/// <param name="FirstDay">Its first day.</param>
/// <param name="Spent">What it cost before today.</param>
/// <param name="End">What all of it is likely to cost.</param>
internal sealed record MonthOutlook(DateOnly FirstDay, decimal Spent, BandFigures End)
{
    /// <summary>Looks ahead; the days until the end of the month are asked for where other days were.</summary>
    /// <param name="answers">Where forecasts come from.</param>
    /// <param name="asked">What was asked for.</param>
    /// <param name="figures">What that was answered.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when there is no forecast.</returns>
    public static async Task<MonthOutlook?> OfAsync(IFinopsAnswers answers, AskedForecast asked, ForecastFigures figures, CancellationToken cancellationToken)
    {
        if (figures is not { Forecast: [var today, ..], Total: not null })
        {
            return null;
        }

        var first = new DateOnly(today.Date.Year, today.Date.Month, 1);
        var left = DateTime.DaysInMonth(first.Year, first.Month) - today.Date.Day + 1;
        var rest = figures;
        if (left != asked.Days)
        {
            rest = AnswerJson.Read(await answers.ForecastAsync(asked with { Days = left, By = null }, cancellationToken), ForecastFiguresJson.Default.ForecastFigures);
        }

        if (rest.Total is not { } total)
        {
            return null;
        }

        var spent = figures.History.Where(day => day.Date >= first && day.Date < today.Date).Sum(static day => day.Cost);
        return new(first, spent, BandFigures.Of(PeriodOutlook.EndOf(spent, rest.SpentToday, total.ToBand())));
    }

    /// <summary>Its name: <c>November</c>.</summary>
    public string Name => FirstDay.ToString("MMMM", CultureInfo.InvariantCulture);

    /// <summary>Writes it as the member <c>month</c>, with decimal texts as the answer has them.</summary>
    public void Write(JsonText json)
    {
        json.WriteStartObject("month");
        json.WriteString("first_day", FirstDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("spent", Text(Spent));
        json.WriteStartObject("end");
        json.WriteString("mean", Text(End.Mean));
        json.WriteString("lower_80", Text(End.Lower80));
        json.WriteString("upper_80", Text(End.Upper80));
        json.WriteString("lower_95", Text(End.Lower95));
        json.WriteString("upper_95", Text(End.Upper95));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Text(decimal amount) => amount.ToString("0.############", CultureInfo.InvariantCulture);
}
