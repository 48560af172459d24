using Farthing.Domain.Money;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Domain.Tests.Money;

/// <summary>Dollars are kept as two halves of 128 bits; nobody may notice.</summary>
public sealed class UsdHalvesTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithReplay(7_417, 1).WithMaxTest(2_000);

    private static readonly Gen<Int128> Amounts =
        from upper in Gen.OneOf(Gen.Choose(-2, 2), ArbMap.Default.GeneratorFor<int>())
        from lower in Gen.OneOf(Gen.Elements(0UL, 1UL, ulong.MaxValue, 1UL << 63, (1UL << 63) - 1), ArbMap.Default.GeneratorFor<ulong>())
        select ((Int128)upper << 64) + lower;

    private static readonly Arbitrary<(Int128 Left, Int128 Right)> Pairs =
        (from left in Amounts from right in Gen.OneOf(Amounts, Gen.Constant(left)) select (left, right)).ToArbitrary();

    [Fact]
    public void Sums_differences_and_order_are_those_of_the_integers() =>
        Prop.ForAll(Pairs, pair =>
        {
            var (left, right) = (new Usd(pair.Left), new Usd(pair.Right));
            left.Picodollars.ShouldBe(pair.Left);
            (left + right).Picodollars.ShouldBe(pair.Left + pair.Right);
            (left - right).Picodollars.ShouldBe(pair.Left - pair.Right);
            (-left).Picodollars.ShouldBe(-pair.Left);
            Math.Sign(left.CompareTo(right)).ShouldBe(Math.Sign(pair.Left.CompareTo(pair.Right)));
            (left == right).ShouldBe(pair.Left == pair.Right);
            (left < right, left <= right, left > right, left >= right).ShouldBe(
                (pair.Left < pair.Right, pair.Left <= pair.Right, pair.Left > pair.Right, pair.Left >= pair.Right));
        }).Check(Seeded);

    [Fact]
    public void An_amount_fits_64_bits_exactly_when_its_integer_does() =>
        Prop.ForAll(Pairs, pair =>
        {
            var fits = new Usd(pair.Left).TryGetPicodollars(out var picodollars);

            fits.ShouldBe(pair.Left >= long.MinValue && pair.Left <= long.MaxValue);
            (fits ? new Usd(picodollars) : new Usd(pair.Left)).Picodollars.ShouldBe(pair.Left);
        }).Check(Seeded);

    [Fact]
    public void A_sum_beyond_the_range_throws() =>
        Should.Throw<OverflowException>(() => new Usd(Int128.MaxValue) + new Usd(1));
}
