using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Testing;
using Farthing.Web.Dashboard.Pages.Sessions;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>The list of sessions in the order that its address asks for.</summary>
public sealed class SessionListTests
{
    private static readonly SessionCursor Place = new(new(2026, 11, 16, 9, 30, 0, 125, TimeSpan.Zero), "a~b/c é", "claude") { Cost = new Usd(Int128.MaxValue / 3) };

    [Fact]
    public async Task The_dearest_sessions_come_first_on_pages_that_join()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        (await server.RecordAsync(UsageBodies.Batch(Enumerable.Range(0, 120).Select(static index => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"c-{{index}}","occurred_at":"2026-11-{{1 + (index % 15):00}}T09:00:00Z","model":"claude-opus-4-6","input_tokens":{{1_000 * (1 + (index * 37 % 60))}},"session":"s-{{index:000}}"}"""))))).Status.ShouldBe(200);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        var (sessions, next) = (new List<string>(), "/sessions?range=30d&sort=cost");
        while (next is not null)
        {
            var page = await ReadPage.OpenAsync(server, signIn, next);
            page.Status.ShouldBe(200);
            sessions.AddRange(page.Anchors.Where(static link => link.Href.StartsWith("/sessions/", StringComparison.Ordinal) && link.Exact.Length == 0).Select(static link => link.Text));
            next = page.Anchors.SingleOrDefault(static link => link.Text == "Next")?.Href;
        }

        sessions.ShouldBe(Enumerable.Range(0, 120).OrderByDescending(static index => index * 37 % 60).ThenByDescending(static index => index % 15)
            .Select(static index => string.Create(CultureInfo.InvariantCulture, $"s-{index:000}")));
    }

    [Fact]
    public async Task A_span_that_is_too_long_to_be_ordered_by_cost_says_so()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        (await server.RecordAsync(UsageBodies.Batch(["""{"id":"c","occurred_at":"2026-11-15T09:00:00Z","model":"claude-opus-4-6","input_tokens":9,"session":"s-1"}"""]))).Status.ShouldBe(200);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        var (@short, @long) = (await ReadPage.OpenAsync(server, signIn, "/sessions?range=month&sort=cost"), await ReadPage.OpenAsync(server, signIn, "/sessions?range=90d&sort=cost"));

        @short.Html.ShouldContain("that cost most first");
        @long.Html.ShouldContain("with the latest call first");
        @long.Html.ShouldContain("in spans of up to 31 days");
        @long.Anchors.ShouldContain(static link => link.Href == "/sessions?range=7d&sort=cost");
    }

    [Fact]
    public async Task A_list_says_how_many_sessions_there_are_and_what_one_cost()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        (await server.RecordAsync(UsageBodies.Batch(Enumerable.Range(0, 64).Select(static index => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"c-{{index}}","occurred_at":"2026-11-15T09:00:00Z","model":"{{(index < 4 ? "claude-haiku-4-5" : "claude-opus-4-6")}}","input_tokens":100000,"session":"s-{{index / 2}}"}"""))))).Status.ShouldBe(200);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        var (all, some) = (await ReadPage.OpenAsync(server, signIn, "/sessions?range=7d"), await ReadPage.OpenAsync(server, signIn, "/sessions?range=7d&model=claude-haiku-4-5"));

        all.Html.ShouldContain("32 sessions with <a href=\"/calls?range=7d\">64 calls</a> for <strong title=\"30.4 USD\">$30.40</strong>, $0.95 a session;");
        some.Html.ShouldContain("2 sessions with ");
        (await ReadPage.OpenAsync(server, signIn, "/sessions?range=90d&model=claude-haiku-4-5")).Html.ShouldNotContain("sessions with ", customMessage: "Too long a span to count them.");
        (await ReadPage.OpenAsync(server, signIn, "/sessions?range=90d")).Html.ShouldContain("32 sessions with ", customMessage: "All of an organisation are counted as they come.");
    }

    [Theory]
    [InlineData(SessionOrder.LatestFirst)]
    [InlineData(SessionOrder.CostliestFirst)]
    public void A_place_is_read_as_it_is_written(SessionOrder order) =>
        SessionPlace.Read(order, Uri.UnescapeDataString(SessionPlace.Of(order, Place))).ShouldBe(order == SessionOrder.LatestFirst ? Place with { Cost = Usd.Zero } : Place);

    [Theory]
    [InlineData("")]
    [InlineData("~~")]
    [InlineData("-5~1700000000000~claude~key")]
    [InlineData("1~99999999999999999~claude~key")]
    [InlineData("1~1700000000000")]
    public void Whatever_is_no_place_begins_at_the_first_page(string text) => SessionPlace.Read(SessionOrder.CostliestFirst, text).ShouldBeNull();
}
