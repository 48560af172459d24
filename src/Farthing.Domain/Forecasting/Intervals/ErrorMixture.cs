namespace Farthing.Domain.Forecasting.Intervals;

/// <summary>Some errors of a mixture.</summary>
/// <param name="Sorted">The errors in ascending order.</param>
/// <param name="Weight">What they weigh beside the others; nothing where there are none.</param>
internal readonly record struct WeighedErrors(double[] Sorted, double Weight);

/// <summary>
/// One distribution of errors, mixed of several by weight. A share of it is mirrored: it counts for the size of errors, and not
/// for their direction.
/// </summary>
internal sealed class ErrorMixture
{
    private const int Halvings = 32;

    private readonly WeighedErrors[] parts;
    private readonly double weight;
    private readonly double mirrored;
    private readonly double farthest;

    /// <summary>Mixes errors.</summary>
    /// <param name="parts">The errors.</param>
    /// <param name="mirrored">The share that is mirrored, 0 to 1.</param>
    public ErrorMixture(ReadOnlySpan<WeighedErrors> parts, double mirrored)
    {
        this.parts = [.. parts.ToArray().Where(static part => part.Sorted.Length > 0 && part.Weight > 0)];
        this.mirrored = mirrored;
        weight = this.parts.Sum(static part => part.Weight);
        farthest = this.parts.Max(static part => (double?)Math.Max(Math.Abs(part.Sorted[0]), Math.Abs(part.Sorted[^1]))) ?? 0;
    }

    /// <summary>The interval that leaves half of the miscoverage on either side, and holds zero.</summary>
    /// <param name="miscoverage">How often the truth may lie outside, 0 to 1.</param>
    public Reach Central(double miscoverage) =>
        new(Math.Min(0, Quantile(miscoverage / 2)), Math.Max(0, Quantile(1 - (miscoverage / 2))));

    /// <summary>How likely an error is at most so much, 0 to 1.</summary>
    public double ChanceUpTo(double error)
    {
        var sum = 0d;
        foreach (var part in parts)
        {
            var plain = ShareUpTo(part.Sorted, error);
            var turned = 1 - ShareUpTo(part.Sorted, -error);
            sum += part.Weight * (plain + ((turned - plain) * mirrored / 2));
        }

        return weight > 0 ? sum / weight : error < 0 ? 0 : 1;
    }

    private double Quantile(double level)
    {
        var (low, high) = (-farthest, farthest);
        for (var halving = 0; halving < Halvings; halving++)
        {
            var middle = (low + high) / 2;
            (low, high) = ChanceUpTo(middle) < level ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>Conformal ranks with straight lines between errors; what is beyond all of them counts with the last.</summary>
    private static double ShareUpTo(double[] sorted, double error)
    {
        var count = CountUpTo(sorted, error);
        if (count == 0 || count == sorted.Length)
        {
            return count == 0 ? 0 : 1;
        }

        var (before, after) = (sorted[count - 1], sorted[count]);
        return (count + ((error - before) / (after - before))) / (sorted.Length + 1);
    }

    private static int CountUpTo(double[] sorted, double error)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] <= error ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
