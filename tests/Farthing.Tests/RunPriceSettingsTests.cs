using Farthing.Domain.Billing;
using Farthing.Domain.Money;

namespace Farthing.Tests;

public sealed class RunPriceSettingsTests
{
    [Fact]
    public void Without_a_word_the_prices_are_PlanExes() => Read().ShouldBe(RunPrices.Default);

    [Fact]
    public void Both_names_are_read_digit_by_digit_and_ours_win()
    {
        var prices = Read(
            ("PLANEXE_SUCCESS_PLAN_FEE_USD", "0.000000000001"), ("PLANEXE_CREDIT_PRICE_CENTS", "300"),
            ("FARTHING_CREDIT_PRICE_CENTS", "50"), ("FARTHING_MIN_CREDITS_TO_CREATE_PLAN", "0.5"));

        prices.ShouldBe(new(new Usd(1L), 50, new Credits(500_000_000)));
    }

    [Theory]
    [InlineData("FARTHING_SUCCESS_PLAN_FEE_USD", "-1")]
    [InlineData("FARTHING_SUCCESS_PLAN_FEE_USD", "1,5")]
    [InlineData("FARTHING_SUCCESS_PLAN_FEE_USD", "1000000.01")]
    [InlineData("PLANEXE_SUCCESS_PLAN_FEE_USD", "0.0000000000001")]
    [InlineData("FARTHING_CREDIT_PRICE_CENTS", "0")]
    [InlineData("PLANEXE_CREDIT_PRICE_CENTS", "-5")]
    [InlineData("FARTHING_CREDIT_PRICE_CENTS", "99.5")]
    [InlineData("FARTHING_CREDIT_PRICE_CENTS", "99999999999")]
    [InlineData("FARTHING_MIN_CREDITS_TO_CREATE_PLAN", "two")]
    [InlineData("FARTHING_MIN_CREDITS_TO_CREATE_PLAN", "0.0000000001")]
    public void What_cannot_be_meant_is_refused_by_name(string name, string value) =>
        Should.Throw<SettingsException>(() => Read((name, value))).Message.ShouldStartWith($"{name} must be ");

    [Theory]
    [InlineData("PLANEXE_CREDIT_PRICE_CENTS", "50", 50, "")]
    [InlineData("PLANEXE_CREDIT_PRICE_CENTS", "much", 100, "PLANEXE_CREDIT_PRICE_CENTS must be ")]
    [InlineData("PLANEXE_SUCCESS_PLAN_FEE_USD", "much", 100, "")]
    [InlineData("PLANEXE_MIN_CREDITS_TO_CREATE_PLAN", "much", 100, "")]
    public void Reports_are_shown_whatever_was_said(string name, string value, int cents, string warning)
    {
        using var error = new StringWriter();

        SettingsOf((name, value)).CentsToShow(error).ShouldBe(cents);

        error.ToString().ShouldStartWith(warning);
        (error.ToString().Length > 0).ShouldBe(warning.Length > 0);
    }

    private static RunPrices Read(params (string Name, string Value)[] said) => SettingsOf(said).Read();

    private static RunPriceSettings SettingsOf(params (string Name, string Value)[] said) =>
        new(said.ToDictionary(static entry => entry.Name, static entry => entry.Value, StringComparer.Ordinal).GetValueOrDefault);
}
