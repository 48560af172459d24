using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Spending;
using Farthing.Workflows.Tests.Exploring;

namespace Farthing.Workflows.Tests.Spending;

public sealed class SpendCalendarTests
{
    private readonly ManualTime time = new();

    [Theory]
    [InlineData(0, 3)]
    [InlineData(12, 2)]
    public void A_day_that_the_range_cuts_at_its_start_is_not_taken_as_whole(int hour, int days)
    {
        var calendar = new SpendCalendar(TimeZoneInfo.Utc, time);
        var first = calendar.Today.AddDays(-3);
        var rows = Enumerable.Range(0, 3).Select(at => new SpendRow { Day = first.AddDays(at), Calls = 1, Cost = Usd.FromDecimal(1) });
        var range = new SpendRange
        {
            Within = new(Dimensions.LocalOrg, ScopeReach.Org, string.Empty),
            Zone = TimeZoneInfo.Utc,
            From = CalendarDays.StartOf(first, TimeZoneInfo.Utc).AddHours(hour),
        };

        calendar.SeriesOf(rows, range, new HashSet<DateOnly>()).Values.Count.ShouldBe(days);
    }

    [Fact]
    public async Task What_was_spent_today_is_told_beside_a_history_without_it()
    {
        var calendar = new SpendCalendar(TimeZoneInfo.Utc, time);
        var spend = new MemorySpend(
        [
            SampleSpend.Call(time.Now.AddDays(-1), "claude-sonnet-5", default, usd: "3"),
            SampleSpend.Call(time.Now.AddMinutes(-1), "claude-sonnet-5", default, usd: "5"),
        ]);

        var people = new FewPeople();
        var forecast = await new ForecastScopes(spend, calendar, new(people, people, people)).ForecastAsync(
            new() { Within = new(Dimensions.LocalOrg, ScopeReach.Org, string.Empty), Days = 7 }, TestContext.Current.CancellationToken);

        forecast.SpentToday.ShouldBe(Usd.FromDecimal(5));
        forecast.History.ShouldHaveSingleItem().Amount.ShouldBe(Usd.FromDecimal(3));
        forecast.Pricing.Calls.ShouldBe(1);
    }
}
