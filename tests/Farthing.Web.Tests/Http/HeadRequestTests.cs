using System.Net;
using Farthing.Testing;
using Farthing.Web.Access;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Http;

/// <summary>What whoever asks for the head of an answer is told.</summary>
public sealed class HeadRequestTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/explorer")]
    [InlineData("/explorer.csv")]
    [InlineData("/healthz")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/no-such-path")]
    public async Task The_head_of_an_answer_is_that_of_the_whole_one_without_its_body(string path)
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);

        var (whole, wholeBody) = await SendAsync(server, people.Admin, HttpMethod.Get, path);
        var (head, headBody) = await SendAsync(server, people.Admin, HttpMethod.Head, path);

        head.StatusCode.ShouldBe(whole.StatusCode);
        head.Content.Headers.ContentType.ShouldBe(whole.Content.Headers.ContentType);
        headBody.ShouldBeEmpty();
        wholeBody.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Assets_and_answers_of_the_api_have_heads_and_what_takes_no_get_has_none()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);

        var (asset, _) = await SendAsync(server, people.Admin, HttpMethod.Head, BrowserAssets.AddressOf("farthing.css"));
        var (api, none, written) = (
            await server.SendAsync("HEAD", "/api/v1/keys", people.Admin.Key),
            await server.SendAsync("HEAD", "/api/v1/keys"),
            await server.SendAsync("HEAD", "/api/v1/usage", people.Admin.Key));

        asset.StatusCode.ShouldBe(HttpStatusCode.OK);
        asset.Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
        (api.Status, none.Status, written.Status).ShouldBe((200, 401, 405));
        (api.Body, none.Body, written.Body).ShouldBe((string.Empty, string.Empty, string.Empty));
    }

    [Fact]
    public async Task A_link_that_signs_in_once_is_not_used_up_by_who_looks_ahead()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        var link = await server.Get<SignIns>().MakeLinkAsync(people.Admin.Caller, TestServer.Cancellation);

        var (ahead, _) = await SendAsync(server, people.Admin, HttpMethod.Head, $"/sign-in?link={link}");
        var (followed, _) = await SendAsync(server, people.Admin, HttpMethod.Get, $"/sign-in?link={link}");

        ahead.Headers.Contains("Set-Cookie").ShouldBeFalse();
        followed.Headers.Contains("Set-Cookie").ShouldBeTrue();
    }

    private static async Task<(HttpResponseMessage Answer, string Body)> SendAsync(TestServer server, TestMember member, HttpMethod method, string path)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Client.BaseAddress };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", $"{BrowserCookie.Name}={(await server.Get<SignIns>().EnterAsync(member.Key, "test", TestServer.Cancellation)).Value.Secret}");
        var answer = await client.SendAsync(request, TestServer.Cancellation);
        return (answer, await answer.Content.ReadAsStringAsync(TestServer.Cancellation));
    }
}
