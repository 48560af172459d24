using System.Globalization;
using Farthing.Domain.Money;

namespace Farthing.Sources.AgentLogs;

/// <summary>
/// A cost that a log states as a JSON number, such as <c>0.0123</c> or <c>5e-06</c>, taken digit by digit, never through
/// floating point. Digits beyond a picodollar, which writers of floating point leave behind, are rounded half-even.
/// </summary>
internal static class ExactCost
{
    private const int Decimals = 12;
    private const int DigitsMax = 28;

    // A million dollars in picodollars, as a power of ten.
    private const int PicodollarsMaxExponent = 18;
    private const int ExponentMax = 1_000_000;

    /// <summary>Reads a cost; false when it is negative or more than a million dollars, which no call costs.</summary>
    public static bool TryParse(ReadOnlySpan<byte> number, out Usd cost)
    {
        cost = default;
        if (!TrySplit(number, out var digits, out var exponent))
        {
            return false;
        }

        var shift = exponent + Decimals;
        if (digits == 0 || shift < -DigitsMax)
        {
            return true;
        }

        if (shift > PicodollarsMaxExponent || (shift >= 0 && digits > PowerOfTen(PicodollarsMaxExponent - shift)))
        {
            return false;
        }

        var picodollars = shift >= 0 ? digits * PowerOfTen(shift) : Rounding.DivideHalfEven(digits, PowerOfTen(-shift));
        cost = new(picodollars);
        return picodollars <= PowerOfTen(PicodollarsMaxExponent);
    }

    // digits × 10^exponent, the digits cut after DigitsMax.
    private static bool TrySplit(ReadOnlySpan<byte> number, out Int128 digits, out int exponent)
    {
        (digits, exponent) = (0, 0);
        var (at, significant, behindPoint) = (0, 0, false);
        for (; at < number.Length && number[at] is not ((byte)'e' or (byte)'E'); at++)
        {
            if (number[at] == '.')
            {
                behindPoint = true;
                continue;
            }

            if (number[at] is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            if (significant < DigitsMax)
            {
                digits = (digits * 10) + (number[at] - '0');
                significant += digits == 0 ? 0 : 1;
                exponent -= behindPoint ? 1 : 0;
            }
            else
            {
                exponent += behindPoint ? 0 : 1;
            }
        }

        return at == number.Length || TryAddExponent(number[(at + 1)..], ref exponent);
    }

    private static bool TryAddExponent(ReadOnlySpan<byte> text, ref int exponent)
    {
        var sign = text is [(byte)'-', ..] ? -1 : 1;
        text = text is [(byte)'-' or (byte)'+', ..] ? text[1..] : text;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var power) || power > ExponentMax)
        {
            return false;
        }

        exponent += sign * power;
        return true;
    }

    private static Int128 PowerOfTen(int exponent)
    {
        Int128 power = 1;
        for (; exponent > 0; exponent--)
        {
            power *= 10;
        }

        return power;
    }
}
