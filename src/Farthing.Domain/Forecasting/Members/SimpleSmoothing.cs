using System.Numerics;

namespace Farthing.Domain.Forecasting.Members;

/// <summary>
/// Simple exponential smoothing: the level follows each day by a share of its error. The share is the best of a grid in
/// hindsight, all of which run side by side in one pass.
/// </summary>
internal static class SimpleSmoothing
{
    /// <summary>How many days the first level is the mean of.</summary>
    public const int StartDays = 7;

    private static readonly double[] Shares =
    [
        0.01, 0.02, 0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85,
        0.90, 0.95, 0.95, 0.95, 0.95,
    ];

    /// <summary>The last level.</summary>
    /// <param name="days">The history without its season; at least one day.</param>
    public static Level Fit(ReadOnlySpan<double> days)
    {
        Span<double> levels = stackalloc double[Shares.Length];
        Span<double> squares = stackalloc double[Shares.Length];
        levels.Fill(StartOf(days));
        squares.Clear();
        var lanes = Vector<double>.Count;
        for (var first = 0; first < Shares.Length; first += lanes)
        {
            var share = new Vector<double>(Shares, first);
            var level = new Vector<double>(levels[first..]);
            var square = Vector<double>.Zero;
            foreach (var day in days)
            {
                var error = new Vector<double>(day) - level;
                square += error * error;
                level += share * error;
            }

            level.CopyTo(levels[first..]);
            square.CopyTo(squares[first..]);
        }

        var best = 0;
        for (var candidate = 1; candidate < Shares.Length; candidate++)
        {
            best = squares[candidate] < squares[best] ? candidate : best;
        }

        return new(levels[best], Shares[best]);
    }

    private static double StartOf(ReadOnlySpan<double> days)
    {
        var count = Math.Min(StartDays, days.Length);
        var sum = 0d;
        foreach (var day in days[..count])
        {
            sum += day;
        }

        return sum / count;
    }

    /// <summary>What smoothing leaves.</summary>
    /// <param name="Value">The last level, which is the forecast of every day to come.</param>
    /// <param name="Share">The share of each error that moved it.</param>
    public readonly record struct Level(double Value, double Share);
}
