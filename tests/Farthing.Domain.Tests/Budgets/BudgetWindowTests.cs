using Farthing.Domain.Budgets;
using Farthing.Domain.Usage;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Domain.Tests.Budgets;

public sealed class BudgetWindowTests
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Pago_Pago", "Pacific/Kiritimati", "Africa/Cairo",
        "Asia/Beirut", "America/Sao_Paulo", "America/Havana", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Tehran",
    ];

    private static Arbitrary<(TimeZoneInfo Zone, BudgetPeriod Period, DateTimeOffset Now)> Instants { get; } =
        (from zone in Gen.Elements(Zones)
         from period in Gen.Elements(BudgetPeriod.Day, BudgetPeriod.Week, BudgetPeriod.Month, BudgetPeriod.Quarter)
         from day in Gen.Choose(0, 30 * 365)
         from second in Gen.Choose(0, 86_399)
         select (Zone(zone), period, new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day).AddSeconds(second))).ToArbitrary();

    [Theory]
    [InlineData(BudgetPeriod.Day, "2026-11-26T00:00Z", "2026-11-27T00:00Z", 1, "2026-11-26")]
    [InlineData(BudgetPeriod.Week, "2026-11-23T00:00Z", "2026-11-30T00:00Z", 7, "2026-W48")]
    [InlineData(BudgetPeriod.Month, "2026-11-01T00:00Z", "2026-12-01T00:00Z", 30, "2026-11")]
    [InlineData(BudgetPeriod.Quarter, "2026-10-01T00:00Z", "2027-01-01T00:00Z", 92, "2026-Q4")]
    [InlineData(BudgetPeriod.Rolling30Days, "2026-10-28T00:00Z", "2026-11-27T00:00Z", 30, "rolling-30-days")]
    public void A_window_is_calendar_days(BudgetPeriod period, string start, string end, int days, string key)
    {
        var window = BudgetWindow.At(period, TimeZoneInfo.Utc, At("2026-11-26T15:30Z"));

        (window.Start, window.End, window.DaysInPeriod, window.Key).ShouldBe((At(start), At(end), days, key));
    }

    [Theory]
    [InlineData("2026-02-01T06:00Z", 1)]
    [InlineData("2026-02-02T23:59Z", 1)]
    [InlineData("2026-02-03T00:00Z", 2)]
    [InlineData("2026-02-28T23:00Z", 27)]
    public void Days_elapsed_are_whole_days_and_at_least_one(string now, int elapsed) =>
        BudgetWindow.At(BudgetPeriod.Month, TimeZoneInfo.Utc, At(now)).DaysElapsed.ShouldBe(elapsed);

    [Fact]
    public void A_month_with_a_skipped_hour_is_counted_by_the_clock_on_the_wall()
    {
        var window = BudgetWindow.At(BudgetPeriod.Month, Zone("Europe/Berlin"), At("2026-03-31T22:00Z").AddHours(-24));

        (window.Start, window.End).ShouldBe((At("2026-02-28T23:00Z"), At("2026-03-31T22:00Z")));
        (window.DaysElapsed, window.DaysInPeriod).ShouldBe((30, 31));
    }

    [Fact]
    public void The_budgets_zone_decides_the_month()
    {
        var now = At("2026-12-01T05:00Z");

        BudgetWindow.At(BudgetPeriod.Month, Zone("Asia/Kathmandu"), now).Key.ShouldBe("2026-12");
        BudgetWindow.At(BudgetPeriod.Month, Zone("Pacific/Pago_Pago"), now).Key.ShouldBe("2026-11");
        BudgetWindow.At(BudgetPeriod.Month, Zone("Asia/Kathmandu"), now).Start.ShouldBe(At("2026-11-30T18:15Z"));
    }

    [Fact]
    public void A_day_whose_midnight_is_skipped_begins_when_it_is_skipped()
    {
        var cairo = Zone("Africa/Cairo");

        CalendarDays.StartOf(new(2024, 4, 26), cairo).ShouldBe(At("2024-04-25T22:00Z"));
        CalendarDays.DayOf(At("2024-04-25T22:00Z"), cairo).ShouldBe(new(2024, 4, 26));
        CalendarDays.DayOf(At("2024-04-25T21:59Z"), cairo).ShouldBe(new(2024, 4, 25));
    }

    [Fact]
    public void A_day_that_a_zone_left_out_is_empty()
    {
        var apia = Zone("Pacific/Apia");

        CalendarDays.StartOf(new(2011, 12, 30), apia).ShouldBe(CalendarDays.StartOf(new(2011, 12, 31), apia));
    }

    [Fact]
    public void A_lifetime_has_no_end()
    {
        var window = BudgetWindow.At(BudgetPeriod.Lifetime, TimeZoneInfo.Utc, At("2026-11-26T15:30Z"), At("2026-11-16T09:00Z"));

        (window.FirstDay, window.End, window.DaysInPeriod, window.DaysElapsed).ShouldBe((new DateOnly(2026, 11, 16), null, null, 10));
    }

    [Fact]
    public void An_instant_is_in_its_window() => Laws.Hold(Instants, sample =>
    {
        var window = BudgetWindow.At(sample.Period, sample.Zone, sample.Now);
        return window.Start <= sample.Now && sample.Now < window.End;
    });

    [Fact]
    public void The_next_window_begins_where_one_ends() => Laws.Hold(Instants, sample =>
    {
        var window = BudgetWindow.At(sample.Period, sample.Zone, sample.Now);
        var next = BudgetWindow.At(sample.Period, sample.Zone, window.End!.Value);
        return next.Start == window.End && (next.FirstDay == window.EndDay || CalendarDays.StartOf(window.EndDay!.Value, sample.Zone) == next.Start);
    });

    [Fact]
    public void The_days_of_a_window_add_up_to_it_and_hold_their_instants() => Laws.Hold(Instants, sample =>
    {
        var window = BudgetWindow.At(sample.Period, sample.Zone, sample.Now);
        var start = window.Start;
        for (var day = window.FirstDay; day < window.EndDay; day = day.AddDays(1))
        {
            var end = CalendarDays.StartOf(day.AddDays(1), sample.Zone);
            if (end < start || (end > start && (CalendarDays.DayOf(start, sample.Zone) != day || CalendarDays.DayOf(end.AddTicks(-1), sample.Zone) != day)))
            {
                return false;
            }

            start = end;
        }

        return start == window.End && window.DaysElapsed <= window.DaysInPeriod;
    });

    [Fact]
    public void Every_instant_of_a_window_names_the_same_window() => Laws.Hold(Instants, sample =>
    {
        var window = BudgetWindow.At(sample.Period, sample.Zone, sample.Now);
        return BudgetWindow.At(sample.Period, sample.Zone, window.Start).Key == window.Key;
    });

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, null);

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);
}
