using Farthing.Domain.Forecasting;

namespace Farthing.Domain.Tests.Forecasting;

public sealed class GapsTests
{
    private static readonly DateOnly Monday = InventedSeries.FirstDay;

    [Fact]
    public void A_silent_day_is_a_gap_where_three_of_the_last_four_of_its_weekday_had_calls()
    {
        Gaps.Of(Workdays(28), Day(28)).ShouldBe([Day(28)]);
        Gaps.Of(Without(Workdays(28), 7), Day(28)).ShouldBe([Day(28)]);
        Gaps.Of(Without(Workdays(28), 7, 14), Day(28)).ShouldBeEmpty();
    }

    [Fact]
    public void A_weekend_without_calls_is_none() => Gaps.Of(Workdays(33), Day(34)).ShouldBeEmpty();

    [Fact]
    public void A_silence_that_lasts_becomes_zeros_after_two_weeks() =>
        Gaps.Of(Workdays(28), Day(90)).Order().ShouldBe(Enumerable.Range(28, 14).Where(static day => day % 7 < 5).Select(Day));

    [Fact]
    public void A_silence_of_the_first_weeks_is_none_because_nobody_knows_what_is_usual() =>
        Gaps.Of(Without(Workdays(28), 9, 10, 14), Day(27)).ShouldBeEmpty();

    [Fact]
    public void Without_any_calls_there_are_none() => Gaps.Of(new HashSet<DateOnly>(), Day(90)).ShouldBeEmpty();

    private static DateOnly Day(int number) => Monday.AddDays(number);

    private static HashSet<DateOnly> Workdays(int count) => [.. Enumerable.Range(0, count).Where(static day => day % 7 < 5).Select(Day)];

    private static HashSet<DateOnly> Without(HashSet<DateOnly> days, params IEnumerable<int> numbers) => [.. days.Except(numbers.Select(Day))];
}
