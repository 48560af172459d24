using System.Globalization;
using System.Text.Json;
using Farthing.Web.Tests.Api.Budgets;

namespace Farthing.Web.Tests.Api.Alerts;

public sealed class AlertConfigTests
{
    private const string Configs = "/api/v1/alert-configs";

    [Fact]
    public async Task Thresholds_are_set_changed_and_removed_and_say_where_they_come_from()
    {
        await using var scene = await BudgetScene.OpenAsync();
        var team = scene.People.Team;
        (await SourceAsync(scene, team)).ShouldBe("2 True default");

        var global = await scene.Server.SendAsync("POST", Configs, TestServer.AdminKey, """{"alert_type":"cost_spike_warning","threshold":4}""");
        (global.Status, global.Json.GetProperty("threshold").GetDecimal(), global.Json.GetProperty("enabled").GetBoolean()).ShouldBe((201, 4m, true));
        (await SourceAsync(scene, team)).ShouldBe("4 True global_override");
        scene.Time.Move(TimeSpan.FromMinutes(1));
        var off = await scene.Server.SendAsync("PATCH", $"{Configs}/{global.Text("id")}", TestServer.AdminKey, """{"enabled":false}""");
        (off.Status, off.Text("created_at"), off.Text("updated_at")).ShouldBe((200, "2026-02-15T12:00:00+00:00", "2026-02-15T12:01:00+00:00"));
        (await SourceAsync(scene, team)).ShouldBe("4 False global_disabled");
        var own = await scene.Server.SendAsync("POST", Configs, TestServer.AdminKey, $$"""{"team_id":"{{team}}","alert_type":"cost_spike_warning"}""");
        (await SourceAsync(scene, team)).ShouldBe("4 True team_override");
        await scene.Server.SendAsync("PATCH", $"{Configs}/{own.Text("id")}", TestServer.AdminKey, """{"enabled":false,"threshold":5.5}""");
        (await SourceAsync(scene, team)).ShouldBe("5.5 False team_disabled");
        (await SourceAsync(scene, string.Empty)).ShouldBe("4 False global_disabled");
        (await scene.Server.SendAsync("GET", Configs, TestServer.AdminKey)).Json.EnumerateArray().Select(static config => config.GetProperty("id").GetString())
            .ShouldBe([own.Text("id"), global.Text("id")]);
        (await scene.Server.SendAsync("GET", $"{Configs}?team_id={team}", TestServer.AdminKey)).Json.GetArrayLength().ShouldBe(1);

        (await scene.Server.SendAsync("DELETE", $"{Configs}/{own.Text("id")}", TestServer.AdminKey)).Status.ShouldBe(204);
        (await scene.Server.SendAsync("DELETE", $"{Configs}/{own.Text("id")}", TestServer.AdminKey)).Status.ShouldBe(404);
        (await SourceAsync(scene, team)).ShouldBe("4 False global_disabled");
    }

    [Fact]
    public async Task What_is_in_force_is_told_as_primers_clients_ask_for_it()
    {
        await using var scene = await BudgetScene.OpenAsync();
        await scene.Server.SendAsync("POST", Configs, TestServer.AdminKey, """{"alert_type":"friction_spike","threshold":5}""");
        await scene.Server.SendAsync("POST", Configs, TestServer.AdminKey, """{"alert_type":"usage_drop","threshold":0.1,"enabled":false}""");

        var resolved = await scene.Server.SendAsync("GET", Configs + "/resolved", TestServer.AdminKey);
        var policy = await scene.Server.SendAsync("GET", $"{Configs}/policy?team_id={scene.People.Team}", TestServer.AdminKey);

        resolved.Body.ShouldBe("""{"friction_spike_multiplier":5,"usage_drop_ratio":0.5,"cost_spike_warning":2,"cost_spike_critical":3,"success_rate_drop_pp":20}""");
        (policy.Text("team_id"), policy.Json.GetProperty("notifications_enabled").GetBoolean(), policy.Json.GetProperty("webhook_configured").GetBoolean()).ShouldBe((scene.People.Team, false, false));
        var drop = policy.Json.GetProperty("policies")[1];
        (drop.GetProperty("alert_type").GetString(), drop.GetProperty("effective_enabled").GetBoolean(), drop.GetProperty("effective_threshold").GetDecimal(),
            drop.GetProperty("global_override_enabled").GetBoolean(), drop.GetProperty("team_override_enabled").ValueKind).ShouldBe(("usage_drop", false, 0.1m, false, JsonValueKind.Null));
    }

    [Fact]
    public async Task A_threshold_that_cannot_be_is_refused()
    {
        await using var scene = await BudgetScene.OpenAsync();
        (await scene.Server.SendAsync("POST", Configs, TestServer.AdminKey, """{"alert_type":"friction_spike"}""")).Status.ShouldBe(201);
        (string Body, int Status, string Field)[] refusals =
        [
            ("""{"alert_type":"spike"}""", 400, "alert_type"),
            ("""{"alert_type":"usage_drop","threshold":0}""", 422, "threshold"),
            ("""{"alert_type":"usage_drop","threshold":1.01}""", 422, "threshold"),
            ("""{"alert_type":"success_rate_drop","threshold":100.5}""", 422, "threshold"),
            ("""{"alert_type":"cost_spike_warning","threshold":-2}""", 422, "threshold"),
            ("""{"alert_type":"cost_spike_warning","threshold":"NaN"}""", 422, "threshold"),
            ("""{"alert_type":"cost_spike_warning","threshold":1e40}""", 422, "threshold"),
            ("""{"alert_type":"usage_drop","team_id":"nowhere"}""", 422, "team_id"),
            ("""{"alert_type":"friction_spike"}""", 409, "alert_type"),
        ];

        foreach (var (body, status, field) in refusals)
        {
            var refused = await scene.Server.SendAsync("POST", Configs, TestServer.AdminKey, body);
            (refused.Status, refused.Text("field")).ShouldBe((status, field), body);
        }
    }

    private static async Task<string> SourceAsync(BudgetScene scene, string team)
    {
        var all = (await scene.Server.SendAsync("GET", $"{Configs}/policy?team_id={team}", TestServer.AdminKey)).Json.GetProperty("policies");
        var one = all.EnumerateArray().Single(static config => config.GetProperty("alert_type").GetString() == "cost_spike_warning");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{one.GetProperty("effective_threshold").GetDecimal()} {one.GetProperty("effective_enabled").GetBoolean()} {one.GetProperty("source").GetString()}");
    }
}
