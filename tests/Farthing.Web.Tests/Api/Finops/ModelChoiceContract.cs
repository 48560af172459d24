using System.Globalization;
using static Farthing.Web.Tests.Api.Finops.Spender;

namespace Farthing.Web.Tests.Api.Finops;

/// <summary>What is concluded from sessions that Primer's clients report: models that do as well, how they are paid for, time saved.</summary>
public abstract class ModelChoiceContract(StoreEngine engine)
{
    private const string Path = "finops/cost-modeling";

    [Fact]
    public async Task CM19_A_cheaper_model_that_did_as_well()
    {
        await using var spender = await StartAsync(engine);
        await WorkAsync(spender, "debugging", Opus, 40_000, 18_000, 3, "success");
        await WorkAsync(spender, "debugging", Sonnet, 18_000, 9_000, 3, "success");

        var answer = await spender.ReadAsync(Path);

        var choice = answer.List("model_choice_opportunities").ShouldHaveSingleItem();
        choice.Names().ShouldBe([
            "workflow_archetype", "current_model", "recommended_model", "current_session_count", "supporting_session_count", "current_success_rate",
            "recommended_success_rate", "current_avg_cost", "recommended_avg_cost", "period_savings_estimate", "monthly_savings_estimate", "confidence", "rationale"]);
        (choice.Word("workflow_archetype"), choice.Word("current_model"), choice.Word("recommended_model"), choice.Word("confidence")).ShouldBe(("debugging", Opus, Sonnet, "medium"));
        (choice.Number("current_avg_cost"), choice.Number("recommended_avg_cost"), choice.Number("current_success_rate")).ShouldBe((1.95m, 0.189m, 1));
        (choice.Number("period_savings_estimate"), choice.Number("monthly_savings_estimate"), answer.Number("total_model_choice_savings_monthly")).ShouldBe((5.283m, 5.283m, 5.283m));
        (answer.Number("model_choice_sessions"), answer.GetProperty("model_choice_is_partial").GetBoolean()).ShouldBe((6, false));
    }

    [Fact]
    public async Task CM20_A_cheaper_model_that_fails_is_no_opportunity()
    {
        await using var spender = await StartAsync(engine);
        await WorkAsync(spender, "debugging", Opus, 40_000, 18_000, 3, "success");
        await WorkAsync(spender, "debugging", Sonnet, 18_000, 9_000, 3, "failure");

        var answer = await spender.ReadAsync(Path);

        (answer.List("model_choice_opportunities").Count, answer.Number("total_model_choice_savings_monthly")).ShouldBe((0, 0));
    }

    [Fact]
    public async Task CM21_Of_equal_savings_the_surer_one_comes_first()
    {
        await using var spender = await StartAsync(engine);
        await WorkAsync(spender, "a-few", Opus, 20_000, 0, 3, "success");
        await WorkAsync(spender, "a-few", Haiku, 20_000, 0, 3, "success");
        await WorkAsync(spender, "many", Opus, 10_000, 0, 6, "success");
        await WorkAsync(spender, "many", Haiku, 10_000, 0, 6, "success");

        var choices = (await spender.ReadAsync(Path)).List("model_choice_opportunities");

        choices.Select(static choice => choice.Number("monthly_savings_estimate")).Distinct().ShouldHaveSingleItem();
        choices.Select(static choice => (choice.Word("workflow_archetype"), choice.Word("confidence"))).ShouldBe([("many", "high"), ("a-few", "medium")]);
    }

    [Fact]
    public async Task How_the_latest_session_is_paid_for_is_the_current_mode()
    {
        await using var spender = await StartAsync(engine);
        await spender.ReportAsync("old", Sonnet, 1_000, 0, Started(-2) + ""","billing_mode":"api_key" """);
        await spender.ReportAsync("new", Sonnet, 1_000, 0, Started(-1) + ""","billing_mode":"subscription" """);
        await spender.ReportAsync("newest", Sonnet, 1_000, 0, Started(0));

        (await spender.ReadAsync(Path)).List("engineers").ShouldHaveSingleItem().Word("current_billing_mode").ShouldBe("subscription");
    }

    [Fact]
    public async Task A_session_without_a_start_is_in_totals_and_on_no_day_and_in_no_range()
    {
        await using var spender = await StartAsync(engine);
        await spender.ReportAsync("undated", Sonnet, 1_000, 0);
        await spender.ReportAsync("dated", Sonnet, 2_000, 0, Started(-1));

        var (costs, cache) = (await spender.ReadAsync("analytics/costs"), await spender.ReadAsync("finops/cache"));

        (costs.Number("total_estimated_cost"), costs.Numbers("daily_costs", "estimated_cost").Sum()).ShouldBe((0.009m, 0.006m));
        (cache.Number("total_input_tokens"), cache.Numbers("daily_cache_trend", "input_tokens").Sum()).ShouldBe((3_000, 2_000));
        (await spender.ReadAsync("analytics/costs?start_date=2026-11-01")).Number("total_estimated_cost").ShouldBe(0.006m);
        (await spender.ReadAsync("finops/forecast")).Numbers("historical", "estimated_cost").ShouldBe([0.006m]);
    }

    [Fact]
    public async Task Time_saved_and_cost_by_kind_of_work()
    {
        await using var spender = await StartAsync(engine);
        await WorkAsync(spender, "debugging", Haiku, 30_000_000, 0, 2, "success", ""","duration_seconds":7200 """);

        var answer = await spender.ReadAsync("analytics/productivity");
        var costs = await spender.ReadAsync("analytics/costs");

        (answer.Number("estimated_time_saved_hours"), answer.Number("estimated_value_created"), answer.Number("roi_ratio")).ShouldBe((8, 600, 10));
        (answer.Number("cost_per_successful_outcome"), answer.Number("avg_cost_per_session")).ShouldBe((30, 30));
        costs.List("workflow_breakdown").ShouldHaveSingleItem().GetRawText().ShouldBe(
            """{"dimension":"workflow_archetype","label":"debugging","session_count":2,"total_estimated_cost":60,"avg_cost_per_session":30,"cost_per_successful_outcome":30}""");
    }

    [Fact]
    public async Task EX1_Cached_input_that_Codex_counts_in_is_not_billed_twice()
    {
        await using var spender = await StartAsync(engine);
        await spender.ReportAsync(
            "codex", "ignored", 0, 0,
            ""","agent_type":"codex_cli","model_usages":[{"model_name":"o4-mini","input_tokens":1200,"output_tokens":450,"cache_read_tokens":100}]""" + Started(-1));

        var model = (await spender.ReadAsync("analytics/costs")).List("model_breakdown").ShouldHaveSingleItem();

        (model.Number("input_tokens"), model.Number("output_tokens"), model.Number("cache_read_tokens")).ShouldBe((1_100, 450, 100));
    }

    private static string Started(int day, int minute = 0) =>
        string.Create(CultureInfo.InvariantCulture, $",\"started_at\":\"{Now.AddHours(-2).AddDays(day).AddMinutes(minute):yyyy-MM-ddTHH:mm:ssZ}\"");

    private static async Task WorkAsync(Spender spender, string work, string model, long input, long output, int times, string outcome, string more = "")
    {
        for (var time = 0; time < times; time++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{work}-{model}-{time}");
            await spender.ReportAsync(id, model, input, output, $$"""{{Started(-1, time)}},"facets":{"outcome":"{{outcome}}","session_type":"{{work}}"}{{more}}""");
        }
    }
}

/// <summary>Judged sessions over the embedded store.</summary>
public sealed class ModelChoiceOnSqliteTests() : ModelChoiceContract(StoreEngine.Sqlite);

/// <summary>Judged sessions over PostgreSQL.</summary>
public sealed class ModelChoiceOnPostgresTests() : ModelChoiceContract(StoreEngine.Postgres);
