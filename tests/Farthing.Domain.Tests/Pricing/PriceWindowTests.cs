using Farthing.Domain.Pricing;

namespace Farthing.Domain.Tests.Pricing;

public sealed class PriceWindowTests
{
    private static readonly TimeZoneInfo NineAhead = TimeZoneInfo.CreateCustomTimeZone("nine-ahead", TimeSpan.FromHours(9), "nine ahead", "nine ahead");

    [Theory]
    [InlineData("2026-11-20T00:59:59Z", false)]
    [InlineData("2026-11-20T01:00:00Z", true)]
    [InlineData("2026-11-20T03:59:59Z", true)]
    [InlineData("2026-11-20T04:00:00Z", false)]
    [InlineData("2026-11-21T02:00:00Z", false)]
    public void A_range_holds_from_its_start_to_just_before_its_end_on_its_days(string at, bool covered) =>
        Window(TimeZoneInfo.Utc, "01:00", "04:00", DayOfWeek.Friday).Covers(Instant(at)).ShouldBe(covered);

    [Theory]
    [InlineData("2026-11-20T16:29:59Z", false)]
    [InlineData("2026-11-20T16:30:00Z", true)]
    [InlineData("2026-11-20T23:59:59Z", true)]
    [InlineData("2026-11-21T00:29:59Z", true)]
    [InlineData("2026-11-21T00:30:00Z", false)]
    [InlineData("2026-11-21T16:30:00Z", false)]
    [InlineData("2026-11-20T00:10:00Z", false)]
    public void A_range_over_midnight_belongs_to_the_day_it_starts_on(string at, bool covered) =>
        Window(TimeZoneInfo.Utc, "16:30", "00:30", DayOfWeek.Friday).Covers(Instant(at)).ShouldBe(covered);

    [Fact]
    public void Saturday_night_runs_into_Sunday() =>
        Window(TimeZoneInfo.Utc, "23:00", "01:00", DayOfWeek.Saturday).Covers(Instant("2026-11-22T00:30:00Z")).ShouldBeTrue();

    [Theory]
    [InlineData("2026-11-20T23:30:00Z", true)]
    [InlineData("2026-11-20T08:30:00Z", false)]
    public void The_clock_of_the_window_counts(string at, bool covered) =>
        Window(NineAhead, "08:00", "09:00", DayOfWeek.Saturday).Covers(Instant(at)).ShouldBe(covered);

    [Fact]
    public void An_instant_with_an_offset_is_the_same_instant() =>
        Window(TimeZoneInfo.Utc, "01:00", "04:00", DayOfWeek.Friday).Covers(new(2026, 11, 20, 11, 0, 0, TimeSpan.FromHours(9))).ShouldBeTrue();

    [Fact]
    public void A_day_to_its_last_minute_ends_at_24_00()
    {
        var window = Window(TimeZoneInfo.Utc, "16:30", "24:00", DayOfWeek.Friday);

        window.Covers(Instant("2026-11-20T23:59:59Z")).ShouldBeTrue();
        window.Covers(Instant("2026-11-21T00:00:00Z")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("24:01")]
    [InlineData("1:00")]
    [InlineData("01:60")]
    [InlineData("ab:cd")]
    [InlineData("")]
    public void Other_texts_are_no_clock_time(string text) => MinuteRange.TryParseMinute(text, out _).ShouldBeFalse();

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static PriceWindow Window(TimeZoneInfo zone, string from, string to, params DayOfWeek[] days)
    {
        MinuteRange.TryParseMinute(from, out var start).ShouldBeTrue();
        MinuteRange.TryParseMinute(to, out var end).ShouldBeTrue();
        return new() { Label = "window", Zone = zone, Days = days, Ranges = [new(start, end)], Rates = Prices.Table("1", "2") };
    }
}
