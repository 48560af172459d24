using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Farthing.Testing;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>A cheaper model for the same work, and the sessions that say so.</summary>
public sealed class ComparedModelTests
{
    private const string Dear = "claude-opus-4-6";
    private const string Cheap = "claude-sonnet-4-6";

    [Fact]
    public async Task A_saving_is_made_of_two_averages_that_lead_to_exactly_the_sessions_that_were_compared()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        await ReportAsync(
            server,
            Session(people.Engineer, "dear-0", Dear, (Dear, 100_000), (Cheap, 10_000)),
            Session(people.Engineer, "dear-1", Dear, (Dear, 100_000), (Cheap, 10_000)),
            Session(people.Engineer, "dear-2", string.Empty, (Dear, 100_000), (Cheap, 10_000)),
            Session(people.Engineer, "no-price", Dear, (Dear, 100_000), ("never-heard-of", 10_000)),
            Session(people.Engineer, "cheap-0", Cheap, (Cheap, 100_000), (Dear, 2_000)),
            Session(people.Engineer, "cheap-1", Cheap, (Cheap, 100_000)),
            Session(people.Engineer, "cheap-2", Cheap, (Cheap, 100_000)));
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        var page = await ReadPage.OpenAsync(server, signIn, "/finops/modeling?range=7d");
        var counts = page.Anchors.Where(static link => link.Text == "3 sessions").ToList();
        var (dear, cheap) = (await ReadPage.OpenAsync(server, signIn, counts[0].Href), await ReadPage.OpenAsync(server, signIn, counts[1].Href));

        WebUtility.HtmlDecode(page.Html).ShouldContain("($0.5300 − $0.3033) × 3 sessions = $0.68 in this span", Case.Sensitive, "0.50 + 0.03; (3 × 0.30 + 0.01) ÷ 3.");
        counts.Select(static link => link.Href).ShouldBe(
            [$"/sessions?range=7d&sort=cost&work=fix&compared-model={Dear}", $"/sessions?range=7d&sort=cost&work=fix&compared-model={Cheap}"]);
        SessionsOn(dear).ShouldBe(["dear-0", "dear-1", "dear-2"], ignoreOrder: true);
        SessionsOn(cheap).ShouldBe(["cheap-0", "cheap-1", "cheap-2"], ignoreOrder: true);
        dear.Html.ShouldContain("<strong title=\"1.59 USD\">");
        cheap.Html.ShouldContain("<strong title=\"0.91 USD\">");
        dear.Html.ShouldContain("or with calls without a price, are not listed");
        dear.Anchors.Where(static link => link.Text == "×").Select(static link => link.Href).ShouldBe(["/sessions?range=7d&sort=cost", "/sessions?range=7d&sort=cost&work=fix"]);
        (await ReadPage.OpenAsync(server, signIn, "/sessions?range=7d&compared-model=" + Dear)).Html.ShouldContain("Figures are those of the span.", Case.Sensitive, "Models are compared within a kind of work.");
    }

    private static IReadOnlyList<string> SessionsOn(ReadPage page) =>
        [.. page.Anchors.Where(static link => link.Href.StartsWith("/sessions/", StringComparison.Ordinal) && link.Exact.Length == 0).Select(static link => link.Text)];

    private static JsonObject Session(TestMember member, string id, string model, params IEnumerable<(string Model, int Tokens)> used) => new()
    {
        ["session_id"] = id,
        ["engineer_id"] = member.EngineerId,
        ["started_at"] = new ManualTime().Now.AddDays(-1).ToString("O", CultureInfo.InvariantCulture),
        ["primary_model"] = model,
        ["facets"] = new JsonObject { ["workflow_archetype"] = "fix", ["outcome"] = "success" },
        ["model_usages"] = new JsonArray([.. used.Select(static one => (JsonNode)new JsonObject { ["model_name"] = one.Model, ["input_tokens"] = one.Tokens })]),
    };

    private static async Task ReportAsync(TestServer server, params IEnumerable<JsonNode> sessions)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/ingest/bulk") { Content = JsonContent.Create(new JsonObject { ["sessions"] = new JsonArray([.. sessions]) }) };
        request.Headers.Add("x-admin-key", TestServer.AdminKey);
        using var answer = await server.Client.SendAsync(request, TestServer.Cancellation);
        (await answer.Content.ReadAsStringAsync(TestServer.Cancellation)).ShouldNotContain("\"error\"");
        answer.IsSuccessStatusCode.ShouldBeTrue();
    }
}
