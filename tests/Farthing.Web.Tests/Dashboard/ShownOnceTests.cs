using System.Globalization;
using System.Net;
using Farthing.Testing;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>A key that was made is shown once, to whoever made it, and a reload makes no other one.</summary>
public sealed class ShownOnceTests
{
    private static readonly Secret Key = new("fk_secret", "build server", "/admin/keys");
    private readonly ManualTime time = new();

    [Fact]
    public void What_is_kept_is_given_once_and_only_to_the_sign_in_that_made_it()
    {
        var shown = new ShownOnce(time);
        var place = shown.Keep(Key, "mine");

        shown.Take(place, "other").ShouldBeNull();
        shown.Take("elsewhere", "mine").ShouldBeNull();
        shown.Take(place, "mine").ShouldBe(Key);
        shown.Take(place, "mine").ShouldBeNull();
    }

    [Fact]
    public void What_nobody_looks_at_is_forgotten()
    {
        var shown = new ShownOnce(time);
        var place = shown.Keep(Key, "mine");

        time.Move(ShownOnce.Life);

        shown.Take(place, "mine").ShouldBeNull();
    }

    [Fact]
    public void The_oldest_gives_way_when_there_are_many()
    {
        var shown = new ShownOnce(time);
        var places = Enumerable.Range(0, ShownOnce.KeptMax + 1).Select(at => shown.Keep(Key with { Whose = at.ToString(CultureInfo.InvariantCulture) }, "mine")).ToList();

        shown.Take(places[0], "mine").ShouldBeNull();
        shown.Take(places[1], "mine").ShouldNotBeNull();
        shown.Take(places[^1], "mine").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_form_that_makes_a_key_leads_to_a_page_that_shows_it_once()
    {
        await using var server = await TestServer.StartAsync();
        var people = await TestPeople.SeedAsync(server);
        var (mine, other) = (await SignInAsync(server, people.Admin), await SignInAsync(server, people.Admin));

        using var made = await ReadPage.PostAsync(server, mine, "/admin/keys/new", ("name", "build server"), ("role", "service"));
        var path = made.Headers.Location!.OriginalString;

        made.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        path.ShouldNotContain("fk_");
        (await ReadPage.OpenAsync(server, other, path)).Status.ShouldBe(404);
        var page = await ReadPage.OpenAsync(server, mine, path);
        (page.Status, page.Html.Contains("fk_", StringComparison.Ordinal), page.Html.Contains("build server", StringComparison.Ordinal)).ShouldBe((200, true, true));
        var again = await ReadPage.OpenAsync(server, mine, path);
        (again.Status, again.Html.Contains("A key is shown once", StringComparison.Ordinal)).ShouldBe((404, true));
        (await server.Get<IKeys>().ListAsync("local", new(100, string.Empty), TestServer.Cancellation)).Count(static key => key.Name == "build server").ShouldBe(1);
    }

    private static async Task<string> SignInAsync(TestServer server, TestMember member) =>
        (await server.Get<SignIns>().EnterAsync(member.Key, "test", TestServer.Cancellation)).Value.Secret;
}
