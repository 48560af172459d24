using System.Net;
using Farthing.Testing;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Exploring;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>Who sees and changes which saved views.</summary>
public sealed class SavedViewTests
{
    [Fact]
    public async Task A_view_is_its_keepers_until_it_is_shared_and_then_everybodys_to_see()
    {
        var stop = TestServer.Cancellation;
        await using var server = await TestServer.StartAsync(new TestServerOptions());
        var people = await TestPeople.SeedAsync(server);
        var manage = server.Get<ManageViews>();
        var (engineer, lead, admin) = (people.Engineer.Caller, people.Lead.Caller, people.Admin.Caller);
        var own = (await manage.SaveAsync(engineer, "Mine", "by=model", isShared: false, stop)).Value;

        (await manage.ListAsync(engineer, stop)).ShouldHaveSingleItem().ShouldBe(own);
        (await manage.ListAsync(admin, stop)).ShouldBeEmpty();
        (await manage.ChangeAsync(admin, own.Id, "Taken", isShared: true, stop))!.Kind.ShouldBe(ProblemKind.NotFound);
        (await manage.RemoveAsync(lead, own.Id, stop))!.Kind.ShouldBe(ProblemKind.NotFound);

        (await manage.ChangeAsync(engineer, own.Id, "Ours", isShared: true, stop)).ShouldBeNull();
        (await manage.ListAsync(lead, stop)).ShouldHaveSingleItem().Name.ShouldBe("Ours");
        (await manage.RemoveAsync(lead, own.Id, stop))!.Kind.ShouldBe(ProblemKind.Forbidden);
        (await manage.RemoveAsync(admin, own.Id, stop)).ShouldBeNull();
        (await manage.ListAsync(engineer, stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_view_of_one_name_is_refused_beside_the_field()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions());
        var people = await TestPeople.SeedAsync(server);
        var manage = server.Get<ManageViews>();
        var kept = (await manage.SaveAsync(people.Engineer.Caller, "Mine", "by=model", isShared: false, TestServer.Cancellation)).Value;

        var again = await manage.SaveAsync(people.Engineer.Caller, "mine", "by=team", isShared: true, TestServer.Cancellation);

        (again.Problem!.Kind, again.Problem.Code, again.Problem.Field).ShouldBe((ProblemKind.Conflict, "name_taken", "name"));
        (await manage.SaveAsync(people.Lead.Caller, "Mine", "by=model", isShared: false, TestServer.Cancellation)).Succeeded.ShouldBeTrue();
        (await manage.ListAsync(people.Engineer.Caller, TestServer.Cancellation)).ShouldHaveSingleItem().ShouldBe(kept);
    }

    [Theory]
    [InlineData("by=team,engineer&range=7d&model=gpt-5.5", "Cost by team, engineer · 7 days · 1 filter")]
    [InlineData("by=project&show=tokens&from=2026-11-01&to=2026-11-02", "Tokens by project · 1 Nov 2026 to 2 Nov 2026")]
    [InlineData("by=model&range=month&before=year", "Comparison by model · This month")]
    public async Task A_saved_view_says_what_it_shows_and_since_when_it_is_kept(string query, string content)
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        (await server.Get<ManageViews>().SaveAsync(people.Admin.Caller, "Mine", query, isShared: true, TestServer.Cancellation)).Succeeded.ShouldBeTrue();

        var (toOwner, toOther) = (await PageOfAsync(people.Admin), await PageOfAsync(people.Engineer));

        toOwner.ShouldContain($"{content}<br>Saved by you on 16 Nov 2026");
        toOther.ShouldContain($"{content}<br>Saved on 16 Nov 2026");

        async Task<string> PageOfAsync(TestMember reader) => WebUtility.HtmlDecode((await ReadPage.OpenAsync(
            server, (await server.Get<SignIns>().EnterAsync(reader.Key, "test", TestServer.Cancellation)).Value.Secret, "/explorer/views")).Html);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("line\nbreak")]
    [InlineData("a name of far more than eighty characters, which nobody could read in any list of views")]
    public async Task A_name_says_something_short_in_one_line(string name)
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions());
        var people = await TestPeople.SeedAsync(server);

        (await server.Get<ManageViews>().SaveAsync(people.Engineer.Caller, name, "by=model", isShared: false, TestServer.Cancellation)).Problem!.Field.ShouldBe("name");
    }
}
