using System.Globalization;
using System.Text.Json;
using Farthing.Testing;
using Farthing.Web.Access;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>A comparison of two periods as files.</summary>
public sealed class BridgeFileTests
{
    private const string Query = "?by=engineer&range=7d";
    private static readonly string[] Amounts = ["before_usd", "volume_usd", "mix_usd", "output_usd", "cache_usd", "price_usd", "other_usd", "change_usd", "after_usd"];

    [Fact]
    public async Task Files_tell_what_the_page_shows_and_add_up()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        await SpendAsync(server, people);
        var signIn = await SignInAsync(server, people.Admin);

        var page = await ReadPage.OpenAsync(server, signIn, "/explorer/bridge" + Query);
        using var json = JsonDocument.Parse(await FileAsync(server, signIn, "/explorer/bridge.json" + Query));
        var csv = (await FileAsync(server, signIn, "/explorer/bridge.csv" + Query)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        csv[0].ShouldBe($"line,groups,engineer,engineer_name,{string.Join(',', Amounts)}");
        var total = json.RootElement.GetProperty("total");
        var lines = json.RootElement.GetProperty("lines").EnumerateArray().ToList();
        var rounding = json.RootElement.GetProperty("rounding");
        var isRounded = Amounts.Any(name => Number(rounding, name) != 0);
        (lines.Count, csv.Length).ShouldBe((2, isRounded ? 5 : 4));
        page.Html.Contains("Rounding", StringComparison.Ordinal).ShouldBe(isRounded);
        foreach (var name in Amounts)
        {
            lines.Append(rounding).Sum(line => Number(line, name)).ShouldBe(Number(total, name), name);
        }

        (Number(total, "before_usd") + Amounts[1..7].Sum(name => Number(total, name))).ShouldBe(Number(total, "after_usd"));
        csv[^1].ShouldBe($"total,,,,{string.Join(',', Amounts.Select(name => total.GetProperty(name).GetString()))}");
        page.Html.ShouldContain($"${Number(total, "after_usd"):0.00}</a>");
        decimal.Round(Number(json.RootElement.GetProperty("exact"), "after_usd"), 2).ShouldBe(Number(total, "after_usd"));
        json.RootElement.GetProperty("before_from").GetString().ShouldBe("2026-11-03");
        json.RootElement.GetProperty("from").GetString().ShouldBe("2026-11-10");
        page.Anchors.Select(static link => link.Href).ShouldContain("/explorer/bridge.csv?by=engineer&range=7d");
    }

    [Fact]
    public async Task Engineers_get_what_is_their_own()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        await SpendAsync(server, people);
        var signIn = await SignInAsync(server, people.Engineer);

        foreach (var path in new[] { "/explorer/bridge.csv" + Query, "/explorer/bridge.json" + Query, $"/explorer/bridge.csv{Query}&engineer={people.Stranger.EngineerId}" })
        {
            (await FileAsync(server, signIn, path)).ShouldNotContain(people.Stranger.EngineerId, Case.Sensitive, path);
        }
    }

    private static decimal Number(JsonElement line, string name) => decimal.Parse(line.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static async Task<string> SignInAsync(TestServer server, TestMember member) =>
        (await server.Get<SignIns>().EnterAsync(member.Key, "test", TestServer.Cancellation)).Value.Secret;

    private static async Task SpendAsync(TestServer server, TestPeople people)
    {
        var calls = from day in Enumerable.Range(2, 14)
                    from member in new[] { people.Engineer, people.Stranger }
                    select string.Create(
                        CultureInfo.InvariantCulture,
                        $$"""{"id":"{{day}}-{{member.EngineerId}}","occurred_at":"2026-11-{{day:00}}T09:00:00Z","model":"claude-opus-4-6","input_tokens":{{1_117 * day}},"output_tokens":{{day % 3 * 100}},"user":"{{member.EngineerId}}","team":"{{member.Caller.TeamId}}"}""");
        (await server.RecordAsync(UsageBodies.Batch(calls))).Status.ShouldBe(200);
    }

    private static async Task<string> FileAsync(TestServer server, string signIn, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $"{BrowserCookie.Name}={signIn}");
        using var answer = await server.Client.SendAsync(request, TestServer.Cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue(path);
        answer.Content.Headers.ContentDisposition!.FileName.ShouldStartWith("farthing-change-2026-11-03-2026-11-16.");
        return await answer.Content.ReadAsStringAsync(TestServer.Cancellation);
    }
}
