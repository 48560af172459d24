using System.Globalization;
using Farthing.Web.Hosting;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Microsoft.Extensions.Hosting;

namespace Farthing.Web.Tests.Api.Budgets;

/// <summary>What budgets do beyond Primer.</summary>
public sealed class BudgetTests
{
    private static readonly string LongName = new('n', 10_000);

    public static TheoryData<string, string> Impossible => new()
    {
        { "amount", """{"name":"x","amount":-1}""" },
        { "amount", """{"name":"x","amount":1000000000000000}""" },
        { "amount", """{"name":"x","amount":1e15}""" },
        { "amount", """{"name":"x","amount":1000000000.000001}""" },
        { "amount", """{"name":"x","amount":"NaN"}""" },
        { "amount", """{"name":"x","amount":"1; DROP TABLE budgets"}""" },
        { "amount", """{"name":"x","amount":0.0000000000001}""" },
        { "name", """{"name":"","amount":1}""" },
        { "name", """{"name":"  ","amount":1}""" },
        { "name", $$"""{"name":"{{LongName}}","amount":1}""" },
        { "period", """{"name":"x","amount":1,"period":"yearly"}""" },
        { "alert_threshold_pct", """{"name":"x","amount":1,"alert_threshold_pct":101}""" },
        { "alert_threshold_pct", """{"name":"x","amount":1,"alert_threshold_pct":-1}""" },
        { "alert_threshold_pct", """{"name":"x","amount":1,"alert_threshold_pct":80.5}""" },
        { "thresholds", """{"name":"x","amount":1,"thresholds":[-1]}""" },
        { "thresholds", """{"name":"x","amount":1,"thresholds":[1,2,3,4,5,6,7,8,9,10,11]}""" },
        { "zone", """{"name":"x","amount":1,"zone":"Moon/Base"}""" },
        { "scope", """{"name":"x","amount":1,"scope":"planet"}""" },
        { "scope_id", """{"name":"x","amount":1,"scope":"api_key","scope_id":"k"}""" },
        { "scope_id", """{"name":"x","amount":1,"scope":"api_key"}""" },
        { "scope_id", """{"name":"x","amount":1,"scope":"project"}""" },
        { "scope_id", """{"name":"x","amount":1,"scope":"engineer","scope_id":"nobody"}""" },
        { "team_id", """{"name":"x","amount":1,"team_id":"nowhere"}""" },
        { "amount", """{"name":"x","amount":true}""" },
        { "amount", """{"name":"x","amount":[1]}""" },
        { "team_id", """{"name":"x","amount":1,"team_id":5}""" },
        { "thresholds", """{"name":"x","amount":1,"thresholds":80}""" },
        { "thresholds[1]", """{"name":"x","amount":1,"thresholds":[80,1.5]}""" },
        { "hard", """{"name":"x","amount":1,"hard":"yes"}""" },
    };

    [Theory]
    [MemberData(nameof(Impossible), DisableDiscoveryEnumeration = true)]
    public async Task What_cannot_be_is_refused_by_its_field(string field, string body)
    {
        await using var scene = await BudgetScene.OpenAsync();

        var refused = await scene.PostAsync(body);

        (refused.Status, refused.ContentType, refused.Text("field")).ShouldBe((422, "application/problem+json", field), refused.Body);
        (await scene.ListAsync()).Json.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_is_null_is_as_if_it_were_left_out()
    {
        await using var scene = await BudgetScene.OpenAsync();

        var made = await scene.PostAsync("""{"name":"x","amount":1,"hard":null,"thresholds":null,"period":null,"alert_threshold_pct":null,"scope":null,"zone":null}""");

        (made.Status, made.Json.GetProperty("hard").GetBoolean()).ShouldBe((201, false), made.Body);
    }

    [Fact]
    public async Task What_is_no_json_is_no_question_of_its_members()
    {
        await using var scene = await BudgetScene.OpenAsync();

        var answer = await scene.PostAsync("""{"name":"x","amount":NaN}""");

        (answer.Status, answer.Code).ShouldBe((400, "malformed"), answer.Body);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("0")]
    [InlineData("1.5")]
    public async Task A_page_of_no_size_is_refused_whatever_is_wrong_with_it(string limit)
    {
        await using var scene = await BudgetScene.OpenAsync();

        var answer = await scene.ListAsync(query: $"?limit={limit}");

        (answer.Status, answer.Text("field")).ShouldBe((422, "limit"), answer.Body);
    }

    [Fact]
    public async Task An_amount_that_comes_back_tells_nothing_of_its_window_anew()
    {
        await using var scene = await BudgetScene.OpenAsync();
        await scene.SpendAsync(160);
        var id = await scene.MakeAsync("""{"name":"b","amount":100,"thresholds":[50,80,100,150]}""");
        var watch = scene.Server.Get<WatchBudgets>();
        (await watch.WatchAsync("local", TestServer.Cancellation)).ShouldBe(4);

        await scene.PatchAsync(id, """{"amount":200}""");
        (await watch.WatchAsync("local", TestServer.Cancellation)).ShouldBe(1);
        await scene.PatchAsync(id, """{"amount":100}""");
        await scene.SpendAsync(0.01m);

        (await watch.WatchAsync("local", TestServer.Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task A_change_is_checked_like_a_new_budget()
    {
        await using var scene = await BudgetScene.OpenAsync();
        var id = await scene.MakeAsync("""{"name":"x","amount":10}""");

        foreach (var (field, body) in new[]
        {
            ("amount", """{"amount":0}"""), ("amount", """{"amount":"x"}"""), ("name", """{"name":" "}"""), ("period", """{"period":"yearly"}"""),
            ("alert_threshold_pct", """{"alert_threshold_pct":101}"""), ("zone", """{"zone":"x"}"""), ("thresholds", """{"thresholds":[1001]}"""),
        })
        {
            var refused = await scene.PatchAsync(id, body);
            (refused.Status, refused.Text("field")).ShouldBe((422, field), body);
        }

        (await scene.PatchAsync(id, """{"team_id":"other"}""")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Spend_is_that_of_the_scope()
    {
        await using var scene = await BudgetScene.OpenAsync();
        var people = scene.People;
        await scene.SpendAsync(1, more: $$""","team":"{{people.Team}}","user":"{{people.Engineer.EngineerId}}","project":"engine" """);
        await scene.SpendAsync(2, more: $$""","team":"{{people.Team}}","user":"{{people.Colleague.EngineerId}}","project":"engine-2" """);
        await scene.SpendAsync(4, more: $$""","team":"{{people.OtherTeam}}","user":"{{people.Stranger.EngineerId}}","project":"engine" """);

        (await SpendOfAsync("org", null)).ShouldBe(7m);
        (await SpendOfAsync("team", people.Team)).ShouldBe(3m);
        (await SpendOfAsync("engineer", people.Colleague.EngineerId)).ShouldBe(2m);
        (await SpendOfAsync("project", "engine")).ShouldBe(5m);
        (await SpendOfAsync("project", "Engine")).ShouldBe(0m);
        (await SpendOfAsync("model", "claude-haiku-4-5")).ShouldBe(7m);

        async Task<decimal> SpendOfAsync(string scope, string? id)
        {
            var named = id is null ? string.Empty : $$""","scope_id":"{{id}}" """;
            var made = await scene.PostAsync($$"""{"name":"b","amount":100,"scope":"{{scope}}"{{named}}}""");
            made.Status.ShouldBe(201, made.Body);
            (made.Text("scope"), made.Text("scope_id"), made.Json.GetProperty("variance").GetDecimal() + 100).ShouldBe((scope, id, made.Json.GetProperty("current_spend").GetDecimal()));
            return made.Json.GetProperty("current_spend").GetDecimal();
        }
    }

    [Fact]
    public async Task A_budget_of_a_key_counts_what_the_key_told_and_tells_once()
    {
        await using var scene = await BudgetScene.OpenAsync();
        var (program, admin) = (scene.People.Service, scene.People.Admin);
        await scene.SpendAsync(7, key: program.Key);
        await scene.SpendAsync(90, key: admin.Key);
        await scene.SpendAsync(800);
        var made = await scene.PostAsync($$"""{"name":"b","amount":8,"scope":"api_key","scope_id":"{{program.Caller.KeyId}}","thresholds":[80,100]}""");
        await scene.PostAsync($$"""{"name":"other","amount":8000,"scope":"api_key","scope_id":"{{admin.Caller.KeyId}}"}""");
        var foreign = await scene.PostAsync($$"""{"name":"b","amount":8,"scope":"api_key","scope_id":"{{scene.People.ForeignAdmin.Caller.KeyId}}"}""");

        (foreign.Status, foreign.Text("field")).ShouldBe((422, "scope_id"));
        (made.Status, BudgetScene.Line(made.Json)).ShouldBe((201, "7 0.5 14 87.5 warning"), made.Body);
        made.Text("scope_name")!.ShouldStartWith("Service (fk_");
        var watch = scene.Server.Get<WatchBudgets>();
        (await watch.WatchAsync("local", TestServer.Cancellation)).ShouldBe(1);
        (await watch.WatchAsync("local", TestServer.Cancellation)).ShouldBe(0);
        await scene.SpendAsync(2, key: program.Key);
        (await watch.WatchAsync("local", TestServer.Cancellation)).ShouldBe(1);
        (await watch.WatchAsync("local", TestServer.Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task A_lead_sees_budgets_of_the_teams_own_keys_and_changes_none()
    {
        await using var scene = await BudgetScene.OpenAsync();
        var people = scene.People;
        var ids = new List<string>();
        foreach (var owner in new[] { people.Engineer, people.Stranger })
        {
            var scope = new Scope("local", ScopeReach.Engineer, owner.EngineerId);
            ids.Add((await scene.Server.Get<IKeys>().ListAsync(new() { Org = "local", Within = scope, Page = new(1, string.Empty) }, TestServer.Cancellation))[0].Id);
        }

        ids.Add(people.Service.Caller.KeyId);
        var budgets = new List<string>();
        foreach (var id in ids)
        {
            budgets.Add(await scene.MakeAsync($$"""{"name":"b","amount":8,"scope":"api_key","scope_id":"{{id}}"}"""));
        }

        (await scene.ListAsync(people.Lead.Key)).Json.EnumerateArray().Select(static budget => budget.GetProperty("id").GetString()).ShouldBe([budgets[0]]);
        (await scene.PatchAsync(budgets[0], """{"amount":9}""", people.Lead.Key)).Status.ShouldBe(403);
        (await scene.PostAsync($$"""{"name":"b","amount":8,"scope":"api_key","scope_id":"{{ids[0]}}"}""", people.Lead.Key)).Status.ShouldBe(403);
        (await scene.ListAsync(people.Finance.Key)).Json.GetArrayLength().ShouldBe(3);
    }

    [Theory]
    [InlineData("daily", 1)]
    [InlineData("weekly", 3)]
    [InlineData("monthly", 7)]
    [InlineData("quarterly", 31)]
    [InlineData("rolling30", 15)]
    [InlineData("lifetime", 1)]
    public async Task A_window_takes_the_spend_of_its_days(string period, int expected)
    {
        await using var scene = await BudgetScene.OpenAsync("2026-02-13T12:00:00Z");
        foreach (var (dollars, day) in new[] { (1, "2026-02-13"), (2, "2026-02-09"), (4, "2026-02-08"), (8, "2026-01-15"), (16, "2026-01-14"), (32, "2025-12-31") })
        {
            await scene.SpendAsync(dollars, $"{day}T00:00:00Z");
        }

        var made = await scene.PostAsync($$"""{"name":"b","amount":100,"period":"{{period}}"}""");

        made.Json.GetProperty("current_spend").GetDecimal().ShouldBe(expected);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", 23)]
    [InlineData("Europe/Berlin", "2026-10-25", 25)]
    [InlineData("Asia/Kathmandu", "2026-03-29", 24)]
    [InlineData("Pacific/Pago_Pago", "2026-03-29", 24)]
    public async Task A_day_is_that_of_the_budgets_zone_however_long_it_is(string zone, string day, int hours)
    {
        await using var scene = await BudgetScene.OpenAsync($"{day}T12:00:00Z");
        var made = (await scene.PostAsync($$"""{"name":"b","amount":1000,"period":"daily","zone":"{{zone}}"}""")).Json;
        var (start, end) = (made.GetProperty("window_start").GetDateTimeOffset(), made.GetProperty("window_end").GetDateTimeOffset());

        (end - start).TotalHours.ShouldBe(hours);
        scene.Time.Move(end - scene.Time.Now - TimeSpan.FromSeconds(1));
        await scene.SpendAsync(1, At(start.AddSeconds(-1)));
        await scene.SpendAsync(2, At(start));
        await scene.SpendAsync(4, At(end.AddSeconds(-1)));
        var inside = (await scene.ListAsync()).Json[0].GetProperty("current_spend").GetDecimal();
        scene.Time.Move(TimeSpan.FromSeconds(1));
        var next = (await scene.ListAsync()).Json[0];

        inside.ShouldBe(6m);
        (next.GetProperty("current_spend").GetDecimal(), next.GetProperty("window_start").GetDateTimeOffset()).ShouldBe((0m, end));

        static string At(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task What_will_likely_be_overspent_is_at_risk_and_keeps_the_status_of_primer()
    {
        await using var scene = await BudgetScene.OpenAsync("2026-02-15T12:00:00Z");
        for (var day = 0; day < 40; day++)
        {
            await scene.SpendAsync(10, scene.Time.Now.AddDays(-day - 1).ToString("yyyy-MM-dd'T'12:00:00'Z'", CultureInfo.InvariantCulture));
        }

        var risky = (await scene.PostAsync("""{"name":"b","amount":200,"alert_threshold_pct":90}""")).Json;
        var safe = (await scene.PostAsync("""{"name":"b","amount":2000}""")).Json;

        (risky.GetProperty("status").GetString(), risky.GetProperty("at_risk").GetBoolean()).ShouldBe(("on_track", true));
        risky.GetProperty("p_over").GetDecimal().ShouldBeInRange(0.5m, 1m);
        (safe.GetProperty("status").GetString(), safe.GetProperty("at_risk").GetBoolean()).ShouldBe(("on_track", false));
        safe.GetProperty("p_over").GetDecimal().ShouldBeInRange(0m, 0.1m);
    }

    [Fact]
    public async Task Every_change_leaves_a_line_in_the_audit_and_texts_are_texts()
    {
        await using var scene = await BudgetScene.OpenAsync();
        const string nasty = "<script>alert(1)</script>'; DROP TABLE budgets; --";
        var id = await scene.MakeAsync($$"""{"name":"{{nasty}}","amount":10,"owner":"{{nasty}}"}""");
        await scene.PatchAsync(id, """{"amount":20}""");
        var listed = (await scene.ListAsync()).Json[0];
        await scene.DeleteAsync(id);

        (listed.GetProperty("name").GetString(), listed.GetProperty("owner").GetString()).ShouldBe((nasty, nasty));
        var lines = await scene.Server.Audit.ReadAsync(new() { Org = "local", ObjectId = id }, TestServer.Cancellation);
        lines.Select(static line => line.Action).ShouldBe(["budget.removed", "budget.changed", "budget.created"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_long_list_is_read_page_by_page()
    {
        await using var scene = await BudgetScene.OpenAsync();
        for (var number = 0; number < 3; number++)
        {
            await scene.MakeAsync($$"""{"name":"b{{number}}","amount":10}""");
        }

        var first = await scene.ListAsync(query: "?limit=2");
        var second = await scene.Server.SendAsync("GET", first.Link!.Split('<', '>')[1], TestServer.AdminKey);

        first.Json.EnumerateArray().Select(static budget => budget.GetProperty("name").GetString()).ShouldBe(["b2", "b1"]);
        second.Json.EnumerateArray().Select(static budget => budget.GetProperty("name").GetString()).ShouldBe(["b0"]);
    }

    [Fact]
    public async Task A_team_that_is_not_there_is_not_found()
    {
        await using var scene = await BudgetScene.OpenAsync();
        foreach (var (method, path) in (IReadOnlyList<(string, string)>)
        [
            ("GET", "finops/budgets?team_id="), ("POST", "alerts/detect?team_id="), ("GET", "alert-configs?team_id="), ("GET", "alert-configs/policy?team_id="),
            ("GET", "alert-configs/resolved?team_id="), ("GET", "sessions?team_id="), ("GET", "sessions?engineer_id="), ("GET", "forecasts?scope=engineer&id="),
        ])
        {
            var answer = await scene.Server.SendAsync(method, $"/api/v1/{path}nope", TestServer.AdminKey);
            (answer.Status, answer.Text("field")).ShouldBe((404, path.Split('?', '&')[^1][..^1]), path);
        }

        (await scene.ListAsync(scene.People.Lead.Key, "?team_id=nope")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("alerts?dismissed=x", "dismissed")]
    [InlineData("alerts?acknowledged=maybe", "acknowledged")]
    [InlineData("sessions?from=abc", "from")]
    [InlineData("sessions?to=0001-01-01T00:00:00Z", "to")]
    public async Task What_no_query_can_mean_is_refused_with_its_field(string path, string field)
    {
        await using var scene = await BudgetScene.OpenAsync();

        var answer = await scene.Server.SendAsync("GET", $"/api/v1/{path}", TestServer.AdminKey);

        (answer.Status, answer.Text("field")).ShouldBe((422, field));
    }

    [Theory]
    [InlineData("""{"name":"b"}""", "amount")]
    [InlineData("""{"name":"b","amount":null}""", "amount")]
    [InlineData("""{"name":"b","amount":"NaN"}""", "amount")]
    [InlineData("""{"amount":5}""", "name")]
    public async Task What_a_new_budget_lacks_is_told_by_its_field(string body, string field)
    {
        await using var scene = await BudgetScene.OpenAsync();

        var answer = await scene.PostAsync(body);

        (answer.Status, answer.Text("field")).ShouldBe((422, field));
    }

    [Fact]
    public async Task A_lead_who_contradicts_themselves_is_told_so()
    {
        await using var scene = await BudgetScene.OpenAsync();
        var (lead, team) = (scene.People.Lead.Key, scene.People.Team);

        var two = await scene.PostAsync($$"""{"name":"b","amount":5,"team_id":"{{team}}","scope_id":"other"}""", lead);
        var engineer = await scene.PostAsync($$"""{"name":"b","amount":5,"scope":"engineer","scope_id":"{{scene.People.Engineer.EngineerId}}"}""", lead);

        (two.Status, two.Text("field")).ShouldBe((422, "scope_id"));
        (engineer.Status, engineer.Text("field")).ShouldBe((403, "scope"));
    }

    [Fact]
    public async Task A_budget_of_an_engineer_tells_their_name()
    {
        await using var scene = await BudgetScene.OpenAsync();
        foreach (var id in new[] { scene.People.Engineer.EngineerId, scene.People.Colleague.EngineerId })
        {
            await scene.MakeAsync($$"""{"name":"b","amount":5,"scope":"engineer","scope_id":"{{id}}"}""");
            var name = (await scene.Server.SendAsync("GET", $"/api/v1/engineers/{id}", TestServer.AdminKey)).Text("name");
            (await scene.ListAsync()).Json[0].GetProperty("scope_name").GetString().ShouldBe(name);
        }
    }

    [Fact]
    public async Task Sessions_wake_whoever_watches_budgets()
    {
        await using var scene = await BudgetScene.OpenAsync();
        await scene.Server.Get<IEnumerable<IHostedService>>().OfType<BudgetWatcher>().Single().StopAsync(TestServer.Cancellation);
        var signals = scene.Server.Get<SpendSignals>();
        signals.Take();

        await scene.Server.SendAsync("POST", "/api/v1/ingest/bulk", scene.People.Engineer.Key, """{"sessions":[{"session_id":"s"}]}""");

        signals.Take().ShouldContain(scene.People.Engineer.Caller.Org);
    }

    [Fact]
    public async Task The_next_page_is_of_the_same_question()
    {
        await using var scene = await BudgetScene.OpenAsync();
        for (var number = 0; number < 3; number++)
        {
            await scene.MakeAsync($$"""{"name":"b{{number}}","amount":10,"team_id":"{{scene.People.Team}}"}""");
            await scene.MakeAsync($$"""{"name":"all{{number}}","amount":10}""");
        }

        var page = await scene.ListAsync(query: $"?team_id={scene.People.Team}&limit=1");
        var names = new List<string?>();
        for (; page.Link is { } link; page = await scene.Server.SendAsync("GET", link.Split('<', '>')[1], TestServer.AdminKey))
        {
            names.AddRange(page.Json.EnumerateArray().Select(static budget => budget.GetProperty("name").GetString()));
        }

        names.ShouldBe(["b2", "b1"]);
        page.Json.EnumerateArray().Select(static budget => budget.GetProperty("name").GetString()).ShouldBe(["b0"]);
    }
}
