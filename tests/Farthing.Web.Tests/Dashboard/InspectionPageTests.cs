using System.Globalization;
using Farthing.Web.Dashboard.Pages.Admin;
using Farthing.Workflows.Access;
using Farthing.Workflows.Inspecting;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>How well calls are known and how a server is, as pages tell it.</summary>
public sealed class InspectionPageTests
{
    private const string Admin = TestServer.AdminKey;

    private static readonly Caller Operator = new() { Org = "local", Role = Role.Operator };

    [Theory]
    [InlineData(StoreEngine.Sqlite, "SQLite")]
    [InlineData(StoreEngine.Postgres, "PostgreSQL")]
    public async Task What_is_not_sure_and_how_the_store_is_can_be_read_in_any_engine(StoreEngine engine, string name)
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Engine = engine });
        await SendAsync(server, Call("a", "claude-opus-4-8", 100, 5), Call("b", "never-heard-of", 10, 5), Call("c", "never-heard-of", 10, 5));
        await SendAsync(server, Call("a", "claude-opus-4-8", 99, 6));

        var quality = await server.Get<ReadQuality>().ReadAsync(Operator, Today, Today, TestServer.Cancellation);
        var health = await server.Get<ReadHealth>().ReadAsync(Operator, TestServer.Cancellation);

        (quality.Pricing.Exact.Calls, quality.Pricing.Estimated.Calls + quality.Pricing.Unpriced.Calls).ShouldBe((1, 2));
        quality.Models.ShouldHaveSingleItem().Model.ShouldBe("never-heard-of");
        quality.Agents.Single().NewestAt.ShouldNotBeNull();
        quality.Conflicts.ShouldHaveSingleItem().Payload.ShouldContain("output=6");
        (health.Store.Engine, health.EventsInside, health.Overdue, health.LastSeal).ShouldBe((name, 0, 0, null));
        health.Store.Version.ShouldMatch(@"^\d+\.\d+");
        health.Store.Bytes.ShouldBeGreaterThan(10_000);
        health.Store.Migration.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task Another_organisation_learns_nothing_of_it()
    {
        await using var server = await TestServer.StartAsync();
        await SendAsync(server, Call("a", "never-heard-of", 100, 5));
        await SendAsync(server, Call("a", "never-heard-of", 99, 6));

        var quality = await server.Get<ReadQuality>().ReadAsync(Operator with { Org = "other" }, Today, Today, TestServer.Cancellation);

        (quality.Pricing.Calls, quality.Agents.Count, quality.Models.Count, quality.Conflicts.Count).ShouldBe((0, 0, 0, 0));
    }

    [Theory]
    [InlineData(30, "less than a minute")]
    [InlineData(-5, "not yet")]
    [InlineData(150, "2 min")]
    [InlineData(3_700, "1 h 1 min")]
    [InlineData(97_200, "1 d 3 h")]
    public void Spans_of_time_tell_their_two_largest_parts(int seconds, string text) => InspectionText.Lasting(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Theory]
    [InlineData(8_192, "8 KiB")]
    [InlineData(1_572_864, "1.5 MiB")]
    [InlineData(5_368_709_120, "5.0 GiB")]
    public void Sizes_have_a_unit_that_suits(long bytes, string text) => InspectionText.Room(bytes).ShouldBe(text);

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private static string Call(string id, string model, int input, int output) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"id":"{{id}}","occurred_at":"{{Today:yyyy-MM-dd}}T00:00:00Z","model":"{{model}}","input_tokens":{{input}},"output_tokens":{{output}}}""");

    private static async Task SendAsync(TestServer server, params IEnumerable<string> calls) =>
        (await server.SendAsync("POST", "/api/v1/usage", Admin, $"[{string.Join(',', calls)}]")).Status.ShouldBeInRange(200, 299);
}
