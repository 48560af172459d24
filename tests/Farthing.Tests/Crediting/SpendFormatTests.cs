using Farthing.Crediting;
using Farthing.Domain.Money;

namespace Farthing.Tests.Crediting;

public sealed class SpendFormatTests
{
    [Theory]
    [InlineData("0", "$0.00")]
    [InlineData("0.00004", "<$0.0001")]
    [InlineData("0.00005", "$0.0001")]
    [InlineData("0.0001", "$0.0001")]
    [InlineData("0.0012", "$0.0012")]
    [InlineData("0.01", "$0.01")]
    [InlineData("0.0125", "$0.0125")]
    [InlineData("0.12345", "$0.1235")]
    [InlineData("1", "$1.00")]
    [InlineData("1.5", "$1.50")]
    [InlineData("1.234", "$1.234")]
    [InlineData("1.23455", "$1.2346")]
    [InlineData("9.99996", "$10.00")]
    [InlineData("-0.5", "$-0.50")]
    [InlineData("1234.5", "$1234.50")]
    [InlineData("100", "$100.00")]
    [InlineData("-0.00001", ">$-0.0001")]
    [InlineData("170000000000000000000.5", "$170000000000000000000.50")]
    public void A_spend_has_four_decimals_at_most_and_cents_at_least(string amount, string expected) =>
        SpendFormat.Spend(Parse(amount)).ShouldBe(expected);

    [Theory]
    [InlineData("0.012345", "0.012345")]
    [InlineData("0.0125", "0.0125")]
    [InlineData("1", "1.00")]
    [InlineData("20", "20.00")]
    [InlineData("0.00012", "0.00012")]
    [InlineData("0.0000004", "0.00")]
    [InlineData("10.5", "10.50")]
    [InlineData("0.1000005", "0.100001")]
    public void An_amount_of_the_log_has_six_decimals_at_most_and_cents_at_least(string amount, string expected) =>
        SpendFormat.LogAmount(Parse(amount)).ShouldBe(expected);

    [Theory]
    [InlineData("20", "+$20.00")]
    [InlineData("-0.012345", "-$0.012345")]
    [InlineData("0", "$0.00")]
    public void An_amount_of_the_log_says_whether_it_was_given_or_taken(string amount, string expected) =>
        SpendFormat.SignedLogAmount(Parse(amount)).ShouldBe(expected);

    [Theory]
    [InlineData("12.34567", "$12.3457")]
    [InlineData("-0.5", "$-0.50")]
    [InlineData("0.00001", "$0.00")]
    [InlineData("-0.00001", "$0.00")]
    public void A_balance_of_the_log_has_four_decimals_at_most(string balance, string expected) =>
        SpendFormat.LogBalance(Parse(balance)).ShouldBe(expected);

    [Fact]
    public void A_price_is_the_list_price_with_the_surcharge_in_proportion()
    {
        SpendFormat.PricePerMillion(PerMillion("3"), Credits("0.0100"), Credits("0.0006")).ShouldBe("$3.18");
        SpendFormat.PricePerMillion(PerMillion("15"), Credits("0.0100"), Credits("0.0006")).ShouldBe("$15.90");
        SpendFormat.PricePerMillion(PerMillion("0.05"), Credits("3"), Credits("0.01")).ShouldBe("$0.0502");
        SpendFormat.PricePerMillion(PerMillion("0.075"), Credits("1"), Credits("0")).ShouldBe("$0.075");
    }

    [Fact]
    public void A_price_without_anything_at_cost_is_the_list_price() =>
        SpendFormat.PricePerMillion(PerMillion("3"), Credits("0"), Credits("0.0006")).ShouldBe("$3.00");

    [Theory]
    [InlineData("0.0300", "0.0100", "$0.03 (75%)")]
    [InlineData("0.0299", "0.0101", "$0.0299 (74%)")]
    [InlineData("0.02", "0", "$0.02 (100%)")]
    [InlineData("0", "0", "$0.00")]
    public void A_discount_is_a_part_of_the_undiscounted_cost_rounded_down(string discount, string cost, string expected) =>
        SpendFormat.Discount(Parse(discount), Parse(cost)).ShouldBe(expected);

    [Theory]
    [InlineData("1", 100, "1")]
    [InlineData("2.000000001", 150, "3.0000000015")]
    [InlineData("-7", 1, "-0.07")]
    public void Credits_are_dollars_at_the_price_of_a_credit(string credits, int cents, string usd) =>
        SpendFormat.ToUsd(Credits(credits), cents).ShouldBe(Parse(usd));

    private static Usd Parse(string text) => Usd.TryParse(text, out var amount) ? amount : throw new ArgumentException(text, nameof(text));

    private static Credits Credits(string text) =>
        Domain.Money.Credits.TryParse(text, out var amount) ? amount : throw new ArgumentException(text, nameof(text));

    private static Rate PerMillion(string text) => Rate.TryParsePerMillion(text, out var rate) ? rate : throw new ArgumentException(text, nameof(text));
}
