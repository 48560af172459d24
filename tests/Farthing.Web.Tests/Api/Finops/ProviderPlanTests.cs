using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;
using static Farthing.Web.Tests.Api.Finops.Spender;

namespace Farthing.Web.Tests.Api.Finops;

/// <summary>The tiers of each provider for the calls that went to it. What selects the calls is under the contract of the stores.</summary>
public sealed class ProviderPlanTests
{
    private const string Path = "finops/cost-modeling";

    /// <summary>A dollar and a quarter a million tokens of input.</summary>
    private const string Gpt = "gpt-5";

    private const long FortyDollars = 32_000_000;

    private static readonly DateTimeOffset Lately = Now.AddDays(-3);

    private static readonly TestServerOptions WithTiers = new()
    {
        Plans = new([Seat("openai", "small", 20, 100), Seat("openai", "late", 30, 100) with { From = new(2026, 11, 17) }, Seat("anthropic", "ours", 35, 200)]),
    };

    [Fact]
    public async Task Each_provider_has_its_tiers_and_the_calls_that_went_to_it()
    {
        await using var spender = await SpendAsync();

        var openai = await spender.ReadAsync($"{Path}?provider=openai");
        var cheapest = await spender.ReadAsync($"{Path}?provider=openai&mode=cheapest");
        var anthropic = await spender.ReadAsync($"{Path}?provider=anthropic");

        (openai.Word("provider"), openai.GetProperty("tiers_are_defined").GetBoolean()).ShouldBe(("openai", true));
        openai.List("plan_tiers").Select(static tier => (tier.Word("name"), tier.Number("monthly_cost"))).ShouldBe([("api_key", 0), ("small", 20)]);
        var engineer = openai.List("engineers").ShouldHaveSingleItem();
        (engineer.Word("engineer_id"), engineer.Number("monthly_api_cost"), engineer.Word("recommended_plan"), engineer.Number("savings_vs_api"))
            .ShouldBe((spender.People.Engineer.EngineerId, 40, "small", 20));
        (openai.Number("total_api_cost_monthly"), openai.GetProperty("pricing_status").GetProperty("exact").Number("calls")).ShouldBe((40, 2));
        var basis = cheapest.List("engineers").ShouldHaveSingleItem().GetProperty("basis");
        (basis.Number("months"), basis.Number("break_even_spend"), basis.GetProperty("is_capacity_assumed").GetBoolean()).ShouldBe((1, 20, false));
        anthropic.List("engineers").Select(static one => (one.Number("monthly_api_cost"), one.Word("recommended_plan"))).ShouldBe([(15, "api_key"), (90, "pro")]);
    }

    [Fact]
    public async Task Without_a_provider_the_bands_are_Primers_and_the_cheapest_tier_is_one_that_was_defined()
    {
        await using var spender = await SpendAsync();

        var band = await spender.ReadAsync(Path);
        var cheapest = await spender.ReadAsync($"{Path}?mode=cheapest");

        band.List("plan_tiers").Select(static tier => tier.Word("name")).ShouldBe(["api_key", "pro", "max_5x", "max_20x"]);
        band.Numbers("engineers", "monthly_api_cost").ShouldBe([15, 140]);
        band.Names()[^1].ShouldBe("pricing_status");
        cheapest.List("plan_tiers").Select(static tier => tier.Word("name")).ShouldBe(["api_key", "ours"]);
        cheapest.Names().TakeLast(2).ShouldBe(["pricing_status", "tiers_are_defined"]);
        cheapest.List("engineers").Select(static one => one.Word("recommended_plan")).ShouldBe(["api_key", "ours"]);
    }

    [Fact]
    public async Task A_seat_covers_only_what_went_to_its_maker_and_the_rest_is_paid_beside_it()
    {
        await using var spender = await SpendAsync();
        spender.Use(Lately, Gpt, FortyDollars * 4, who: spender.People.Stranger);

        var engineers = (await spender.ReadAsync($"{Path}?mode=cheapest")).List("engineers");

        engineers.Select(static one => (one.Number("monthly_api_cost"), one.Word("recommended_plan"), one.Number("recommended_plan_cost"), one.Number("savings_vs_api")))
            .ShouldBe([(15, "api_key", 15, 0), (140, "ours", 35 + 50, 90 - 35), (160, "api_key", 160, 0)]);
    }

    [Theory]
    [InlineData("google")]
    [InlineData("OpenAI")]
    [InlineData("")]
    public async Task A_provider_whose_tiers_nobody_knows_is_refused(string provider)
    {
        await using var spender = await StartAsync(StoreEngine.Sqlite, WithTiers);

        var answer = await spender.AskAsync($"{Path}?provider={provider}");

        (answer.Status, answer.Text("field"), answer.Text("detail")).ShouldBe((422, "provider", "'provider' is one of those whose tiers are known: anthropic, openai."));
    }

    [Fact]
    public async Task A_seat_at_one_provider_is_not_doubled_by_calls_to_another()
    {
        await using var spender = await StartAsync(StoreEngine.Sqlite, WithTiers);
        spender.Pay(Lately, 30, more: ""","billing_mode":"subscription" """);
        spender.Use(Lately, Gpt, FortyDollars, more: ""","billing_mode":"api_key" """);

        (await spender.ReadAsync(Path)).List("seats").Select(static seat => seat.Word("finding")).ShouldBe(["doubled"]);
        foreach (var (provider, mode) in new[] { ("anthropic", "subscription"), ("openai", "api_key") })
        {
            var answer = await spender.ReadAsync($"{Path}?provider={provider}");
            answer.List("seats").ShouldBeEmpty();
            answer.List("engineers").ShouldHaveSingleItem().Word("current_billing_mode").ShouldBe(mode);
        }
    }

    [Fact]
    public async Task Models_are_compared_with_those_of_the_same_provider_only()
    {
        await using var spender = await StartAsync(StoreEngine.Sqlite, WithTiers);
        foreach (var (model, tokens) in new[] { (Opus, 40_000), (Gpt, 20_000), ("gpt-5-mini", 20_000) })
        {
            for (var time = 0; time < 3; time++)
            {
                var started = Lately.AddMinutes(time).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
                await spender.ReportAsync(
                    $"{model}-{time}", model, tokens, tokens, $$""","started_at":"{{started}}","billing_mode":"subscription","facets":{"outcome":"success","session_type":"debugging"}""");
            }
        }

        var answer = await spender.ReadAsync($"{Path}?provider=openai");

        answer.Number("model_choice_sessions").ShouldBe(6);
        var choice = answer.List("model_choice_opportunities").ShouldHaveSingleItem();
        (choice.Word("current_model"), choice.Word("recommended_model")).ShouldBe((Gpt, "gpt-5-mini"));
        (await spender.ReadAsync(Path)).Number("model_choice_sessions").ShouldBe(9);
    }

    /// <summary>The engineer uses models of two makers and one of them through a cloud too, the colleague one maker's.</summary>
    private static async Task<Spender> SpendAsync()
    {
        var spender = await StartAsync(StoreEngine.Sqlite, WithTiers);
        spender.Pay(Lately, 90);
        spender.Use(Lately, Gpt, FortyDollars / 2);
        spender.Use(Lately, Gpt, FortyDollars / 2, more: ""","provider":"codex" """);
        spender.Use(Lately, Gpt, FortyDollars / 4, more: ""","provider":"azure" """);
        spender.Pay(Lately, 15, spender.People.Colleague);
        return spender;
    }

    private static PlanTier Seat(string provider, string name, int price, int capacity) => new()
    {
        Provider = provider,
        Name = name,
        Label = name,
        MonthlyCost = Usd.FromDecimal(price),
        Capacity = new(Usd.FromDecimal(capacity), CapacityWindow.Month, "contract"),
    };
}
