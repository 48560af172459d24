namespace Farthing.Domain.Forecasting.Intervals;

/// <summary>
/// The errors of sibling series together (other teams, other projects of an organisation): what is known about a series of
/// which little is known.
/// </summary>
public sealed class ResidualPool
{
    private ResidualPool(Residuals errors) => Errors = errors;

    /// <summary>No siblings.</summary>
    public static ResidualPool Empty { get; } = new(Residuals.None);

    /// <summary>The errors.</summary>
    internal Residuals Errors { get; }

    /// <summary>Whether there is none in it.</summary>
    internal bool IsEmpty => Errors.Totals.Length == 0;

    /// <summary>Pools the errors of series that were studied over the same number of days.</summary>
    public static ResidualPool Of(IEnumerable<Residuals> siblings)
    {
        var all = siblings.Where(static sibling => sibling.Totals.Length > 0).ToArray();
        if (all.Length == 0)
        {
            return Empty;
        }

        var buckets = new double[Residuals.BucketCount][];
        for (var bucket = 0; bucket < buckets.Length; bucket++)
        {
            buckets[bucket] = [.. all.SelectMany(sibling => sibling.Buckets[bucket])];
        }

        return new(new(
            all.Sum(static sibling => sibling.Origins),
            all.Max(static sibling => sibling.Span),
            all.Max(static sibling => sibling.Days),
            buckets,
            [.. all.SelectMany(static sibling => sibling.Totals)]));
    }
}
