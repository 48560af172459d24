using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Http;

/// <summary>Failures as browsers and as programs are told them.</summary>
public sealed class FailurePageTests
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData("/nothing", Browser, "text/html")]
    [InlineData("/nothing", "application/json;q=0.2, text/html", "text/html")]
    [InlineData("/nothing", "*/*", "application/problem+json")]
    [InlineData("/nothing", null, "application/problem+json")]
    [InlineData("/nothing", "text/html;q=0", "application/problem+json")]
    [InlineData("/nothing", "application/json, text/html;q=0.5", "application/problem+json")]
    [InlineData("/api/v1/nothing", Browser, "application/problem+json")]
    [InlineData("/assets/none.css", Browser, "text/html")]
    public async Task An_unknown_path_is_a_page_for_browsers_and_a_problem_for_programs(string path, string? accept, string kind)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await SendAsync(server, HttpMethod.Get, path, accept);

        (answer.Status, answer.ContentType).ShouldBe((404, kind));
    }

    [Fact]
    public async Task A_page_that_fails_tells_a_reference_and_nothing_of_its_inside()
    {
        await using var server = await FailingAsync(new InvalidOperationException("a secret of the program"));
        var admin = await SignInAsync(server);

        var answer = await SendAsync(server, HttpMethod.Get, "/admin/teams", Browser, admin);

        (answer.Status, answer.ContentType).ShouldBe((500, "text/html"));
        answer.Body.ShouldNotContain("secret of the program");
        answer.Body.ShouldContain("Something went wrong");
        var reference = answer.Body.Split("<code>")[1].Split("</code>")[0];
        server.Log.ShouldContain(reference);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_told_to_people_too()
    {
        await using var server = await FailingAsync(new IOException("disk"));
        var admin = await SignInAsync(server);

        var answer = await SendAsync(server, HttpMethod.Get, "/admin/teams", Browser, admin);
        var program = await SendAsync(server, HttpMethod.Get, "/admin/teams", "application/json", admin);

        (answer.Status, answer.ContentType, answer.RetryAfter).ShouldBe((503, "text/html", "1"));
        (program.Status, program.ContentType).ShouldBe((503, "application/problem+json"));
    }

    [Fact]
    public async Task A_page_that_takes_no_such_request_says_so()
    {
        await using var server = await TestServer.StartAsync();

        var answer = await SendAsync(server, HttpMethod.Delete, "/admin", Browser);

        (answer.Status, answer.ContentType).ShouldBe((405, "text/html"));
    }

    private static Task<TestServer> FailingAsync(Exception failure) => TestServer.StartAsync(services => services.AddTeams(new FailingTeams(failure)));

    private static async Task<string> SignInAsync(TestServer server)
    {
        var signIns = server.Get<SignIns>();
        var link = await signIns.MakeLinkAsync(new() { Org = "local", Role = Role.Operator }, TestServer.Cancellation);
        return (await signIns.FollowAsync(link, "test", TestServer.Cancellation)).Value.Secret;
    }

    private static async Task<TestAnswer> SendAsync(TestServer server, HttpMethod method, string path, string? accept, string? signIn = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (accept is not null)
        {
            request.Headers.Add("Accept", accept);
        }

        if (signIn is not null)
        {
            request.Headers.Add("Cookie", $"farthing_sign_in={signIn}");
        }

        using var response = await server.Client.SendAsync(request, TestServer.Cancellation);
        return await TestAnswer.ReadAsync(response);
    }
}
