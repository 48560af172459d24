using Microsoft.Playwright;

namespace Farthing.Pages.Tests;

/// <summary>People, teams and keys that are made, changed and ended by forms.</summary>
public sealed class AdminTests(Dashboard dashboard)
{
    [Fact]
    public async Task An_admin_adds_somebody_whose_key_is_shown_once_and_works_until_they_are_deactivated()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        var page = window.Page;
        await window.GoAsync("/admin/people/new");
        await window.ShootAsync("admin-person-new");
        await page.FillAsync("#name", "Barbara Liskov");
        await page.FillAsync("#email", "barbara@example.org");
        await page.SelectOptionAsync("#team", new SelectOptionValue { Label = "Platform" });
        await page.ClickAsync("main button[type=submit]");

        var key = await page.InputValueAsync("#secret");
        await window.ShootAsync("admin-key-once");
        (await window.StumblesAsync()).ShouldBeEmpty();
        await page.ClickAsync("text=I have copied it");
        await page.FillAsync("#q", "LISKOV");
        await page.ClickAsync("text=Find");
        await page.WaitForURLAsync("**/admin?q=LISKOV*");
        (await page.InnerTextAsync("tbody")).ShouldContain("Platform");
        (await page.Locator("tbody tr").CountAsync()).ShouldBe(1);

        await page.ClickAsync("tbody >> text=Barbara Liskov");
        await page.SetViewportSizeAsync(375, 900);
        await window.ShootAsync("admin-person-375");
        (await window.OverflowAsync()).ShouldBe(0);
        (await window.StumblesAsync()).ShouldBeEmpty();
        await page.SelectOptionAsync("#role", "finance");
        await page.ClickAsync("text=Save");
        await page.WaitForURLAsync("**/admin?done=person-changed");
        await using (var theirs = await dashboard.OpenAsync(key))
        {
            await theirs.GoAsync("/admin/teams");
        }

        await page.ClickAsync("tbody >> text=Barbara Liskov");
        await page.ClickAsync("summary:has-text('Deactivate')");
        await page.ClickAsync("text=Deactivate now");
        await page.WaitForURLAsync("**/admin?done=person-out");
        (await page.InnerTextAsync("tr:has-text('Liskov')")).ShouldContain("deactivated");
        (await dashboard.StatusOfKeyAsync(key)).ShouldBe(403);

        await window.GoAsync("/admin/audit?action=engineer.deactivated");
        (await page.InnerTextAsync("tbody tr >> nth=0")).ShouldContain("Is active");
        window.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/admin/people/new", "name", "", "email", "a@example.org", "name")]
    [InlineData("/admin/people/new", "name", "A", "email", "nobody", "email")]
    [InlineData("/admin/people/new", "name", "A", "email", "ada@example.org", "email")]
    [InlineData("/admin/teams/new", "name", " ", "name", " ", "name")]
    [InlineData("/admin/keys/new", "name", "", "last_day", "", "name")]
    [InlineData("/admin/keys/new", "name", "A", "last_day", "2020-01-31", "last_day")]
    public async Task What_is_wrong_is_told_beside_its_field_and_what_was_written_stays(string path, string field, string text, string second, string more, string wrong)
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync(path);
        await window.Page.FillAsync($"#{field}", text);
        await window.Page.FillAsync($"#{second}", more);

        await window.Page.ClickAsync("main button[type=submit]");

        (await window.Page.InnerTextAsync($"#{wrong}-problem.error")).ShouldNotBeEmpty();
        (await window.Page.GetAttributeAsync($"#{wrong}", "aria-invalid")).ShouldBe("true");
        (await window.Page.InputValueAsync($"#{second}")).ShouldBe(more.Trim());
    }

    [Fact]
    public async Task A_team_is_founded_and_renamed()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync("/admin/teams");

        await window.Page.ClickAsync("text=New team");
        await window.Page.FillAsync("#name", "Compilers");
        await window.Page.ClickAsync("text=Create team");
        await window.Page.ClickAsync("tbody >> text=Compilers");
        await window.Page.FillAsync("#name", "Languages");
        await window.Page.ClickAsync("text=Save");
        await window.Page.ClickAsync("tr:has-text('Languages') >> text=Show");
        await window.Page.WaitForURLAsync("**/admin?team=*");

        (await window.Page.InnerTextAsync("main")).ShouldContain("Nobody is found");
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_is_made_replaced_and_revoked()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        var page = window.Page;
        await window.GoAsync("/admin/keys/new");
        await page.FillAsync("#name", "build server");
        await page.ClickAsync("text=Make the key");
        var first = await page.InputValueAsync("#secret");
        await page.ClickAsync("text=I have copied it");

        await page.ClickAsync("tr:has-text('build server') >> summary");
        await page.ClickAsync("tr:has-text('build server') >> text=Replace now");
        var second = await page.InputValueAsync("#secret");
        (await dashboard.StatusOfKeyAsync(first), await dashboard.StatusOfKeyAsync(second)).ShouldBe((401, 403));
        await page.ClickAsync("text=I have copied it");

        await page.ClickAsync("tr:has-text('build server') >> summary");
        await page.ClickAsync("tr:has-text('build server') >> text=Revoke for ever");
        await page.Locator("tr:has-text('build server')").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await dashboard.StatusOfKeyAsync(second)).ShouldBe(401);
        await page.ClickAsync("nav[aria-label='Which keys'] >> text=All");
        (await page.InnerTextAsync("tr:has-text('build server')")).ShouldContain("revoked");
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Leads_and_engineers_manage_nobody_and_are_shown_no_way_to_it()
    {
        foreach (var key in new[] { dashboard.People.Lead, dashboard.People.Engineer })
        {
            await using var window = await dashboard.OpenAsync(key);

            foreach (var path in new[] { "/admin", "/admin/people/new", "/admin/teams", "/admin/keys", "/admin/audit", "/admin/quality", "/admin/health" })
            {
                await window.GoAsync(path, 403);
            }

            (await window.Page.InnerTextAsync(".sidebar nav")).ShouldNotContain("Admin");
        }
    }

    [Fact]
    public async Task What_is_not_there_is_a_page_that_leads_on()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Engineer);

        await window.GoAsync("/nowhere", 404);
        await window.ShootAsync("not-found");
        (await window.StumblesAsync()).ShouldBeEmpty();
        (await window.Page.InnerTextAsync(".sidebar nav")).ShouldContain("FinOps");
        await window.Page.ClickAsync("text=Go to Home");
        await window.Page.WaitForURLAsync(dashboard.Url + "/");

        await using var admin = await dashboard.OpenAsync(dashboard.People.Admin);
        foreach (var path in new[] { "/admin/people/edit?id=nobody", "/admin/teams/edit?id=nobody", "/admin/keys/new?engineer=nobody" })
        {
            await admin.GoAsync(path, 404);
        }
    }
}
