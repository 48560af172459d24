using System.Globalization;

namespace Farthing.Domain.Money;

/// <summary>Decimal numbers as text to scaled integers and back, without ever passing through floating point.</summary>
public static class DecimalText
{
    private const int DigitsMax = 36;
    private const int GroupSize = 3;

    /// <summary>Reads <c>[-]digits[.digits]</c> as an integer scaled by ten to the power of <paramref name="decimals"/>.</summary>
    /// <returns>False for any other form, for too many digits, and for a non-zero digit beyond the last decimal.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, int decimals, out Int128 scaled)
    {
        scaled = 0;
        var negative = text.StartsWith("-");
        var digits = negative ? text[1..] : text;
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty) || !AllDigits(whole) || !AllDigits(fraction))
        {
            return false;
        }

        fraction = fraction.TrimEnd('0');
        whole = whole.TrimStart('0');
        if (fraction.Length > decimals || whole.Length + decimals > DigitsMax)
        {
            return false;
        }

        scaled = (Accumulate(whole) * PowerOfTen(decimals)) + (Accumulate(fraction) * PowerOfTen(decimals - fraction.Length));
        scaled = negative ? -scaled : scaled;
        return true;
    }

    /// <summary>Writes a scaled integer exactly, without trailing zeros in the fraction.</summary>
    public static string FormatExact(Int128 scaled, int decimals)
    {
        var text = Format(scaled, decimals, decimals, null);
        return decimals == 0 ? text : text.TrimEnd('0').TrimEnd('.');
    }

    /// <summary>Writes a scaled integer with a fixed number of decimals; digits beyond them must be zero already.</summary>
    /// <param name="scaled">The value times ten to the power of <paramref name="scale"/>.</param>
    /// <param name="scale">The decimals that the value carries.</param>
    /// <param name="shown">The decimals to write, at most <paramref name="scale"/>.</param>
    /// <param name="grouping">Whose thousands separators to use; null for none.</param>
    public static string Format(Int128 scaled, int scale, int shown, CultureInfo? grouping)
    {
        var (whole, fraction) = Int128.DivRem(Int128.Abs(scaled), PowerOfTen(scale));
        var digits = whole.ToString("D", CultureInfo.InvariantCulture);
        if (grouping is not null)
        {
            for (var at = digits.Length - GroupSize; at > 0; at -= GroupSize)
            {
                digits = digits.Insert(at, grouping.NumberFormat.NumberGroupSeparator);
            }
        }

        var sign = scaled < 0 ? "-" : string.Empty;
        if (shown == 0)
        {
            return sign + digits;
        }

        var decimals = fraction.ToString("D", CultureInfo.InvariantCulture).PadLeft(scale, '0')[..shown];
        return $"{sign}{digits}.{decimals}";
    }

    internal static Int128 PowerOfTen(int exponent)
    {
        Int128 power = 1;
        for (; exponent > 0; exponent--)
        {
            power *= 10;
        }

        return power;
    }

    private static bool AllDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;

    private static Int128 Accumulate(ReadOnlySpan<char> digits)
    {
        Int128 value = 0;
        foreach (var digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return value;
    }
}
