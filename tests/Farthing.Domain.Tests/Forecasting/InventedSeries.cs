using Farthing.Domain.Forecasting;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Domain.Tests.Forecasting;

/// <summary>Series as teams make them: a level, a week, noise, days off, the odd incident.</summary>
internal static class InventedSeries
{
    /// <summary>A Monday.</summary>
    public static readonly DateOnly FirstDay = new(2026, 1, 5);

    /// <summary>Series of any length, some with gaps and zeros.</summary>
    public static Arbitrary<double[]> Any { get; } = (
        from count in Gen.Frequency((40, Gen.Choose(1, 80)), (1, Gen.Choose(81, 400)))
        from level in Gen.Choose(0, 5_000)
        from week in Gen.Choose(0, 100)
        from seed in Gen.Choose(1, int.MaxValue - 1)
        select Weekly(count, level / 10d, week / 100d, 0.3, seed)).ToArbitrary();

    /// <summary>Series of every length from a week on, that grow or shrink by up to a hundredth a day, with noise.</summary>
    public static Arbitrary<double[]> Growing { get; } = (
        from count in Gen.Frequency((20, Gen.Choose(7, 80)), (1, Gen.Choose(81, 400)))
        from level in Gen.Choose(100, 5_000)
        from growth in Gen.Choose(-10, 10)
        from seed in Gen.Choose(1, int.MaxValue - 1)
        select Weekly(count, level, 0.5, 0.3, seed).Select((value, day) => value * Math.Pow(1 + (growth / 1_000d), day)).ToArray()).ToArbitrary();

    /// <summary>A series from numbers.</summary>
    public static DailySeries Of(params double[] values) => DailySeries.Of(FirstDay, values);

    /// <summary>A level with quiet weekends and seeded noise.</summary>
    /// <param name="count">How many days.</param>
    /// <param name="level">Dollars of the usual day.</param>
    /// <param name="week">How much less a weekend is, 0 to 1.</param>
    /// <param name="noise">The noise, 0 to 1.</param>
    /// <param name="seed">The same seed makes the same series.</param>
    public static double[] Weekly(int count, double level, double week = 0.8, double noise = 0.2, int seed = 7)
    {
        var state = (uint)seed;
        var values = new double[count];
        for (var day = 0; day < count; day++)
        {
            state = unchecked((state * 1_664_525) + 1_013_904_223);
            var chance = state / (double)uint.MaxValue;
            values[day] = level * (day % 7 >= 5 ? 1 - week : 1) * (1 + (noise * (chance - 0.5)));
        }

        return values;
    }
}
