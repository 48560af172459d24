using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Money;

public sealed class UsdTests
{
    [Theory]
    [InlineData("0", "$0.00")]
    [InlineData("0.005", "$0.00")]
    [InlineData("0.015", "$0.02")]
    [InlineData("0.025", "$0.02")]
    [InlineData("-0.015", "-$0.02")]
    [InlineData("1234.567", "$1,234.57")]
    [InlineData("1234567.891", "$1,234,567.89")]
    [InlineData("9223372.036854775807", "$9,223,372.04")]
    [InlineData("9223372.036854775808", "$9,223,372.04")]
    [InlineData("123456789012345.678", "$123,456,789,012,345.68")]
    [InlineData("-123456789012345.678", "-$123,456,789,012,345.68")]
    public void People_see_cents_rounded_half_even_with_thousands_apart(string exact, string shown)
    {
        Usd.TryParse(exact, out var amount).ShouldBeTrue();

        amount.Format().ShouldBe(shown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("--1")]
    [InlineData("1.2.3")]
    [InlineData("0.0000000000001")]
    [InlineData("٣")]
    public void Anything_but_a_plain_decimal_is_refused(string text) => Usd.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Zeros_beyond_the_last_decimal_are_harmless()
    {
        Usd.TryParse("000001.50000000000000000", out var amount).ShouldBeTrue();

        amount.ToString().ShouldBe("1.5");
    }

    [Fact]
    public void The_smallest_64_bit_amount_is_written_whole() =>
        new Usd(long.MinValue).ToString().ShouldBe("-9223372.036854775808");

    [Fact]
    public void A_million_small_costs_add_up_exactly()
    {
        var sum = Usd.Zero;
        for (var call = 0; call < 1_000_000; call++)
        {
            sum += new Usd(6_800_000L);
        }

        sum.ToString().ShouldBe("6.8");
    }

    [Fact]
    public void A_decimal_with_more_than_twelve_places_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Usd.FromDecimal(0.0000000000001m));

    [Fact]
    public void A_sum_beyond_the_range_is_loud() =>
        Should.Throw<OverflowException>(() => new Usd(Int128.MaxValue) + new Usd(Int128.MaxValue));
}
