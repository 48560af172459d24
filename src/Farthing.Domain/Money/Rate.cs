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
    public Usd Times(long units)
    {
        const ulong OrdinaryRate = 1UL << 40;
        const ulong OrdinaryUnits = 1UL << 23;
        return unchecked((ulong)Femtodollars) < OrdinaryRate && unchecked((ulong)units) < OrdinaryUnits
            ? Usd.FromFemtodollars(Femtodollars * units)
            : TimesLong(units);
    }

    /// <summary>Multiplies by a published factor such as 1.1 (<paramref name="numerator"/> over <paramref name="denominator"/>).</summary>
    /// <returns>False when the product is not a whole number of femtodollars, or beyond 9,223 USD before dividing.</returns>
    public bool TryScale(long numerator, long denominator, out Rate scaled)
    {
        var high = Math.BigMul(Femtodollars, numerator, out long low);
        var exact = high == 0 && low >= 0 && low % denominator == 0;
        scaled = exact ? new(low / denominator) : default;
        return exact;
    }

    /// <summary>The price in USD per million units, exact: <c>3.75</c>.</summary>
    public string PerMillion() => DecimalText.FormatExact(Femtodollars, DecimalsPerMillion);

    /// <summary>The price in USD of one unit, exact: <c>0.00000375</c>.</summary>
    public override string ToString() => DecimalText.FormatExact(Femtodollars, DecimalsPerUnit);

    private Usd TimesLong(long units) => Usd.FromFemtodollars(Math.BigMul(Femtodollars, units));

    private static bool TryParse(ReadOnlySpan<char> text, int decimals, long units, out Rate rate)
    {
        rate = default;
        if (!DecimalText.TryParseShort(text, decimals, out var scaled) || scaled < 0 || scaled % units != 0)
        {
            return false;
        }

        rate = new(scaled / units);
        return true;
    }
}
