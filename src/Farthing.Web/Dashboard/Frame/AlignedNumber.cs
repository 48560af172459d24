using System.Globalization;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>
/// Exact numbers of one column: all take the room of as many decimals as the longest of them needs, so that they stand below
/// each other by their points, and nothing is rounded.
/// </summary>
public static class AlignedNumber
{
    /// <summary>As wide as a digit.</summary>
    public const char Blank = '\u2007';

    private const int DecimalsMin = 2;

    /// <summary>A number with blanks for zeros behind the second decimal: <c>1,234.50</c>.</summary>
    /// <param name="amount">The number.</param>
    /// <param name="decimals">How many decimals it has room for, and needs at most; at least two.</param>
    public static string Of(decimal amount, int decimals)
    {
        var text = amount.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), PageText.Numbers);
        var end = Math.Max(text.AsSpan().TrimEnd('0').Length, text.Length - decimals + DecimalsMin);
        return text[..end].PadRight(text.Length, Blank);
    }

    /// <summary>How many decimals show every one of some numbers to its last digit; at least two.</summary>
    /// <param name="scaled">The numbers, each times ten to the power of <paramref name="scale"/>.</param>
    /// <param name="scale">How many decimals they have at most.</param>
    public static int DecimalsOf(IEnumerable<Int128> scaled, int scale) => scaled.Select(number => DecimalsOf(number, scale)).Append(DecimalsMin).Max();

    private static int DecimalsOf(Int128 scaled, int scale)
    {
        for (; scale > 0 && scaled % 10 == 0; scale--)
        {
            scaled /= 10;
        }

        return scale;
    }
}
