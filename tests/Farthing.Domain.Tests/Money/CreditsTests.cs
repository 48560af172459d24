using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Money;

public sealed class CreditsTests
{
    [Theory]
    [InlineData("1.00", 100, "1")]
    [InlineData("1.31", 100, "1.31")]
    [InlineData("0.0000068", 100, "0.0000068")]
    [InlineData("1", 300, "0.333333333")]
    [InlineData("1.31", 50, "2.62")]
    [InlineData("0.0000000001", 100, "0")]
    [InlineData("0.0000000005", 100, "0")]
    [InlineData("0.0000000015", 100, "0.000000002")]
    [InlineData("0.0000000025", 100, "0.000000002")]
    [InlineData("0.028658", 100, "0.028658")]
    [InlineData("0", 100, "0")]
    public void Dollars_become_credits_half_even_to_nine_decimals(string dollars, int cents, string credits)
    {
        Usd.TryParse(dollars, out var usd).ShouldBeTrue();

        Credits.FromUsd(usd, cents).ToString().ShouldBe(credits);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_credit_has_a_price(int cents) => Should.Throw<ArgumentOutOfRangeException>(() => Credits.FromUsd(Usd.Zero, cents));

    [Theory]
    [InlineData("0", "0.000")]
    [InlineData("1.31", "1.310")]
    [InlineData("1.3100001", "1.311")]
    [InlineData("0.000000001", "0.001")]
    [InlineData("-0.5001", "-0.500")]
    [InlineData("2.9999", "3.000")]
    [InlineData("-0.0009", "0.000")]
    [InlineData("-1", "-1.000")]
    [InlineData("12345.6789", "12345.679")]
    [InlineData("9223372036.854775807", "9223372036.855")]
    [InlineData("-9223372036.854775808", "-9223372036.854")]
    public void Shown_credits_are_rounded_up_to_three_decimals(string exact, string shown)
    {
        Credits.TryParse(exact, out var credits).ShouldBeTrue();

        credits.ToDisplayString().ShouldBe(shown);
    }

    [Theory]
    [InlineData("0.0000000001")]
    [InlineData("9223372036.854775808")]
    [InlineData("1e3")]
    [InlineData("")]
    public void Ten_decimals_and_more_than_fits_are_not_credits(string text) => Credits.TryParse(text, out _).ShouldBeFalse();
}
