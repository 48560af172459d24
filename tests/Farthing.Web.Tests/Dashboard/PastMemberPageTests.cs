using System.Net;
using Farthing.Testing;
using Farthing.Web.Access;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>Who worked for a team and left it stands on its lead's pages by name; nobody else of another team does.</summary>
public sealed class PastMemberPageTests
{
    private const string Past = "Ada Past";
    private const string Other = "Bea Elsewhere";

    [Theory]
    [InlineData("/")]
    [InlineData("/explorer?by=engineer")]
    [InlineData("/explorer?by=model")]
    [InlineData("/explorer.csv?by=engineer")]
    [InlineData("/explorer/bridge?by=engineer&range=7d")]
    [InlineData("/calls?range=7d")]
    [InlineData("/calls?session=s-1")]
    [InlineData("/sessions?range=7d")]
    [InlineData("/sessions?range=7d&outcome=success")]
    [InlineData("/sessions/s-1")]
    public async Task A_lead_reads_the_name_of_a_past_member_in_the_figures_of_the_team(string path)
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var team = await PastTeam.SeedAsync(server);

        var page = await ReadPage.OpenAsync(server, team.SignIn, path);

        page.Status.ShouldBe(200);
        page.Html.ShouldContain(Past);
        page.Html.ShouldNotContain(Other);
    }

    [Fact]
    public async Task A_call_names_a_past_member()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var team = await PastTeam.SeedAsync(server);
        var calls = await ReadPage.OpenAsync(server, team.SignIn, "/calls?range=7d");

        var page = await ReadPage.OpenAsync(server, team.SignIn, calls.Anchors.First(static link => link.Href.StartsWith("/calls/", StringComparison.Ordinal)).Href);

        page.Html.ShouldContain(Past);
    }

    [Theory]
    [InlineData("/explorer?by=model&range=7d")]
    [InlineData("/explorer/bridge?by=model&range=7d")]
    [InlineData("/calls?range=7d")]
    [InlineData("/sessions?range=7d")]
    public async Task A_filter_names_a_past_member_and_nobody_of_another_team(string path)
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var team = await PastTeam.SeedAsync(server);

        var page = await ReadPage.OpenAsync(server, team.SignIn, $"{path}&engineer={team.Past}&engineer={team.Other}");

        page.Html.ShouldContain($"Remove the filter Engineer: {Past}");
        page.Html.ShouldContain($"Remove the filter Engineer: {team.Other}");
        page.Html.ShouldNotContain(Other);
    }

    [Fact]
    public async Task The_name_of_a_past_member_is_found_where_it_is_typed()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var team = await PastTeam.SeedAsync(server);

        (await LeadAsync(Past)).ShouldContain($"engineer={team.Past}");
        (await LeadAsync(Other)).ShouldNotContain(team.Other);

        async Task<string> LeadAsync(string typed)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/calls?form=1&range=7d&add-engineer={WebUtility.UrlEncode(typed)}");
            request.Headers.Add("Cookie", $"{BrowserCookie.Name}={team.SignIn}");
            using var answer = await server.Client.SendAsync(request, TestServer.Cancellation);
            return answer.RequestMessage!.RequestUri!.PathAndQuery;
        }
    }

    [Theory]
    [InlineData("/", nameof(ISpendQueries.SpendAsync))] // The days on which the organisation had calls, for the lead's forecast.
    [InlineData("/explorer?by=engineer")]
    [InlineData("/explorer/bridge?by=engineer&range=7d")]
    [InlineData("/calls?range=7d")]
    [InlineData("/sessions?range=7d")]
    [InlineData("/sessions/s-1")]
    public async Task Past_members_cost_a_page_one_query_and_present_ones_none(string path, params string[] more)
    {
        var calls = new StoreCalls();
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime(), Replace = calls.AddTo });
        var team = await PastTeam.SeedAsync(server);

        await ReadPage.OpenAsync(server, team.SignIn, path);
        var toLead = calls.Newest;
        await ReadPage.OpenAsync(server, team.AdminSignIn, path);
        var toAdmin = calls.Newest;

        toLead.Count.ShouldBeLessThanOrEqualTo(10, string.Join(", ", toLead));
        toLead.Order(StringComparer.Ordinal).ShouldBe([.. toAdmin.Append("ListAsync").Concat(more).Order(StringComparer.Ordinal)]);
    }

    /// <summary>A team that somebody worked for who is of another one now.</summary>
    private sealed record PastTeam(string Past, string Other, string SignIn, string AdminSignIn)
    {
        public static async Task<PastTeam> SeedAsync(TestServer server)
        {
            var people = await TestPeople.SeedAsync(server);
            var (past, other) = (await HireAsync(server, people, PastMemberPageTests.Past), await HireAsync(server, people, PastMemberPageTests.Other));
            (await server.RecordAsync(UsageBodies.Batch([CallOf("past", past, people.Team, "s-1"), CallOf("foreign", "somebody", people.Team, "s-2"), CallOf("other", other, people.OtherTeam, "s-3")]))).Status.ShouldBe(200);
            const string session = """{"session_id":"s-1","started_at":"2026-11-15T09:00:00Z","facets":{"outcome":"success"},"model_usages":[{"model_name":"claude-opus-4-8","input_tokens":9}]}""";
            (await server.SendAsync("POST", "/api/v1/ingest/session", people.Engineer.Key, session)).Status.ShouldBe(200);
            return new(past, other, await SignInAsync(server, people.Lead), await SignInAsync(server, people.Admin));
        }

        private static async Task<string> SignInAsync(TestServer server, TestMember member) =>
            (await server.Get<SignIns>().EnterAsync(member.Key, "test", TestServer.Cancellation)).Value.Secret;

        private static async Task<string> HireAsync(TestServer server, TestPeople people, string name) =>
            (await server.Get<ManageEngineers>().CreateAsync(people.Admin.Caller, name, $"{Guid.NewGuid():N}@example.org", people.OtherTeam, TestServer.Cancellation)).Value.Engineer.Id;

        private static string CallOf(string id, string user, string team, string session) =>
            $$"""{"id":"{{id}}","occurred_at":"2026-11-15T09:00:00Z","model":"claude-opus-4-8","input_tokens":90000,"user":"{{user}}","team":"{{team}}","session":"{{session}}"}""";
    }
}
