namespace Farthing.Workflows.Exploring;

/// <summary>How finely time is cut.</summary>
public enum TimeGrain
{
    /// <summary>Not at all.</summary>
    Whole,

    /// <summary>By day.</summary>
    Day,

    /// <summary>By week; weeks begin on Mondays.</summary>
    Week,

    /// <summary>By calendar month.</summary>
    Month,
}

/// <summary>The periods that spans of days are cut into.</summary>
public static class TimeGrains
{
    /// <summary>The most periods of a chart.</summary>
    public const int PeriodsMax = 400;

    private const int WeekDays = 7;
    private const int DaysByDayMax = 45;
    private const int DaysByWeekMax = 200;

    /// <summary>The grain that suits a span, or the one that was asked for where it makes no more than <see cref="PeriodsMax"/> periods.</summary>
    /// <param name="asked">What was asked for; null for whatever suits.</param>
    /// <param name="days">How many days the span has; positive.</param>
    public static TimeGrain Suiting(TimeGrain? asked, int days) => asked switch
    {
        TimeGrain.Whole => TimeGrain.Whole,
        TimeGrain.Day when days <= PeriodsMax => TimeGrain.Day,
        TimeGrain.Day or TimeGrain.Week when days <= PeriodsMax * WeekDays => TimeGrain.Week,
        { } => TimeGrain.Month,
        null => days switch
        {
            1 => TimeGrain.Whole,
            <= DaysByDayMax => TimeGrain.Day,
            <= DaysByWeekMax => TimeGrain.Week,
            _ => TimeGrain.Month,
        },
    };

    /// <summary>The first day of the period that a day lies in.</summary>
    public static DateOnly StartOf(this TimeGrain grain, DateOnly day) => grain switch
    {
        TimeGrain.Week => day.AddDays(-(((int)day.DayOfWeek + WeekDays - 1) % WeekDays)),
        TimeGrain.Month => new(day.Year, day.Month, 1),
        _ => day,
    };

    /// <summary>The first days of all periods that a span touches, in their order; the first may lie before the span.</summary>
    public static IReadOnlyList<DateOnly> PeriodsOf(this TimeGrain grain, DateOnly first, DateOnly last)
    {
        var periods = new List<DateOnly>();
        for (var start = grain.StartOf(first); start <= last && periods.Count < PeriodsMax; start = grain.Next(start))
        {
            periods.Add(start);
        }

        return periods;
    }

    /// <summary>The first day of the period behind one.</summary>
    /// <param name="grain">How time is cut.</param>
    /// <param name="start">The first day of the period.</param>
    public static DateOnly Next(this TimeGrain grain, DateOnly start) => grain switch
    {
        TimeGrain.Week => start.AddDays(WeekDays),
        TimeGrain.Month => start.AddMonths(1),
        _ => start.AddDays(1),
    };
}
