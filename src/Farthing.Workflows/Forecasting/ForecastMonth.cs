using Farthing.Domain.Forecasting;
using Farthing.Domain.Money;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Forecasting;

/// <summary>Where the running calendar month is heading.</summary>
/// <param name="Today">The day that is running, with which the forecast begins.</param>
/// <param name="Before">What the days before it cost.</param>
/// <param name="End">What the whole month is likely to cost, with intervals; null while too little is known.</param>
public sealed record MonthHeading(DateOnly Today, Usd Before, ForecastBand? End)
{
    /// <summary>The first day of the month.</summary>
    public DateOnly First => new(Today.Year, Today.Month, 1);
}

/// <summary>Forecasts the running month: the one place from which every page takes where it is heading.</summary>
public sealed class ForecastMonth(ForecastScopes forecasts, SpendCalendar calendar)
{
    /// <summary>Forecasts what may be touched.</summary>
    public async Task<MonthHeading> ForecastAsync(Scope within, CancellationToken cancellationToken)
    {
        var today = calendar.Today;
        var left = DateTime.DaysInMonth(today.Year, today.Month) - today.Day + 1;
        var forecast = await forecasts.ForecastAsync(new() { Within = within, Days = left }, cancellationToken);
        var before = forecast.History.Where(day => day.Day.Year == today.Year && day.Day.Month == today.Month).Aggregate(Usd.Zero, static (sum, day) => sum + day.Amount);
        return new(today, before, PeriodOutlook.Of(before, forecast.SpentToday, Usd.Zero, forecast.Forecast).End);
    }
}
