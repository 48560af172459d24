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
                var counted = Count(first, last, newest);
                for (var day = -1; day <= newest; day++)
                {
                    counted.GetValueOrDefault(day).ShouldBe(first <= day && day <= last ? 1 : 0, $"day {day} of {first} to {last}");
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
    public void A_range_until_now_reads_the_week_and_takes_nothing_away()
    {
        RollupPart.Of(ByPerson, Monday, Monday + 9, newest: Monday + 9).ShouldBe([new(RollupLevel.PersonWeeks, Monday, Monday + 13, 1)]);
    }

    private static Dictionary<int, int> Count(int first, int last, int newest)
    {
        var counted = new Dictionary<int, int>();
        foreach (var part in RollupPart.Of(ByPerson, first, last, newest))
        {
            for (var day = part.First; day <= part.Last; day++)
            {
                counted[day] = counted.GetValueOrDefault(day) + part.Sign;
            }
        }

        return counted;
    }
}
