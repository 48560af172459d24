namespace Farthing.Domain.Money;

/// <summary>
/// The unit of a wallet, counted in nanocredits (1e-9), which is NUMERIC(18,9). What a credit is worth in cents is the
/// seller's choice.
/// </summary>
/// <param name="Nanocredits">The amount in nanocredits.</param>
public readonly record struct Credits(long Nanocredits) : IComparable<Credits>
{
    /// <summary>Nanocredits in one credit.</summary>
    public const long NanocreditsPerCredit = 1_000_000_000;

    private const int Decimals = 9;
    private const int ShownDecimals = 3;
    private const long NanocreditsPerShownStep = 1_000_000;

    /// <summary>No credit.</summary>
    public static Credits Zero => default;

    /// <summary>
    /// Converts dollars at a price per credit: USD ÷ (cents ÷ 100), rounded half-even to nine decimals. Do it once per
    /// charge, never per part.
    /// </summary>
    /// <param name="amount">The dollars to convert.</param>
    /// <param name="centsPerCredit">The price of one credit in US cents; positive.</param>
    /// <exception cref="OverflowException">The result is beyond ±9.2e9 credits.</exception>
    public static Credits FromUsd(Usd amount, int centsPerCredit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(centsPerCredit);
        var nanocredits = Rounding.DivideHalfEven(
            amount.Picodollars * NanocreditsPerCredit, (Int128)Usd.PicodollarsPerCent * centsPerCredit);
        return new(checked((long)nanocredits));
    }

    /// <summary>Reads a plain decimal number with at most nine decimals.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Credits credits)
    {
        var parsed = DecimalText.TryParse(text, Decimals, out var nanocredits) && nanocredits >= long.MinValue && nanocredits <= long.MaxValue;
        credits = parsed ? new((long)nanocredits) : default;
        return parsed;
    }

    /// <summary>The exact amount without trailing zeros.</summary>
    public override string ToString() => DecimalText.FormatExact(Nanocredits, Decimals);

    /// <summary>
    /// The amount for people: three decimals, rounded up, so that the smallest credit is seen and no debt looks larger than
    /// it is.
    /// </summary>
    public string ToDisplayString()
    {
        var (steps, rest) = Math.DivRem(Nanocredits, NanocreditsPerShownStep);
        return DecimalText.Format(rest > 0 ? steps + 1 : steps, ShownDecimals, ShownDecimals, null);
    }

    /// <inheritdoc/>
    public int CompareTo(Credits other) => Nanocredits.CompareTo(other.Nanocredits);

    /// <summary>Adds exactly.</summary>
    public static Credits operator +(Credits left, Credits right) => new(left.Nanocredits + right.Nanocredits);

    /// <summary>Subtracts exactly.</summary>
    public static Credits operator -(Credits left, Credits right) => new(left.Nanocredits - right.Nanocredits);

    /// <summary>Compares amounts.</summary>
    public static bool operator <(Credits left, Credits right) => left.Nanocredits < right.Nanocredits;

    /// <summary>Compares amounts.</summary>
    public static bool operator >(Credits left, Credits right) => left.Nanocredits > right.Nanocredits;

    /// <summary>Compares amounts.</summary>
    public static bool operator <=(Credits left, Credits right) => left.Nanocredits <= right.Nanocredits;

    /// <summary>Compares amounts.</summary>
    public static bool operator >=(Credits left, Credits right) => left.Nanocredits >= right.Nanocredits;
}
