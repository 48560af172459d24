using System.Globalization;
using Farthing.Storage.Sql;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Storage.Tests.Sql;

public sealed class LocalDaysTests
{
    private const long Hour = 3_600_000;

    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithReplay(7_417, 5).WithMaxTest(3_000);

    /// <summary>Every zone of this machine whose clocks are never set back across midnight.</summary>
    private static readonly TimeZoneInfo[] Zones = [.. TimeZoneInfo.GetSystemTimeZones().Where(zone => !zone.Id.StartsWith("posix", StringComparison.Ordinal))];

    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_instant_lies_in_the_day_that_the_clock_shows() =>
        Prop.ForAll(Instants(), at =>
        {
            var days = new LocalDays(at.Zone);
            var shown = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at.Milliseconds), at.Zone).DateTime);

            LocalDays.DateOf(days.DayOf(at.Milliseconds)).ShouldBe(shown, at.Zone.Id);
        }).Check(Seeded);

    [Fact]
    public void A_day_begins_where_the_one_before_ends() =>
        Prop.ForAll(Instants(), at =>
        {
            var days = new LocalDays(at.Zone);
            var day = days.DayOf(at.Milliseconds);
            var (start, end) = (days.StartOf(day), days.StartOf(day + 1));

            at.Milliseconds.ShouldBeInRange(start, end - 1);
            new LocalDays(at.Zone).DayOf(start).ShouldBe(day);
            new LocalDays(at.Zone).DayOf(start - 1).ShouldBe(day - 1);
            new LocalDays(at.Zone).DayOf(end - 1).ShouldBe(day);
            (end - start).ShouldBeInRange(20 * Hour, 28 * Hour);
        }).Check(Seeded);

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", 23)]
    [InlineData("Europe/Berlin", "2026-10-25", 25)]
    [InlineData("Europe/Berlin", "2026-07-01", 24)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", 24.5)]
    [InlineData("Asia/Kathmandu", "2026-03-29", 24)]
    [InlineData("Africa/Cairo", "2026-04-24", 23)]
    public void A_day_is_as_long_as_its_clocks_make_it(string zone, string date, double hours)
    {
        var days = new LocalDays(TimeZoneInfo.FindSystemTimeZoneById(zone));
        var day = LocalDays.NumberOf(DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture));

        (days.StartOf(day + 1) - days.StartOf(day)).ShouldBe((long)(hours * Hour));
    }

    [Fact]
    public void Zones_are_the_same_as_long_as_their_days_begin_together()
    {
        var utc = new LocalDays(TimeZoneInfo.Utc);
        var berlin = new LocalDays(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var oslo = new LocalDays(TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo"));
        var london = new LocalDays(TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
        var (january, july) = (LocalDays.NumberOf(new(2026, 1, 1)), LocalDays.NumberOf(new(2026, 7, 1)));

        berlin.Equal(oslo, january, july).ShouldBeTrue();
        berlin.Equal(utc, january, july).ShouldBeFalse();
        london.Equal(utc, january, january + 30).ShouldBeTrue();
        london.Equal(utc, january, july).ShouldBeFalse();
    }

    [Fact]
    public void A_clock_set_back_across_midnight_does_not_begin_the_day_twice()
    {
        var back = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            new(2020, 1, 1), new(2030, 12, 31), TimeSpan.FromHours(1),
            TimeZoneInfo.TransitionTime.CreateFixedDateRule(new(1, 1, 1, 0, 0, 0), 4, 1),
            TimeZoneInfo.TransitionTime.CreateFixedDateRule(new(1, 1, 1, 0, 30, 0), 10, 1));
        var days = new LocalDays(TimeZoneInfo.CreateCustomTimeZone("back", TimeSpan.Zero, "back", "back", "back", [back]));
        var october = LocalDays.NumberOf(new(2026, 10, 1));
        var midnight = days.StartOf(october);

        // At half past midnight it becomes half past eleven again: the day has begun all the same.
        midnight.ShouldBe(new DateTimeOffset(2026, 9, 30, 23, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());
        for (var minutes = 0; minutes < 24 * 60; minutes += 10)
        {
            days.DayOf(midnight + (minutes * 60_000L)).ShouldBe(october);
        }
    }

    private static Arbitrary<Instant> Instants() =>
        (from zone in Gen.Elements(Zones)
         from hours in Gen.Choose(0, 24 * 365 * 8)
         from offset in Gen.Elements(0, -1, 1, 1_799_999, 1_800_000, 3_599_999)
         select new Instant(zone, (long)(From.ToUnixTimeMilliseconds() + (hours * Hour) + offset))).ToArbitrary();

    private sealed record Instant(TimeZoneInfo Zone, long Milliseconds);
}
