using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Money;

public sealed class MoneyPitfallTests
{
    [Fact]
    public void Pitfall_32_A_million_costs_of_0_0000068_sum_exactly()
    {
        Usd.TryParse("0.0000068", out var cost).ShouldBeTrue();
        var sum = Usd.Zero;
        for (var call = 0; call < 1_000_000; call++)
        {
            sum += cost;
        }

        sum.ToString().ShouldBe("6.8");
    }

    [Fact]
    public void Pitfall_29_Cents_are_not_dollars()
    {
        var cents = 12_345 * Usd.PicodollarsPerCent / 100;

        new Usd(cents).ToString().ShouldBe("1.2345");
    }
}
