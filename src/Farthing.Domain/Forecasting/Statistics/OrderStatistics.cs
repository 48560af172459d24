namespace Farthing.Domain.Forecasting.Statistics;

/// <summary>Medians by selection, in place and without memory of their own.</summary>
internal static class OrderStatistics
{
    private const int InsertionMax = 24;

    /// <summary>The median; the values are left in another order. Zero of nothing.</summary>
    public static double Median(Span<double> values)
    {
        if (values.Length == 0)
        {
            return 0;
        }

        var middle = values.Length / 2;
        var upper = Select(values, middle);
        return values.Length % 2 == 1 ? upper : (upper + Largest(values[..middle])) / 2;
    }

    /// <summary>The value of a rank, 0 being the least; smaller values are left before it, larger ones behind.</summary>
    public static double Select(Span<double> values, int rank)
    {
        while (values.Length > InsertionMax)
        {
            var pivot = MiddleOf(values[0], values[values.Length / 2], values[^1]);
            var less = Split(values, pivot, andEqual: false);
            if (rank < less)
            {
                values = values[..less];
                continue;
            }

            values = values[less..];
            rank -= less;
            var equal = Split(values, pivot, andEqual: true);
            if (rank < equal)
            {
                return pivot;
            }

            values = values[equal..];
            rank -= equal;
        }

        InsertionSort(values);
        return values[rank];
    }

    /// <summary>Takes one value out of sorted ones and puts another in, which leaves them sorted.</summary>
    public static void Replace(Span<double> sorted, double gone, double come)
    {
        var place = 0;
        while (sorted[place] < gone)
        {
            place++;
        }

        for (; place + 1 < sorted.Length && sorted[place + 1] < come; place++)
        {
            sorted[place] = sorted[place + 1];
        }

        for (; place > 0 && sorted[place - 1] > come; place--)
        {
            sorted[place] = sorted[place - 1];
        }

        sorted[place] = come;
    }

    /// <summary>The median of sorted values; at least one.</summary>
    public static double MedianOfSorted(ReadOnlySpan<double> sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    /// <summary>Sorts a few values.</summary>
    private static void InsertionSort(Span<double> values)
    {
        for (var next = 1; next < values.Length; next++)
        {
            var value = values[next];
            var place = next - 1;
            for (; place >= 0 && values[place] > value; place--)
            {
                values[place + 1] = values[place];
            }

            values[place + 1] = value;
        }
    }

    /// <summary>Puts the values below a pivot first, or those up to it, and tells how many: without a branch on any value.</summary>
    private static int Split(Span<double> values, double pivot, bool andEqual)
    {
        var limit = andEqual ? pivot : Math.BitDecrement(pivot);
        var first = 0;
        for (var at = 0; at < values.Length; at++)
        {
            var value = values[at];
            values[at] = values[first];
            values[first] = value;
            first += value <= limit ? 1 : 0;
        }

        return first;
    }

    private static double MiddleOf(double one, double two, double three) =>
        Math.Max(Math.Min(one, two), Math.Min(Math.Max(one, two), three));

    private static double Largest(ReadOnlySpan<double> values)
    {
        var largest = values[0];
        foreach (var value in values)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }
}
