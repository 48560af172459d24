using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;
using Farthing.Workflows.Planning;

namespace Farthing.Workflows.Tests.Planning;

public sealed class PlanCatalogTests
{
    private static readonly DateOnly Today = new(2026, 11, 16);

    private static readonly PlanCatalog Catalog = new(
    [
        Seat("openai", "small", 20) with { To = Today },
        Seat("openai", "small", 25) with { From = Today },
        Seat("anthropic", "ours", 30),
        Seat("acme", "gone", 10) with { To = Today },
    ]);

    [Fact]
    public void Without_a_file_there_are_Primers_tiers_of_Claude()
    {
        PlanCatalog.Primer.Providers.ShouldBe(["anthropic"]);
        foreach (var mode in Enum.GetValues<PlanMode>())
        {
            PlanCatalog.Primer.Of("anthropic", mode, Today).ShouldBeSameAs(PlanTiers.Primer);
            PlanCatalog.Primer.AreDefined("anthropic", mode).ShouldBeFalse();
        }
    }

    [Fact]
    public void Tiers_of_Claude_take_the_place_of_Primers_only_where_the_cheapest_is_looked_for()
    {
        Catalog.Of("anthropic", PlanMode.Band, Today).ShouldBeSameAs(PlanTiers.Primer);
        Names("anthropic", PlanMode.Cheapest, Today).ShouldBe(["api_key 0", "ours 30"]);
        (Catalog.AreDefined("anthropic", PlanMode.Band), Catalog.AreDefined("anthropic", PlanMode.Cheapest)).ShouldBe((false, true));
    }

    [Theory]
    [InlineData(PlanMode.Band)]
    [InlineData(PlanMode.Cheapest)]
    public void Tiers_are_those_of_the_day_and_paying_by_API_is_one_of_them(PlanMode mode)
    {
        Names("openai", mode, Today.AddDays(-1)).ShouldBe(["api_key 0", "small 20"]);
        Names("openai", mode, Today).ShouldBe(["api_key 0", "small 25"]);
        Names("acme", mode, Today).ShouldBe(["api_key 0"]);
    }

    [Fact]
    public void A_provider_without_tiers_is_not_known()
    {
        Catalog.Providers.ShouldBe(["acme", "anthropic", "openai"]);
        (Catalog.Knows("openai"), Catalog.Knows("OpenAI"), Catalog.Knows("google")).ShouldBe((true, false, false));
        Should.Throw<ArgumentException>(static () => Catalog.Of("google", PlanMode.Band, Today));
    }

    private static IEnumerable<string> Names(string provider, PlanMode mode, DateOnly day) =>
        Catalog.Of(provider, mode, day).All.Select(static tier => $"{tier.Name} {tier.MonthlyCost}");

    private static PlanTier Seat(string provider, string name, int price) => new()
    {
        Provider = provider,
        Name = name,
        Label = name,
        MonthlyCost = Usd.FromDecimal(price),
    };
}
