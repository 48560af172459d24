namespace Farthing.Domain.Forecasting;

/// <summary>
/// The days of which nothing is known: at least three in a row on which a whole organisation told no call, though it did on
/// most of the same weekdays before. Either its usage has not come in or nobody worked; neither says that the next days cost nothing.
/// </summary>
/// <remarks>
/// Fewer days are days off, as anybody has who works alone: to fill them would tell too much. A silence that lasts has no
/// such weekdays before it after two weeks: from then on its days are zeros.
/// </remarks>
public static class Gaps
{
    private const int Week = 7;
    private const int WeeksBack = 4;
    private const int WithCallsMin = 3;
    private const int DaysMin = 3;

    /// <summary>Finds them.</summary>
    /// <param name="withCalls">The days on which anybody of the organisation made a call.</param>
    /// <param name="last">The last whole day.</param>
    public static IReadOnlySet<DateOnly> Of(IReadOnlySet<DateOnly> withCalls, DateOnly last)
    {
        var gaps = new HashSet<DateOnly>();
        var silent = new List<DateOnly>();
        for (var day = withCalls.Count == 0 ? last : withCalls.Min(); day <= last; day = day.AddDays(1))
        {
            if (withCalls.Contains(day))
            {
                silent.Clear();
            }
            else if (CountBefore(day, withCalls) >= WithCallsMin)
            {
                silent.Add(day);
            }

            if (silent.Count >= DaysMin)
            {
                gaps.UnionWith(silent);
            }
        }

        return gaps;
    }

    /// <summary>On how many of the same weekdays before there were calls.</summary>
    private static int CountBefore(DateOnly day, IReadOnlySet<DateOnly> withCalls) =>
        Enumerable.Range(1, WeeksBack).Count(weeks => withCalls.Contains(day.AddDays(-Week * weeks)));
}
