using System.Globalization;

namespace Farthing.Domain.Money;

/// <summary>
/// An exact amount of US dollars, counted in picodollars (1e-12 USD). Sums never round and never overflow in practice:
/// the range is about ±1.7e26 USD.
/// </summary>
/// <remarks>
/// Kept as two halves: a type that holds an <see cref="Int128"/> has no fixed layout, so ReadyToRun would leave every
/// method that touches money, an event or a price to be compiled at start-up.
/// </remarks>
public readonly record struct Usd : IComparable<Usd>
{
    /// <summary>Picodollars in one dollar.</summary>
    public const long PicodollarsPerUsd = 1_000_000_000_000;

    /// <summary>Picodollars in one cent.</summary>
    public const long PicodollarsPerCent = PicodollarsPerUsd / 100;

    private const int Decimals = 12;
    private const int FemtodollarsPerPicodollar = 1_000;
    private const int HalfBits = 64;

    private readonly long upper;
    private readonly ulong lower;

    /// <summary>An amount in picodollars; negative for corrections.</summary>
    public Usd(Int128 picodollars)
        : this((long)(picodollars >> HalfBits), unchecked((ulong)picodollars))
    {
    }

    private Usd(long upper, ulong lower)
    {
        this.upper = upper;
        this.lower = lower;
    }

    /// <summary>The amount in picodollars; negative for corrections.</summary>
    public Int128 Picodollars => new(unchecked((ulong)upper), lower);

    /// <summary>Nothing.</summary>
    public static Usd Zero => default;

    /// <summary>Rounds an amount of femtodollars (1e-15 USD) half-even to picodollars: once per token class.</summary>
    public static Usd FromFemtodollars(Int128 femtodollars) =>
        new(Rounding.DivideHalfEven(femtodollars, FemtodollarsPerPicodollar));

    /// <summary>An amount of picodollars within 64 bits, as columns hold it.</summary>
    public static Usd FromPicodollars(long picodollars) => new(picodollars < 0 ? -1 : 0, unchecked((ulong)picodollars));

    /// <summary>An amount whose 128 bits are told in two halves.</summary>
    public static Usd FromHalves(long upper, ulong lower) => new(upper, lower);

    /// <summary>Takes a decimal amount of dollars over exactly.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount has more than twelve decimals.</exception>
    public static Usd FromDecimal(decimal usd)
    {
        var whole = decimal.Truncate(usd);
        var fraction = (usd - whole) * PicodollarsPerUsd;
        return decimal.IsInteger(fraction)
            ? new(((Int128)whole * PicodollarsPerUsd) + (Int128)fraction)
            : throw new ArgumentOutOfRangeException(nameof(usd), usd, "An amount of dollars has at most twelve decimals.");
    }

    /// <summary>Reads a plain decimal number such as <c>-0.000012</c>: digits and one point, no exponent, no grouping.</summary>
    /// <returns>False when the text is something else or has more than twelve significant decimals.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Usd amount)
    {
        var parsed = DecimalText.TryParse(text, Decimals, out var picodollars);
        amount = new(picodollars);
        return parsed;
    }

    /// <summary>The amount in picodollars when it fits 64 bits: within ±9.2 million dollars.</summary>
    public bool TryGetPicodollars(out long picodollars)
    {
        picodollars = unchecked((long)lower);
        return upper == (picodollars < 0 ? -1 : 0);
    }

    /// <summary>The amount as a decimal, for the edges only.</summary>
    /// <exception cref="OverflowException">The amount is beyond ±7.9e16 USD, the range of a decimal with twelve places.</exception>
    public decimal ToDecimal() => (decimal)Picodollars / PicodollarsPerUsd;

    /// <summary>The amount rounded half-even to a number of decimals, 0 to 12.</summary>
    public Usd Round(int decimals)
    {
        var unit = DecimalText.PowerOfTen(Decimals - decimals);
        return new(Rounding.DivideHalfEven(Picodollars, unit) * unit);
    }

    /// <summary>For people: <c>$1,234.57</c>, rounded half-even to the given number of decimals (2 unless told).</summary>
    public string Format(int decimals = 2)
    {
        var digits = DecimalText.Format(Round(decimals).Picodollars, Decimals, decimals, CultureInfo.InvariantCulture);
        return digits[0] == '-' ? $"-${digits[1..]}" : $"${digits}";
    }

    /// <summary>The exact amount without trailing zeros, as machines read it: <c>0.0938787</c>.</summary>
    public override string ToString() => DecimalText.FormatExact(Picodollars, Decimals);

    /// <inheritdoc/>
    public int CompareTo(Usd other)
    {
        var order = upper.CompareTo(other.upper);
        return order != 0 ? order : lower.CompareTo(other.lower);
    }

    /// <summary>Adds exactly.</summary>
    public static Usd operator +(Usd left, Usd right)
    {
        var low = unchecked(left.lower + right.lower);
        return new(left.upper + right.upper + (low < right.lower ? 1 : 0), low);
    }

    /// <summary>Subtracts exactly.</summary>
    public static Usd operator -(Usd left, Usd right)
    {
        var borrow = left.lower < right.lower ? 1 : 0;
        return new(left.upper - right.upper - borrow, unchecked(left.lower - right.lower));
    }

    /// <summary>Changes the sign.</summary>
    public static Usd operator -(Usd amount) => Zero - amount;

    /// <summary>Compares amounts.</summary>
    public static bool operator <(Usd left, Usd right) => left.CompareTo(right) < 0;

    /// <summary>Compares amounts.</summary>
    public static bool operator >(Usd left, Usd right) => left.CompareTo(right) > 0;

    /// <summary>Compares amounts.</summary>
    public static bool operator <=(Usd left, Usd right) => left.CompareTo(right) <= 0;

    /// <summary>Compares amounts.</summary>
    public static bool operator >=(Usd left, Usd right) => left.CompareTo(right) >= 0;
}
