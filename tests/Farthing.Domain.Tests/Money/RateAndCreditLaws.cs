using Farthing.Domain.Money;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Domain.Tests.Money;

public sealed class RateAndCreditLaws
{
    [Fact]
    public void A_rate_is_written_as_it_was_published() => Laws.Hold<NonNegativeInt, NonNegativeInt>((whole, part) =>
    {
        var rate = new Rate(((long)whole.Get * 1_000) + (part.Get % 1_000));
        return Rate.TryParsePerMillion(rate.PerMillion(), out var read) && read == rate;
    });

    [Theory]
    [InlineData("3", 3_000_000_000)]
    [InlineData("0.003625", 3_625_000)]
    [InlineData("600", 600_000_000_000)]
    [InlineData("0.083333333", 83_333_333)]
    [InlineData("0.000000001", 1)]
    public void A_price_per_million_is_femtodollars_per_token(string published, long femtodollars)
    {
        Rate.TryParsePerMillion(published, out var rate).ShouldBeTrue();

        rate.Femtodollars.ShouldBe(femtodollars);
    }

    [Theory]
    [InlineData("0.0000000001")]
    [InlineData("3.12345678901")]
    [InlineData("-1")]
    [InlineData("1e-6")]
    [InlineData("")]
    public void A_price_that_is_negative_or_too_fine_is_no_rate(string published) =>
        Rate.TryParsePerMillion(published, out _).ShouldBeFalse();

    [Theory]
    [InlineData("10", 1_000, "0.01")]
    [InlineData("4", 200, "0.02")]
    [InlineData("27.5", 1_000, "0.0275")]
    public void A_price_of_many_is_divided_exactly(string usd, long units, string each)
    {
        Rate.TryParsePerUnits(usd, units, out var rate).ShouldBeTrue();

        rate.ToString().ShouldBe(each);
    }

    [Fact]
    public void A_price_of_many_that_does_not_divide_is_refused() => Rate.TryParsePerUnits("10", 3, out _).ShouldBeFalse();

    [Fact]
    public void Times_is_the_exact_product_rounded_once() => Laws.Hold(
        (from rate in Gen.OneOf(Gen.Choose(0, int.MaxValue).Select(value => (long)value), Gen.Choose(0, 2_000_000).Select(value => value * 1_000_003L))
         from units in Gen.OneOf(Gen.Choose(0, 1_000_000).Select(value => (long)value), Gen.Choose(0, int.MaxValue).Select(value => value * 465L))
         select (rate, units)).ToArbitrary(),
        given => new Rate(given.rate).Times(given.units) == Usd.FromFemtodollars((Int128)given.rate * given.units));

    [Fact]
    public void A_rate_times_a_factor_is_exact_or_refused() => Laws.Hold<NonNegativeInt, PositiveInt, PositiveInt>((rate, numerator, denominator) =>
    {
        var product = (Int128)rate.Get * numerator.Get;
        var exact = product % denominator.Get == 0;
        return new Rate(rate.Get).TryScale(numerator.Get, denominator.Get, out var scaled) == exact
            && (!exact || scaled.Femtodollars == product / denominator.Get);
    });

    [Fact]
    public void Credits_are_dollars_at_their_price_rounded_once() => Laws.Hold<long, PositiveInt>((picodollars, cents) =>
    {
        var amount = new Usd(picodollars / 1_000);
        var credits = Credits.FromUsd(amount, cents.Get).Nanocredits;
        var exact = amount.Picodollars * Credits.NanocreditsPerCredit;
        var price = (Int128)Usd.PicodollarsPerCent * cents.Get;
        return Int128.Abs((credits * price) - exact) * 2 <= price;
    });

    [Fact]
    public void A_credit_of_one_cent_is_a_hundredth_of_a_dollar()
    {
        Usd.TryParse("0.0938787", out var amount).ShouldBeTrue();

        Credits.FromUsd(amount, centsPerCredit: 1).ToString().ShouldBe("9.38787");
    }

    [Fact]
    public void Credits_are_written_as_they_are_read() => Laws.Hold<long>(nanocredits =>
        Credits.TryParse(new Credits(nanocredits).ToString(), out var read) && read.Nanocredits == nanocredits);

    [Fact]
    public void Credits_with_ten_decimals_are_refused() => Credits.TryParse("0.0000000001", out _).ShouldBeFalse();

    [Fact]
    public void A_credit_must_have_a_price() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Credits.FromUsd(new Usd(1L), centsPerCredit: 0));
}
