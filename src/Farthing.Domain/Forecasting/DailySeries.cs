using Farthing.Domain.Forecasting.Statistics;

namespace Farthing.Domain.Forecasting;

/// <summary>
/// Spend by calendar day, without gaps between the days: a day without spend is zero, a day of which nothing is known (its
/// usage has not come in) is missing. Only the last <see cref="DaysMax"/> days are kept.
/// </summary>
/// <remarks>
/// In floating point, because it is material for estimates and never booked: see decision 0041. The caller leaves out today,
/// which is not over, and begins with the first day of which something is known.
/// </remarks>
public sealed class DailySeries
{
    /// <summary>The most days that a forecast looks back.</summary>
    public const int DaysMax = 365;

    private const int Week = 7;

    private DailySeries(DateOnly firstDay, double[] values)
    {
        FirstDay = firstDay;
        Values = values;
        Known = values.Count(static value => !double.IsNaN(value));
        Filled = Fill(values);
    }

    /// <summary>The first day.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>The day after the last one, where a forecast begins.</summary>
    public DateOnly NextDay => FirstDay.AddDays(Values.Count);

    /// <summary>Dollars by day; NaN where a day is missing.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>How many days are not missing.</summary>
    public int Known { get; }

    /// <summary>The days with missing ones filled by the median of their weekday; empty when none is known.</summary>
    internal double[] Filled { get; }

    /// <summary>A series from numbers.</summary>
    /// <param name="firstDay">The day of the first number.</param>
    /// <param name="values">Dollars by day; NaN where a day is missing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is infinite.</exception>
    public static DailySeries Of(DateOnly firstDay, ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (double.IsInfinity(value))
            {
                throw new ArgumentOutOfRangeException(nameof(values), value, "Spend is finite.");
            }
        }

        var cut = Math.Max(0, values.Length - DaysMax);
        return new(firstDay.AddDays(cut), values[cut..].ToArray());
    }

    /// <summary>A series from amounts.</summary>
    /// <param name="firstDay">The first day of which something is known.</param>
    /// <param name="lastDay">The last whole day; none is taken when it is before the first.</param>
    /// <param name="amounts">What was spent, in any order; amounts of one day are added, others than these days left out.</param>
    /// <param name="missing">Days of which nothing is known; null when there are none.</param>
    public static DailySeries FromAmounts(
        DateOnly firstDay, DateOnly lastDay, IEnumerable<DailyAmount> amounts, IReadOnlySet<DateOnly>? missing = null)
    {
        var first = lastDay.DayNumber - firstDay.DayNumber >= DaysMax ? lastDay.AddDays(1 - DaysMax) : firstDay;
        var values = new double[Math.Max(0, lastDay.DayNumber - first.DayNumber + 1)];
        foreach (var amount in amounts)
        {
            var day = amount.Day.DayNumber - first.DayNumber;
            if (day >= 0 && day < values.Length)
            {
                values[day] += (double)amount.Amount.ToDecimal();
            }
        }

        for (var day = 0; missing is { Count: > 0 } && day < values.Length; day++)
        {
            values[day] = missing.Contains(first.AddDays(day)) ? double.NaN : values[day];
        }

        return new(first, values);
    }

    private static double[] Fill(double[] values)
    {
        var known = values.Where(static value => !double.IsNaN(value)).ToArray();
        if (known.Length == values.Length)
        {
            return values;
        }

        if (known.Length == 0)
        {
            return [];
        }

        var any = OrderStatistics.Median(known);
        var filled = (double[])values.Clone();
        for (var weekday = 0; weekday < Math.Min(Week, values.Length); weekday++)
        {
            var same = values.Where((value, day) => day % Week == weekday && !double.IsNaN(value)).ToArray();
            var usual = same.Length == 0 ? any : OrderStatistics.Median(same);
            for (var day = weekday; day < filled.Length; day += Week)
            {
                filled[day] = double.IsNaN(filled[day]) ? usual : filled[day];
            }
        }

        return filled;
    }
}
