using System.Globalization;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Tests.Spending;

public sealed class ReportTimeTests
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
        var start = ReportTime.StartOf(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), where);

        ReportTime.Iso(start).ShouldBe(expected);
        ReportTime.DayOf(start, where).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture).ShouldBe(day);
        ReportTime.DayOf(start.AddTicks(-1), where).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture).ShouldNotBe(day);
    }
}
