using Farthing.Domain.Forecasting.Statistics;

namespace Farthing.Domain.Forecasting.Members;

/// <summary>
/// Clips days that stand far out of their surroundings, so that yesterday's incident is not in next month's forecast. A run of
/// at least three such days at the end is kept: it is a new level, not an incident.
/// </summary>
/// <remarks>
/// Made once for a whole series and asked for any beginning of it: the running medians of inner days are shared by all of
/// them, and no beginning sees a day behind its end.
/// </remarks>
internal sealed class Cleaning
{
    /// <summary>The least days that are cleaned.</summary>
    public const int DaysMin = 14;

    private const int Week = 7;
    private const int WeekdayDaysMin = 21;
    private const int Reach = 10;
    private const int LevelShiftDaysMin = 3;
    private const double Deviations = 3.5;
    private const double NormalMedian = 1.4826;
    private const double NoiseShareMin = 0.02;

    private readonly double[] values;
    private readonly double[] baseline;
    private readonly double[] rests;
    private readonly double[] scratch;

    /// <summary>Prepares the cleaning of a series without gaps.</summary>
    public Cleaning(double[] values)
    {
        this.values = values;
        baseline = new double[values.Length];
        rests = new double[values.Length];
        scratch = new double[values.Length];
        Baselines(0, values.Length, baseline);
    }

    /// <summary>Cleans the first days of the series.</summary>
    /// <param name="cleaned">Takes the cleaned days; its length says how many.</param>
    public void Clean(Span<double> cleaned)
    {
        var count = cleaned.Length;
        var raw = values.AsSpan(0, count);
        raw.CopyTo(cleaned);
        if (count < DaysMin)
        {
            return;
        }

        Span<double> weekdays = stackalloc double[Week];
        Span<double> ends = stackalloc double[Reach];
        Decompose(raw, ends, weekdays);
        var limit = Deviations * Noise(raw);
        var kept = TrailingOutliers(count, limit) is >= LevelShiftDaysMin and var trailing ? count - trailing : count;
        for (var day = 0; day < kept; day++)
        {
            var rest = rests[day];
            if (Math.Abs(rest) > limit)
            {
                cleaned[day] = raw[day] - rest + Math.CopySign(limit, rest);
            }
        }
    }

    /// <summary>Leaves in the rests what is neither the running median nor the usual difference of its weekday.</summary>
    private void Decompose(ReadOnlySpan<double> raw, Span<double> ends, Span<double> weekdays)
    {
        var firstEnd = Math.Max(0, raw.Length - Reach);
        Baselines(firstEnd, raw.Length, ends);

        for (var day = 0; day < raw.Length; day++)
        {
            rests[day] = raw[day] - (day < firstEnd ? baseline[day] : ends[day - firstEnd]);
        }

        for (var weekday = 0; weekday < Week && raw.Length >= WeekdayDaysMin; weekday++)
        {
            var count = 0;
            for (var day = weekday; day < raw.Length; day += Week)
            {
                scratch[count++] = rests[day];
            }

            weekdays[weekday] = OrderStatistics.Median(scratch.AsSpan(0, count));
            for (var day = weekday; day < raw.Length; day += Week)
            {
                rests[day] -= weekdays[weekday];
            }
        }
    }

    /// <summary>The spread of the rests as of a normal distribution, but no less than a share of the usual day.</summary>
    private double Noise(ReadOnlySpan<double> raw)
    {
        var work = scratch.AsSpan(0, raw.Length);
        rests.AsSpan(0, raw.Length).CopyTo(work);
        var centre = OrderStatistics.Median(work);
        for (var day = 0; day < raw.Length; day++)
        {
            work[day] = Math.Abs(rests[day] - centre);
        }

        var deviation = NormalMedian * OrderStatistics.Median(work);
        for (var day = 0; day < raw.Length; day++)
        {
            work[day] = Math.Abs(raw[day]);
        }

        return Math.Max(deviation, NoiseShareMin * OrderStatistics.Median(work));
    }

    private int TrailingOutliers(int count, double limit)
    {
        var trailing = 0;
        while (trailing < count
            && Math.Abs(rests[count - 1 - trailing]) > limit
            && Math.Sign(rests[count - 1 - trailing]) == Math.Sign(rests[count - 1]))
        {
            trailing++;
        }

        return trailing;
    }

    /// <summary>
    /// The medians of the days around each day from one on, cut at both ends. Where the window is whole it stays sorted while
    /// it moves.
    /// </summary>
    private void Baselines(int first, int count, Span<double> medians)
    {
        Span<double> window = stackalloc double[(2 * Reach) + 1];
        var sorted = window;
        for (var day = first; day < count; day++)
        {
            var (from, to) = (Math.Max(0, day - Reach), Math.Min(count - 1, day + Reach));
            var length = to - from + 1;
            if (day > first && length == window.Length && day - 1 - Reach >= 0)
            {
                OrderStatistics.Replace(sorted, values[day - 1 - Reach], values[to]);
            }
            else
            {
                sorted = window[..length];
                values.AsSpan(from, length).CopyTo(sorted);
                sorted.Sort();
            }

            medians[day - first] = OrderStatistics.MedianOfSorted(sorted);
        }
    }
}
