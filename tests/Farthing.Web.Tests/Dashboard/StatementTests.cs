using System.Text.Json;
using Farthing.Web.Tests.Api;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>The statement of a wallet: where its lines lead, and its files.</summary>
public sealed class StatementTests
{
    private const string Path = $"/credits/{Till.Wallet}";

    [Fact]
    public async Task A_used_hold_leads_to_the_hold_with_what_was_booked_for_it_and_to_the_grant_that_paid()
    {
        await using var till = await Till.OpenAsync();
        var signIn = await UseAsync(till);

        var wallet = await ReadPage.OpenAsync(till.Server, signIn, Path);

        var held = wallet.Anchors.Where(static link => link.Text == "its hold").ShouldHaveSingleItem();
        held.Href.ShouldBe($"{Path}/holds?id=hold-1");
        var hold = await ReadPage.OpenAsync(till.Server, signIn, held.Href);
        hold.Html.ShouldContain("Used held credits");
        hold.Html.ShouldContain("its run and calls");
        hold.Html.ShouldNotContain("hold-2");
        var grants = wallet.Anchors.Where(static link => link.Text == "its grant").ToList();
        grants.Count.ShouldBe(2, "the grant's own line and that of the hold");
        grants.DistinctBy(static link => link.Href).Count().ShouldBe(1);
        var grant = await ReadPage.OpenAsync(till.Server, signIn, grants[0].Href);
        grant.Status.ShouldBe(200);
        grant.Html.ShouldContain("What was given, and what is left of it");
        wallet.Anchors.ShouldContain(static link => link.Href == "#grants");
    }

    [Theory]
    [InlineData("holds?id=nobody")]
    [InlineData("grants?id=nobody")]
    public async Task What_was_never_held_or_given_is_not_found(string path)
    {
        await using var till = await Till.OpenAsync();

        (await ReadPage.OpenAsync(till.Server, await UseAsync(till), $"{Path}/{path}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_statement_says_which_of_its_filters_it_did_not_understand()
    {
        await using var till = await Till.OpenAsync();
        var signIn = await UseAsync(till);

        (await ReadPage.OpenAsync(till.Server, signIn, $"{Path}?kind=zz&from=zz")).Html.ShouldContain("Not understood and left out");
        (await ReadPage.OpenAsync(till.Server, signIn, $"{Path}?kind=capture&from=2026-01-01&to=&range=")).Html.ShouldNotContain("Not understood and left out");
    }

    [Fact]
    public async Task The_files_of_a_statement_have_the_lines_that_it_shows()
    {
        await using var till = await Till.OpenAsync();
        var signIn = await UseAsync(till);

        var page = await ReadPage.OpenAsync(till.Server, signIn, $"{Path}?kind=capture");
        var csv = page.Anchors.Single(static link => link.Text == "CSV");
        var lines = (await ReadPage.OpenAsync(till.Server, signIn, csv.Href)).Html.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var json = JsonDocument.Parse((await ReadPage.OpenAsync(till.Server, signIn, page.Anchors.Single(static link => link.Text == "JSON").Href)).Html).RootElement;
        var all = (await ReadPage.OpenAsync(till.Server, signIn, $"{Path}/statement.csv")).Html.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        lines.Length.ShouldBe(2);
        lines[0].ShouldBe("booked_at,kind,what,credits,balance,not_paid,reason,source,external_id,memo,run,call,grants,id");
        lines[1].ShouldContain(",capture,Used held credits,-0.412,9.588,0,");
        lines[1].ShouldContain(",hold,hold-1,,run-1,");
        all.Length.ShouldBe(3);
        json.GetProperty("kind").GetString().ShouldBe("capture");
        json.GetProperty("is_whole").GetBoolean().ShouldBeTrue();
        var line = json.GetProperty("lines").EnumerateArray().ShouldHaveSingleItem();
        line.GetProperty("credits").GetString().ShouldBe("-0.412");
        line.GetProperty("run").GetString().ShouldBe("run-1");
    }

    [Fact]
    public async Task A_wallet_that_somebody_may_not_see_has_no_files_for_them()
    {
        await using var till = await Till.OpenAsync();
        var people = await TestPeople.SeedAsync(till.Server);

        foreach (var kind in (string[])["csv", "json"])
        {
            var signIn = (await till.Server.Get<SignIns>().EnterAsync(people.Engineer.Key, "test", TestServer.Cancellation)).Value.Secret;
            (await ReadPage.OpenAsync(till.Server, signIn, $"{Path}/statement.{kind}")).Status.ShouldBe(404);
        }
    }

    /// <summary>Uses one hold for a run and leaves another one open.</summary>
    private static async Task<string> UseAsync(Till till)
    {
        (await till.PostAsync("runs", $$"""{"id":"run-1","plan":"p-1","wallet":"{{Till.Wallet}}"}""")).Status.ShouldBe(201);
        (await till.PostAsync($"wallets/{Till.Wallet}/holds", """{"id":"hold-1","amount":"1"}""")).Status.ShouldBe(201);
        (await till.PostAsync("holds/hold-1/capture", """{"amount":"0.412","run":"run-1"}""")).Status.ShouldBe(200);
        (await till.PostAsync($"wallets/{Till.Wallet}/holds", """{"id":"hold-2","amount":"1"}""")).Status.ShouldBe(201);
        var people = await TestPeople.SeedAsync(till.Server);
        return (await till.Server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;
    }
}
