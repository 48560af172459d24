using System.Globalization;

namespace Farthing.Domain.Money;

/// <summary>
/// An exact amount of US dollars, counted in picodollars (1e-12 USD). Sums never round and never overflow in practice:
/// the range is about ±1.7e26 USD.
/// </summary>
/// <param name="Picodollars">The amount in picodollars; negative for corrections.</param>
public readonly record struct Usd(Int128 Picodollars) : IComparable<Usd>
{
    /// <summary>Picodollars in one dollar.</summary>
    public const long PicodollarsPerUsd = 1_000_000_000_000;

    /// <summary>Picodollars in one cent.</summary>
    public const long PicodollarsPerCent = PicodollarsPerUsd / 100;

    private const int Decimals = 12;
    private const int FemtodollarsPerPicodollar = 1_000;

    /// <summary>Nothing.</summary>
    public static Usd Zero => default;

    /// <summary>Rounds an amount of femtodollars (1e-15 USD) half-even to picodollars: once per token class.</summary>
    public static Usd FromFemtodollars(Int128 femtodollars) =>
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
        var parsed = DecimalText.TryParse(text, Decimals, out var picodollars);
        amount = new(picodollars);
        return parsed;
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
    public int CompareTo(Usd other) => Picodollars.CompareTo(other.Picodollars);

    /// <summary>Adds exactly.</summary>
    public static Usd operator +(Usd left, Usd right) => new(left.Picodollars + right.Picodollars);

    /// <summary>Subtracts exactly.</summary>
    public static Usd operator -(Usd left, Usd right) => new(left.Picodollars - right.Picodollars);

    /// <summary>Changes the sign.</summary>
    public static Usd operator -(Usd amount) => new(-amount.Picodollars);

    /// <summary>Compares amounts.</summary>
    public static bool operator <(Usd left, Usd right) => left.Picodollars < right.Picodollars;

    /// <summary>Compares amounts.</summary>
    public static bool operator >(Usd left, Usd right) => left.Picodollars > right.Picodollars;

    /// <summary>Compares amounts.</summary>
    public static bool operator <=(Usd left, Usd right) => left.Picodollars <= right.Picodollars;

    /// <summary>Compares amounts.</summary>
    public static bool operator >=(Usd left, Usd right) => left.Picodollars >= right.Picodollars;
}
