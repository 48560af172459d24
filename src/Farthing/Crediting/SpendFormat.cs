using System.Globalization;
using Farthing.Domain.Money;

namespace Farthing.Crediting;

/// <summary>
/// Amounts as Plandex shows them, for people who know its tables: rounded half away from zero, with trailing zeros taken
/// off as far as cents. Computed on integers. Everything exact is in the JSON.
/// </summary>
internal static class SpendFormat
{
    private const int UsdDecimals = 12;
    private const int SpendDecimals = 4;
    private const int LogDecimals = 6;
    private const int Cents = 2;
    private const int Percent = 100;

    /// <summary>A spend or a balance: <c>$0.00</c>, <c>$0.0125</c>, <c>$1.50</c>, <c>$-0.50</c>; what is too little to show is <c>&lt;$0.0001</c>.</summary>
    public static string Spend(Usd amount)
    {
        var shown = Shorten(amount.Picodollars, UsdDecimals, SpendDecimals);
        return amount != Usd.Zero && IsNothing(shown) ? TooLittle(amount) : "$" + shown;
    }

    /// <summary>The amount of a line of the log, without sign and currency: <c>0.012345</c>, <c>20.00</c>.</summary>
    public static string LogAmount(Usd amount) => Shorten(Int128.Abs(amount.Picodollars), UsdDecimals, LogDecimals);

    /// <summary>The amount of a line of the log with its sign: <c>+$20.00</c>, <c>-$0.012345</c>; without one when nothing moved.</summary>
    public static string SignedLogAmount(Usd amount)
    {
        var sign = amount == Usd.Zero ? string.Empty : amount < Usd.Zero ? "-" : "+";
        return $"{sign}${LogAmount(amount)}";
    }

    /// <summary>The balance after a line of the log: <c>$12.3456</c>, <c>$-0.50</c>.</summary>
    public static string LogBalance(Usd balance)
    {
        var shown = Shorten(balance.Picodollars, UsdDecimals, SpendDecimals);
        return "$" + (IsNothing(shown) ? shown.TrimStart('-') : shown);
    }

    /// <summary>
    /// A list price per million tokens with what is charged on top of it, in the proportion of a charge's two parts:
    /// <c>$3.18</c>. Without a part at cost there is no proportion and the list price is shown.
    /// </summary>
    /// <param name="rate">The list price of a token.</param>
    /// <param name="atCost">The part of the charge at cost.</param>
    /// <param name="surcharge">The part on top of it.</param>
    public static string PricePerMillion(Rate rate, Credits atCost, Credits surcharge)
    {
        // Femtodollars a token are nanodollars a million tokens.
        const int Decimals = 9;
        if (atCost.Nanocredits <= 0)
        {
            return "$" + Shorten(rate.Femtodollars, Decimals, SpendDecimals);
        }

        var price = (Int128)rate.Femtodollars * ((Int128)atCost.Nanocredits + surcharge.Nanocredits);
        var unit = (Int128)atCost.Nanocredits * PowerOfTen(Decimals - SpendDecimals);
        return "$" + Strip(DivideHalfAway(price, unit), SpendDecimals);
    }

    /// <summary>
    /// What caching took off a charge, and the part of the undiscounted cost that this is, rounded down: <c>$0.03 (75%)</c>.
    /// The part is left out where there is no cost to compare with.
    /// </summary>
    /// <param name="discount">What caching took off.</param>
    /// <param name="cost">What was left, at cost.</param>
    public static string Discount(Usd discount, Usd cost)
    {
        var whole = discount.Picodollars + cost.Picodollars;
        var shown = "$" + Shorten(discount.Picodollars, UsdDecimals, SpendDecimals);
        return whole <= 0 ? shown : string.Create(CultureInfo.InvariantCulture, $"{shown} ({discount.Picodollars * Percent / whole}%)");
    }

    /// <summary>Credits in dollars, exactly: a nanocredit at a cent a credit is ten picodollars.</summary>
    public static Usd ToUsd(Credits credits, int centsPerCredit) =>
        new((Int128)credits.Nanocredits * centsPerCredit * (Usd.PicodollarsPerCent / Credits.NanocreditsPerCredit));

    private static string TooLittle(Usd amount) => amount < Usd.Zero ? ">$-0.0001" : "<$0.0001";

    private static bool IsNothing(string shown) => shown is "0.00" or "-0.00";

    private static string Shorten(Int128 scaled, int scale, int decimals) => Strip(DivideHalfAway(scaled, PowerOfTen(scale - decimals)), decimals);

    /// <summary>A scaled integer without the zeros at its end, but with cents at least.</summary>
    private static string Strip(Int128 scaled, int decimals)
    {
        var text = DecimalText.Format(scaled, decimals, decimals, null);
        var end = text.Length;
        for (var left = decimals; left > Cents && text[end - 1] == '0'; left--)
        {
            end--;
        }

        return text[..end];
    }

    private static Int128 DivideHalfAway(Int128 dividend, Int128 divisor)
    {
        var (quotient, remainder) = Int128.DivRem(dividend, divisor);
        return Int128.Abs(remainder) * 2 < divisor ? quotient : quotient + (dividend < 0 ? -1 : 1);
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
