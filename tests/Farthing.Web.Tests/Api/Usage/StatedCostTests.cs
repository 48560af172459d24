using System.Text;
using Farthing.Web.Api.Usage;

namespace Farthing.Web.Tests.Api.Usage;

public sealed class StatedCostTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("0.0938787", "0.0938787")]
    [InlineData("5e-06", "0.000005")]
    [InlineData("1.5E+2", "150")]
    [InlineData("0.1000000000000000000", "0.1")]
    [InlineData("1000000", "1000000")]
    [InlineData("0.000000000001", "0.000000000001")]
    [InlineData("123e-12", "0.000000000123")]
    public void Costs_are_taken_exactly(string text, string usd)
    {
        StatedCost.TryParse(Encoding.ASCII.GetBytes(text), out var cost).ShouldBeTrue();

        cost.ToString().ShouldBe(usd);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-0.1")]
    [InlineData("+1")]
    [InlineData("1e")]
    [InlineData("e5")]
    [InlineData("1e1e1")]
    [InlineData("1.2.3")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("0.30000000000000004")]
    [InlineData("1000000.000000000001")]
    [InlineData("1e7")]
    [InlineData("1e999999999999")]
    [InlineData("0.0000000000000000000000000000000000000000000000000000000000000001")]
    public void What_is_no_exact_cost_is_refused(string text) => StatedCost.TryParse(Encoding.ASCII.GetBytes(text), out _).ShouldBeFalse();
}
