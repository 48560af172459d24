using System.Globalization;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Tests.Usage;

public sealed class CalendarDaysTests
{
    [Theory]
    [InlineData("UTC", "2026-03-17", "2026-03-17T00:00:00.000Z")]
    [InlineData("America/New_York", "2026-03-08", "2026-03-08T05:00:00.000Z")]
    [InlineData("America/New_York", "2026-03-09", "2026-03-09T04:00:00.000Z")]
    [InlineData("America/Santiago", "2025-09-07", "2025-09-07T04:00:00.000Z")]
    [InlineData("America/Havana", "2025-11-02", "2025-11-02T04:00:00.000Z")]
    public void A_day_starts_with_its_first_instant_in_the_time_zone(string zone, string day, string expected)
    {
        var where = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var start = CalendarDays.StartOf(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), where);

        start.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture).ShouldBe(expected);
        CalendarDays.DayOf(start, where).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture).ShouldBe(day);
        CalendarDays.DayOf(start.AddTicks(-1), where).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture).ShouldNotBe(day);
    }
}
