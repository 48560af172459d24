using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Pages.Tests;

/// <summary>An organisation with two teams that have spent for sixty days. Every name that somebody can choose tries to run.</summary>
/// <param name="Admin">The key of an admin.</param>
/// <param name="Lead">The key of the lead of the first team.</param>
/// <param name="Engineer">The key of an engineer of the first team, who spent a third of what everybody did.</param>
/// <param name="Idle">The key of somebody who never made a call.</param>
/// <param name="Team">The first team's id.</param>
public sealed record People(string Admin, string Lead, string Engineer, string Idle, string Team)
{
    /// <summary>A name that runs where a page does not write it as text.</summary>
    public const string Script = "<img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script>";

    private const int Days = 60;
    private static readonly string[] Models = ["claude-opus-4-8", "claude-sonnet-4-6", "gpt-5.3-codex"];
    private static readonly string[] Work = ["bugfix", "feature", $"refactoring {Script}"];
    private static readonly string[] Projects = ["/work/ledger", "/work/parser", $"/work/{Script}"];

    private static readonly Caller Operator = new() { Org = Dimensions.LocalOrg, Role = Role.Operator };

    /// <summary>Founds it on a server.</summary>
    /// <param name="services">The server's workflows.</param>
    /// <param name="client">Sends calls to it.</param>
    public static async Task<People> SeedAsync(IServiceProvider services, HttpClient client)
    {
        var stop = TestContext.Current.CancellationToken;
        var teams = services.GetRequiredService<ManageTeams>();
        var (first, second) = ((await teams.CreateAsync(Operator, "Platform", stop)).Value.Id, (await teams.CreateAsync(Operator, Script, stop)).Value.Id);
        var engineers = services.GetRequiredService<ManageEngineers>();
        var ada = (await engineers.CreateAsync(Operator, "Ada Lovelace", "ada@example.org", first, stop)).Value;
        var evil = (await engineers.CreateAsync(Operator, Script, "evil@example.org", first, stop)).Value;
        var grace = (await engineers.CreateAsync(Operator, "Grace Hopper", "grace@example.org", second, stop)).Value;
        var idle = (await engineers.CreateAsync(Operator, "Idle", "idle@example.org", second, stop)).Value;
        var lead = (await engineers.CreateAsync(Operator, "Lead", "lead@example.org", first, stop)).Value;
        await engineers.ChangeAsync(Operator, lead.Engineer.Id, new() { Role = Role.TeamLead }, stop);
        var admin = (await services.GetRequiredService<ManageKeys>().CreateAsync(Operator, new() { Name = Script, Role = Role.Admin }, stop)).Value.Secret;
        await SpendAsync(client, admin, [(ada.Engineer.Id, first), (evil.Engineer.Id, first), (grace.Engineer.Id, second)]);
        await JudgeAsync(client, admin, [ada.Engineer.Id, evil.Engineer.Id, grace.Engineer.Id]);
        await LongSession.SendAsync(client, admin, ada.Engineer.Id, first, Script);
        await Crowd.SendAsync(client, admin);
        var budgets = services.GetRequiredService<ManageBudgets>();
        await budgets.CreateAsync(Operator, new() { Name = "Everybody", Amount = Usd.FromDecimal(60) }, stop);
        await budgets.CreateAsync(Operator, new() { Name = Script, Amount = Usd.FromDecimal(5), Period = "rolling30" }, stop);
        await budgets.CreateAsync(Operator, new() { Name = "Platform", Amount = Usd.FromDecimal(34), TeamId = first, Period = "rolling30" }, stop);
        await Purse.SeedAsync(services, Script, ada.Engineer.Id, grace.Engineer.Id);
        return new(admin, lead.Secret, ada.Secret, idle.Secret, first);
    }

    private static async Task SpendAsync(HttpClient client, string key, IReadOnlyList<(string User, string Team)> spenders)
    {
        var events = new List<string>();
        var noon = AfternoonTime.Instance.GetUtcNow().AddMinutes(-5);
        for (var day = 0; day < Days; day++)
        {
            for (var person = 0; person < spenders.Count; person++)
            {
                var (user, team) = spenders[person];
                var input = 20_000 + (1_000 * ((day * 7) % 11)) + (day % 7 < 2 ? 0 : 30_000);
                events.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""
                    {"id":"c-{{day}}-{{person}}","occurred_at":"{{noon.AddDays(-day):O}}","model":"{{Models[(day + person) % Models.Length]}}","input_tokens":{{input}},
                     "output_tokens":{{input / 8}},"cache_read_tokens":{{input * 12}},"cache_write_5m_tokens":{{input / 2}},"user":"{{user}}","team":"{{team}}",
                     "session":"s-{{day}}-{{person}}","run":"{{(person == 0 && day is 3 or 6 ? Purse.Run : string.Empty)}}","project":{{System.Text.Json.JsonSerializer.Serialize(Projects[(day / 3 + person) % Projects.Length])}}}
                    """));
            }
        }

        // A model that no catalog has, called by somebody of the other team.
        events.Add(string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"id":"c-odd","occurred_at":"{{noon.AddDays(-9):O}}","model":{{System.Text.Json.JsonSerializer.Serialize(Script)}},"input_tokens":1000,"output_tokens":10,
             "user":"{{spenders[^1].User}}","team":"{{spenders[^1].Team}}","session":"s-odd","project":"{{Projects[0]}}"}
            """));
        (await SendAsync(client, key, "/api/v1/usage", $"[{string.Join(',', events)}]")).ShouldContain($"\"accepted\":{events.Count}");
    }

    /// <summary>Has clients say of half of the sessions what kind of work they were, how long they took and what came of them.</summary>
    private static async Task JudgeAsync(HttpClient client, string key, IReadOnlyList<string> users)
    {
        var began = AfternoonTime.Instance.GetUtcNow().AddMinutes(-10);
        var sessions = from day in Enumerable.Range(0, Days / 2)
                       from person in Enumerable.Range(0, users.Count)
                       select string.Create(
                           CultureInfo.InvariantCulture,
                           $$$"""
                           {"session_id":"s-{{{day}}}-{{{person}}}","engineer_id":"{{{users[person]}}}","started_at":"{{{began.AddDays(-day):O}}}","duration_seconds":{{{300 + (day * 97 % 1_900)}}},
                            "facets":{"workflow_archetype":{{{System.Text.Json.JsonSerializer.Serialize(Work[day * 2 / (3 + person) % Work.Length])}}},"outcome":"{{{(day % 4 == 3 ? "failure" : "success")}}}"}}
                           """);
        (await SendAsync(client, key, "/api/v1/ingest/bulk", $$"""{"sessions":[{{string.Join(',', sessions)}}]}""")).ShouldContain("created");
    }

    private static async Task<string> SendAsync(HttpClient client, string key, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
