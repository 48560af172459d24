using System.Globalization;
using System.Text.Json;
using Farthing.Web.Tests.Api.Budgets;

namespace Farthing.Web.Tests.Api.Alerts;

/// <summary>Alerts as Primer's clients know them, and by our rules.</summary>
public sealed class AlertTests
{
    private const string Detect = "/api/v1/alerts/detect";
    private const string Alerts = "/api/v1/alerts";
    private const string Configs = "/api/v1/alert-configs";

    [Fact]
    public async Task Case_7_8b_by_primers_rule()
    {
        await using var scene = await BudgetScene.OpenAsync();
        foreach (var today in new[] { 10, 24, 25, 45, 46 })
        {
            await SpendAsync(scene, [10, 10, 10, 10, 10, 10, today], $$""","team":"t{{today}}" """);
        }

        // All of them together: 150 ÷ (450 ÷ 7).
        (await RaisedAsync(scene, "?mode=primer")).ShouldBe(["cost_spike_critical t46", "cost_spike_warning org", "cost_spike_warning t25", "cost_spike_warning t45"]);
    }

    [Fact]
    public async Task Case_7_8b_a_first_day_is_an_alarm_of_primer_and_too_little_history_for_us()
    {
        await using var scene = await BudgetScene.OpenAsync();
        await SpendAsync(scene, [5]);

        (await RaisedAsync(scene, string.Empty)).ShouldBeEmpty();
        (await RaisedAsync(scene, "?mode=primer")).ShouldBe(["cost_spike_critical org"]);
    }

    [Fact]
    public async Task Ours_compares_to_the_days_before_and_tells_the_figures()
    {
        await using var scene = await BudgetScene.OpenAsync();
        await SpendAsync(scene, [10, 11, 9, 10, 10, 11, 9, 10, 21]);

        (await RaisedAsync(scene, string.Empty)).ShouldBe(["cost_spike_warning org"]);

        // The last 24 hours cost 21, the days before 10.
        var alert = (await scene.Server.SendAsync("GET", Alerts, TestServer.AdminKey)).Json[0];
        (Number(alert, "actual_value"), Number(alert, "expected_value"), Number(alert, "threshold"), alert.GetProperty("metric_name").GetString()).ShouldBe((21m, 10m, 20m, "daily_cost"));
        (alert.GetProperty("title").GetString(), alert.GetProperty("message").GetString())
            .ShouldBe(("Spend of the organisation is 2.1 times the usual", "The last 24 hours cost $21.00; $10.00 a day are usual."));
    }

    [Fact]
    public async Task An_alert_is_not_repeated_within_a_day_however_many_look()
    {
        await using var scene = await BudgetScene.OpenAsync();
        await SpendAsync(scene, [10, 10, 10, 10, 10, 10, 46]);
        var many = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scene.Server.SendAsync("POST", Detect + "?mode=primer", TestServer.AdminKey)));

        many.Sum(static answer => answer.Json.GetProperty("alerts_created").GetInt32()).ShouldBe(1);
        scene.Time.Move(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        await SpendAsync(scene, [1_000]);
        (await RaisedAsync(scene, "?mode=primer")).ShouldBeEmpty();
        scene.Time.Move(TimeSpan.FromMilliseconds(1));
        (await RaisedAsync(scene, "?mode=primer")).ShouldBe(["cost_spike_critical org"]);
    }

    [Fact]
    public async Task An_alert_is_acknowledged_and_dismissed_by_who_answers_for_it()
    {
        await using var scene = await BudgetScene.OpenAsync();
        await SpendAsync(scene, [10, 10, 10, 10, 10, 10, 46], $$""","team":"{{scene.People.Team}}" """);
        (await RaisedAsync(scene, $"?mode=primer&team_id={scene.People.Team}")).Count.ShouldBe(1);
        var alert = (await scene.Server.SendAsync("GET", Alerts, scene.People.Lead.Key)).Json.EnumerateArray().ShouldHaveSingleItem();
        var id = alert.GetProperty("id").GetString();

        var known = await PatchAsync(scene, $"{id}/acknowledge", scene.People.Lead.Key);
        scene.Time.Move(TimeSpan.FromMinutes(1));
        var again = await PatchAsync(scene, $"{id}/acknowledge", scene.People.Lead.Key);

        (alert.GetProperty("team_id").GetString(), alert.GetProperty("severity").GetString(), alert.GetProperty("acknowledged_at").ValueKind)
            .ShouldBe((scene.People.Team, "critical", JsonValueKind.Null));
        alert.GetProperty("title").GetString().ShouldNotBeNull().ShouldNotContain(scene.People.Team);
        (known.Status, known.Text("acknowledged_at")).ShouldBe((200, again.Text("acknowledged_at")));
        (await CountAsync("?acknowledged=false"), await CountAsync("?acknowledged=true"), await CountAsync("?dismissed=true")).ShouldBe((0, 1, 0));
        (await PatchAsync(scene, $"{id}/dismiss", scene.People.LeadWithoutTeam.Key)).Status.ShouldBe(404);
        (await PatchAsync(scene, $"{id}/dismiss", scene.People.ForeignAdmin.Key)).Status.ShouldBe(404);
        (await PatchAsync(scene, $"{id}/dismiss", scene.People.Admin.Key)).Json.GetProperty("dismissed").GetBoolean().ShouldBeTrue();
        (await CountAsync(string.Empty), await CountAsync("?dismissed=true")).ShouldBe((0, 1));
        (await PatchAsync(scene, "nothing/acknowledge", scene.People.Admin.Key)).Status.ShouldBe(404);
        (await scene.Server.SendAsync("POST", Detect + "?mode=guess", TestServer.AdminKey)).Status.ShouldBe(422);

        async Task<int> CountAsync(string query) => (await scene.Server.SendAsync("GET", Alerts + query, scene.People.Lead.Key)).Json.GetArrayLength();
    }

    [Fact]
    public async Task A_list_is_paged_by_an_offset_like_Primers()
    {
        await using var scene = await BudgetScene.OpenAsync();
        await SpendAsync(scene, [10, 10, 10, 10, 10, 10, 46], ""","team":"red" """);
        await SpendAsync(scene, [10, 10, 10, 10, 10, 10, 46], ""","team":"blue" """);
        (await RaisedAsync(scene, "?mode=primer")).Count.ShouldBe(3);
        var all = await IdsAsync(string.Empty);

        (await IdsAsync("?offset=0")).ShouldBe(all);
        (await IdsAsync("?offset=1&limit=1")).ShouldBe([all[1]]);
        (await IdsAsync("?offset=2")).ShouldBe([all[2]]);
        (await IdsAsync("?offset=10000")).ShouldBeEmpty();
        var page = await scene.Server.SendAsync("GET", Alerts + "?offset=1&limit=1", TestServer.AdminKey);
        page.Link.ShouldBe($"<{Alerts}?limit=1&after={all[1]}>; rel=\"next\"");

        async Task<List<string?>> IdsAsync(string query) =>
            [.. (await scene.Server.SendAsync("GET", Alerts + query, TestServer.AdminKey)).Json.EnumerateArray().Select(static alert => alert.GetProperty("id").GetString())];
    }

    [Theory]
    [InlineData("offset=-1")]
    [InlineData("offset=10001")]
    [InlineData("offset=1&after=01934567-89ab-7def-8123-456789abcdef")]
    [InlineData("offset=many")]
    public async Task A_place_that_cannot_be_is_refused(string query)
    {
        await using var scene = await BudgetScene.OpenAsync();

        var answer = await scene.Server.SendAsync("GET", $"{Alerts}?{query}", TestServer.AdminKey);

        (answer.Status, answer.Text("field")).ShouldBe((422, "offset"));
    }

    [Fact]
    public async Task What_is_switched_off_is_not_raised_and_a_critical_one_becomes_a_warning()
    {
        await using var scene = await BudgetScene.OpenAsync();
        await SpendAsync(scene, [10, 10, 10, 10, 10, 10, 46]);
        await SetAsync(scene, """{"alert_type":"cost_spike_critical","enabled":false}""");
        await SetAsync(scene, """{"alert_type":"cost_spike_warning","threshold":3.5}""");

        // Three times the usual and a little: not above what is to be warned of.
        (await RaisedAsync(scene, "?mode=primer")).ShouldBeEmpty();
        await scene.SpendAsync(54, At(scene, 0));
        (await RaisedAsync(scene, "?mode=primer")).ShouldBe(["cost_spike_warning org"]);
    }

    [Fact]
    public async Task Fewer_sessions_than_half_of_the_usual_are_told()
    {
        await using var scene = await BudgetScene.OpenAsync();
        for (var session = 0; session < 24; session++)
        {
            await scene.SpendAsync(1, At(scene, 1 + (session % 6)), $$""","session":"s{{session}}" """);
        }

        await scene.SpendAsync(1, At(scene, 0), ""","session":"today" """);

        (await RaisedAsync(scene, string.Empty)).ShouldBe(["usage_drop org"]);
    }

    [Fact]
    public async Task Sessions_that_fail_and_meet_friction_are_told_for_their_team_and_the_organisation()
    {
        await using var scene = await BudgetScene.OpenAsync();
        for (var session = 0; session < 18; session++)
        {
            await ReportAsync(scene, $"before-{session}", 1 + (session % 6), session % 6 == 0 ? "failure" : "success", frictions: session % 3);
        }

        for (var session = 0; session < 5; session++)
        {
            await ReportAsync(scene, $"today-{session}", 0, session < 2 ? "success" : "failure", frictions: 2);
        }

        // 15 of 18 before, 2 of 5 now; 18 times in six days before, 10 times now.
        (await RaisedAsync(scene, string.Empty)).Order(StringComparer.Ordinal).ShouldBe(
            ["friction_spike org", $"friction_spike {scene.People.Team}", "success_rate_drop org", $"success_rate_drop {scene.People.Team}"], ignoreOrder: true);
        var drop = (await scene.Server.SendAsync("GET", Alerts, scene.People.Lead.Key)).Json.EnumerateArray()
            .Single(static alert => alert.GetProperty("alert_type").GetString() == "success_rate_drop");
        (Number(drop, "actual_value"), Number(drop, "expected_value"), Number(drop, "threshold"), drop.GetProperty("metric_name").GetString())
            .ShouldBe((0.4m, 0.8333m, 0.6333m, "success_rate"));
    }

    private static async Task SpendAsync(BudgetScene scene, decimal[] days, string more = "")
    {
        for (var index = 0; index < days.Length; index++)
        {
            await scene.SpendAsync(days[index], At(scene, days.Length - 1 - index), more);
        }
    }

    private static async Task ReportAsync(BudgetScene scene, string id, int daysAgo, string outcome, int frictions)
    {
        var body = $$"""{"session_id":"{{id}}","started_at":"{{At(scene, daysAgo)}}","facets":{"outcome":"{{outcome}}","friction_counts":{"slow":{{frictions}} } } }""";
        (await scene.Server.SendAsync("POST", "/api/v1/ingest/session", scene.People.Engineer.Key, body)).Status.ShouldBeLessThan(300);
    }

    /// <summary>An hour before now, days ago.</summary>
    private static string At(BudgetScene scene, int daysAgo) => scene.Time.Now.AddHours(-1).AddDays(-daysAgo).ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The new alerts as <c>type team</c>, or <c>type org</c>, in the order of their texts.</summary>
    private static async Task<IReadOnlyList<string>> RaisedAsync(BudgetScene scene, string query)
    {
        var found = await scene.Server.SendAsync("POST", Detect + query, TestServer.AdminKey);
        found.Status.ShouldBe(200, found.Body);
        var ids = found.Json.GetProperty("alert_ids").EnumerateArray().Select(static id => id.GetString()).ToHashSet();
        ids.Count.ShouldBe(found.Json.GetProperty("alerts_created").GetInt32());
        return
        [
            .. (await scene.Server.SendAsync("GET", Alerts, TestServer.AdminKey)).Json.EnumerateArray()
                .Where(alert => ids.Contains(alert.GetProperty("id").GetString()))
                .Select(static alert => $"{alert.GetProperty("alert_type").GetString()} {alert.GetProperty("team_id").GetString() ?? "org"}").Order(StringComparer.Ordinal),
        ];
    }

    private static decimal Number(JsonElement alert, string name) => alert.GetProperty(name).GetDecimal();

    private static Task<TestAnswer> PatchAsync(BudgetScene scene, string path, string key) => scene.Server.SendAsync("PATCH", $"{Alerts}/{path}", key);

    private static async Task SetAsync(BudgetScene scene, string body)
    {
        var made = await scene.Server.SendAsync("POST", Configs, TestServer.AdminKey, body);
        made.Status.ShouldBe(201, made.Body);
    }
}
