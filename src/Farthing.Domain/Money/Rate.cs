namespace Farthing.Domain.Money;

/// <summary>
/// The price of one unit (a token, a search): integer femtodollars (1e-15 USD). For tokens that is the same number as
/// nanodollars per million tokens, so a published price with at most nine decimals is kept exactly.
/// </summary>
/// <param name="Femtodollars">Femtodollars per unit; not negative.</param>
public readonly record struct Rate(long Femtodollars)
{
    private const int DecimalsPerMillion = 9;
    private const int DecimalsPerUnit = 15;

    /// <summary>Free of charge.</summary>
    public static Rate Free => default;

    /// <summary>Reads a published price in USD per million tokens, for example <c>0.003625</c>.</summary>
    /// <returns>False when it is not a plain decimal, is negative, or has more than nine decimals.</returns>
    public static bool TryParsePerMillion(ReadOnlySpan<char> usdPerMillion, out Rate rate) =>
        TryParse(usdPerMillion, DecimalsPerMillion, 1, out rate);

    /// <summary>Reads a published price such as 10 USD per 1,000 searches.</summary>
    /// <returns>False when the price of one unit is not a whole number of femtodollars.</returns>
    public static bool TryParsePerUnits(ReadOnlySpan<char> usd, long units, out Rate rate) =>
        TryParse(usd, DecimalsPerUnit, units, out rate);

    /// <summary>What a number of units costs, rounded half-even to picodollars once.</summary>
    public Usd Times(long units) => Usd.FromFemtodollars(Math.BigMul(Femtodollars, units));

    /// <summary>Multiplies by a published factor such as 1.1 (<paramref name="numerator"/> over <paramref name="denominator"/>).</summary>
    /// <returns>False when the product is not a whole number of femtodollars.</returns>
    public bool TryScale(long numerator, long denominator, out Rate scaled)
    {
        var (quotient, remainder) = Int128.DivRem(Math.BigMul(Femtodollars, numerator), denominator);
        scaled = remainder == 0 && quotient <= long.MaxValue ? new((long)quotient) : default;
        return remainder == 0 && quotient <= long.MaxValue;
    }

    /// <summary>The price in USD per million units, exact: <c>3.75</c>.</summary>
    public string PerMillion() => DecimalText.FormatExact(Femtodollars, DecimalsPerMillion);

    /// <summary>The price in USD of one unit, exact: <c>0.00000375</c>.</summary>
    public override string ToString() => DecimalText.FormatExact(Femtodollars, DecimalsPerUnit);

    private static bool TryParse(ReadOnlySpan<char> text, int decimals, long units, out Rate rate)
    {
        rate = default;
        if (!DecimalText.TryParse(text, decimals, out var scaled) || scaled < 0 || scaled % units != 0 || scaled / units > long.MaxValue)
        {
            return false;
        }

        rate = new((long)(scaled / units));
        return true;
    }
}
