using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Domain.PlanFit;

/// <summary>The time that costs are taken from, and how they are extrapolated to a month of 30 days.</summary>
/// <param name="Days">Whole days, at least 1.</param>
public readonly record struct PlanPeriod(int Days)
{
    /// <summary>Days of a month.</summary>
    public const int MonthDays = 30;

    /// <summary>Whole days of a zone between two instants, both included, rounded down, at least 1.</summary>
    public static PlanPeriod Between(DateTimeOffset start, DateTimeOffset end, TimeZoneInfo zone) => new(CalendarDays.WholeDays(start, end, zone));

    /// <summary>Dollars a month.</summary>
    public Ratio Monthly(Usd cost) => Monthly(Ratio.Dollars(cost));

    /// <summary>Dollars a month.</summary>
    public Ratio Monthly(Ratio dollars) => dollars * Ratio.Of(MonthDays, Days);

    /// <summary>Dollars a day.</summary>
    public Ratio Daily(Usd cost) => Ratio.Dollars(cost) / Ratio.Of(Days);
}
