using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Farthing.Tests.Importing;
using Farthing.Tests.Serving;

namespace Farthing.Tests.Finops;

public sealed class FinopsServerTests
{
    [Fact]
    public async Task A_server_is_asked_with_the_key_of_the_environment()
    {
        using var machine = new Machine();
        FinopsScene.Write(machine);
        var here = await machine.RunAsync("cache", "--json");
        var forecast = await machine.RunAsync("forecast", "--json", "--by", "model");
        await using var server = await RunningServer.StartAsync(machine);
        machine.Environment["FARTHING_KEY"] = (await machine.RunAsync("keys", "create", "--role", "admin", "--name", "lead")).Out.Trim();

        var there = await machine.RunAsync("cache", "--json", "--server", server.Url);
        var plans = await machine.RunAsync("plans", "--server", server.Url + "/");
        var same = await machine.RunAsync("forecast", "--json", "--by", "model", "--server", server.Url);
        var line = await machine.RunAsync("forecast", "--method", "ols", "--json", "--server", server.Url);
        var nobody = await machine.RunAsync("cache", "--team", "nobody", "--server", server.Url);
        machine.Environment["FARTHING_KEY"] = "fk_aaaaaaaa_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        var refused = await machine.RunAsync("cache", "--server", server.Url);

        (there.ExitCode, there.Error).ShouldBe((0, string.Empty));
        Totals(there.Out).ShouldBe(Totals(here.Out));
        same.Out.ShouldBe(forecast.Out);
        line.Out.ShouldBe((await machine.RunAsync("forecast", "--method", "ols", "--json")).Out);
        plans.Out.ShouldStartWith("No call says whose it is, so no plan can be fitted.");
        (nobody.ExitCode, nobody.Error).ShouldBe((1, "There is no team 'nobody'; there are no teams at all.\n"));
        (refused.ExitCode, refused.Out).ShouldBe((1, string.Empty));
        refused.Error.ShouldContain("does not accept the key in FARTHING_KEY");
    }

    [Fact]
    public async Task A_role_that_may_not_ask_is_told_so()
    {
        using var machine = new Machine();
        await using var server = await RunningServer.StartAsync(machine);
        machine.Environment["FARTHING_KEY"] = (await machine.RunAsync("keys", "create", "--role", "service", "--name", "ci")).Out.Trim();

        var answer = await machine.RunAsync("plans", "--server", server.Url, "--team", "mine");

        answer.ExitCode.ShouldBe(1);
        answer.Error.ShouldContain("The role of the key in FARTHING_KEY does not allow that: Insufficient permissions.");
    }

    [Fact]
    public async Task A_lead_sees_and_limits_the_own_team_whatever_team_is_named()
    {
        using var machine = new Machine();
        await using var server = await RunningServer.StartAsync(machine);
        var admin = (await machine.RunAsync("keys", "create", "--role", "admin", "--name", "ops")).Out.Trim();
        using var http = new HttpClient { BaseAddress = new(server.Url), DefaultRequestHeaders = { Authorization = new("Bearer", admin) } };
        using var team = await PostAsync(http, "teams", """{"name":"Platform"}""");
        var id = team.RootElement.GetProperty("id").GetString();
        using var lead = await PostAsync(http, "engineers", $$"""{"name":"Lea","email":"lea@example.com","team_id":"{{id}}"}""");
        var path = $"/api/v1/engineers/{lead.RootElement.GetProperty("engineer").GetProperty("id").GetString()}";
        using var change = new StringContent("""{"role":"team_lead"}""", Encoding.UTF8, "application/json");
        (await http.PatchAsync(path, change, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        machine.Environment["FARTHING_KEY"] = lead.RootElement.GetProperty("api_key").GetString()!;

        var made = await machine.RunAsync("budget", "set", "ours", "20", "--server", server.Url);
        var others = await machine.RunAsync("budget", "set", "theirs", "20", "--team", "Payments", "--server", server.Url);
        var cache = await machine.RunAsync("cache", "--team", "Payments", "--server", server.Url);
        var forecast = await machine.RunAsync("forecast", "--team", "Payments", "--json", "--server", server.Url);

        made.Out.ShouldContain("ours: $0.00 of $20.00 monthly, team Platform");
        others.Error.ShouldContain("Cannot create budgets for other teams.");
        (cache.ExitCode, cache.Error).ShouldBe((0, "The key sees its own only, whatever --team says.\n"));
        (forecast.ExitCode, forecast.Error).ShouldBe((0, cache.Error));
        forecast.Out.ShouldContain($"\"scope\": \"team\",\n  \"id\": \"{id}\"");
        forecast.Out.ShouldContain("\"month\": null");
    }

    [Theory]
    [InlineData("team", "Platform")]
    [InlineData("engineer", "Leandra")]
    public async Task The_parts_of_a_forecast_are_told_by_their_names_on_both_sides(string by, string name)
    {
        using var machine = new Machine();
        await using var server = await RunningServer.StartAsync(machine);
        machine.Environment["FARTHING_KEY"] = (await machine.RunAsync("keys", "create", "--role", "admin", "--name", "ops")).Out.Trim();
        using var http = new HttpClient { BaseAddress = new(server.Url), DefaultRequestHeaders = { Authorization = new("Bearer", machine.Environment["FARTHING_KEY"]) } };
        using var team = await PostAsync(http, "teams", """{"name":"Platform"}""");
        var id = team.RootElement.GetProperty("id").GetString();
        using var lea = await PostAsync(http, "engineers", $$"""{"name":"Leandra","email":"lea@example.com","team_id":"{{id}}"}""");
        var user = lea.RootElement.GetProperty("engineer").GetProperty("id").GetString()!;
        var days = Enumerable.Range(1, 8).Select(back => $$"""{"id":"call-{{back}}","occurred_at":"{{machine.Now.AddDays(-back):yyyy-MM-ddTHH:mm:ssZ}}","model":"claude-haiku-4-5","input_tokens":1000000,"user":"{{user}}"}""");
        using var sent = await PostAsync(http, "usage", $$"""{"events":[{{string.Join(',', days)}}]}""");

        var there = await machine.RunAsync("forecast", "--by", by, "--server", server.Url);
        var here = await machine.RunAsync("forecast", "--by", by);

        (there.Error, here.Error).ShouldBe((string.Empty, string.Empty));
        foreach (var page in (string[])[there.Out, here.Out])
        {
            page.ShouldContain(name);
            page.ShouldNotContain(by == "team" ? id! : user);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>", "does not answer like a Farthing server (HTTP 200, text/html)")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "does not answer like a Farthing server (HTTP 404, no content)")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", "something that this program does not know")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{]", "something that this program does not know")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://elsewhere.example/\r\nContent-Length: 0\r\n\r\n", "sends on to http://elsewhere.example/")]
    [InlineData("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Type: application/problem+json\r\nContent-Length: 29\r\n\r\n{\"detail\":\"Slow \\u001b[1m !\"}", "is asked too often: Slow \uFFFD[1m !. Try again in 7 seconds.")]
    public async Task What_is_no_answer_is_told_in_a_sentence(string reply, string message)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = AnswerAsync(listener, reply);
        using var machine = new Machine();
        machine.Environment["FARTHING_KEY"] = "fk_aaaaaaaa_b";

        var answer = await machine.RunAsync("cache", "--server", $"http://{listener.LocalEndpoint}");
        var request = await serving;

        (answer.ExitCode, answer.Out).ShouldBe((1, string.Empty));
        answer.Error.ShouldContain(message);
        request.ShouldContain("Authorization: Bearer fk_aaaaaaaa_b");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = listener.LocalEndpoint;
        listener.Stop();
        using var machine = new Machine();
        machine.Environment["FARTHING_KEY"] = "fk_aaaaaaaa_b";

        var answer = await machine.RunAsync("plans", "--server", $"http://{address}");

        answer.ExitCode.ShouldBe(1);
        answer.Error.ShouldBe($"http://{address} cannot be reached: Connection refused. Is 'farthing serve' running there?\n");
    }

    [Fact]
    public async Task A_server_is_asked_once_for_the_plans()
    {
        using var machine = new Machine();
        FinopsScene.Write(machine);
        var here = await machine.RunAsync("plans", "--json");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = AnswerAsync(listener, $"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(here.Out)}\r\n\r\n{here.Out}");
        machine.Environment["FARTHING_KEY"] = "fk_aaaaaaaa_b";

        var there = await machine.RunAsync("plans", "--json", "--since", "2026-11-01", "--server", $"http://{listener.LocalEndpoint}");

        (there.Error, there.Out).ShouldBe((string.Empty, here.Out), "Whoever asked again would wait for an answer in vain.");
        (await serving).ShouldStartWith("GET /api/v1/finops/plans?start_date=2026-11-01");
    }

    /// <summary>The part of the answer that does not say whose the calls are.</summary>
    private static string Totals(string json) => json[..json.IndexOf("engineer_cache_breakdown", StringComparison.Ordinal)];

    private static async Task<JsonDocument> PostAsync(HttpClient http, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/api/v1/" + path, content, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<string> AnswerAsync(TcpListener listener, string reply)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var buffer = new byte[8_192];
        var read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(reply), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }
}
