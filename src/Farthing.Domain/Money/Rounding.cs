namespace Farthing.Domain.Money;

/// <summary>The one rounding of the house: to the nearest integer, ties to the even one.</summary>
public static class Rounding
{
    private const long Room = long.MaxValue / 2;

    /// <summary>Divides and rounds half to even.</summary>
    /// <param name="dividend">Any value, also negative.</param>
    /// <param name="divisor">Positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The divisor is zero or negative.</exception>
    public static Int128 DivideHalfEven(Int128 dividend, Int128 divisor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(divisor);
        var (quotient, remainder) = Int128.DivRem(dividend, divisor);
        var distance = Int128.Abs(remainder);
        var untilNext = divisor - distance;
        var away = distance > untilNext || (distance == untilNext && !Int128.IsEvenInteger(quotient));
        return away ? quotient + (dividend < 0 ? -1 : 1) : quotient;
    }

    /// <summary>The same on 64 bits, which is nearly every amount and far cheaper.</summary>
    /// <param name="dividend">Any value, also negative.</param>
    /// <param name="divisor">Positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The divisor is zero or negative.</exception>
    public static long DivideHalfEven(long dividend, long divisor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(divisor);
        var quotient = dividend / divisor;
        var remainder = dividend - (quotient * divisor);
        var distance = remainder < 0 ? -remainder : remainder;
        var untilNext = divisor - distance;
        var away = distance > untilNext || (distance == untilNext && (quotient & 1) != 0);
        return away ? quotient + (dividend < 0 ? -1 : 1) : quotient;
    }

    /// <summary>An amount to the nearest cent.</summary>
    public static Usd ToCent(Usd amount) => new(DivideHalfEven(amount.Picodollars, Usd.PicodollarsPerCent) * Usd.PicodollarsPerCent);

    /// <summary>
    /// Rounds every part to a multiple of <paramref name="unit"/> so that the rounded parts add up to the rounded whole
    /// (largest remainder): the total under a table equals the rows above it to the last digit shown.
    /// </summary>
    /// <param name="parts">The exact parts, in picodollars.</param>
    /// <param name="unit">The smallest amount shown, in picodollars; positive.</param>
    public static Usd[] Apportion(IReadOnlyList<Usd> parts, Int128 unit) =>
        unit <= Room && FitShort(parts) ? ApportionShort(parts, (long)unit) : ApportionLong(parts, unit);

    /// <summary>The same for units within 64 bits, such as <see cref="Usd.PicodollarsPerCent"/>.</summary>
    /// <param name="parts">The exact parts.</param>
    /// <param name="unit">The smallest amount shown, in picodollars; positive.</param>
    public static Usd[] Apportion(IReadOnlyList<Usd> parts, long unit) =>
        unit <= Room && FitShort(parts) ? ApportionShort(parts, unit) : ApportionLong(parts, unit);

    /// <summary>Whether the parts and all their sums stay far within 64 bits (4.6 million dollars).</summary>
    private static bool FitShort(IReadOnlyList<Usd> parts)
    {
        var sum = 0L;
        for (var index = 0; index < parts.Count; index++)
        {
            if (!parts[index].TryGetPicodollars(out var few) || few is > Room or < -Room)
            {
                return false;
            }

            sum += few < 0 ? -few : few;
            if (sum > Room)
            {
                return false;
            }
        }

        return true;
    }

    private static Usd[] ApportionShort(IReadOnlyList<Usd> parts, long unit)
    {
        var floors = new long[parts.Count];
        var rests = new long[parts.Count];
        var order = new int[parts.Count];
        var (whole, given) = (0L, 0L);
        for (var index = 0; index < parts.Count; index++)
        {
            parts[index].TryGetPicodollars(out var few);
            floors[index] = few / unit;
            rests[index] = few - (floors[index] * unit);
            if (rests[index] < 0)
            {
                floors[index]--;
                rests[index] += unit;
            }

            order[index] = index;
            given += floors[index];
            whole += few;
        }

        var left = (int)(DivideHalfEven(whole, unit) - given);
        Array.Sort(order, (one, other) => rests[one] != rests[other] ? rests[other].CompareTo(rests[one]) : one.CompareTo(other));
        for (var place = 0; place < left; place++)
        {
            floors[order[place]]++;
        }

        var rounded = new Usd[parts.Count];
        for (var index = 0; index < rounded.Length; index++)
        {
            rounded[index] = new(floors[index] * unit);
        }

        return rounded;
    }

    private static Usd[] ApportionLong(IReadOnlyList<Usd> parts, Int128 unit)
    {
        var whole = Usd.Zero;
        foreach (var part in parts)
        {
            whole += part;
        }

        return Apportion(parts, unit, new(DivideHalfEven(whole.Picodollars, unit) * unit));
    }

    /// <summary>
    /// Rounds every part up or down to a multiple of <paramref name="unit"/> so that they add up to a whole that was
    /// rounded before: the lines under a line of a table.
    /// </summary>
    /// <param name="parts">The exact parts, in picodollars.</param>
    /// <param name="unit">The smallest amount shown, in picodollars; positive.</param>
    /// <param name="whole">The exact sum of the parts, rounded up or down to a multiple of the unit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The whole is not the sum of the parts, rounded.</exception>
    public static Usd[] Apportion(IReadOnlyList<Usd> parts, Int128 unit, Usd whole)
    {
        var floors = new Int128[parts.Count];
        Int128 given = 0;
        for (var index = 0; index < parts.Count; index++)
        {
            floors[index] = FloorDivide(parts[index].Picodollars, unit);
            given += floors[index];
        }

        var left = (whole.Picodollars / unit) - given;
        if (left < 0 || left > parts.Count || whole.Picodollars % unit != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(whole), whole, "The whole is not the sum of the parts, rounded.");
        }

        var nearestFirst = new int[parts.Count];
        var rest = new Int128[parts.Count];
        for (var index = 0; index < parts.Count; index++)
        {
            nearestFirst[index] = index;
            rest[index] = parts[index].Picodollars - (floors[index] * unit);
        }

        Array.Sort(nearestFirst, (one, other) => rest[one] == rest[other] ? one.CompareTo(other) : rest[other].CompareTo(rest[one]));
        var shown = new Usd[parts.Count];
        for (var rank = 0; rank < shown.Length; rank++)
        {
            var index = nearestFirst[rank];
            shown[index] = new((floors[index] + (rank < left ? 1 : 0)) * unit);
        }

        return shown;
    }

    /// <summary>
    /// Shares a whole out in proportion to weights so that the shares add up to it (largest remainder; of equal ones the
    /// first). Without any weight everything is the first one's.
    /// </summary>
    /// <param name="whole">What is shared out; not negative.</param>
    /// <param name="weights">At least one; none negative. Times the whole they stay within 128 bits.</param>
    public static long[] Share(long whole, IReadOnlyList<Int128> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(whole);
        var shares = new long[weights.Count];
        var rests = new Int128[weights.Count];
        var sum = weights.Aggregate(Int128.Zero, static (all, weight) => all + weight);
        var left = whole;
        for (var index = 0; sum > 0 && index < shares.Length; index++)
        {
            var (share, rest) = Int128.DivRem(whole * weights[index], sum);
            (shares[index], rests[index]) = ((long)share, rest);
            left -= shares[index];
        }

        if (sum == 0)
        {
            shares[0] = whole;
            return shares;
        }

        foreach (var index in Enumerable.Range(0, shares.Length).OrderByDescending(index => rests[index]).Take((int)left))
        {
            shares[index]++;
        }

        return shares;
    }

    private static Int128 FloorDivide(Int128 dividend, Int128 divisor)
    {
        var (quotient, remainder) = Int128.DivRem(dividend, divisor);
        return remainder < 0 ? quotient - 1 : quotient;
    }
}
