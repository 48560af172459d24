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
    private const int DigitsMax = 18;

    // A million dollars in picodollars, as a power of ten.
    private const int PicodollarsMaxExponent = 18;
    private const int ExponentMax = 1_000_000;

    private static ReadOnlySpan<ulong> PowersOfTen =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    /// <summary>Reads a cost; false when it is negative or more than a million dollars, which no call costs.</summary>
    public static bool TryParse(ReadOnlySpan<byte> number, out Usd cost)
    {
        cost = default;
        if (!TrySplit(number, out var digits, out var exponent, out var hasMore))
        {
            return false;
        }

        var shift = exponent + Decimals;
        if (digits == 0 || shift < -DigitsMax)
        {
            return true;
        }

        if (shift > PicodollarsMaxExponent || (shift >= 0 && digits > PowersOfTen[PicodollarsMaxExponent - shift]))
        {
            return false;
        }

        var picodollars = shift >= 0 ? digits * PowersOfTen[shift] : DivideHalfEven(digits, PowersOfTen[-shift], hasMore);
        cost = new((long)picodollars);
        return true;
    }

    private static ulong DivideHalfEven(ulong digits, ulong divisor, bool hasMore)
    {
        var (quotient, remainder) = Math.DivRem(digits, divisor);
        var half = divisor / 2;
        var isUp = remainder > half || (remainder == half && (hasMore || quotient % 2 == 1));
        return isUp ? quotient + 1 : quotient;
    }

    // digits × 10^exponent; the digits are cut after DigitsMax, and hasMore tells whether others than zeros were cut.
    private static bool TrySplit(ReadOnlySpan<byte> number, out ulong digits, out int exponent, out bool hasMore)
    {
        (digits, exponent, hasMore) = (0, 0, false);
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
                digits = (digits * 10) + (ulong)(number[at] - '0');
                significant += digits == 0 ? 0 : 1;
                exponent -= behindPoint ? 1 : 0;
            }
            else
            {
                exponent += behindPoint ? 0 : 1;
                hasMore |= number[at] != '0';
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
}
