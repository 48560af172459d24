namespace Farthing.Domain.Forecasting.Intervals;

/// <summary>
/// The errors that a method made inside the history of a series (what came less what was forecast), in units of the series'
/// own: see <see cref="ErrorUnit"/>.
/// </summary>
public sealed class Residuals
{
    /// <summary>None.</summary>
    public static readonly Residuals None = new(0, 0, 0, [[], [], [], []], []);

    private static readonly int[] LastDays = [7, 14, 30, int.MaxValue];

    /// <summary>Takes errors over; they are sorted in place.</summary>
    /// <param name="origins">From how many days of the past forecasts were made.</param>
    /// <param name="span">How many days lie between the first and the last of these.</param>
    /// <param name="days">How many days each of them reached.</param>
    /// <param name="buckets">The errors of single days, by how far they were ahead.</param>
    /// <param name="totals">The mean errors of whole forecasts.</param>
    internal Residuals(int origins, int span, int days, double[][] buckets, double[] totals)
    {
        Origins = origins;
        Span = span;
        Days = days;
        Buckets = buckets;
        Totals = totals;
        Array.Sort(totals);
        foreach (var bucket in buckets)
        {
            Array.Sort(bucket);
        }
    }

    /// <summary>From how many days of the past forecasts were made.</summary>
    public int Origins { get; }

    /// <summary>How many days lie between the first and the last of these.</summary>
    public int Span { get; }

    /// <summary>How many days ahead they reached.</summary>
    public int Days { get; }

    /// <summary>Errors of single days in ascending order: 1 to 7 days ahead, 8 to 14, 15 to 30, beyond.</summary>
    internal double[][] Buckets { get; }

    /// <summary>The errors of a bucket, or of the farthest before it that has some.</summary>
    internal double[] DaysOf(int bucket) =>
        bucket > 0 && Buckets[bucket].Length == 0 ? DaysOf(bucket - 1) : Buckets[bucket];

    /// <summary>Errors of whole forecasts ÷ their days, in ascending order.</summary>
    internal double[] Totals { get; }

    /// <summary>How many buckets there are.</summary>
    internal const int BucketCount = 4;

    /// <summary>The bucket of a day, 1 being the first day of the forecast.</summary>
    internal static int BucketOf(int ahead)
    {
        var bucket = 0;
        while (ahead > LastDays[bucket])
        {
            bucket++;
        }

        return bucket;
    }
}
