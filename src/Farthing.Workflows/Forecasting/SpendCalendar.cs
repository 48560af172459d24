using Farthing.Domain.Forecasting;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Forecasting;

/// <summary>The days that an organisation counts by, and the series that they make.</summary>
/// <param name="zone">The organisation's zone.</param>
/// <param name="time">The clock.</param>
public sealed class SpendCalendar(TimeZoneInfo zone, TimeProvider time)
{
    /// <summary>The organisation's zone.</summary>
    public TimeZoneInfo Zone => zone;

    /// <summary>The day that is not over.</summary>
    public DateOnly Today => CalendarDays.DayOf(time.GetUtcNow(), zone);

    /// <summary>The day that is not over, of which something was spent.</summary>
    public KnownEvent Running(Usd spent)
    {
        var now = time.GetUtcNow();
        return KnownEvent.Running(CalendarDays.DayOf(now, zone), spent, CalendarDays.LeftOf(now, zone));
    }

    /// <summary>What was spent on each day with calls, in their order.</summary>
    public static IReadOnlyList<DailyAmount> AmountsOf(IEnumerable<SpendRow> rows) =>
    [
        .. rows.GroupBy(static row => row.Day)
            .Select(static day => new DailyAmount(day.Key, PricingTotals.Of(day).Cost))
            .OrderBy(static day => day.Day),
    ];

    /// <summary>
    /// The series of rows by day, from their first day to the last whole day of the range: a day without calls is a day
    /// without spend unless it is a gap, and today is not over. Days that the range cuts, at its start or at its end, are
    /// left out too.
    /// </summary>
    public DailySeries SeriesOf(IEnumerable<SpendRow> rows, SpendRange range, IReadOnlySet<DateOnly> gaps)
    {
        var amounts = AmountsOf(rows);
        var last = LastWholeDay(range);
        if (amounts.Count == 0)
        {
            return DailySeries.Of(last, []);
        }

        var first = amounts[0].Day;
        return DailySeries.FromAmounts(range.From > CalendarDays.StartOf(first, zone) ? first.AddDays(1) : first, last, amounts, gaps);
    }

    /// <summary>Whether a range goes on until now.</summary>
    public bool HoldsNow(SpendRange range) => range.To is not { } to || to >= time.GetUtcNow();

    /// <summary>The last day of a range that is over and lies in it whole.</summary>
    public DateOnly LastWholeDay(SpendRange range)
    {
        var yesterday = Today.AddDays(-1);
        if (HoldsNow(range) || range.To is not { } to)
        {
            return yesterday;
        }

        var end = CalendarDays.DayOf(to.AddMilliseconds(1), zone).AddDays(-1);
        return end < yesterday ? end : yesterday;
    }
}
