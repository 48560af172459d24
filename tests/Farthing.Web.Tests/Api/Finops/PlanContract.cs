using System.Text.Json;
using static Farthing.Web.Tests.Api.Finops.Spender;

namespace Farthing.Web.Tests.Api.Finops;

/// <summary>Which plan is said to fit: Primer's cases by their numbers, and the cheapest one.</summary>
public abstract class PlanContract(StoreEngine engine)
{
    private const string Path = "finops/cost-modeling";

    private static readonly DateTimeOffset Lately = Now.AddDays(-3);

    [Theory]
    [InlineData("CM2", "19.99", "api_key", "19.99", "0", "0.67")]
    [InlineData("CM3", "20.00", "api_key", "20.00", "0", "0.67")]
    [InlineData("CM4", "20.01", "pro", "20", "0.01", "0.67")]
    [InlineData("CM6", "100.00", "pro", "20", "80", "3.33")]
    [InlineData("CM7", "100.01", "max_5x", "100", "0.01", "3.33")]
    [InlineData("CM9", "200.00", "max_5x", "100", "100", "6.67")]
    [InlineData("CM9+", "200.01", "max_20x", "200", "0.01", "6.67")]
    public async Task CM2_to_CM9_The_dearest_seat_below_the_cost(string id, string cost, string plan, string planCost, string savings, string daily)
    {
        await using var spender = await StartAsync(engine);
        spender.Pay(Lately, Dollars(cost));

        var engineer = (await spender.ReadAsync(Path)).List("engineers").ShouldHaveSingleItem(id);

        engineer.Word("recommended_plan").ShouldBe(plan);
        (engineer.Number("monthly_api_cost"), engineer.Number("recommended_plan_cost"), engineer.Number("savings_vs_api"), engineer.Number("daily_avg_cost"))
            .ShouldBe((Dollars(cost), Dollars(planCost), Dollars(savings), Dollars(daily)));
    }

    [Fact]
    public async Task CM1_Who_used_what_is_free_or_has_no_price_stays_on_the_api()
    {
        await using var spender = await StartAsync(engine);
        spender.Use(Lately, "unknown-model-xyz", 1_000);

        var engineer = (await spender.ReadAsync(Path)).List("engineers").ShouldHaveSingleItem();

        (engineer.Word("recommended_plan"), engineer.Number("recommended_plan_cost"), engineer.Number("savings_vs_api"), engineer.Number("daily_avg_cost"))
            .ShouldBe(("api_key", 0, 0, 0));
    }

    [Fact]
    public async Task CM11_Thirty_sessions_of_a_flagship()
    {
        await using var spender = await StartAsync(engine);
        for (var day = 0; day < 30; day++)
        {
            spender.Use(Now.AddHours(-1 - (23 * day)), Opus, 50_000, 130_000, cacheRead: 20_000, cacheWrite: 10_000);
        }

        var answer = await spender.ReadAsync(Path);

        var engineer = answer.List("engineers").ShouldHaveSingleItem();
        (engineer.Word("recommended_plan"), engineer.Number("recommended_plan_cost"), engineer.Number("daily_avg_cost")).ShouldBe(("max_20x", 200, 10.72m));
        engineer.Number("savings_vs_api")!.Value.ShouldBeInRange(121.52m, 121.53m);
    }

    [Fact]
    public async Task CM12_and_CM13_Small_usage_stays_on_the_api()
    {
        await using var spender = await StartAsync(engine);
        for (var day = 0; day < 30; day++)
        {
            spender.Use(Now.AddHours(-1 - (23 * day)), Opus, 10_000, 5_000);
        }

        spender.Use(Lately, Haiku, 1_000, 500, who: spender.People.Colleague);

        var engineers = (await spender.ReadAsync(Path)).List("engineers");

        engineers.Select(static engineer => engineer.Number("monthly_api_cost")).ShouldBe([0, 15.75m]);
        engineers.ShouldAllBe(static engineer => engineer.Word("recommended_plan") == "api_key" && engineer.Number("savings_vs_api") == 0);
    }

    [Fact]
    public async Task CM14_Without_usage_there_are_four_tiers_and_zeros()
    {
        await using var spender = await StartAsync(engine);

        foreach (var key in new[] { TestServer.AdminKey, spender.People.LeadWithoutTeam.Key })
        {
            var answer = await spender.ReadAsync(Path, key);

            answer.List("engineers").ShouldBeEmpty();
            answer.List("plan_tiers").Select(static tier => tier.Word("name")).ShouldBe(["api_key", "pro", "max_5x", "max_20x"]);
            answer.List("plan_tiers").Select(static tier => tier.Word("label")).ShouldBe(["API Key", "Claude Pro", "Claude Max (5x)", "Claude Max (20x)"]);
            answer.Numbers("plan_tiers", "monthly_cost").ShouldBe([0, 20, 100, 200]);
            answer.Numbers("allocation", "engineer_count").ShouldBe([0, 0, 0, 0]);
            answer.Numbers("allocation", "total_monthly_cost").ShouldBe([0, 0, 0, 0]);
            (answer.Number("total_api_cost_monthly"), answer.Number("total_optimal_cost_monthly"), answer.Number("total_savings_monthly")).ShouldBe((0, 0, 0));
            (answer.List("model_choice_opportunities").Count, answer.Number("total_model_choice_savings_monthly")).ShouldBe((0, 0));
        }
    }

    [Fact]
    public async Task Both_modes_see_the_same_calls_whatever_the_range()
    {
        await using var spender = await StartAsync(engine);
        for (var hours = 5; hours < 24 * 200; hours += 53)
        {
            spender.Pay(Now.AddHours(-hours), 0.01m * hours);
            spender.Pay(Now.AddHours(-hours), 1, hours % 2 == 0 ? spender.People.Colleague : null);
        }

        foreach (var days in (int[])[1, 7, 29, 30, 31, 45, 60, 61, 90, 150, 180, 181, 210])
        {
            var range = $"{Path}?start_date={Now.AddDays(-days):yyyy-MM-ddTHH:mm:ss}Z";
            var (band, cheapest) = (await spender.ReadAsync(range), await spender.ReadAsync($"{range}&mode=cheapest"));

            cheapest.GetProperty("pricing_status").GetRawText().ShouldBe(band.GetProperty("pricing_status").GetRawText(), $"{days} days");
            (cheapest.Number("unattributed_cost"), cheapest.Number("period_days")).ShouldBe((band.Number("unattributed_cost"), band.Number("period_days")), $"{days} days");
            cheapest.List("engineers").Select(static engineer => engineer.Word("engineer_id")).Order()
                .ShouldBe(band.List("engineers").Select(static engineer => engineer.Word("engineer_id")).Order(), $"{days} days");
        }
    }

    [Theory]
    [InlineData("2026-10-01", "2026-10-15")]
    [InlineData("2026-10-01T02:00:00+02:00", "2026-10-14T18:00:00-06:00")]
    [InlineData("2026-10-01T00:00:00Z", "2026-10-15T00:00:00.5")]
    public async Task CM15_The_period_is_counted_in_whole_days(string start, string end)
    {
        await using var spender = await StartAsync(engine);
        spender.Pay(new(2026, 10, 7, 0, 0, 0, TimeSpan.Zero), 14);

        var answer = await spender.ReadAsync($"{Path}?start_date={start}&end_date={end}");

        (answer.Number("period_days"), answer.Numbers("engineers", "monthly_api_cost").Single(), answer.Numbers("engineers", "daily_avg_cost").Single())
            .ShouldBe((14, 30, 1));
    }

    [Fact]
    public async Task CM18_Everybody_is_on_one_tier_and_the_sums_are_those_of_the_lines()
    {
        await using var spender = await StartAsync(engine);
        spender.Pay(Lately, 5);
        spender.Pay(Lately, 150, spender.People.Colleague);

        var answer = await spender.ReadAsync(Path);

        answer.Numbers("allocation", "engineer_count").ShouldBe([1, 0, 1, 0]);
        answer.Numbers("allocation", "total_monthly_cost").ShouldBe([5, 0, 100, 0]);
        answer.Numbers("allocation", "monthly_cost_per_seat").ShouldBe([0, 20, 100, 200]);
        (answer.Number("total_api_cost_monthly"), answer.Number("total_optimal_cost_monthly"), answer.Number("total_savings_monthly")).ShouldBe((155, 105, 50));
        answer.Names().Take(9).ShouldBe([
            "period_days", "plan_tiers", "engineers", "allocation", "total_api_cost_monthly", "total_optimal_cost_monthly", "total_savings_monthly",
            "model_choice_opportunities", "total_model_choice_savings_monthly"]);
        answer.List("engineers")[0].Names().ShouldBe([
            "engineer_id", "engineer_name", "monthly_api_cost", "recommended_plan", "recommended_plan_cost", "savings_vs_api", "current_billing_mode", "daily_avg_cost"]);
    }

    [Fact]
    public async Task Both_ways_are_answered_at_once_as_each_by_itself()
    {
        await using var spender = await StartAsync(engine);
        spender.Pay(Lately, 150);
        spender.Pay(Now.AddDays(-40), 15, spender.People.Colleague);

        var both = await spender.ReadAsync("finops/plans");

        both.Names().ShouldBe(["band", "cheapest"]);
        both.GetProperty("band").GetRawText().ShouldBe((await spender.ReadAsync($"{Path}?mode=band")).GetRawText());
        both.GetProperty("cheapest").GetRawText().ShouldBe((await spender.ReadAsync($"{Path}?mode=cheapest")).GetRawText());
    }

    [Fact]
    public async Task CM22_Engineers_are_refused_and_leads_see_their_team()
    {
        await using var spender = await StartAsync(engine);
        spender.Pay(Lately, 5);
        spender.Pay(Lately, 150, spender.People.Stranger);

        (await spender.AskAsync(Path, spender.People.Engineer.Key)).Status.ShouldBe(403);
        (await spender.ReadAsync($"{Path}?team_id={spender.People.OtherTeam}", spender.People.Lead.Key)).Number("total_api_cost_monthly").ShouldBe(5);
        (await spender.ReadAsync(Path, spender.People.Finance.Key)).Number("total_api_cost_monthly").ShouldBe(155);
    }

    [Fact]
    public async Task The_cheapest_plan_is_the_one_that_covers_what_is_used()
    {
        await using var spender = await StartAsync(engine);
        for (var month = 0; month < 4; month++)
        {
            spender.Pay(Lately.AddDays(-30 * month), 90);
            spender.Pay(Lately.AddDays(-30 * month), 15, spender.People.Colleague);
        }

        var answer = await spender.ReadAsync($"{Path}?mode=cheapest");

        var (small, large) = (answer.List("engineers")[0], answer.List("engineers")[1]);
        (small.Word("recommended_plan"), large.Word("recommended_plan"), large.Number("recommended_plan_cost"), large.Number("savings_vs_api")).ShouldBe(("api_key", "pro", 20, 70));
        var basis = large.GetProperty("basis");
        (basis.Number("months"), basis.Number("months_cheapest"), basis.Word("confidence"), basis.Number("break_even_spend")).ShouldBe((3, 3, "high", 20), "usage began within the fourth");
        basis.GetProperty("is_capacity_assumed").GetBoolean().ShouldBeTrue();
        (answer.Word("mode"), (await spender.AskAsync($"{Path}?mode=best")).Text("field")).ShouldBe(("cheapest", "mode"));
    }

    [Fact]
    public async Task Who_pays_by_api_beside_a_seat_and_whose_seat_is_idle_is_told()
    {
        await using var spender = await StartAsync(engine);
        spender.Pay(Lately, 30, more: ""","billing_mode":"subscription" """);
        spender.Pay(Lately, 12, more: ""","billing_mode":"api_key" """);
        spender.Pay(Now.AddDays(-60), 5, spender.People.Colleague, more: ""","billing_mode":"subscription" """);

        var answer = await spender.ReadAsync($"{Path}?mode=cheapest");

        answer.List("seats").Select(static seat => (seat.Word("engineer_id"), seat.Word("finding"), seat.Number("monthly_api_cost"))).ShouldBe(
            [(spender.People.Engineer.EngineerId, "doubled", 12), (spender.People.Colleague.EngineerId, "idle", 0)]);
    }

    [Theory]
    [InlineData(-30, false)]
    [InlineData(-31, true)]
    [InlineData(-179, true)]
    [InlineData(-180, false)]
    public async Task A_seat_is_idle_after_thirty_days_and_forgotten_after_six_months_of_thirty(int days, bool isIdle)
    {
        await using var spender = await StartAsync(engine);
        spender.Pay(Now.AddDays(days), 5, more: ""","billing_mode":"subscription" """);

        var answer = await spender.ReadAsync($"{Path}?mode=cheapest");

        answer.List("seats").Any().ShouldBe(isIdle);
    }

    private static decimal Dollars(string text) => JsonDocument.Parse(text).RootElement.GetDecimal();
}

/// <summary>Plans over the embedded store.</summary>
public sealed class PlanOnSqliteTests() : PlanContract(StoreEngine.Sqlite);

/// <summary>Plans over PostgreSQL.</summary>
public sealed class PlanOnPostgresTests() : PlanContract(StoreEngine.Postgres);
