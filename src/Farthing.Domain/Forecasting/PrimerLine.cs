using System.Numerics;
using Farthing.Domain.Money;

namespace Farthing.Domain.Forecasting;

/// <summary>What was spent on one day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Amount">The exact amount.</param>
public readonly record struct DailyAmount(DateOnly Day, Usd Amount);

/// <summary>One day of Primer's history.</summary>
/// <param name="Day">A day with spend.</param>
/// <param name="Cost">Dollars, rounded half-even to four decimals.</param>
public readonly record struct PrimerDay(DateOnly Day, decimal Cost);

/// <summary>One day of Primer's forecast, in dollars with four decimals.</summary>
/// <param name="Day">A day to come.</param>
/// <param name="Projected">The line, never below zero.</param>
/// <param name="Upper">The line and one standard deviation of the residuals.</param>
/// <param name="Lower">The line less one standard deviation, never below zero.</param>
public readonly record struct PrimerPoint(DateOnly Day, decimal Projected, decimal Upper, decimal Lower);

/// <summary>
/// Primer's forecast, exactly: the straight line of least squares through the days with spend by their position (days without
/// are absent, not zero), with a band of one standard deviation.
/// </summary>
/// <remarks>
/// Computed in fractions of integers and rounded half-even once, so that no answer depends on the noise of binary floats: only
/// the band's square root is cut, after thirty digits below a picodollar. It is the contract of Primer's clients, not the
/// forecast to act upon: <see cref="Forecaster"/> is.
/// </remarks>
public sealed record PrimerLine
{
    /// <summary>The longest forecast in days.</summary>
    public const int DaysMax = 365;

    private const int MonthDays = 30;
    private const int DailyDecimals = 4;
    private const int MonthlyDecimals = 2;
    private const int TrendInverse = 20;
    private static readonly BigInteger RootScale = BigInteger.Pow(10, 30);

    /// <summary>The days that were given.</summary>
    public required IReadOnlyList<PrimerDay> History { get; init; }

    /// <summary>The days to come; none when there are fewer than two days of history.</summary>
    public required IReadOnlyList<PrimerPoint> Points { get; init; }

    /// <summary>Thirty days of the forecast in dollars with two decimals.</summary>
    public required decimal MonthlyProjection { get; init; }

    /// <summary>Whether the line climbs or falls by more than a twentieth of the mean each day.</summary>
    public required TrendDirection Trend { get; init; }

    /// <summary>Draws the line.</summary>
    /// <param name="history">The days with spend in their order, at most one entry a day.</param>
    /// <param name="days">How many days to project, 1 to <see cref="DaysMax"/>.</param>
    public static PrimerLine Through(IReadOnlyList<DailyAmount> history, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, DaysMax);
        var line = history.Count < 2 ? null : new Line(history);
        var points = line is null ? [] : Project(line, history[^1].Day, days);
        return new()
        {
            History = [.. history.Select(static day => new PrimerDay(day.Day, day.Amount.Round(DailyDecimals).ToDecimal()))],
            Points = points,
            MonthlyProjection = points.Length == 0 ? MonthOf(history) : MonthOf(points),
            Trend = line is null ? TrendDirection.Stable : TrendOf(line),
        };
    }

    private static PrimerPoint[] Project(Line line, DateOnly last, int days)
    {
        var points = new PrimerPoint[days];
        var deviation = line.Deviation();
        for (var ahead = 1; ahead <= days; ahead++)
        {
            var projected = line.At(line.Count - 1 + ahead).OrZero();
            points[ahead - 1] = new(
                last.AddDays(ahead),
                projected.ToUsd(DailyDecimals),
                projected.Plus(deviation).ToUsd(DailyDecimals),
                projected.Minus(deviation).OrZero().ToUsd(DailyDecimals));
        }

        return points;
    }

    private static decimal MonthOf(IReadOnlyList<DailyAmount> history) =>
        history is [var only] ? new Fraction((BigInteger)only.Amount.Picodollars * MonthDays, 1).ToUsd(MonthlyDecimals) : 0m;

    /// <summary>The sum of thirty rounded days; of a shorter forecast, thirty times its mean day.</summary>
    private static decimal MonthOf(PrimerPoint[] points)
    {
        var counted = Math.Min(points.Length, MonthDays);
        var sum = points.Take(counted).Sum(static point => point.Projected);
        return new Fraction((BigInteger)Usd.FromDecimal(sum).Picodollars * MonthDays, counted).ToUsd(MonthlyDecimals);
    }

    private static TrendDirection TrendOf(Line line)
    {
        if (line.Sum.Sign <= 0)
        {
            return TrendDirection.Stable;
        }

        var steepness = line.Rise * line.Count * TrendInverse;
        var mean = line.Sum * line.Spread;
        return steepness > mean ? TrendDirection.Increasing : steepness < -mean ? TrendDirection.Decreasing : TrendDirection.Stable;
    }

    /// <summary>
    /// Least squares over the positions 0 to n−1 in picodollars: the slope is <see cref="Rise"/> ÷ <see cref="Spread"/>.
    /// </summary>
    private sealed class Line
    {
        private readonly BigInteger squares;
        private readonly BigInteger positions;

        public Line(IReadOnlyList<DailyAmount> history)
        {
            Count = history.Count;
            BigInteger products = 0;
            for (var position = 0; position < Count; position++)
            {
                var amount = (BigInteger)history[position].Amount.Picodollars;
                Sum += amount;
                squares += amount * amount;
                products += amount * position;
            }

            BigInteger count = Count;
            positions = count * (count - 1) / 2;
            Spread = count * count * ((count * count) - 1) / 12;
            Rise = (count * products) - (positions * Sum);
        }

        public int Count { get; }

        /// <summary>The sum of all amounts.</summary>
        public BigInteger Sum { get; }

        /// <summary>n Σxy − Σx Σy.</summary>
        public BigInteger Rise { get; }

        /// <summary>n Σx² − (Σx)²; positive.</summary>
        public BigInteger Spread { get; }

        public Fraction At(int position) =>
            new((Rise * position * Count) + (Sum * Spread) - (Rise * positions), Spread * Count);

        /// <summary>The square root of the squared residuals ÷ max(n − 2, 1): exact when it is a fraction, else cut.</summary>
        public Fraction Deviation()
        {
            var above = (Spread * ((squares * Count) - (Sum * Sum))) - (Rise * Rise);
            var below = Spread * Count * Math.Max(Count - 2, 1);
            var root = RootOf(above * below);
            return root * root == above * below
                ? new(root, below)
                : new(RootOf(above * below * RootScale * RootScale), below * RootScale);
        }

        /// <summary>The largest integer whose square is not above the value (Newton's method from above).</summary>
        private static BigInteger RootOf(BigInteger value)
        {
            if (value.IsZero)
            {
                return value;
            }

            var root = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
            while (true)
            {
                var next = (root + (value / root)) >> 1;
                if (next >= root)
                {
                    return root;
                }

                root = next;
            }
        }
    }

    /// <summary>An exact fraction of picodollars; the part below is positive.</summary>
    private readonly record struct Fraction(BigInteger Above, BigInteger Below)
    {
        public Fraction OrZero() => Above.Sign < 0 ? new(0, 1) : this;

        public Fraction Plus(Fraction other) => new((Above * other.Below) + (other.Above * Below), Below * other.Below);

        public Fraction Minus(Fraction other) => Plus(other with { Above = -other.Above });

        /// <summary>Dollars, rounded half-even to a number of decimals: the only rounding.</summary>
        public decimal ToUsd(int decimals)
        {
            var unit = BigInteger.Pow(10, 12 - decimals);
            var divisor = Below * unit;
            var quotient = BigInteger.DivRem(Above, divisor, out var rest);
            var twice = (BigInteger.Abs(rest) * 2).CompareTo(divisor);
            var isAway = twice > 0 || (twice == 0 && !quotient.IsEven);
            var rounded = isAway ? quotient + Above.Sign : quotient;
            return new Usd((Int128)(rounded * unit)).ToDecimal();
        }
    }
}
