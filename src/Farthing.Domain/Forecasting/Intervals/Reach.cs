namespace Farthing.Domain.Forecasting.Intervals;

/// <summary>How far an interval reaches to both sides of what is forecast.</summary>
/// <param name="Below">At most zero.</param>
/// <param name="Above">At least zero.</param>
internal readonly record struct Reach(double Below, double Above)
{
    /// <summary>The same reach in another unit.</summary>
    public Reach Times(double factor) => new(Below * factor, Above * factor);
}

/// <summary>How far the intervals of single days reach.</summary>
/// <param name="buckets">The reach of each bucket of days, see <see cref="Residuals.BucketOf"/>.</param>
/// <param name="tried">How many days ahead were ever tried.</param>
internal sealed class DailyReach(Reach[] buckets, int tried)
{
    /// <summary>The reach of one day; farther ahead than was ever tried it grows with the root of the days.</summary>
    /// <param name="ahead">Which day, from 1.</param>
    public Reach Of(int ahead)
    {
        var known = Math.Clamp(ahead, 1, Math.Max(1, tried));
        return buckets[Residuals.BucketOf(known)].Times(Math.Sqrt((double)ahead / known));
    }
}
