using Farthing.Domain.Forecasting;

namespace Farthing.Domain.Tests.Forecasting;

public sealed class GapsTests
{
    private static readonly DateOnly Monday = InventedSeries.FirstDay;

    [Fact]
    public void Silent_days_are_gaps_where_three_of_the_last_four_of_their_weekdays_had_calls()
    {
        Gaps.Of(Workdays(28), Day(30)).Order().ShouldBe([Day(28), Day(29), Day(30)]);
        Gaps.Of(Without(Workdays(28), 7), Day(30)).Order().ShouldBe([Day(28), Day(29), Day(30)]);
        Gaps.Of(Without(Workdays(28), 7, 14), Day(30)).ShouldBeEmpty();
    }

    [Fact]
    public void One_or_two_of_them_are_days_off() => Gaps.Of(Workdays(28), Day(29)).ShouldBeEmpty();

    [Fact]
    public void A_weekend_between_them_does_not_divide_them()
    {
        Gaps.Of(Without(Workdays(40), 31, 32, 35), Day(39)).Order().ShouldBe([Day(31), Day(32), Day(35)]);
        Gaps.Of(Without(Workdays(40), 31, 32, 35).Append(Day(33)).ToHashSet(), Day(39)).ShouldBeEmpty();
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
