namespace Farthing.Sources.AgentLogs;

/// <summary>Numbers of JSON as bytes.</summary>
internal static class JsonNumber
{
    private const int SafeDigits = 18;

    /// <summary>How many bytes at the front of a text are a number: <c>[-]digits[.digits][e[±]digits]</c> without leading zeros; 0 when none.</summary>
    public static int LengthOf(ReadOnlySpan<byte> text)
    {
        var whole = text is [(byte)'-', ..] ? 1 : 0;
        var length = whole + Digits(text[whole..]);
        if (length == whole || (text[whole] == '0' && length > whole + 1))
        {
            return 0;
        }

        if (length < text.Length && text[length] == '.')
        {
            var fraction = Digits(text[(length + 1)..]);
            if (fraction == 0)
            {
                return 0;
            }

            length += 1 + fraction;
        }

        if (length < text.Length && text[length] is (byte)'e' or (byte)'E')
        {
            var sign = length + 1 < text.Length && text[length + 1] is (byte)'+' or (byte)'-' ? 2 : 1;
            var exponent = Digits(text[(length + sign)..]);
            return exponent == 0 ? 0 : length + sign + exponent;
        }

        return length;
    }

    /// <summary>Reads a whole number between zero and a maximum; digits only.</summary>
    public static bool TryReadCount(ReadOnlySpan<byte> number, long max, out long count)
    {
        count = 0;
        if (number.Length is 0 or > SafeDigits)
        {
            return false;
        }

        foreach (var digit in number)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            count = (count * 10) + (digit - '0');
        }

        return count <= max;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && text[length] is >= (byte)'0' and <= (byte)'9')
        {
            length++;
        }

        return length;
    }
}
