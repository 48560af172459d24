namespace Farthing.Domain.Forecasting.Intervals;

/// <summary>
/// Hybrid split conformal intervals: the quantiles of the series' own errors and of its siblings', weighed by how many own
/// there are. They promise how often the truth lies inside, whatever the errors' distribution is.
/// </summary>
/// <remarks>
/// Errors of one history, siblings included, share its calendar: where they cover few periods of the length that is forecast,
/// they have not seen a Christmas. Typical errors stand in for what is missing, one part in 1 + periods.
/// </remarks>
internal sealed class Conformal
{
    private const double OriginsAtHalf = 20;
    private const int MonthDays = 30;

    private readonly Residuals own;
    private readonly Residuals siblings;
    private readonly Residuals typical;
    private readonly double ownWeight;
    private readonly double siblingsWeight;
    private readonly double typicalWeight;

    /// <summary>Weighs the errors.</summary>
    /// <param name="own">The series' own errors.</param>
    /// <param name="pool">Those of its siblings.</param>
    /// <param name="typical">Those of other people's series.</param>
    /// <param name="days">How many days are forecast.</param>
    public Conformal(Residuals own, ResidualPool pool, Residuals typical, int days)
    {
        (this.own, siblings, this.typical) = (own, pool.Errors, typical);
        typicalWeight = 1 / (1 + Math.Max(PeriodsSeen(own, days), PeriodsSeen(siblings, days)));
        var share = own.Totals.Length == 0 ? 0 : pool.IsEmpty ? 1 : own.Origins / (own.Origins + OriginsAtHalf);
        ownWeight = (1 - typicalWeight) * share;
        siblingsWeight = (1 - typicalWeight) * (1 - share);
    }

    /// <summary>How far below and above the forecast of a day the interval reaches, in units of the scale.</summary>
    /// <param name="ahead">Which day, from 1.</param>
    /// <param name="miscoverage">How often the truth may lie outside, 0 to 1.</param>
    public Reach Daily(int ahead, double miscoverage) =>
        Blend(DailyOf(own, ahead, miscoverage), DailyOf(siblings, ahead, miscoverage), DailyOf(typical, ahead, miscoverage));

    /// <summary>The same for the mean day of the whole period.</summary>
    /// <param name="miscoverage">How often the truth may lie outside, 0 to 1.</param>
    public Reach Total(double miscoverage) => Blend(
        Quantiles(own.Totals, miscoverage), Quantiles(siblings.Totals, miscoverage), Quantiles(typical.Totals, miscoverage));

    /// <summary>How likely the mean day of the period is more than so much above its forecast, 0 to 1.</summary>
    /// <param name="distance">In units of the scale.</param>
    public double ChanceAbove(double distance) =>
        (ownWeight * ShareAbove(own.Totals, distance))
        + (siblingsWeight * ShareAbove(siblings.Totals, distance))
        + (typicalWeight * ShareAbove(typical.Totals, distance));

    /// <summary>How many periods apart errors come from; a part of one when they reach less far than they should.</summary>
    private static double PeriodsSeen(Residuals errors, int days)
    {
        var needed = Math.Min(days, MonthDays);
        return errors.Totals.Length == 0 ? 0 : (1 + ((double)errors.Span / days)) * Math.Min(1, (double)errors.Days / needed);
    }

    private Reach Blend(Reach mine, Reach theirs, Reach usual) => new(
        Math.Min(0, (ownWeight * mine.Below) + (siblingsWeight * theirs.Below) + (typicalWeight * usual.Below)),
        Math.Max(0, (ownWeight * mine.Above) + (siblingsWeight * theirs.Above) + (typicalWeight * usual.Above)));

    /// <summary>Days farther ahead than was ever tried take the farthest errors, which grow with the root of the days.</summary>
    private static Reach DailyOf(Residuals errors, int ahead, double miscoverage)
    {
        var known = Math.Min(ahead, errors.Days);
        if (known == 0)
        {
            return default;
        }

        var bucket = Residuals.BucketOf(known);
        while (bucket > 0 && errors.Buckets[bucket].Length == 0)
        {
            bucket--;
        }

        var growth = Math.Sqrt((double)ahead / known);
        var reach = Quantiles(errors.Buckets[bucket], miscoverage);
        return new(reach.Below * growth, reach.Above * growth);
    }

    private static Reach Quantiles(double[] sorted, double miscoverage)
    {
        if (sorted.Length == 0)
        {
            return default;
        }

        var rank = (int)Math.Ceiling((sorted.Length + 1) * (1 - (miscoverage / 2))) - 1;
        var upper = Math.Clamp(rank, 0, sorted.Length - 1);
        return new(sorted[sorted.Length - 1 - upper], sorted[upper]);
    }

    private static double ShareAbove(double[] sorted, double distance)
    {
        if (sorted.Length == 0)
        {
            return 0;
        }

        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] <= distance ? (middle + 1, high) : (low, middle);
        }

        return (sorted.Length - low + 0.5) / (sorted.Length + 1);
    }

    /// <summary>How far an interval reaches.</summary>
    /// <param name="Below">At most zero.</param>
    /// <param name="Above">At least zero.</param>
    public readonly record struct Reach(double Below, double Above);
}
