using System.Net;
using Farthing.Domain.Pricing;
using Farthing.Testing;
using Farthing.Web.Access;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.Calls;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>The list of calls as its address asks for it: by how sure prices are, and of one session.</summary>
public sealed class CallListTests
{
    private const string Known = "claude-opus-4-6";
    private const string Unknown = "never-heard-of";

    [Fact]
    public async Task How_sure_prices_are_leads_to_the_calls_that_are_meant_and_their_total()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var signIn = await RecordAsync(server, Call("a", Known, 10, "s-1"), Call("b", Known, 9, "s-1"), Call("c", Unknown, 8, "s-1"), Call("d", Unknown, 7, "s-2"), Call("e", Unknown, 200, "s-3"));

        foreach (var path in new[] { "/", "/finops?range=30d", "/explorer?by=model&range=30d", "/admin/quality?range=30d", "/sessions?range=30d", "/calls?range=30d" })
        {
            var page = await ReadPage.OpenAsync(server, signIn, path);
            var badge = page.Anchors.Where(static link => link.Text.StartsWith("2 calls ", StringComparison.Ordinal)).ShouldHaveSingleItem(path);
            badge.Href.ShouldContain("&pricing=", Case.Sensitive, path);
            var calls = await ReadPage.OpenAsync(server, signIn, badge.Href);
            CallsOn(calls).Count.ShouldBe(2, path);
            calls.Html.ShouldContain("2 calls, the newest first", Case.Sensitive, path);
            calls.Anchors.ShouldContain(static link => link.Text == "×");
        }

        CallsOn(await ReadPage.OpenAsync(server, signIn, "/calls?range=30d&pricing=exact")).Count.ShouldBe(2);
        CallsOn(await ReadPage.OpenAsync(server, signIn, "/calls?range=30d&pricing=exact&pricing=estimated&pricing=unpriced")).Count.ShouldBe(4);
        (await ReadPage.OpenAsync(server, signIn, "/calls?range=30d&pricing=assumed_host")).Html.ShouldContain("No calls here");
        (await ReadPage.OpenAsync(server, signIn, "/admin/quality?range=30d")).Anchors.ShouldContain(static link => link.Href == "/calls?range=30d&pricing=exact" && link.Text == "2");
    }

    [Fact]
    public async Task Calls_of_a_session_tell_how_many_there_are_and_what_they_cost()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var signIn = await RecordAsync(server, [.. Enumerable.Range(0, 60).Select(static index => Call($"c-{index}", index < 50 ? Known : Unknown, 10, "s-1")), Call("other", Known, 10, "s-2")]);

        var whole = await ReadPage.OpenAsync(server, signIn, "/calls?session=s-1");
        var known = await ReadPage.OpenAsync(server, signIn, "/calls?session=s-1&pricing=exact");

        whole.Html.ShouldContain("60 calls for");
        whole.Html.ShouldContain("10 calls ");
        known.Html.ShouldContain("50 calls for");
        known.Html.ShouldContain("Prices exact");
        Cost(whole).ShouldBe(Cost(known));
        CallsOn(whole).Count.ShouldBe(50);
        CallsOn(await ReadPage.OpenAsync(server, signIn, whole.Anchors.Single(static link => link.Text == "Older").Href)).Count.ShouldBe(10);
        (await ReadPage.OpenAsync(server, signIn, "/sessions/s-1")).Anchors.ShouldContain(static link => link.Text.StartsWith("10 calls ", StringComparison.Ordinal) && link.Href.StartsWith("/calls?session=s-1&", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_list_says_of_all_its_calls_comes_with_new_ones()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var signIn = await RecordAsync(server, Call("a", Known, 3, "s-1"), Call("b", Unknown, 2, "s-1"));
        var shown = await ReadPage.OpenAsync(server, signIn, "/calls?range=30d");
        var asked = WebUtility.HtmlDecode(shown.Html.Split("hx-get=\"")[1].Split('"')[0]);
        (await FollowAsync(server, signIn, asked)).Status.ShouldBe(204);
        (await server.RecordAsync(UsageBodies.Batch([Call("c", Known, 1, "s-1"), Call("d", Unknown, 1, "s-1")]))).Status.ShouldBe(200);

        var came = await FollowAsync(server, signIn, asked);
        var whole = await ReadPage.OpenAsync(server, signIn, "/calls?range=30d");

        CallsOn(came).Count.ShouldBe(2);
        came.Html.ShouldMatch("<p [^>]*id=\"calls-total\" hx-swap-oob=\"true\">");
        came.Html.ShouldMatch("<div id=\"calls-fresh\" hx-swap-oob=\"true\">");
        Cost(came).ShouldBe(Cost(whole));
        Cost(came).ShouldNotBe(Cost(shown));
        came.Html.ShouldContain("4 calls for");
        came.Html.ShouldContain("2 calls without a price");
        came.Html.IndexOf("</tr>", StringComparison.Ordinal).ShouldBeLessThan(came.Html.IndexOf("calls-", StringComparison.Ordinal), "Rows come first, or a browser drops them.");
        whole.Html.ShouldNotContain("hx-swap-oob");
    }

    [Theory]
    [InlineData("range=7d&team=t&pricing=unpriced&pricing=exact&show=tokens", "range=7d&team=t&pricing=exact&pricing=unpriced&show=tokens")]
    [InlineData("pricing=maybe&session=", "range=30d")]
    [InlineData("session=a%26b", "session=a%26b")]
    [InlineData("session=a&agent=&pricing=estimated", "session=a&agent=&pricing=estimated")]
    [InlineData("session=a&range=7d", "session=a&range=7d")]
    public void An_address_is_read_and_written_the_same(string address, string canonical)
    {
        var read = CallsAddress.Read(new QueryCollection(QueryHelpers.ParseQuery(address)));

        read.Query.ShouldBe(canonical);
        CallsAddress.Read(new QueryCollection(QueryHelpers.ParseQuery(read.Query))).Query.ShouldBe(canonical);
    }

    [Fact]
    public void A_form_adds_how_sure_prices_are_to_what_was_chosen() =>
        WordFilters.Pricing.Read(new QueryCollection(QueryHelpers.ParseQuery("pricing=unpriced&add-pricing=estimated"))).ShouldBe([PricingStatus.Fallback, PricingStatus.Unpriced]);

    private static async Task<string> RecordAsync(TestServer server, params string[] calls)
    {
        var people = await TestPeople.SeedAsync(server);
        (await server.RecordAsync(UsageBodies.Batch(calls))).Status.ShouldBe(200);
        return (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;
    }

    private static async Task<ReadPage> FollowAsync(TestServer server, string signIn, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $"{BrowserCookie.Name}={signIn}");
        request.Headers.Add("HX-Request", "true");
        using var answer = await server.Client.SendAsync(request, TestServer.Cancellation);
        return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestServer.Cancellation));
    }

    private static string Call(string id, string model, int daysAgo, string session) =>
        $$"""{"id":"{{id}}","occurred_at":"{{new ManualTime().Now.AddDays(-daysAgo):yyyy-MM-dd'T'HH:mm:ss'Z'}}","model":"{{model}}","input_tokens":1000,"session":"{{session}}"}""";

    private static List<string> CallsOn(ReadPage page) => [.. page.Anchors.Where(static link => link.Href.StartsWith("/calls/", StringComparison.Ordinal) && link.Exact.Length == 0).Select(static link => link.Href)];

    private static string Cost(ReadPage page) => page.Html.Split(" calls for")[1].Split("</strong>")[0];
}
