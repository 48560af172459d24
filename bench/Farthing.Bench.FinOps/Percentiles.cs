namespace Farthing.Bench.FinOps;

/// <summary>How long something took, in milliseconds.</summary>
/// <param name="Half">Half of the times were not longer.</param>
/// <param name="Most">95 of 100 times were not longer.</param>
internal readonly record struct Percentiles(double Half, double Most)
{
    /// <summary>Those of some times.</summary>
    public static Percentiles Of(IEnumerable<double> times)
    {
        var sorted = times.Order().ToArray();
        return new(At(sorted, 0.5), At(sorted, 0.95));
    }

    private static double At(double[] sorted, double which) => sorted[Math.Min((int)Math.Ceiling(sorted.Length * which) - 1, sorted.Length - 1)];
}
