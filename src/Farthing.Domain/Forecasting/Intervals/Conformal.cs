namespace Farthing.Domain.Forecasting.Intervals;

/// <summary>
/// Hybrid split conformal intervals: quantiles of a mixture of the series' own errors, those of its siblings, weighed by how many
/// own there are, and typical ones. They promise how often the truth lies inside, whatever the errors' distribution is.
/// </summary>
/// <remarks>
/// Errors of one history, siblings included, share its calendar: where they cover few periods of the length that is forecast,
/// they have not seen a Christmas, and that all went one way says little. As what is known of anything grows with the root of
/// how often it was seen, one part in 1 + √periods is left to typical errors, and as much of all is mirrored.
/// </remarks>
internal sealed class Conformal
{
    /// <summary>How often the truth may lie outside the narrower interval.</summary>
    public const double MiscoverageOf80 = 0.20;

    /// <summary>How often it may lie outside the wider one.</summary>
    public const double MiscoverageOf95 = 0.05;

    private const double OriginsAtHalf = 20;
    private const double ChanceMin = 0.01;
    private const int MonthDays = 30;

    private readonly ErrorMixture[] days = new ErrorMixture[Residuals.BucketCount];
    private readonly ErrorMixture total;
    private readonly int tried;

    /// <summary>Mixes the errors.</summary>
    /// <param name="own">The series' own errors.</param>
    /// <param name="pool">Those of its siblings.</param>
    /// <param name="typical">Those of other people's series.</param>
    /// <param name="length">How many days are forecast.</param>
    public Conformal(Residuals own, ResidualPool pool, Residuals typical, int length)
    {
        var siblings = pool.Errors;
        var unseen = 1 / (1 + Math.Sqrt(Math.Max(PeriodsSeen(own, length), PeriodsSeen(siblings, length))));
        var share = own.Totals.Length == 0 ? 0 : pool.IsEmpty ? 1 : own.Origins / (own.Origins + OriginsAtHalf);
        var (ownWeight, siblingsWeight) = ((1 - unseen) * share, (1 - unseen) * (1 - share));
        for (var bucket = 0; bucket < days.Length; bucket++)
        {
            days[bucket] = Mix(own.DaysOf(bucket), siblings.DaysOf(bucket), typical.DaysOf(bucket));
        }

        total = Mix(own.Totals, siblings.Totals, typical.Totals);
        tried = Math.Max(own.Days, siblings.Days) is > 0 and var some ? some : typical.Days;

        ErrorMixture Mix(double[] mine, double[] theirs, double[] usual) =>
            new([new(mine, ownWeight), new(theirs, siblingsWeight), new(usual, unseen)], mirrored: unseen);
    }

    /// <summary>How far below and above the forecast of single days the interval reaches, in units of the errors.</summary>
    /// <param name="miscoverage">How often the truth may lie outside, 0 to 1.</param>
    public DailyReach Daily(double miscoverage) =>
        new([.. days.Take(Residuals.BucketOf(Math.Max(1, tried)) + 1).Select(day => day.Central(miscoverage))], tried);

    /// <summary>The same for the mean day of the whole period.</summary>
    /// <param name="miscoverage">How often the truth may lie outside, 0 to 1.</param>
    public Reach Total(double miscoverage) => total.Central(miscoverage);

    /// <summary>
    /// How likely the mean day of the period is more than so much above its forecast, 1 % to 99 %: so few errors cannot tell a
    /// smaller chance from none.
    /// </summary>
    /// <param name="distance">In units of the errors.</param>
    public double ChanceAbove(double distance) => Math.Clamp(1 - total.ChanceUpTo(distance), ChanceMin, 1 - ChanceMin);

    /// <summary>How many periods apart errors come from; a part of one when they reach less far than they should.</summary>
    private static double PeriodsSeen(Residuals errors, int length)
    {
        var needed = Math.Min(length, MonthDays);
        return errors.Totals.Length == 0 ? 0 : (1 + ((double)errors.Span / length)) * Math.Min(1, (double)errors.Days / needed);
    }
}
