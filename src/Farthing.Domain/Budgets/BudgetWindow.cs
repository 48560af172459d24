using System.Globalization;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Budgets;

/// <summary>For how long a budget's amount holds. Stored by number, never reordered.</summary>
public enum BudgetPeriod
{
    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>Three months from January, April, July or October.</summary>
    Quarter,

    /// <summary>A day.</summary>
    Day,

    /// <summary>Monday to Sunday.</summary>
    Week,

    /// <summary>Today and the 29 days before it.</summary>
    Rolling30Days,

    /// <summary>From the budget's beginning on, without end.</summary>
    Lifetime,
}

/// <summary>The window of a budget that an instant falls into, in the budget's time zone. Windows of one period follow each other without gap.</summary>
public sealed record BudgetWindow
{
    private const int RollingDays = 30;
    private const int MonthsPerQuarter = 3;

    /// <summary>The kind of window.</summary>
    public required BudgetPeriod Period { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>The first day after it; null without end.</summary>
    public required DateOnly? EndDay { get; init; }

    /// <summary>The first instant, included, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The first instant after it, UTC; null without end.</summary>
    public required DateTimeOffset? End { get; init; }

    /// <summary>How many days have passed: whole days since the start by the clock on the wall, at least 1; all of a rolling window.</summary>
    public required int DaysElapsed { get; init; }

    /// <summary>Calendar days from start to end; null without end.</summary>
    public int? DaysInPeriod => EndDay?.DayNumber - FirstDay.DayNumber;

    /// <summary>The name of the window, the same for every instant in it: <c>2026-11</c>, <c>2026-Q4</c>, <c>2026-W48</c> … Alerts fire once per name.</summary>
    public string Key => Period switch
    {
        BudgetPeriod.Month => FirstDay.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        BudgetPeriod.Quarter => string.Create(CultureInfo.InvariantCulture, $"{FirstDay.Year:0000}-Q{((FirstDay.Month - 1) / MonthsPerQuarter) + 1}"),
        BudgetPeriod.Week => WeekKey(FirstDay),
        BudgetPeriod.Day => FirstDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        BudgetPeriod.Rolling30Days => "rolling-30-days",
        _ => "lifetime",
    };

    /// <summary>The window around an instant.</summary>
    /// <param name="period">The kind of window.</param>
    /// <param name="zone">Whose days count.</param>
    /// <param name="now">The instant.</param>
    /// <param name="beginning">When the budget began; only <see cref="BudgetPeriod.Lifetime"/> asks.</param>
    public static BudgetWindow At(BudgetPeriod period, TimeZoneInfo zone, DateTimeOffset now, DateTimeOffset beginning = default)
    {
        var today = CalendarDays.DayOf(now, zone);
        var (first, end) = DaysAround(period, today, CalendarDays.DayOf(beginning, zone));
        var elapsed = period == BudgetPeriod.Rolling30Days ? RollingDays : Math.Max(CalendarDays.DaysSince(first, now, zone), 1);
        return new()
        {
            Period = period,
            FirstDay = first,
            EndDay = end,
            Start = CalendarDays.StartOf(first, zone),
            End = end is { } last ? CalendarDays.StartOf(last, zone) : null,
            DaysElapsed = elapsed,
        };
    }

    private static (DateOnly First, DateOnly? End) DaysAround(BudgetPeriod period, DateOnly today, DateOnly beginning)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        var quarter = month.AddMonths(-((today.Month - 1) % MonthsPerQuarter));
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return period switch
        {
            BudgetPeriod.Month => (month, month.AddMonths(1)),
            BudgetPeriod.Quarter => (quarter, quarter.AddMonths(MonthsPerQuarter)),
            BudgetPeriod.Day => (today, today.AddDays(1)),
            BudgetPeriod.Week => (monday, monday.AddDays(7)),
            BudgetPeriod.Rolling30Days => (today.AddDays(1 - RollingDays), today.AddDays(1)),
            BudgetPeriod.Lifetime => (beginning, null),
            _ => throw new ArgumentOutOfRangeException(nameof(period), period, "There is no such period."),
        };
    }

    private static string WeekKey(DateOnly monday)
    {
        var date = monday.ToDateTime(TimeOnly.MinValue);
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(date):0000}-W{ISOWeek.GetWeekOfYear(date):00}");
    }
}
