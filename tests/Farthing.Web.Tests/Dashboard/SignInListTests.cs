using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>The list of browsers that are signed in.</summary>
public sealed class SignInListTests
{
    [Fact]
    public async Task Pages_of_sign_ins_join_and_everybody_sees_their_own()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions());
        var people = await TestPeople.SeedAsync(server);
        for (var index = 0; index < 60; index++)
        {
            await SignInAsync(server, people.Engineer);
        }

        var (engineer, finance, admin) = (await SignInAsync(server, people.Engineer), await SignInAsync(server, people.Finance), await SignInAsync(server, people.Admin));

        (await CountAsync(server, engineer)).ShouldBe([50, 11]);
        (await CountAsync(server, finance)).ShouldBe([1]);
        (await CountAsync(server, admin)).ShouldBe([50, 13]);
    }

    [Fact]
    public async Task An_admin_reads_whose_each_browser_is_and_that_one_was_ended()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions());
        var people = await TestPeople.SeedAsync(server);
        var key = (await server.Get<ManageKeys>().CreateAsync(people.Admin.Caller, new() { Name = "nightly import", Role = Role.Service }, TestServer.Cancellation)).Value;
        var name = (await server.SendAsync("GET", $"/api/v1/engineers/{people.Engineer.EngineerId}", people.Admin.Key)).Text("name");
        await server.Get<SignIns>().EnterAsync(key.Secret, "test", TestServer.Cancellation);
        await SignInAsync(server, people.Engineer);
        var admin = await SignInAsync(server, people.Admin);

        var page = await ReadPage.OpenAsync(server, admin, "/sign-ins");
        using var ended = await ReadPage.PostAsync(server, admin, "/sign-ins/end", ("id", page.Html.Split("name=\"id\" value=\"")[2].Split('"')[0]));

        page.Html.ShouldContain("nightly import");
        page.Html.ShouldContain(System.Net.WebUtility.HtmlEncode(name!));
        ended.Headers.Location!.OriginalString.ShouldBe("/sign-ins?done=sign-in-ended");
        (await ReadPage.OpenAsync(server, admin, "/sign-ins?done=sign-in-ended")).Html.ShouldContain("The sign-in was ended");
    }

    private static async Task<string> SignInAsync(TestServer server, TestMember member) =>
        (await server.Get<SignIns>().EnterAsync(member.Key, "test", TestServer.Cancellation)).Value.Secret;

    /// <summary>How many sign-ins each page has, and that none is on two of them.</summary>
    private static async Task<List<int>> CountAsync(TestServer server, string signIn)
    {
        var (counts, ids, next) = (new List<int>(), new HashSet<string>(StringComparer.Ordinal), "/sign-ins");
        while (next is not null)
        {
            var page = await ReadPage.OpenAsync(server, signIn, next);
            var found = page.Html.Split("name=\"id\" value=\"").Skip(1).Select(static part => part[..part.IndexOf('"')]).ToList();
            found.ShouldAllBe(id => ids.Add(id));
            counts.Add(found.Count);
            next = page.Anchors.SingleOrDefault(static link => link.Text == "Next page")?.Href;
        }

        return counts;
    }
}
