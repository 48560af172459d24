using Farthing.Storage.Sql;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Tests.Sql;

public sealed class RollupPartTests
{
    private const int Monday = 4;

    private static readonly SpendQuery ByPerson = new() { Zone = TimeZoneInfo.Utc, ByDay = false, GroupBy = [SpendDimension.User] };

    [Fact]
    public void Every_day_of_a_range_is_counted_once_and_no_other_day_that_has_events()
    {
        var newest = Monday + 24;
        for (var first = -1; first <= newest + 9; first++)
        {
            for (var last = first - 1; last <= newest + 9; last++)
            {
                var counted = Count(ByPerson, first, last, newest);
                for (var day = -1; day <= newest; day++)
                {
                    counted.GetValueOrDefault((0, day)).ShouldBe(first <= day && day <= last ? 1 : 0, $"day {day} of {first} to {last}");
                }
            }
        }
    }

    [Fact]
    public void At_either_end_the_fewer_days_are_read()
    {
        for (var first = 0; first < 3 * 7; first++)
        {
            for (var last = first; last < 6 * 7; last++)
            {
                RollupPart.Of(ByPerson, first, last, newest: 1_000).Where(static part => part.Level.Days is null)
                    .Sum(static part => part.Last - part.First + 1).ShouldBeLessThanOrEqualTo(6);
            }
        }
    }

    [Fact]
    public void Every_day_is_counted_once_and_in_its_own_period()
    {
        const int last = Monday + 40;
        for (var first = Monday; first < Monday + 7; first++)
        {
            for (var second = first + 1; second < last; second++)
            {
                for (var third = second + 1; third <= last; third += 3)
                {
                    var counted = Count(ByPeriod(first, second, third), first, last, newest: last + 2);
                    for (var day = first - 7; day <= last + 2; day++)
                    {
                        var own = day < first || day > last ? -1 : day >= third ? third : day >= second ? second : first;
                        foreach (var period in (int[])[first, second, third])
                        {
                            counted.GetValueOrDefault((period, day)).ShouldBe(period == own ? 1 : 0, $"day {day} in {period} of {first}, {second}, {third}");
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Days_between_two_periods_are_read_once_for_both()
    {
        var query = ByPeriod(Monday, Monday + 16);
        RollupPart.Of(query, Monday, Monday + 34, newest: Monday + 34).ShouldBe(
        [
            new(RollupLevel.PersonWeeks, Monday, Monday + 13, 1, Monday),
            new(RollupLevel.PersonWeeks, Monday + 14, Monday + 34, 1, Monday + 16),
            new(RollupLevel.PersonDays, Monday + 14, Monday + 15, 1, Monday, Monday + 16),
        ]);
    }

    [Fact]
    public void A_range_until_now_reads_the_week_and_takes_nothing_away()
    {
        RollupPart.Of(ByPerson, Monday, Monday + 9, newest: Monday + 9).ShouldBe([new(RollupLevel.PersonWeeks, Monday, Monday + 13, 1)]);
    }

    private static SpendQuery ByPeriod(params int[] firstDays) => ByPerson with { ByDay = true, Periods = [.. firstDays.Select(LocalDays.DateOf)] };

    /// <summary>How often each day is counted in each period; in 0 where there are none.</summary>
    private static Dictionary<(int Period, int Day), int> Count(SpendQuery query, int first, int last, int newest)
    {
        var counted = new Dictionary<(int Period, int Day), int>();
        foreach (var part in RollupPart.Of(query, first, last, newest))
        {
            for (var day = part.First; day <= part.Last; day++)
            {
                Add(part.Period ?? (query.ByDay ? LocalDays.NumberOf(query.RowOf(LocalDays.DateOf(day))) : 0), day, part.Sign);
                if (part.OutOf is { } other)
                {
                    Add(other, day, -1);
                }
            }
        }

        return counted;

        void Add(int period, int day, int sign) => counted[(period, day)] = counted.GetValueOrDefault((period, day)) + sign;
    }
}
