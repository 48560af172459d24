using static Farthing.Web.Tests.Api.Finops.Spender;

namespace Farthing.Web.Tests.Api.Finops;

/// <summary>What usage is said to cost: Primer's cases of pricing and analytics by their numbers.</summary>
public abstract class CostsContract(StoreEngine engine)
{
    private const string Path = "analytics/costs";

    private static readonly DateTimeOffset Morning = Now.AddHours(-3);

    [Theory]
    [InlineData("PR1", Opus, "90")]
    [InlineData("PR2", "claude-opus-4-5", "30")]
    [InlineData("PR2", "claude-opus-4-6", "30")]
    [InlineData("PR3", Sonnet, "18")]
    public async Task PR1_to_PR3_A_million_in_and_a_million_out(string id, string model, string cost)
    {
        await using var spender = await StartAsync(engine);
        for (var call = 0; call < 10; call++)
        {
            spender.Use(Morning.AddSeconds(call), model, 100_000, 100_000);
        }

        (await spender.ReadAsync(Path)).Number("total_estimated_cost").ShouldBe(decimal.Parse(cost, System.Globalization.CultureInfo.InvariantCulture), id);
    }

    [Fact]
    public async Task PR4_and_PR5_A_cache_costs_and_nothing_costs_nothing()
    {
        await using var spender = await StartAsync(engine);
        for (var call = 0; call < 10; call++)
        {
            spender.Use(Morning.AddSeconds(call), Sonnet, 0, cacheRead: 100_000, cacheWrite: 100_000);
        }

        spender.Use(Morning, Opus, 0);

        var answer = await spender.ReadAsync(Path);

        answer.Number("total_estimated_cost").ShouldBe(4.05m);
        answer.Numbers("model_breakdown", "estimated_cost").ShouldBe([4.05m, 0]);
    }

    [Fact]
    public async Task PR6_An_unknown_model_is_unpriced_and_not_three_dollars()
    {
        await using var spender = await StartAsync(engine);
        spender.Use(Morning, "unknown-model-xyz", 1_000_000);

        var answer = await spender.ReadAsync(Path);

        answer.Number("total_estimated_cost").ShouldBe(0);
        answer.GetProperty("pricing_status").GetProperty("unpriced").Number("calls").ShouldBe(1);
    }

    [Fact]
    public async Task The_days_of_every_answer_are_those_of_the_organisation()
    {
        await using var spender = await StartAsync(engine, new() { Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu") });
        spender.Pay(new(2026, 11, 14, 18, 10, 0, TimeSpan.Zero), 1); // 14 November, five to midnight in Kathmandu.
        spender.Pay(new(2026, 11, 14, 18, 20, 0, TimeSpan.Zero), 2); // 15 November, five past.

        foreach (var (path, list) in new[] { (Path, "daily_costs"), ("finops/cache", "daily_cache_trend"), ("finops/forecast", "historical"), ("finops/forecast?method=auto", "historical") })
        {
            (await spender.ReadAsync(path)).List(list).Select(static day => day.Word("date")).ShouldBe(["2026-11-14", "2026-11-15"], path);
        }

        (await spender.ReadAsync(Path)).Numbers("daily_costs", "estimated_cost").ShouldBe([1, 2]);
    }

    [Fact]
    public async Task AN1_Two_models_add_up()
    {
        await using var spender = await StartAsync(engine);
        for (var call = 0; call < 10; call++)
        {
            spender.Use(Morning.AddSeconds(call), Sonnet, 100_000, 50_000, session: "a");
        }

        spender.Use(Morning.AddDays(-1), Opus, 100_000, 50_000, session: "b");

        var answer = await spender.ReadAsync(Path);

        answer.Number("total_estimated_cost").ShouldBe(15.75m);
        answer.Names().ShouldBe(["total_estimated_cost", "model_breakdown", "daily_costs", "workflow_breakdown", "pricing_status"]);
        answer.List("model_breakdown")[0].GetRawText().ShouldBe(
            $$"""{"model_name":"{{Sonnet}}","input_tokens":1000000,"output_tokens":500000,"cache_read_tokens":0,"cache_creation_tokens":0,"estimated_cost":10.5}""");
        answer.List("daily_costs").Select(static day => day.GetRawText()).ShouldBe(
            ["""{"date":"2026-11-15","estimated_cost":5.25,"session_count":1}""", """{"date":"2026-11-16","estimated_cost":10.5,"session_count":1}"""]);
    }

    [Fact]
    public async Task Both_ends_of_a_range_belong_to_it_to_the_millisecond()
    {
        await using var spender = await StartAsync(engine);
        var (from, to) = (Now.AddDays(-2), Now.AddDays(-1));
        spender.Pay(from.AddMilliseconds(-1), 1);
        spender.Pay(from, 2);
        spender.Pay(to, 4);
        spender.Pay(to.AddMilliseconds(1), 8);

        var answer = await spender.ReadAsync($"{Path}?start_date={from:yyyy-MM-ddTHH:mm:ss}&end_date={to.AddHours(5):yyyy-MM-ddTHH:mm:ss}%2B05:00");

        answer.Number("total_estimated_cost").ShouldBe(6);
    }

    [Fact]
    public async Task Productivity_by_Primers_rule_of_thumb()
    {
        await using var spender = await StartAsync(engine);
        spender.Pay(Now.AddDays(-2), 3, session: "a");
        spender.Pay(Now.AddDays(-1), 1, session: "b");
        spender.Pay(Now.AddDays(-1), 2, spender.People.Colleague, session: "c");

        var answer = await spender.ReadAsync($"analytics/productivity?team_id={spender.People.Team}&start_date=2026-11-14&end_date=2026-11-16");

        answer.Names().ShouldBe([
            "sessions_per_engineer_per_day", "avg_cost_per_session", "cost_per_successful_outcome", "estimated_time_saved_hours", "estimated_value_created",
            "adoption_rate", "power_users", "total_engineers_in_scope", "total_cost", "roi_ratio", "pricing_status"]);
        (answer.Number("total_cost"), answer.Number("avg_cost_per_session"), answer.Number("roi_ratio")).ShouldBe((6, 2, null));
        answer.Number("total_engineers_in_scope").ShouldBe(3); // The engineer, the colleague and their lead.
        (answer.Number("sessions_per_engineer_per_day"), answer.Number("adoption_rate")).ShouldBe((0.5m, 66.7m));
    }
}

/// <summary>Costs over the embedded store.</summary>
public sealed class CostsOnSqliteTests() : CostsContract(StoreEngine.Sqlite);

/// <summary>Costs over PostgreSQL.</summary>
public sealed class CostsOnPostgresTests() : CostsContract(StoreEngine.Postgres);
