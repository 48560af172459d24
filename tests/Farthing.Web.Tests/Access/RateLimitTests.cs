using System.Globalization;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Access;

public sealed class RateLimitTests
{
    private const string Body = """{"session_id":"s"}""";

    [Fact]
    public async Task A_key_that_sends_more_reports_than_it_may_is_told_when_to_go_on()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { IngestPerMinuteMax = 2 });
        var (key, other) = (await TestPeople.KeyAsync(server, Role.Engineer), await TestPeople.KeyAsync(server, Role.Engineer));

        (await SendAsync(server, key, "a")).Status.ShouldBe(200);
        (await SendAsync(server, key, "b")).Status.ShouldBe(200);
        var third = await SendAsync(server, key, "c");

        (third.Status, third.ContentType, third.Code, third.Text("detail")).ShouldBe(
            (429, "application/problem+json", "rate_limited", "Rate limit exceeded. Try again later."));
        int.Parse(third.RetryAfter!, CultureInfo.InvariantCulture).ShouldBeInRange(1, 30);
        (await SendAsync(server, other, "d")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_key_in_the_body_is_limited_too_and_usage_call_by_call_is_not()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { IngestPerMinuteMax = 1 });
        var key = await TestPeople.KeyAsync(server, Role.Engineer);
        var body = $$"""{"session_id":"s","api_key":"{{key}}"}""";

        (await server.SendAsync("POST", "/api/v1/ingest/session", body: body)).Status.ShouldBe(200);
        var second = await server.SendAsync("POST", "/api/v1/ingest/session", body: body);

        (second.Status, second.RetryAfter is null).ShouldBe((429, false));
        for (var index = 0; index < 5; index++)
        {
            (await server.SendAsync("POST", "/api/v1/usage", key, "[]")).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task An_address_that_guesses_keys_in_bodies_is_told_to_wait()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { WrongKeysMax = 2 });

        var answers = new List<int>();
        for (var index = 0; index < 4; index++)
        {
            answers.Add((await server.SendAsync("POST", "/api/v1/ingest/session", body: """{"session_id":"s","api_key":"fk_guess"}""")).Status);
        }

        answers.ShouldBe([401, 401, 429, 429]);
    }

    private static Task<TestAnswer> SendAsync(TestServer server, string key, string id) =>
        server.SendAsync("POST", "/api/v1/ingest/session", key, Body.Replace("\"s\"", $"\"{id}\"", StringComparison.Ordinal));
}
