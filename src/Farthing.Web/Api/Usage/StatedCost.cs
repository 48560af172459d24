using Farthing.Domain.Money;

namespace Farthing.Web.Api.Usage;

/// <summary>
/// A cost as its sender states it: <c>0.0123</c> or <c>5e-06</c>, as a JSON number or a text. Taken digit by digit, never
/// through floating point and never rounded.
/// </summary>
internal static class StatedCost
{
    private const int Decimals = 12;
    private const int TextLengthMax = 64;
    private const int ExponentMax = 99;
    private const long PicodollarsMax = 1_000_000 * Usd.PicodollarsPerUsd;

    /// <summary>Reads a cost between nothing and a million dollars; false for anything else and for more than twelve decimals.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Usd cost)
    {
        cost = Usd.Zero;
        if (text.Length is 0 or > TextLengthMax || !TrySplit(text, out var digits, out var exponent))
        {
            return false;
        }

        var point = digits.IndexOf((byte)'.');
        var scale = exponent + Decimals - (point < 0 ? 0 : digits.Length - point - 1);
        return TryScale(digits, point, scale, out cost);
    }

    /// <summary>Parts the number from its power of ten, if it has one.</summary>
    private static bool TrySplit(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> digits, out int exponent)
    {
        exponent = 0;
        var mark = text.IndexOfAny((byte)'e', (byte)'E');
        digits = mark < 0 ? text : text[..mark];
        if (digits is [] or [(byte)'.', ..] or [.., (byte)'.'])
        {
            return false;
        }

        if (mark < 0)
        {
            return true;
        }

        var power = text[(mark + 1)..];
        var isNegative = power is [(byte)'-', ..];
        power = power is [(byte)'-' or (byte)'+', ..] ? power[1..] : power;
        foreach (var digit in power)
        {
            if (digit is < (byte)'0' or > (byte)'9' || exponent > ExponentMax)
            {
                return false;
            }

            exponent = (exponent * 10) + (digit - '0');
        }

        exponent = isNegative ? -exponent : exponent;
        return power.Length > 0;
    }

    /// <summary>The digits times ten to the power of <paramref name="scale"/>, which must be whole.</summary>
    private static bool TryScale(ReadOnlySpan<byte> digits, int point, int scale, out Usd cost)
    {
        cost = Usd.Zero;
        Int128 amount = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            if (at == point)
            {
                continue;
            }

            if (digits[at] is < (byte)'0' or > (byte)'9' || amount > (Int128)PicodollarsMax * Usd.PicodollarsPerUsd)
            {
                return false;
            }

            amount = (amount * 10) + (digits[at] - '0');
        }

        for (; scale > 0 && amount != 0 && amount <= PicodollarsMax; scale--)
        {
            amount *= 10;
        }

        for (; scale < 0 && amount != 0; scale++)
        {
            (amount, var rest) = Int128.DivRem(amount, 10);
            if (rest != 0)
            {
                return false;
            }
        }

        cost = new(amount);
        return amount <= PicodollarsMax;
    }
}
