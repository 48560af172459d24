using System.Globalization;
using System.Text;
using Farthing.Sources.AgentLogs;

namespace Farthing.Sources.Tests.AgentLogs;

public sealed class IsoTimeTests
{
    [Theory]
    [InlineData("2026-09-01T08:00:01Z", "2026-09-01T08:00:01.0000000")]
    [InlineData("2026-09-01T08:00:01.250Z", "2026-09-01T08:00:01.2500000")]
    [InlineData("2026-09-01T08:00:01.123456Z", "2026-09-01T08:00:01.1234560")]
    [InlineData("2026-09-01T08:00:01.123456789Z", "2026-09-01T08:00:01.1234567")]
    [InlineData("2026-09-01T08:00:01,5z", "2026-09-01T08:00:01.5000000")]
    [InlineData("2026-09-01t08:00:01+02:00", "2026-09-01T06:00:01.0000000")]
    [InlineData("2026-09-01 08:00:01.25-0530", "2026-09-01T13:30:01.2500000")]
    [InlineData("2026-09-01T08:00:01+02", "2026-09-01T06:00:01.0000000")]
    [InlineData("2026-09-01T08:00:01", "2026-09-01T08:00:01.0000000")]
    [InlineData("2026-09-01T08:00Z", "2026-09-01T08:00:00.0000000")]
    [InlineData("20260901T080001Z", "2026-09-01T08:00:01.0000000")]
    [InlineData("2026-09-01", "2026-09-01T00:00:00.0000000")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.0000000")]
    public void Every_form_of_a_time_stamp_is_read(string text, string utc)
    {
        IsoTime.TryParse(Encoding.UTF8.GetBytes(text), out var time).ShouldBeTrue();

        time.Offset.ShouldBe(TimeSpan.Zero);
        time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture).ShouldBe(utc);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-09-01T24:00:00Z")]
    [InlineData("2026-09-01T08:00:01.Z")]
    [InlineData("2026-09-01T08:00:01+25:00")]
    [InlineData("2026-09-01T08:00:01 UTC")]
    [InlineData("0001-01-01T00:00:00+02:00")]
    [InlineData("08:00:01")]
    [InlineData("yesterday, around the time when the sun went down")]
    [InlineData("2026-09-01T08:0a:01Z")]
    public void What_is_no_time_stamp_is_refused(string text)
    {
        IsoTime.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();
    }
}
