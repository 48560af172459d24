using Farthing.Domain.Money;
using Farthing.Testing;
using Farthing.Web.Access;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>How much a page asks of the stores.</summary>
public sealed class PageQueryTests
{
    private const int QueriesMax = 10;

    [Fact]
    public async Task No_page_asks_the_stores_more_than_ten_times()
    {
        var calls = new StoreCalls();
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime(), Replace = calls.AddTo });
        var people = await TestPeople.SeedAsync(server);
        var member = people.Engineer.Caller;
        (await server.RecordAsync(UsageBodies.Batch(
        [
            $$"""{"id":"c-1","occurred_at":"2026-11-15T09:00:00Z","model":"claude-opus-4-6","input_tokens":9,"user":"{{member.EngineerId}}","team":"{{member.TeamId}}","session":"s-1"}""",
        ]))).Status.ShouldBe(200);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;
        var asked = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

        var budget = (await server.Get<ManageBudgets>().CreateAsync(people.Admin.Caller, new() { Name = "All", Amount = Usd.FromDecimal(9) }, TestServer.Cancellation)).Value;
        var things = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["/finops/budgets/edit"] = $"?id={budget.Id}",
            ["/admin/teams/edit"] = $"?id={member.TeamId}",
            ["/admin/people/edit"] = $"?id={member.EngineerId}",
            ["/calls/newest"] = $"?after={new string('0', 32)}",
        };

        foreach (var path in (string[])[.. PathsOf(server), "/sessions/s-1", "/explorer?by=team,engineer,model", "/finops/modeling?mode=cheapest"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path + things.GetValueOrDefault(path));
            request.Headers.Add("HX-Request", "true");
            request.Headers.Add("Cookie", $"{BrowserCookie.Name}={signIn}");
            using var answer = await server.Client.SendAsync(request, TestServer.Cancellation);
            answer.IsSuccessStatusCode.ShouldBeTrue(path);
            asked[path] = calls.Newest;
        }

        asked["/"].ShouldNotBeEmpty();
        foreach (var (path, queries) in asked)
        {
            queries.Count.ShouldBeLessThanOrEqualTo(QueriesMax, $"{path}: {string.Join(", ", queries)}");
        }
    }

    /// <summary>Every page whose address has no part to fill in.</summary>
    private static IEnumerable<string> PathsOf(TestServer server) => server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(static page => page.Metadata.GetMetadata<BrowserRule>() is not null
            && page.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") is true && page.RoutePattern.Parameters.Count == 0)
        .Select(static page => "/" + page.RoutePattern.RawText!.TrimStart('/'));
}
