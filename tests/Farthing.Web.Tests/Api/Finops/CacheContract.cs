using static Farthing.Web.Tests.Api.Finops.Spender;

namespace Farthing.Web.Tests.Api.Finops;

/// <summary>What caching is said to save: Primer's cases by their numbers, and what is ours.</summary>
public abstract class CacheContract(StoreEngine engine)
{
    private const string Path = "finops/cache";

    private static readonly DateTimeOffset Morning = Now.AddHours(-3);

    [Fact]
    public async Task CA1_Without_usage_there_is_no_rate_and_no_saving()
    {
        await using var spender = await StartAsync(engine);

        var answer = await spender.ReadAsync(Path);

        (answer.Number("cache_hit_rate"), answer.Number("cache_savings_estimate")).ShouldBe((null, null));
        (answer.List("daily_cache_trend").Count, answer.List("model_cache_breakdown").Count, answer.List("engineer_cache_breakdown").Count).ShouldBe((0, 0, 0));
        (answer.Number("total_cache_read_tokens"), answer.Number("total_potential_additional_savings")).ShouldBe((0, 0));
    }

    [Fact]
    public async Task CA2_One_model()
    {
        await using var spender = await StartAsync(engine);
        spender.Use(Morning, Sonnet, 5_000, 2_000, cacheRead: 3_000, cacheWrite: 1_000);

        var answer = await spender.ReadAsync(Path);

        (answer.Number("cache_hit_rate"), answer.Number("cache_savings_estimate")).ShouldBe((0.375m, 0.0081m));
        var model = answer.List("model_cache_breakdown").ShouldHaveSingleItem();
        (model.Word("model_name"), model.Number("estimated_savings")).ShouldBe((Sonnet, 0.0081m));
        answer.Number("net_savings").ShouldBe(0.0074m); // 0.0081 less 1,000 writes at 0.75 dollars a million above input; half-even.
        answer.Number("cache_hit_rate_with_writes").ShouldBe(0.3333m);
        answer.GetProperty("writes").Number("premium_5m").ShouldBe(0.0008m);
    }

    [Fact]
    public async Task CA3_Two_models_most_savings_first()
    {
        await using var spender = await StartAsync(engine);
        spender.Use(Morning, "claude-haiku-3.5", 3_000, cacheRead: 2_000, cacheWrite: 200);
        spender.Use(Morning, Opus, 2_000, cacheRead: 1_000, cacheWrite: 500);

        var answer = await spender.ReadAsync(Path);

        (answer.Number("cache_savings_estimate"), answer.Number("cache_hit_rate")).ShouldBe((0.0149m, 0.375m));
        answer.List("model_cache_breakdown").Select(static model => model.Word("model_name")).ShouldBe([Opus, "claude-haiku-3.5"]);
        answer.Numbers("model_cache_breakdown", "cache_hit_rate").ShouldBe([0.333m, 0.4m]);
        answer.Numbers("model_cache_breakdown", "estimated_savings").ShouldBe([0.0135m, 0.0014m]);
    }

    [Fact]
    public async Task CA5_A_team_alone()
    {
        await using var spender = await StartAsync(engine);
        spender.Use(Morning, Sonnet, 1_000, cacheRead: 1_000);
        spender.Use(Morning, Sonnet, 7_000, cacheRead: 7_000, who: spender.People.Stranger);

        var answer = await spender.ReadAsync($"{Path}?team_id={spender.People.Team}");

        (answer.Number("total_cache_read_tokens"), answer.Number("total_input_tokens")).ShouldBe((1_000, 1_000));
    }

    [Fact]
    public async Task CA6_Engineers_see_their_own_whatever_team_they_ask_for()
    {
        await using var spender = await StartAsync(engine);
        spender.Use(Morning, Sonnet, 100, cacheRead: 500);
        spender.Use(Morning, Sonnet, 100, cacheRead: 9_000, who: spender.People.Colleague);

        foreach (var query in new[] { string.Empty, $"?team_id={spender.People.OtherTeam}", "?team_id=nowhere" })
        {
            (await spender.ReadAsync(Path + query, spender.People.Engineer.Key)).Number("total_cache_read_tokens").ShouldBe(500);
        }
    }

    [Fact]
    public async Task CA7_Nobody_is_refused()
    {
        await using var spender = await StartAsync(engine);

        (await spender.AskAsync(Path, key: null)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task CA8_Input_alone_is_a_rate_of_zero()
    {
        await using var spender = await StartAsync(engine);
        spender.Use(Morning, Sonnet, 5_000);

        var answer = await spender.ReadAsync(Path);

        (answer.Number("cache_hit_rate"), answer.Number("cache_savings_estimate")).ShouldBe((0, null));
        answer.Numbers("engineer_cache_breakdown", "estimated_savings").ShouldBe([0]);
    }

    [Fact]
    public async Task CA10_Two_days_are_two_lines_in_their_order()
    {
        await using var spender = await StartAsync(engine);
        spender.Use(Morning, Sonnet, 10, cacheRead: 5);
        spender.Use(Morning.AddDays(-1), Sonnet, 20, cacheRead: 10);

        var days = (await spender.ReadAsync(Path)).List("daily_cache_trend");

        days.Select(static day => day.Word("date")).ShouldBe(["2026-11-15", "2026-11-16"]);
        days.Select(static day => day.Number("cache_hit_rate")).ShouldBe([0.333m, 0.333m]);
    }

    [Fact]
    public async Task Who_is_below_the_average_sees_what_reaching_it_would_save()
    {
        await using var spender = await StartAsync(engine);
        spender.Use(Morning, Sonnet, 1_000_000, cacheRead: 9_000_000);
        spender.Use(Morning, Sonnet, 9_000_000, cacheRead: 1_000_000, who: spender.People.Colleague);

        var answer = await spender.ReadAsync(Path);

        var people = answer.List("engineer_cache_breakdown");
        people.Select(static person => person.Word("engineer_id")).ShouldBe([spender.People.Engineer.EngineerId, spender.People.Colleague.EngineerId]);
        people.Select(static person => Guid.TryParse(person.Word("engineer_name"), out var id) ? id : Guid.Empty).ShouldAllBe(static id => id == Guid.Empty);
        answer.Number("total_potential_additional_savings").ShouldBe(answer.Numbers("engineer_cache_breakdown", "potential_additional_savings").Sum());
        people[0].Number("potential_additional_savings").ShouldBe(0);
        people[1].Number("potential_additional_savings")!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_has_no_price_is_counted_apart()
    {
        await using var spender = await StartAsync(engine);
        spender.Use(Morning, Sonnet, 1_000, cacheRead: 1_000);
        spender.Use(Morning, "unknown-model-xyz", 1_000, cacheRead: 1_000);

        var answer = await spender.ReadAsync(Path);

        (answer.Number("total_cache_read_tokens"), answer.Number("cache_savings_estimate")).ShouldBe((2_000, 0.0027m));
        var status = answer.GetProperty("pricing_status");
        status.Names().ShouldBe(["exact", "assumed_host", "estimated", "unpriced"]);
        (status.GetProperty("unpriced").Number("calls"), status.GetProperty("unpriced").Number("amount")).ShouldBe((1, null));
    }

    [Fact]
    public async Task Single_calls_tell_why_the_cache_was_missed()
    {
        await using var spender = await StartAsync(engine);
        var at = Now.AddHours(-5);
        spender.Use(at, Sonnet, 10, cacheWrite: 50_000, session: "s");
        spender.Use(at.AddMinutes(1), Sonnet, 10, cacheRead: 50_000, session: "s");
        spender.Use(at.AddMinutes(30), Sonnet, 10, cacheWrite: 50_000, session: "s");
        spender.Use(at.AddMinutes(31), Haiku, 10, cacheWrite: 50_000, session: "s");

        var plain = await spender.ReadAsync(Path);
        var diagnosis = (await spender.ReadAsync($"{Path}?diagnose=true")).GetProperty("diagnosis");

        plain.TryGetProperty("diagnosis", out _).ShouldBeFalse();
        (diagnosis.Number("calls_examined"), diagnosis.GetProperty("is_partial").GetBoolean()).ShouldBe((4, false));
        diagnosis.List("miss_causes").Select(static cause => cause.Word("cause")).ShouldBe(["lifetime_gap", "model_switch", "first_call"]);
        diagnosis.Numbers("miss_causes", "cost").ShouldBe([0.1725m, 0.0575m, 0]); // 50,000 × (3.75 − 0.30) and (1.25 − 0.10) dollars a million.
        diagnosis.List("lifetimes").Select(static line => line.Word("model_name")).ShouldBe([Haiku, Sonnet]);
        (await spender.AskAsync($"{Path}?diagnose=1")).Text("field").ShouldBe("diagnose");
    }

    [Fact]
    public async Task A_version_of_an_agent_that_caches_worse_is_found()
    {
        await using var spender = await StartAsync(engine);
        for (var call = 0; call < 40; call++)
        {
            spender.Use(Morning.AddMinutes(call), Sonnet, 100, cacheRead: 9_900, more: ""","agent":"claude","agent_version":"2.1.3" """);
            spender.Use(Morning.AddMinutes(60 + call), Sonnet, 9_900, cacheRead: 100, more: ""","agent":"claude","agent_version":"2.1.4" """);
        }

        var diagnosis = (await spender.ReadAsync($"{Path}?diagnose=true")).GetProperty("diagnosis");

        diagnosis.List("agent_versions").Select(static line => (line.Word("agent"), line.Word("version"), line.Word("trend")))
            .ShouldBe([("claude", "2.1.3", "too_few"), ("claude", "2.1.4", "worse")]);
    }

    [Fact]
    public async Task The_members_are_Primers_and_ours_behind_them()
    {
        await using var spender = await StartAsync(engine);
        spender.Use(Morning, Sonnet, 10, cacheRead: 5);

        var answer = await spender.ReadAsync(Path);

        answer.Names().Take(9).ShouldBe([
            "total_cache_read_tokens", "total_cache_creation_tokens", "total_input_tokens", "cache_hit_rate", "cache_savings_estimate", "daily_cache_trend",
            "model_cache_breakdown", "engineer_cache_breakdown", "total_potential_additional_savings"]);
        answer.List("daily_cache_trend")[0].Names().ShouldBe(["date", "cache_read_tokens", "cache_creation_tokens", "input_tokens", "cache_hit_rate"]);
        answer.List("model_cache_breakdown")[0].Names().Take(6).ShouldBe(
            ["model_name", "cache_read_tokens", "cache_creation_tokens", "input_tokens", "cache_hit_rate", "estimated_savings"]);
        answer.List("engineer_cache_breakdown")[0].Names().ShouldBe([
            "engineer_id", "engineer_name", "cache_hit_rate", "estimated_savings", "potential_additional_savings", "total_cache_read_tokens", "total_input_tokens"]);
    }
}

/// <summary>Caching over the embedded store.</summary>
public sealed class CacheOnSqliteTests() : CacheContract(StoreEngine.Sqlite);

/// <summary>Caching over PostgreSQL.</summary>
public sealed class CacheOnPostgresTests() : CacheContract(StoreEngine.Postgres);
