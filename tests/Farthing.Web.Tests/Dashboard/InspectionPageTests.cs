using System.Globalization;
using Farthing.Testing;
using Farthing.Web.Dashboard.Pages.Admin;
using Farthing.Workflows.Access;
using Farthing.Workflows.Inspecting;
using Farthing.Workflows.Metering;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>How well calls are known and how a server is, as pages tell it.</summary>
public sealed class InspectionPageTests
{
    private const string Admin = TestServer.AdminKey;
    private const string Page = "/admin/quality?range=today";

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
        await SendAsync(server, Call("a", "never-heard-of", 100, 5));
        await SendAsync(server, Call("a", "never-heard-of", 99, 6));

        var quality = await server.Get<ReadQuality>().ReadAsync(Operator with { Org = "other" }, Today, Today, TestServer.Cancellation);

        (quality.Pricing.Calls, quality.Agents.Count, quality.Models.Count, quality.Conflicts.Count).ShouldBe((0, 0, 0, 0));
    }

    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgres)]
    public async Task Usage_that_is_sent_twice_is_shown_as_told_again_and_what_grew_as_improved(StoreEngine engine)
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Engine = engine });
        string[] calls = [Call("a", "claude-opus-4-8", 100, 5), Call("b", "claude-opus-4-8", 100, 5), Call("c", "claude-opus-4-8", 100, 5)];
        await SendAsync(server, calls);
        var signIn = (await server.Get<SignIns>().EnterAsync((await TestPeople.SeedAsync(server)).Admin.Key, "test", TestServer.Cancellation)).Value.Secret;
        var before = await ReadPage.OpenAsync(server, signIn, Page);
        await SendAsync(server, calls);
        await SendAsync(server, Call("a", "claude-opus-4-8", 100, 9));

        var page = await ReadPage.OpenAsync(server, signIn, Page);

        before.Html.ShouldContain("Records of known calls: 0 told again, 0 improved.");
        page.Html.ShouldContain("Records of known calls: 3 told again, 1 improved.");
        RepeatsOf(before).ShouldBe(["0", "0"]);
        RepeatsOf(page).ShouldBe(["3", "1"]);
    }

    [Fact]
    public async Task An_agent_that_only_tells_again_what_another_told_has_a_line_too()
    {
        await using var server = await TestServer.StartAsync();
        await SendAsync(server, Call("a", "claude-opus-4-8", 100, 5));
        await SendAsync(server, Call("a", "claude-opus-4-8", 100, 5).Replace("\"id\"", "\"agent\":\"relay\",\"id\"", StringComparison.Ordinal));

        var quality = await server.Get<ReadQuality>().ReadAsync(Operator, Today, Today, TestServer.Cancellation);

        quality.Agents.Select(static agent => (agent.Agent, agent.Pricing.Calls, agent.Repeats)).ShouldBe(
            [(string.Empty, 1, new(string.Empty, 0, 0)), ("relay", 0, new UsageRepeats("relay", 1, 0))]);
    }

    [Fact]
    public async Task What_was_told_again_is_shown_on_its_day_of_the_organisations_zone()
    {
        // Half past midnight on the 15th in Kathmandu, still the 14th in UTC.
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime(), Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu") });
        var call = """{"id":"a","occurred_at":"2026-11-14T18:45:00Z","model":"claude-opus-4-8","input_tokens":1,"output_tokens":1}""";
        await SendAsync(server, call);
        await SendAsync(server, call);

        (await RepeatsOfAsync(14)).ShouldBe(0);
        (await RepeatsOfAsync(15)).ShouldBe(1);
        (await RepeatsOfAsync(16)).ShouldBe(0);

        async Task<long> RepeatsOfAsync(int day)
        {
            var quality = await server.Get<ReadQuality>().ReadAsync(Operator, new(2026, 11, day), new(2026, 11, day), TestServer.Cancellation);
            return quality.Agents.Sum(static agent => agent.Repeats.Duplicates);
        }
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

    /// <summary>The last two numbers in the first line of the table of agents.</summary>
    private static IEnumerable<string> RepeatsOf(ReadPage page)
    {
        var row = page.Html[page.Html.IndexOf("<tbody>", StringComparison.Ordinal)..];
        var cells = row[..row.IndexOf("</tr>", StringComparison.Ordinal)].Split("<td class=\"number\">");
        return cells[^2..].Select(static cell => cell[..cell.IndexOf('<', StringComparison.Ordinal)]);
    }

    private static async Task SendAsync(TestServer server, params IEnumerable<string> calls) =>
        (await server.SendAsync("POST", "/api/v1/usage", Admin, $"[{string.Join(',', calls)}]")).Status.ShouldBeInRange(200, 299);
}
