using System.Text.Json;

namespace Farthing.Web.Tests.Api.Budgets;

/// <summary>The cases of Primer's budgets, through the real doors; where its floating point is wrong, the exact answer.</summary>
public abstract class PrimerBudgetContract(StoreEngine engine)
{
    [Fact]
    public async Task BU1_a_new_budget_of_a_team_is_on_track()
    {
        await using var scene = await OpenAsync();

        var made = await scene.PostAsync($$"""{"team_id":"{{scene.People.Team}}","name":"Team budget","amount":1000.0,"period":"monthly"}""");

        made.Status.ShouldBe(201, made.Body);
        BudgetScene.Line(made.Json).ShouldBe("0 0 0 0 on_track");
        (made.Text("team_id"), made.Text("team_name"), made.Text("period"), made.Json.GetProperty("alert_threshold_pct").GetInt32(), made.Json.GetProperty("amount").GetDecimal())
            .ShouldBe((scene.People.Team, "First", "monthly", 80, 1000m));
        made.Json.EnumerateObject().Take(12).Select(static field => field.Name).ShouldBe(
        [
            "id", "name", "team_id", "team_name", "amount", "period", "current_spend", "burn_rate_daily", "projected_end_of_period", "alert_threshold_pct", "pct_used", "status",
        ]);
    }

    [Fact]
    public async Task BU2_budgets_are_listed_newest_first_changed_and_removed()
    {
        await using var scene = await OpenAsync();
        var first = await scene.MakeAsync("""{"name":"first","amount":1000}""");
        var second = await scene.MakeAsync("""{"name":"second","amount":2000}""");

        var listed = (await scene.ListAsync()).Json.EnumerateArray().Select(static budget => budget.GetProperty("id").GetString()).ToList();
        var changed = await scene.PatchAsync(first, """{"name":"renamed","amount":1500,"period":null}""");
        var removed = await scene.DeleteAsync(second);

        listed.ShouldBe([second, first]);
        (changed.Status, changed.Text("name"), changed.Json.GetProperty("amount").GetDecimal(), changed.Text("period")).ShouldBe((200, "renamed", 1500m, "monthly"));
        (removed.Status, removed.Body).ShouldBe((204, string.Empty));
        (await scene.ListAsync()).Json.EnumerateArray().Select(static budget => budget.GetProperty("id").GetString()).ShouldBe([first]);
    }

    [Fact]
    public async Task BU3_what_is_not_there_is_404_for_an_admin()
    {
        await using var scene = await OpenAsync();

        var changed = await scene.PatchAsync("nothing", """{"name":"x"}""", scene.People.Admin.Key);
        var removed = await scene.DeleteAsync("nothing", scene.People.Admin.Key);

        (changed.Status, removed.Status, changed.Text("detail"), removed.Text("detail")).ShouldBe((404, 404, "Budget not found", "Budget not found"));
    }

    [Fact]
    public async Task BU4_what_is_spent_is_rounded_half_even_and_over_budget()
    {
        await using var scene = await OpenAsync();
        const string call = "\"occurred_at\":\"2026-02-10T00:00:00Z\",\"model\":\"claude-opus-4\",\"input_tokens\":50000,\"output_tokens\":100000,\"cache_read_tokens\":10000,\"cache_write_5m_tokens\":5000";
        await scene.RecordAsync($"[{string.Join(',', Enumerable.Range(0, 20).Select(number => $$"""{"id":"o{{number}}",{{call}}}"""))}]");

        (await scene.StandingAsync(5)).ShouldBe("167.18 11.94 334.35 3343.5 over_budget");
    }

    [Fact]
    public async Task BU5_a_quarter_and_the_whole_organisation()
    {
        await using var scene = await OpenAsync();

        var made = (await scene.PostAsync("""{"name":"Org","amount":10000,"period":"quarterly"}""")).Json;

        made.GetProperty("period").GetString().ShouldBe("quarterly");
        (made.GetProperty("team_id").ValueKind, made.GetProperty("team_name").ValueKind).ShouldBe((JsonValueKind.Null, JsonValueKind.Null));
        (made.GetProperty("window_start").GetDateTimeOffset().Month, made.GetProperty("window_end").GetDateTimeOffset().Month).ShouldBe((1, 4));
    }

    [Fact]
    public async Task BU6_a_lead_has_the_budgets_of_their_own_team_only()
    {
        await using var scene = await OpenAsync();
        var (people, lead) = (scene.People, scene.People.Lead.Key);
        var foreign = await scene.MakeAsync($$"""{"team_id":"{{people.OtherTeam}}","name":"theirs","amount":10}""");
        var org = await scene.MakeAsync("""{"name":"all","amount":10}""");

        var made = await scene.PostAsync("""{"name":"mine","amount":10}""", lead);
        var other = await scene.PostAsync($$"""{"team_id":"{{people.OtherTeam}}","name":"x","amount":10}""", lead);
        var wholeOrg = await scene.PostAsync("""{"scope":"org","name":"x","amount":10}""", lead);
        var nowhere = await scene.PostAsync("""{"name":"x","amount":10}""", people.LeadWithoutTeam.Key);

        made.Text("team_id").ShouldBe(people.Team);
        foreach (var refused in new[] { other, wholeOrg, nowhere })
        {
            (refused.Status, refused.Text("detail")).ShouldBe((403, "Cannot create budgets for other teams"));
        }

        foreach (var id in new[] { foreign, org, "nothing" })
        {
            var (changed, removed) = (await scene.PatchAsync(id, """{"name":"x"}""", lead), await scene.DeleteAsync(id, lead));
            (changed.Status, changed.Text("detail")).ShouldBe((403, "Cannot modify budgets for other teams"));
            (removed.Status, removed.Text("detail")).ShouldBe((403, "Cannot delete budgets for other teams"));
        }

        (await scene.ListAsync(lead, $"?team_id={people.OtherTeam}")).Json.EnumerateArray().Single().GetProperty("id").GetString().ShouldBe(made.Text("id"));
        (await scene.ListAsync(people.LeadWithoutTeam.Key)).Json.GetArrayLength().ShouldBe(0);
        (await scene.ListAsync(query: $"?team_id={people.OtherTeam}")).Json.EnumerateArray().Single().GetProperty("id").GetString().ShouldBe(foreign);
        (await scene.PatchAsync(made.Text("id")!, """{"amount":20}""", lead)).Status.ShouldBe(200);
        (await scene.DeleteAsync(made.Text("id")!, lead)).Status.ShouldBe(204);
    }

    [Fact]
    public async Task BU7_engineers_may_nothing_and_nobody_is_unknown()
    {
        await using var scene = await OpenAsync();
        const string body = """{"name":"x","amount":10}""";

        (await scene.ListAsync(scene.People.Engineer.Key)).Status.ShouldBe(403);
        (await scene.PostAsync(body, scene.People.Engineer.Key)).Status.ShouldBe(403);
        (await scene.ListAsync(null)).Status.ShouldBe(401);
        (await scene.PostAsync(body, null)).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("BU8", "2026-02-15T12:00:00Z", 700, 2000, 80, "700 50 1400 35 on_track")]
    [InlineData("BU9", "2026-02-01T06:00:00Z", 10, 1000, 80, "10 10 280 1 on_track")]
    [InlineData("BU9", "2026-02-02T23:59:00Z", 10, 1000, 80, "10 10 280 1 on_track")]
    [InlineData("BU10", "2026-02-28T23:00:00Z", 800, 1000, 80, "800 29.63 829.63 80 on_track")]
    [InlineData("BU11", "2026-02-28T23:00:00Z", 1000, 1000, 80, "1000 37.04 1037.04 100 warning")]
    [InlineData("BU11", "2026-02-28T23:00:00Z", 1000.01, 1000, 80, "1000.01 37.04 1037.05 100 over_budget")]
    [InlineData("BU12", "2026-12-15T00:00:00Z", 140, 1000, 80, "140 10 310 14 on_track")]
    [InlineData("BU16", "2026-02-28T23:00:00Z", 1000, 1000, 100, "1000 37.04 1037.04 100 on_track")]
    [InlineData("BU17", "2026-02-28T23:00:00Z", 500, 1000, 50, "500 18.52 518.52 50 on_track")]
    [InlineData("BU18", "2026-02-15T12:00:00Z", 0, 1000, 0, "0 0 0 0 on_track")]
    public async Task Primers_figures(string which, string now, double spend, int amount, int threshold, string expected)
    {
        await using var scene = await BudgetScene.OpenAsync(now, engine);
        if (spend > 0)
        {
            await scene.SpendAsync((decimal)spend);
        }

        (await scene.StandingAsync(amount, threshold)).ShouldBe(expected, which);
    }

    [Fact]
    public async Task BU15_nothing_is_no_budget()
    {
        await using var scene = await OpenAsync();

        var refused = await scene.PostAsync("""{"name":"x","amount":0}""");

        (refused.Status, refused.Text("field")).ShouldBe((422, "amount"));
    }

    private Task<BudgetScene> OpenAsync() => BudgetScene.OpenAsync(engine: engine);
}

/// <summary>Primer's cases over the embedded store.</summary>
public sealed class PrimerBudgetsOnSqliteTests() : PrimerBudgetContract(StoreEngine.Sqlite);

/// <summary>Primer's cases over PostgreSQL.</summary>
public sealed class PrimerBudgetsOnPostgresTests() : PrimerBudgetContract(StoreEngine.Postgres);
