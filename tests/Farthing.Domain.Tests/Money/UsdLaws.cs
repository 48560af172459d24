using System.Globalization;
using System.Numerics;
using Farthing.Domain.Money;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Domain.Tests.Money;

public sealed class UsdLaws
{
    /// <summary>Amounts of every size: a few picodollars, the edge of 64 bits, far beyond it.</summary>
    private static Arbitrary<Int128> Amounts { get; } = Gen.OneOf(
            ArbMap.Default.GeneratorFor<int>().Select(value => (Int128)value),
            ArbMap.Default.GeneratorFor<long>().Select(value => (Int128)value),
            ArbMap.Default.GeneratorFor<long>().Select(value => (Int128)value * 1_000_003),
            ArbMap.Default.GeneratorFor<short>().Select(value => (Int128)long.MaxValue + value),
            ArbMap.Default.GeneratorFor<short>().Select(value => (Int128)long.MinValue + value))
        .ToArbitrary();

    private static Arbitrary<(Int128 Left, Int128 Right)> Pairs { get; } =
        (from left in Amounts.Generator from right in Amounts.Generator select (left, right)).ToArbitrary();

    [Fact]
    public void What_is_written_can_be_read_back() => Laws.Hold(Amounts, picodollars =>
        Usd.TryParse(new Usd(picodollars).ToString(), out var read) && read.Picodollars == picodollars);

    [Fact]
    public void Text_is_the_exact_decimal() => Laws.Hold(Amounts, picodollars =>
    {
        var exact = BigInteger.Parse(picodollars.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var text = new Usd(picodollars).ToString();
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : text.Length - point - 1;
        var digits = BigInteger.Parse(text.Replace(".", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return digits * BigInteger.Pow(10, 12 - decimals) == exact;
    });

    [Fact]
    public void Sums_and_differences_are_those_of_the_integers() => Laws.Hold(Pairs, pair =>
        (new Usd(pair.Left) + new Usd(pair.Right)).Picodollars == pair.Left + pair.Right
        && (new Usd(pair.Left) - new Usd(pair.Right)).Picodollars == pair.Left - pair.Right
        && (-new Usd(pair.Left)).Picodollars == -pair.Left);

    [Fact]
    public void The_order_is_that_of_the_integers() => Laws.Hold(Pairs, pair =>
        new Usd(pair.Left).CompareTo(new Usd(pair.Right)) == pair.Left.CompareTo(pair.Right)
        && new Usd(pair.Left) < new Usd(pair.Right) == pair.Left < pair.Right
        && new Usd(pair.Left) >= new Usd(pair.Right) == pair.Left >= pair.Right
        && (new Usd(pair.Left) == new Usd(pair.Right)) == (pair.Left == pair.Right));

    [Fact]
    public void Equal_amounts_have_equal_hashes() => Laws.Hold(Amounts, picodollars =>
        new Usd(picodollars).GetHashCode() == new Usd(picodollars).GetHashCode());

    [Fact]
    public void Both_forms_of_an_amount_are_one() => Laws.Hold<long>(picodollars =>
        new Usd(picodollars) == new Usd((Int128)picodollars)
        && new Usd((Int128)picodollars).TryGetPicodollars(out var few) && few == picodollars);

    [Fact]
    public void Rounding_lands_on_the_nearest_step_and_on_the_even_one_at_a_tie() => Laws.Hold(
        (from amount in Amounts.Generator from decimals in Gen.Choose(0, 12) select (amount, decimals)).ToArbitrary(),
        given =>
        {
            var unit = (Int128)BigInteger.Pow(10, 12 - given.decimals);
            var rounded = new Usd(given.amount).Round(given.decimals).Picodollars;
            var distance = Int128.Abs(rounded - given.amount);
            var isTie = distance * 2 == unit;
            return rounded % unit == 0 && distance * 2 <= unit && (!isTie || Int128.IsEvenInteger(rounded / unit));
        });

    [Fact]
    public void Femtodollars_round_the_same_on_64_and_on_128_bits() => Laws.Hold<long>(femtodollars =>
        Usd.FromFemtodollars(femtodollars) == Usd.FromFemtodollars((Int128)femtodollars));

    [Fact]
    public void A_decimal_comes_back_as_it_went() => Laws.Hold<int>(value =>
        Usd.FromDecimal(value / 1_000m).ToDecimal() == value / 1_000m);
}
