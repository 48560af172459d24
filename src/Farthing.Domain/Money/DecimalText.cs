using System.Globalization;

namespace Farthing.Domain.Money;

/// <summary>
/// Decimal numbers as text to scaled integers and back, without ever passing through floating point. Everything exists
/// twice: on 64 bits for what occurs, on 128 for what is possible. The second cannot be compiled ahead of time and must not
/// be touched by methods that run at every start.
/// </summary>
public static class DecimalText
{
    private const int DigitsMax = 36;
    private const int ShortDigitsMax = 18;
    private const int GroupSize = 3;

    private static ReadOnlySpan<long> ShortPowers =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    /// <summary>Reads <c>[-]digits[.digits]</c> as an integer scaled by ten to the power of <paramref name="decimals"/>.</summary>
    /// <returns>False for any other form, for too many digits, and for a non-zero digit beyond the last decimal.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, int decimals, out Int128 scaled)
    {
        scaled = 0;
        if (!TrySplit(text, decimals, DigitsMax, out var negative, out var whole, out var fraction))
        {
            return false;
        }

        scaled = (Accumulate(whole) * PowerOfTen(decimals)) + (Accumulate(fraction) * PowerOfTen(decimals - fraction.Length));
        scaled = negative ? -scaled : scaled;
        return true;
    }

    /// <summary>The same for numbers of at most eighteen digits in all, decimals counted in full.</summary>
    /// <returns>False also for numbers that are only too long for this form.</returns>
    public static bool TryParseShort(ReadOnlySpan<char> text, int decimals, out long scaled)
    {
        scaled = 0;
        if (!TrySplit(text, decimals, ShortDigitsMax, out var negative, out var whole, out var fraction))
        {
            return false;
        }

        scaled = (AccumulateShort(whole) * ShortPowers[decimals]) + (AccumulateShort(fraction) * ShortPowers[decimals - fraction.Length]);
        scaled = negative ? -scaled : scaled;
        return true;
    }

    /// <summary>Writes a scaled integer exactly, without trailing zeros in the fraction.</summary>
    public static string FormatExact(Int128 scaled, int decimals) => Trim(Format(scaled, decimals, decimals, null), decimals);

    /// <summary>Writes a scaled integer exactly, without trailing zeros in the fraction.</summary>
    public static string FormatExact(long scaled, int decimals) => Trim(Format(scaled, decimals, decimals, null), decimals);

    /// <summary>Writes a scaled integer with a fixed number of decimals; digits beyond them must be zero already.</summary>
    /// <param name="scaled">The value times ten to the power of <paramref name="scale"/>.</param>
    /// <param name="scale">The decimals that the value carries.</param>
    /// <param name="shown">The decimals to write, at most <paramref name="scale"/>.</param>
    /// <param name="grouping">Whose thousands separators to use; null for none.</param>
    public static string Format(Int128 scaled, int scale, int shown, CultureInfo? grouping)
    {
        var (whole, fraction) = Int128.DivRem(Int128.Abs(scaled), PowerOfTen(scale));
        return Join(
            scaled < 0, whole.ToString("D", CultureInfo.InvariantCulture), fraction.ToString("D", CultureInfo.InvariantCulture), scale, shown, grouping);
    }

    /// <summary>The same on 64 bits; the scale is at most eighteen.</summary>
    /// <param name="scaled">The value times ten to the power of <paramref name="scale"/>.</param>
    /// <param name="scale">The decimals that the value carries.</param>
    /// <param name="shown">The decimals to write, at most <paramref name="scale"/>.</param>
    /// <param name="grouping">Whose thousands separators to use; null for none.</param>
    public static string Format(long scaled, int scale, int shown, CultureInfo? grouping)
    {
        var magnitude = unchecked((ulong)(scaled < 0 ? -scaled : scaled));
        var unit = (ulong)ShortPowers[scale];
        var whole = magnitude / unit;
        var fraction = magnitude - (whole * unit);
        return Join(
            scaled < 0, whole.ToString(CultureInfo.InvariantCulture), fraction.ToString(CultureInfo.InvariantCulture), scale, shown, grouping);
    }

    internal static long ShortPowerOfTen(int exponent) => ShortPowers[exponent];

    private static Int128 PowerOfTen(int exponent)
    {
        Int128 power = 1;
        for (; exponent > 0; exponent--)
        {
            power *= 10;
        }

        return power;
    }

    private static bool TrySplit(
        ReadOnlySpan<char> text, int decimals, int digitsMax, out bool negative, out ReadOnlySpan<char> whole, out ReadOnlySpan<char> fraction)
    {
        negative = text.Length > 0 && text[0] == '-';
        var digits = negative ? text[1..] : text;
        var point = digits.IndexOf('.');
        whole = point < 0 ? digits : digits[..point];
        fraction = point < 0 ? [] : digits[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty) || !AllDigits(whole) || !AllDigits(fraction))
        {
            return false;
        }

        fraction = fraction.TrimEnd('0');
        whole = whole.TrimStart('0');
        return fraction.Length <= decimals && whole.Length + decimals <= digitsMax;
    }

    private static string Join(bool negative, string whole, string fraction, int scale, int shown, CultureInfo? grouping)
    {
        if (grouping is not null)
        {
            for (var at = whole.Length - GroupSize; at > 0; at -= GroupSize)
            {
                whole = whole.Insert(at, grouping.NumberFormat.NumberGroupSeparator);
            }
        }

        var sign = negative ? "-" : string.Empty;
        return shown == 0 ? sign + whole : string.Concat(sign, whole, ".", fraction.PadLeft(scale, '0')[..shown]);
    }

    private static string Trim(string text, int decimals) => decimals == 0 ? text : text.TrimEnd('0').TrimEnd('.');

    private static bool AllDigits(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character))
            {
                return false;
            }
        }

        return true;
    }

    private static Int128 Accumulate(ReadOnlySpan<char> digits)
    {
        Int128 value = 0;
        foreach (var digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return value;
    }

    private static long AccumulateShort(ReadOnlySpan<char> digits)
    {
        var value = 0L;
        foreach (var digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return value;
    }
}
