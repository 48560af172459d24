using System.Numerics;
using Farthing.Domain.Money;
using FsCheck;

namespace Farthing.Domain.Tests.Money;

public sealed class RatioLaws
{
    [Fact]
    public void The_default_is_zero() => default(Ratio).ShouldBe(Ratio.Of(0, 5));

    [Fact]
    public void Equal_fractions_are_equal() => Laws.Hold<int, NonZeroInt, NonZeroInt>((numerator, denominator, factor) =>
        Ratio.Of(numerator, denominator.Get) == Ratio.Of((BigInteger)numerator * factor.Get, (BigInteger)denominator.Get * factor.Get));

    [Fact]
    public void The_denominator_is_positive() => Laws.Hold<int, NonZeroInt>((numerator, denominator) =>
        Ratio.Of(numerator, denominator.Get).Denominator > 0);

    [Fact]
    public void Subtracting_undoes_adding() => Laws.Hold<(int, NonZeroInt), (int, NonZeroInt)>((one, other) =>
        From(one) + From(other) - From(other) == From(one));

    [Fact]
    public void A_sum_is_the_cross_product_over_the_product() => Laws.Hold<(int, NonZeroInt), (int, NonZeroInt)>((one, other) =>
        From(one) + From(other) == Ratio.Of(
            ((BigInteger)one.Item1 * other.Item2.Get) + ((BigInteger)other.Item1 * one.Item2.Get), (BigInteger)one.Item2.Get * other.Item2.Get));

    [Fact]
    public void Dividing_undoes_multiplying() => Laws.Hold<(int, NonZeroInt), (NonZeroInt, NonZeroInt)>((one, other) =>
        From(one) * From((other.Item1.Get, other.Item2)) / From((other.Item1.Get, other.Item2)) == From(one));

    [Fact]
    public void A_decimal_comes_back() => Laws.Hold<decimal>(value => decimal.Round(value, 6) is var few && Ratio.FromDecimal(few).Round(6) == few);

    [Fact]
    public void Rounds_as_a_decimal_does() => Laws.Hold<int>(thousandths =>
        Ratio.Of(thousandths, 1000).Round(2) == decimal.Round(thousandths / 1000m, 2, MidpointRounding.ToEven));

    [Fact]
    public void An_amount_comes_back() => Laws.Hold<long>(picodollars => Ratio.Dollars(new(picodollars)).ToUsd() == new Usd(picodollars));

    [Theory]
    [InlineData(7, 2, 4)]
    [InlineData(8, 2, 4)]
    [InlineData(-7, 2, -3)]
    [InlineData(0, 9, 0)]
    public void The_ceiling_is_not_below(int numerator, int denominator, int ceiling) =>
        Ratio.Of(numerator, denominator).Ceiling().ShouldBe(ceiling);

    [Fact]
    public void Nothing_is_divided_by_zero()
    {
        Should.Throw<DivideByZeroException>(() => Ratio.Of(1, 0));
        Should.Throw<DivideByZeroException>(() => Ratio.One / Ratio.Zero);
    }

    [Fact]
    public void Numbers_beyond_every_integer_stay_exact()
    {
        var large = Ratio.Of(BigInteger.Pow(10, 60) + 1, BigInteger.Pow(10, 60));

        (large - Ratio.One).ShouldBe(Ratio.Of(1, BigInteger.Pow(10, 60)));
        large.ShouldBeGreaterThan(Ratio.One);
    }

    private static Ratio From((int Numerator, NonZeroInt Denominator) fraction) => Ratio.Of(fraction.Numerator, fraction.Denominator.Get);
}
