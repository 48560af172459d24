using System.Globalization;

namespace Farthing.Domain.Money;

/// <summary>
/// An exact amount of US dollars, counted in picodollars (1e-12 USD). Sums never round and never overflow in practice:
/// the range is about ±1.7e26 USD.
/// </summary>
/// <remarks>
/// Kept as two words and added by hand, because code that touches <see cref="Int128"/> cannot be compiled ahead of time;
/// every method that does is compiled at every start of the program. <see cref="Picodollars"/> is for the rare rest.
/// </remarks>
public readonly record struct Usd : IComparable<Usd>
{
    /// <summary>Picodollars in one dollar.</summary>
    public const long PicodollarsPerUsd = 1_000_000_000_000;

    /// <summary>Picodollars in one cent.</summary>
    public const long PicodollarsPerCent = PicodollarsPerUsd / 100;

    private const int Decimals = 12;
    private const long FemtodollarsPerPicodollar = 1_000;

    private readonly long high;
    private readonly ulong low;

    /// <summary>An amount.</summary>
    /// <param name="picodollars">The amount in picodollars; negative for corrections.</param>
    public Usd(Int128 picodollars) =>
        (high, low) = ((long)(picodollars >> 64), unchecked((ulong)picodollars));

    /// <summary>An amount within 64 bits, ±9.2 million dollars.</summary>
    /// <param name="picodollars">The amount in picodollars; negative for corrections.</param>
    public Usd(long picodollars) => (high, low) = (picodollars >> 63, unchecked((ulong)picodollars));

    private Usd(long high, ulong low) => (this.high, this.low) = (high, low);

    /// <summary>An amount whose 128 bits of picodollars are told in two halves.</summary>
    public static Usd FromHalves(long high, ulong low) => new(high, low);

    /// <summary>Nothing.</summary>
    public static Usd Zero => default;

    /// <summary>The amount in picodollars; negative for corrections.</summary>
    public Int128 Picodollars => new(unchecked((ulong)high), low);

    /// <summary>Whether the amount fits 64 bits of picodollars (±9.2 million dollars), and that number.</summary>
    public bool TryGetPicodollars(out long picodollars)
    {
        picodollars = unchecked((long)low);
        return high == picodollars >> 63;
    }

    /// <summary>Rounds an amount of femtodollars (1e-15 USD) half-even to picodollars: once per token class.</summary>
    public static Usd FromFemtodollars(Int128 femtodollars) =>
        new(Rounding.DivideHalfEven(femtodollars, FemtodollarsPerPicodollar));

    /// <summary>The same for amounts that fit 64 bits (9,223 USD), which is every call in practice and far cheaper.</summary>
    public static Usd FromFemtodollars(long femtodollars) =>
        new(Rounding.DivideHalfEven(femtodollars, FemtodollarsPerPicodollar));

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
        if (DecimalText.TryParseShort(text, Decimals, out var few))
        {
            amount = new(few);
            return true;
        }

        return TryParseLong(text, out amount);
    }

    /// <summary>The amount as a decimal, for the edges only.</summary>
    /// <exception cref="OverflowException">The amount is beyond ±7.9e16 USD, the range of a decimal with twelve places.</exception>
    public decimal ToDecimal() => TryGetPicodollars(out var few) ? (decimal)few / PicodollarsPerUsd : ToDecimalLong();

    /// <summary>The amount rounded half-even to a number of decimals, 0 to 12.</summary>
    public Usd Round(int decimals)
    {
        var unit = DecimalText.ShortPowerOfTen(Decimals - decimals);
        return TryGetPicodollars(out var few) && few is > long.MinValue / 2 and < long.MaxValue / 2
            ? new(Rounding.DivideHalfEven(few, unit) * unit)
            : RoundLong(unit);
    }

    /// <summary>For people: <c>$1,234.57</c>, rounded half-even to the given number of decimals (2 unless told).</summary>
    public string Format(int decimals = 2)
    {
        var rounded = Round(decimals);
        var digits = rounded.TryGetPicodollars(out var few)
            ? DecimalText.Format(few, Decimals, decimals, CultureInfo.InvariantCulture)
            : rounded.FormatLong(decimals);
        return digits[0] == '-' ? $"-${digits[1..]}" : $"${digits}";
    }

    /// <summary>The exact amount without trailing zeros, as machines read it: <c>0.0938787</c>.</summary>
    public override string ToString() =>
        TryGetPicodollars(out var few) ? DecimalText.FormatExact(few, Decimals) : ToStringLong();

    /// <inheritdoc/>
    public bool Equals(Usd other) => high == other.high && low == other.low;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(high, low);

    /// <inheritdoc/>
    public int CompareTo(Usd other) => high != other.high ? high.CompareTo(other.high) : low.CompareTo(other.low);

    /// <summary>Adds exactly.</summary>
    /// <exception cref="OverflowException">The sum is beyond ±1.7e26 USD.</exception>
    public static Usd operator +(Usd left, Usd right)
    {
        var sum = unchecked(left.low + right.low);
        return new(left.high + right.high + (sum < left.low ? 1 : 0), sum);
    }

    /// <summary>Subtracts exactly.</summary>
    /// <exception cref="OverflowException">The difference is beyond ±1.7e26 USD.</exception>
    public static Usd operator -(Usd left, Usd right) =>
        new(left.high - right.high - (left.low < right.low ? 1 : 0), unchecked(left.low - right.low));

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

    private static bool TryParseLong(ReadOnlySpan<char> text, out Usd amount)
    {
        var parsed = DecimalText.TryParse(text, Decimals, out var picodollars);
        amount = new(picodollars);
        return parsed;
    }

    private Usd RoundLong(long unit) => new(Rounding.DivideHalfEven(Picodollars, unit) * unit);

    private string FormatLong(int decimals) => DecimalText.Format(Picodollars, Decimals, decimals, CultureInfo.InvariantCulture);

    private string ToStringLong() => DecimalText.FormatExact(Picodollars, Decimals);

    private decimal ToDecimalLong() => (decimal)Picodollars / PicodollarsPerUsd;
}
