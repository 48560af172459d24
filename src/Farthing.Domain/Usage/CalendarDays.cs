namespace Farthing.Domain.Usage;

/// <summary>
/// The days of a time zone as instants. Each day ends where the next one starts, also where clocks are set, so the days of
/// a range always add up to the range.
/// </summary>
public static class CalendarDays
{
    // No offset is beyond ±14 hours and no jump beyond a day.
    private const int SearchHours = 40;

    /// <summary>The day on which an instant falls. Where clocks are set back over midnight, a day that has begun goes on.</summary>
    public static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        var day = DateOnly.FromDateTime(local);
        return zone.IsAmbiguousTime(local) && at >= StartOf(day.AddDays(1), zone) ? day.AddDays(1) : day;
    }

    /// <summary>
    /// The first instant of a day, UTC. Where clocks skip midnight it is the instant at which they do; where they show it
    /// twice, the first of the two. A day that a zone leaves out altogether is empty.
    /// </summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        if (zone.IsInvalidTime(midnight))
        {
            return SkippedMidnight(midnight, zone);
        }

        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, TimeSpan.Zero) - offset;
    }

    /// <summary>The last millisecond of a day, for ranges whose ends are included.</summary>
    public static DateTimeOffset EndOf(DateOnly day, TimeZoneInfo zone) => StartOf(day.AddDays(1), zone).AddMilliseconds(-1);

    /// <summary>How much of the day that an instant lies in is left then, 0 to 1 with four decimals.</summary>
    public static decimal LeftOf(DateTimeOffset at, TimeZoneInfo zone)
    {
        var day = DayOf(at, zone);
        var (start, end) = (StartOf(day, zone), StartOf(day.AddDays(1), zone));
        return decimal.Round((decimal)(end - at).Ticks / (end - start).Ticks, 4);
    }

    /// <summary>Whole days by the clock on the wall from the start of a day to an instant; negative before it.</summary>
    public static int DaysSince(DateOnly day, DateTimeOffset at, TimeZoneInfo zone) =>
        (TimeZoneInfo.ConvertTime(at, zone).DateTime - day.ToDateTime(TimeOnly.MinValue)).Days;

    /// <summary>Whole days by the clock on the wall between two instants that are included to the millisecond, at least 1.</summary>
    public static int WholeDays(DateTimeOffset first, DateTimeOffset last, TimeZoneInfo zone)
    {
        var length = TimeZoneInfo.ConvertTime(last, zone).DateTime - TimeZoneInfo.ConvertTime(first, zone).DateTime;
        return Math.Max((length + TimeSpan.FromMilliseconds(1)).Days, 1);
    }

    private static DateTimeOffset SkippedMidnight(DateTime midnight, TimeZoneInfo zone)
    {
        var before = new DateTimeOffset(midnight, TimeSpan.Zero).AddHours(-SearchHours);
        var after = before.AddHours(2 * SearchHours);
        while (after - before > TimeSpan.FromTicks(1))
        {
            var middle = before + ((after - before) / 2);
            if (TimeZoneInfo.ConvertTime(middle, zone).DateTime < midnight)
            {
                before = middle;
            }
            else
            {
                after = middle;
            }
        }

        return after;
    }
}
