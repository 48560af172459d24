using System.Net;
using Farthing.Testing;
using Farthing.Web.Access;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>How a new server says what to do, and that it has been done.</summary>
public sealed class ConnectPageTests
{
    private static readonly ManualTime Time = new();

    [Theory]
    [InlineData("/")]
    [InlineData("/connect")]
    public async Task The_call_to_copy_is_one_that_this_server_takes(string path)
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = Time });
        var people = await TestPeople.SeedAsync(server);

        var page = await OpenAsync(server, people.Admin, path);

        var text = WebUtility.HtmlDecode(page.Html);
        text.ShouldContain($"curl -s {server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}/api/v1/usage");
        page.Anchors.ShouldContain(static link => link.Href == "/admin/keys/new");
        var body = text[(text.IndexOf("-d '", StringComparison.Ordinal) + "-d '".Length)..];
        (await server.SendAsync("POST", "/api/v1/usage", people.Service.Key, body[..body.IndexOf('\'', StringComparison.Ordinal)])).Body.ShouldContain("\"accepted\":1");
    }

    [Fact]
    public async Task Whoever_makes_no_keys_is_told_of_the_one_they_have()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = Time });
        var people = await TestPeople.SeedAsync(server);

        var (own, finance) = (await OpenAsync(server, people.Engineer, "/connect"), await OpenAsync(server, people.Finance, "/connect"));

        own.Html.ShouldContain("what it sends is counted as yours");
        finance.Html.ShouldContain("Ask an admin");
        own.Anchors.Concat(finance.Anchors).ShouldNotContain(static link => link.Href == "/admin/keys/new");
    }

    [Fact]
    public async Task A_page_that_waits_for_the_first_call_is_told_of_it_and_asks_no_more()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = Time });
        var people = await TestPeople.SeedAsync(server);
        var since = Time.GetUtcNow().ToUnixTimeSeconds();
        (await OpenAsync(server, people.Admin, "/connect")).Html.ShouldContain($"hx-get=\"/connect/first-call?since={since}\"");

        var (before, late) = (await AskAsync(server, people.Admin, since), await AskAsync(server, people.Admin, since - 1800));
        (await server.RecordAsync(UsageBodies.Batch(["""{"id":"c-1","occurred_at":"2026-11-15T09:00:00Z","model":"claude-opus-4-6","input_tokens":1000}"""]))).Status.ShouldBe(200);
        var (after, other) = (await AskAsync(server, people.Admin, since), await AskAsync(server, people.Engineer, since));

        before.Status.ShouldBe(204);
        late.Status.ShouldBe(286);
        late.Html.ShouldContain("Wait on");
        after.Status.ShouldBe(286);
        after.Html.ShouldContain("<a href=\"/\">open Home</a>");
        other.Status.ShouldBe(204, "an engineer learns nothing of calls of others");
        (await OpenAsync(server, people.Admin, "/connect")).Html.ShouldNotContain("first-call?");
    }

    private static async Task<ReadPage> AskAsync(TestServer server, TestMember member, long since)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/connect/first-call?since={since}");
        request.Headers.Add("Cookie", $"{BrowserCookie.Name}={await SignInAsync(server, member)}");
        request.Headers.Add("HX-Request", "true");
        using var answer = await server.Client.SendAsync(request, TestServer.Cancellation);
        return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestServer.Cancellation));
    }

    private static async Task<ReadPage> OpenAsync(TestServer server, TestMember member, string path) => await ReadPage.OpenAsync(server, await SignInAsync(server, member), path);

    private static async Task<string> SignInAsync(TestServer server, TestMember member) => (await server.Get<SignIns>().EnterAsync(member.Key, "test", TestServer.Cancellation)).Value.Secret;
}
