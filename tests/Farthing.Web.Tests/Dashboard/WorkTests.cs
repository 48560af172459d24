using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Farthing.Testing;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Planning;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>What kinds of work cost, and the sessions that they are the sum of.</summary>
public sealed class WorkTests
{
    private const int Fixes = 60;

    [Fact]
    public async Task A_line_of_work_leads_to_sessions_that_add_up_to_it_on_pages_that_join()
    {
        await using var server = await StartAsync();
        var people = await TestPeople.SeedAsync(server);
        await ReportAsync(server, people.Engineer, "fix & mend", Fixes, 1_000);
        await ReportAsync(server, people.Stranger, "feature", 3, 180_000);
        var signIn = await SignInAsync(server, people.Admin);

        var overview = await ReadPage.OpenAsync(server, signIn, "/finops?range=7d");
        var line = overview.Anchors.Single(static link => link.Href.Contains("work=fix%20%26%20mend", StringComparison.Ordinal) && link.Exact.Length > 0);
        line.Href.ShouldBe("/sessions?range=7d&sort=cost&work=fix%20%26%20mend");
        var (sessions, next) = (new List<string>(), line.Href);
        while (next is not null)
        {
            var page = await ReadPage.OpenAsync(server, signIn, next);
            page.Html.ShouldContain($"<strong title=\"{line.Exact}\">");
            sessions.AddRange(page.Anchors.Where(static link => link.Href.StartsWith("/sessions/", StringComparison.Ordinal) && link.Exact.Length == 0).Select(static link => link.Text));
            next = page.Anchors.SingleOrDefault(static link => link.Text == "Next")?.Href;
        }

        sessions.ShouldBe(Enumerable.Range(0, Fixes).Reverse().Select(index => $"fix & mend {index}"), "Each cost more than the one before.");
    }

    [Fact]
    public async Task Lines_of_work_add_up_with_what_is_of_no_known_kind_to_the_figures_of_the_span()
    {
        await using var server = await StartAsync();
        var people = await TestPeople.SeedAsync(server);
        await ReportAsync(server, people.Engineer, "fix", 4, 1_000);
        await ReportAsync(server, people.Stranger, "feature", 3, 180_000);
        (await server.RecordAsync(UsageBodies.Batch(["""{"id":"u","occurred_at":"2026-11-15T09:00:00Z","model":"claude-opus-4-6","input_tokens":1000000,"session":"untold"}""", """{"id":"n","occurred_at":"2026-11-15T09:00:00Z","model":"claude-opus-4-6","input_tokens":200000}"""]))).Status.ShouldBe(200);
        var signIn = await SignInAsync(server, people.Admin);

        var page = await ReadPage.OpenAsync(server, signIn, "/finops?range=7d");
        var rows = Rows(page, "work");

        rows["Feature"].ShouldBe(["3", "$2.72"]);
        rows["Fix"].ShouldBe(["4", "$0.05"]);
        rows["Sessions of unknown work"].ShouldBe(["1", "$6.00"], "5 of a session that nobody told anything of, and 1 of no session.");
        rows["Rounding"][0].ShouldBe("-$0.01", "2.715 is written as 2.72 and 8.765 as 8.76.");
        rows["Total"].ShouldBe(["8", "$8.76"]);
    }

    [Fact]
    public async Task Two_kinds_of_work_are_compared_as_the_address_says()
    {
        await using var server = await StartAsync();
        var people = await TestPeople.SeedAsync(server);
        await ReportAsync(server, people.Engineer, "fix", 4, 1_000);
        await ReportAsync(server, people.Stranger, "feature", 3, 180_000);
        await ReportAsync(server, people.Colleague, "docs", 2, 500);
        var signIn = await SignInAsync(server, people.Admin);

        var usual = Rows(await ReadPage.OpenAsync(server, signIn, "/finops?range=7d"));
        var chosen = Rows(await ReadPage.OpenAsync(server, signIn, "/finops?range=7d&compare=docs&with=nothing"));

        usual["Figure"].ShouldBe(["Feature", "Fix"], "The dearest two.");
        usual["Sessions"].ShouldBe(["3", "4"]);
        usual["Total cost"].ShouldBe(["$2.72", "$0.05"], "0.005 x (180 + 181 + 182) and 0.005 x (1 + 2 + 3 + 4).");
        usual["Cost a success"].ShouldBe(["$1.36", "$0.02"]);
        usual["Success rate"].ShouldBe(["67% 2 of 3 judged", "50% 2 of 4 judged"]);
        usual["Median length"].ShouldBe(["1 min 0 s", "1 min 30 s"], "0, 1 and 2 minutes; and one more.");
        chosen["Figure"].ShouldBe(["Docs", "Nothing"]);
        chosen["Sessions"].ShouldBe(["2", PageText.None]);
        chosen["Total cost"].ShouldBe(["$0.01", PageText.None]);
    }

    [Fact]
    public async Task Every_compared_figure_leads_to_the_sessions_that_it_is_made_of()
    {
        await using var server = await StartAsync();
        var people = await TestPeople.SeedAsync(server);
        await ReportAsync(server, people.Engineer, "fix", 4, 1_000);
        await ReportAsync(server, people.Stranger, "feature", 3, 180_000);
        var signIn = await SignInAsync(server, people.Admin);

        var links = (await ReadPage.OpenAsync(server, signIn, "/finops?range=7d")).Anchors;

        links.Count(static link => link.Href == "/sessions?range=7d&sort=cost&work=feature" && link.Text is "3" or "$2.72" or "$0.90" or "1.0" or "1 min 0 s").ShouldBe(8, "Sessions, cost and average in both tables; calls a session and the median length in one.");
        var judged = links.Single(static link => link.Text == "67%");
        SessionsOn(await ReadPage.OpenAsync(server, signIn, judged.Href)).ShouldBe(["feature 2", "feature 1", "feature 0"], "Two of them succeeded.");
        var average = links.First(static link => link.Text == "$0.90");
        (await ReadPage.OpenAsync(server, signIn, average.Href)).Html.ShouldContain(", $0.90 a session;");
    }

    [Fact]
    public async Task Cost_a_success_leads_to_all_sessions_that_it_is_made_of_and_successes_are_counted_beside_it()
    {
        await using var server = await StartAsync();
        var people = await TestPeople.SeedAsync(server);
        await ReportAsync(server, people.Engineer, "fix", 5, 1_000);
        await ReportAsync(server, people.Stranger, "feature", 3, 180_000);
        var signIn = await SignInAsync(server, people.Admin);

        var links = (await ReadPage.OpenAsync(server, signIn, "/finops?range=7d")).Anchors;

        links.Where(static link => link.Text == "$1.36").Select(static link => link.Href).ShouldAllBe(static href => href == "/sessions?range=7d&sort=cost&work=feature");
        links.Count(static link => link.Text == "$1.36").ShouldBe(2, "In both tables: 2.715 ÷ 2.");
        (await ReadPage.OpenAsync(server, signIn, "/sessions?range=7d&sort=cost&work=feature")).Html.ShouldContain("<strong title=\"2.715 USD\">");
        links.Single(static link => link.Href == "/sessions?range=7d&sort=cost&work=feature&outcome=success").Text.ShouldBe("2");
        links.Where(static link => link.Href == "/sessions?range=7d&sort=cost&outcome=success").Select(static link => link.Text).ShouldBe(["5 sessions reported as a success", "5"]);
        links.Where(static link => link.Text == "$0.56").Select(static link => link.Href).ShouldBe(["/sessions?range=7d&sort=cost", "/sessions?range=7d&sort=cost"], "2.79 ÷ 5 of the span.");
    }

    [Fact]
    public async Task Successes_lead_to_the_sessions_that_were_reported_as_one()
    {
        await using var server = await StartAsync();
        var people = await TestPeople.SeedAsync(server);
        await ReportAsync(server, people.Engineer, "fix", 5, 1_000);
        await ReportAsync(server, people.Stranger, "feature", 3, 180_000);
        var signIn = await SignInAsync(server, people.Admin);

        var overview = await ReadPage.OpenAsync(server, signIn, "/finops?range=7d");
        var all = overview.Anchors.Single(static link => link.Text == "5 sessions reported as a success");
        var fixes = overview.Anchors.First(static link => link.Href.Contains("work=fix&outcome=success", StringComparison.Ordinal));
        var page = await ReadPage.OpenAsync(server, signIn, all.Href);

        all.Href.ShouldBe("/sessions?range=7d&sort=cost&outcome=success");
        SessionsOn(page).ShouldBe(["feature 2", "feature 0", "fix 4", "fix 2", "fix 0"]);
        page.Html.ShouldContain("5 sessions with ");
        page.Anchors.ShouldContain(static link => link.Text == "×" && link.Href == "/sessions?range=7d&sort=cost");
        SessionsOn(await ReadPage.OpenAsync(server, signIn, fixes.Href)).ShouldBe(["fix 4", "fix 2", "fix 0"]);
        SessionsOn(await ReadPage.OpenAsync(server, signIn, "/sessions?range=7d&sort=cost&outcome=failure&outcome=partial")).ShouldBe(["feature 1", "fix 3", "fix 1"]);
        (await ReadPage.OpenAsync(server, signIn, "/sessions?range=7d&outcome=unknown")).Html.ShouldContain("was reported as without an outcome");
        SessionsOn(await ReadPage.OpenAsync(server, await SignInAsync(server, people.Engineer), all.Href)).ShouldBe(["fix 4", "fix 2", "fix 0"]);
    }

    [Fact]
    public async Task Of_very_many_sessions_every_one_is_listed_in_parts_by_their_beginning()
    {
        await using var server = await StartAsync();
        var people = await TestPeople.SeedAsync(server);
        await ReportAsync(server, people.Engineer, "fix", 2 * (JudgedCosts.SessionsMax + 75), 1_000);
        var signIn = await SignInAsync(server, people.Admin);

        var latest = await ReadPage.OpenAsync(server, signIn, "/sessions?range=7d&sort=cost&outcome=success");
        var before = latest.Anchors.Single(static link => link.Text == "Sessions that began before these");
        var (sessions, next) = (new List<string>(), before.Href);
        while (next is not null)
        {
            var page = await ReadPage.OpenAsync(server, signIn, next);
            page.Html.ShouldContain("75 sessions with ");
            page.Html.ShouldContain("Of the 2,075 sessions that began in this span");
            page.Anchors.ShouldContain(static link => link.Text == "Sessions that began last" && link.Href == "/sessions?range=7d&sort=cost&outcome=success");
            page.Anchors.ShouldNotContain(static link => link.Text == "Sessions that began before these");
            sessions.AddRange(SessionsOn(page));
            next = page.Anchors.SingleOrDefault(static link => link.Text == "Next")?.Href;
        }

        latest.Html.ShouldContain("2,000 sessions with ");
        latest.Html.ShouldContain("Of the 2,075 sessions that began in this span");
        SessionsOn(latest)[0].ShouldBe($"fix {(2 * JudgedCosts.SessionsMax) - 2}");
        sessions.ShouldBe(Enumerable.Range(JudgedCosts.SessionsMax, 75).Reverse().Select(static index => $"fix {2 * index}"));
    }

    [Fact]
    public async Task Engineers_see_their_own_work_only()
    {
        await using var server = await StartAsync();
        var people = await TestPeople.SeedAsync(server);
        await ReportAsync(server, people.Engineer, "fix", 2, 1_000);
        await ReportAsync(server, people.Stranger, "feature", 3, 180_000);
        var signIn = await SignInAsync(server, people.Engineer);

        foreach (var path in new[] { "/finops?range=7d&compare=feature", "/sessions?range=7d&work=feature" })
        {
            var page = await ReadPage.OpenAsync(server, signIn, path);
            page.Status.ShouldBe(200);
            page.Anchors.ShouldNotContain(static link => link.Text.StartsWith("feature", StringComparison.Ordinal), path);
            page.Html.ShouldNotContain("$2.72");
        }
    }

    private static IReadOnlyList<string> SessionsOn(ReadPage page) =>
        [.. page.Anchors.Where(static link => link.Href.StartsWith("/sessions/", StringComparison.Ordinal) && link.Exact.Length == 0).Select(static link => link.Text)];

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });

    private static async Task<string> SignInAsync(TestServer server, TestMember member) =>
        (await server.Get<SignIns>().EnterAsync(member.Key, "test", TestServer.Cancellation)).Value.Secret;

    /// <summary>Has somebody report sessions of a kind of work that began yesterday: the first one took no time, each other a minute and a thousand tokens more; every second one succeeded.</summary>
    private static async Task ReportAsync(TestServer server, TestMember member, string work, int count, int tokens)
    {
        var began = server.Get<TimeProvider>().GetUtcNow().AddDays(-1);
        var sessions = Enumerable.Range(0, count).Select(index => (JsonNode)new JsonObject
        {
            ["session_id"] = string.Create(CultureInfo.InvariantCulture, $"{work} {index}"),
            ["engineer_id"] = member.Caller.EngineerId,
            ["started_at"] = began.AddMinutes(-index).ToString("O", CultureInfo.InvariantCulture),
            ["duration_seconds"] = index * 60,
            ["facets"] = new JsonObject { ["workflow_archetype"] = work, ["outcome"] = index % 2 == 0 ? "success" : "failure" },
            ["model_usages"] = new JsonArray(new JsonObject { ["model_name"] = "claude-opus-4-6", ["input_tokens"] = tokens + (1_000 * index) }),
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/ingest/bulk") { Content = JsonContent.Create(new JsonObject { ["sessions"] = new JsonArray([.. sessions]) }) };
        request.Headers.Add("x-admin-key", TestServer.AdminKey);
        using var answer = await server.Client.SendAsync(request, TestServer.Cancellation);
        var text = await answer.Content.ReadAsStringAsync(TestServer.Cancellation);
        text.ShouldContain("\"created\":true");
    }

    /// <summary>The rows of a table by what they begin with, as texts.</summary>
    private static Dictionary<string, string[]> Rows(ReadPage page, string section = "compare")
    {
        var table = WebUtility.HtmlDecode(page.Html[page.Html.IndexOf($"id=\"{section}\"", StringComparison.Ordinal)..]);
        return table[..table.IndexOf("</table>", StringComparison.Ordinal)].Split("<tr").Skip(1).Select(static row => row.Split("</t"))
            .Select(static row => row.Select(static cell => string.Join(' ', cell[(cell.IndexOf('>') + 1)..].Split('<').Select(static part => part[(part.IndexOf('>') + 1)..].Trim()).Where(static part => part.Length > 0))))
            .Select(static row => row.Where(static cell => cell.Length > 0).ToArray())
            .Where(static row => row.Length > 1)
            .ToDictionary(static row => row[0], static row => row[1..Math.Min(3, row.Length)], StringComparer.Ordinal);
    }
}
