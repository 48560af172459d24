using System.Globalization;
using System.Numerics;

namespace Farthing.Domain.Money;

/// <summary>
/// An exact fraction: a rate, a share, an amount that no number of decimals holds. In lowest terms; rounded once, where it
/// is shown. For reports, not for the path of a call: it counts in integers without bound.
/// </summary>
public readonly record struct Ratio : IComparable<Ratio>
{
    // Less one, so that the default is zero and not a division by it.
    private readonly BigInteger denominatorLessOne;

    private Ratio(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsOne)
        {
            Numerator = numerator;
            return;
        }

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        denominatorLessOne = (denominator / divisor) - 1;
    }

    /// <summary>Nothing.</summary>
    public static Ratio Zero => default;

    /// <summary>The whole.</summary>
    public static Ratio One => Of(1);

    /// <summary>What is divided, in lowest terms; it carries the sign.</summary>
    public BigInteger Numerator { get; private init; }

    /// <summary>What it is divided by, in lowest terms; positive.</summary>
    public BigInteger Denominator => denominatorLessOne + 1;

    /// <summary>A whole number.</summary>
    public static Ratio Of(BigInteger whole) => new(whole, BigInteger.One);

    /// <summary>A fraction.</summary>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public static Ratio Of(BigInteger numerator, BigInteger denominator) =>
        denominator.IsZero ? throw new DivideByZeroException("A ratio has a denominator.") : new(numerator, denominator);

    /// <summary>A decimal number, exactly.</summary>
    public static Ratio FromDecimal(decimal value)
    {
        var bits = decimal.GetBits(value);
        var digits = (BigInteger)new decimal(bits[0], bits[1], bits[2], value < 0, 0);
        return new(digits, BigInteger.Pow(10, value.Scale));
    }

    /// <summary>An amount in dollars, exactly.</summary>
    public static Ratio Dollars(Usd amount) => new(amount.Picodollars, Usd.PicodollarsPerUsd);

    /// <summary>Rounds half-even to a number of decimals, 0 to 28.</summary>
    /// <exception cref="OverflowException">The digits do not fit a decimal.</exception>
    public decimal Round(int decimals)
    {
        var unit = BigInteger.Pow(10, decimals);
        return (decimal)DivideHalfEven(Numerator * unit, Denominator) / (decimal)unit;
    }

    /// <summary>Takes the number as dollars, rounded half-even to a picodollar.</summary>
    public Usd ToUsd() => new((Int128)DivideHalfEven(Numerator * Usd.PicodollarsPerUsd, Denominator));

    /// <summary>The least whole number that is not below it.</summary>
    public BigInteger Ceiling()
    {
        var whole = BigInteger.DivRem(Numerator, Denominator, out var rest);
        return rest.Sign > 0 ? whole + 1 : whole;
    }

    /// <inheritdoc/>
    public int CompareTo(Ratio other) => HasUnitOf(other)
        ? Numerator.CompareTo(other.Numerator)
        : (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>The fraction as text: <c>3/8</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    /// <summary>The larger of two.</summary>
    public static Ratio Max(Ratio left, Ratio right) => left < right ? right : left;

    /// <summary>The smaller of two.</summary>
    public static Ratio Min(Ratio left, Ratio right) => right < left ? right : left;

    /// <summary>Adds exactly.</summary>
    public static Ratio operator +(Ratio left, Ratio right)
    {
        if (left.Numerator.IsZero || right.Numerator.IsZero)
        {
            return right.Numerator.IsZero ? left : right;
        }

        if (left.HasUnitOf(right))
        {
            return new(left.Numerator + right.Numerator, left.Denominator);
        }

        // In the least common unit: amounts differ by powers of ten, and their product would not fit a machine word.
        var (unit, other) = (left.Denominator, right.Denominator);
        var divisor = BigInteger.GreatestCommonDivisor(unit, other);
        return new((left.Numerator * (other / divisor)) + (right.Numerator * (unit / divisor)), unit / divisor * other);
    }

    /// <summary>Subtracts exactly.</summary>
    public static Ratio operator -(Ratio left, Ratio right) => left + -right;

    /// <summary>The opposite.</summary>
    public static Ratio operator -(Ratio ratio) => ratio with { Numerator = -ratio.Numerator };

    /// <summary>Multiplies exactly.</summary>
    public static Ratio operator *(Ratio left, Ratio right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <summary>Divides exactly.</summary>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public static Ratio operator /(Ratio left, Ratio right) =>
        Of(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    /// <summary>Compares.</summary>
    public static bool operator <(Ratio left, Ratio right) => left.CompareTo(right) < 0;

    /// <summary>Compares.</summary>
    public static bool operator >(Ratio left, Ratio right) => left.CompareTo(right) > 0;

    /// <summary>Compares.</summary>
    public static bool operator <=(Ratio left, Ratio right) => left.CompareTo(right) <= 0;

    /// <summary>Compares.</summary>
    public static bool operator >=(Ratio left, Ratio right) => left.CompareTo(right) >= 0;

    private bool HasUnitOf(Ratio other) => denominatorLessOne == other.denominatorLessOne;

    private static BigInteger DivideHalfEven(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var remainder);
        var toHalf = (BigInteger.Abs(remainder) * 2).CompareTo(divisor);
        return toHalf > 0 || (toHalf == 0 && !quotient.IsEven) ? quotient + dividend.Sign : quotient;
    }
}
