using System.Globalization;
using System.Net;
using Farthing.Workflows.Access;

namespace Farthing.Pages.Tests;

/// <summary>Spend by whatever somebody wants to see it by.</summary>
public sealed class ExplorerTests(Dashboard dashboard)
{
    private const decimal HalfCent = 0.005m;

    [Fact]
    public async Task A_form_leads_to_the_address_of_the_view_and_the_address_to_the_same_form()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync("/explorer");
        await window.Page.SelectOptionAsync("#by-1", "engineer");
        await window.Page.SelectOptionAsync("#by-2", "model");
        await window.Page.SelectOptionAsync("#show", "tokens");
        await window.Page.ClickAsync("text=Add a filter");
        await window.Page.SelectOptionAsync("#add-model", "gpt-5.3-codex");
        await window.Page.ClickAsync("main button[type=submit]");
        await window.Page.WaitForURLAsync("**/explorer?by=engineer,model&show=tokens&range=30d&model=gpt-5.3-codex");
        var table = await window.Page.InnerTextAsync("table.levels");

        await using var other = await dashboard.OpenAsync(dashboard.People.Admin);
        await other.GoAsync(new Uri(window.Page.Url).PathAndQuery);

        (await other.Page.InputValueAsync("#by-2")).ShouldBe("model");
        (await other.Page.InputValueAsync("#show")).ShouldBe("tokens");
        (await other.Page.InnerTextAsync("table.levels")).ShouldBe(table);
        table.ShouldContain("gpt-5.3-codex");
        table.ShouldNotContain("claude");
        await other.Page.ClickAsync(".pills .away");
        (await other.Page.InnerTextAsync("table.levels")).ShouldContain("claude");
        (window.Faults.Count + other.Faults.Count).ShouldBe(0);
    }

    [Theory]
    [InlineData("/explorer?by=team", "#from", "2026-01-05")]
    [InlineData("/calls?range=7d", "#from", "2026-01-05")]
    [InlineData("/admin/audit", "#action", "key.revoked")]
    public async Task Whoever_goes_back_finds_a_form_that_says_what_the_page_shows(string path, string field, string typed)
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync(path);
        var (address, shown) = (window.Page.Url, await window.Page.InputValueAsync(field));
        await window.Page.FillAsync(field, typed);
        await window.Page.ClickAsync("main form button[type=submit]");
        await window.Page.WaitForURLAsync(url => url.Contains(typed, StringComparison.Ordinal));

        await window.Page.GoBackAsync();

        window.Page.Url.ShouldBe(address);
        (await window.Page.InputValueAsync(field)).ShouldBe(shown);
    }

    [Fact]
    public async Task Totals_are_the_sum_of_the_lines_as_they_are_shown_and_lines_lead_deeper()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync("/explorer?by=team,model&range=90d");

        var lines = await MoneyAsync(window, ".level-0 td:nth-child(2)");
        var parts = await MoneyAsync(window, ".level-1 td:nth-child(2)");
        var rest = await MoneyAsync(window, "table.levels tfoot .rest td:nth-child(2)");
        var total = (await MoneyAsync(window, "table.levels tfoot tr:last-child td:nth-child(2)")).ShouldHaveSingleItem();
        lines.Concat(rest).Sum().ShouldBe(total);
        Math.Abs(parts.Sum() - total).ShouldBeLessThanOrEqualTo(parts.Count * HalfCent);

        await window.Page.ClickAsync(".level-0 >> nth=0 >> a");
        await window.Page.WaitForURLAsync($"**/explorer?by=model&range=90d&team={dashboard.People.Team}");
        (await MoneyAsync(window, "table.levels tfoot tr:last-child td:nth-child(2)")).ShouldBe([lines[0]]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/finops?range=7d")]
    public async Task A_headline_leads_to_the_lines_that_it_is_the_sum_of(string page)
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Lead);
        await window.GoAsync(page);
        var headline = window.Page.Locator(".big a").First;
        var exact = await headline.GetAttributeAsync("title");

        await window.GoAsync((await headline.GetAttributeAsync("href"))!);

        (await window.Page.GetAttributeAsync("table.levels tfoot tr:last-child td >> nth=0", "title")).ShouldBe(exact);
    }

    [Fact]
    public async Task A_view_is_saved_under_a_name_renamed_and_deleted()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Lead);
        await window.GoAsync("/explorer?by=engineer,model&range=7d");
        await window.Page.ClickAsync("text=Save this view");
        window.Expect(422, "/explorer/views/save");
        await window.Page.ClickAsync("main button:has-text('Save view')");
        (await window.Page.InnerTextAsync("#name-problem.error")).ShouldNotBeEmpty();
        await window.Page.FillAsync("#name", People.Script);
        await window.Page.CheckAsync("#shared");
        await window.Page.ClickAsync("main button:has-text('Save view')");
        await window.Page.WaitForURLAsync("**/explorer/views?done=view-saved");
        await window.ShootAsync("explorer-views");
        (await window.StumblesAsync()).ShouldBeEmpty();

        await using var other = await dashboard.OpenAsync(dashboard.People.Engineer, width: 375);
        await other.GoAsync("/explorer/views");
        await other.ShootAsync("explorer-views-375");
        (await other.OverflowAsync()).ShouldBe(0);
        (await other.Page.InnerTextAsync("main")).ShouldNotContain("Delete");
        await other.Page.ClickAsync("li h2 a");
        await other.Page.WaitForURLAsync("**/explorer?by=engineer,model&range=7d");

        await window.Page.ClickAsync("summary:has-text('Change')");
        await window.Page.FillAsync("li input[name=name]", "Weekly");
        await window.Page.ClickAsync("li button:has-text('Save')");
        await window.Page.WaitForSelectorAsync("h2:has-text('Weekly')");
        await window.Page.ClickAsync("summary:has-text('Delete')");
        await window.Page.ClickAsync("button.danger:has-text('for ever')");
        await window.Page.WaitForSelectorAsync("text=No saved views yet");
        (await window.HasRunAsync()).ShouldBeFalse();
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_comparison_is_saved_under_a_name_and_opened_as_one()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Engineer);
        await window.GoAsync("/explorer/bridge?by=model&range=7d");
        await window.Page.ClickAsync("text=Save this view");
        await window.Page.FillAsync("#name", "Change of the week");
        await window.Page.ClickAsync("main button:has-text('Save view')");

        await window.Page.ClickAsync("text=Change of the week");
        await window.Page.WaitForURLAsync("**/explorer/bridge?by=model&range=7d&before=previous");

        (await window.Page.InnerTextAsync("h1")).ShouldBe("Why spend changed");
        await window.GoAsync("/explorer/views");
        await window.Page.ClickAsync("summary:has-text('Delete')");
        await window.Page.ClickAsync("button.danger:has-text('for ever')");
        await window.Page.WaitForSelectorAsync("text=No saved views yet");
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Engineers_explore_their_own_and_files_tell_what_the_page_shows()
    {
        var own = await FileAsync(dashboard.People.Engineer, "/explorer.csv?by=engineer&range=90d");
        var all = await FileAsync(dashboard.People.Admin, "/explorer.csv?by=engineer&range=90d");
        var foreign = await FileAsync(dashboard.People.Engineer, "/explorer.csv?by=engineer&range=90d&engineer=" + all.Split("\r\n").Single(line => line.Contains("Grace", StringComparison.Ordinal)).Split(',')[3]);

        own.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3, "Head, Ada and the total.");
        own.ShouldContain("Ada Lovelace");
        own.ShouldNotContain("Grace");
        all.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(5);
        foreign.ShouldNotContain("Grace");
    }

    [Fact]
    public async Task Nobody_explores_without_a_sign_in()
    {
        using var client = dashboard.NewClient();

        foreach (var path in new[] { "/explorer", "/explorer.csv", "/explorer.json", "/explorer/bridge", "/explorer/bridge.csv", "/explorer/bridge.json" })
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
        }
    }

    /// <summary>The amounts of cells; calls without a price add nothing.</summary>
    private static async Task<IReadOnlyList<decimal>> MoneyAsync(Window window, string cells) =>
        [.. (await window.Page.Locator(cells).AllInnerTextsAsync()).Select(static text => text == "no price" ? 0 : decimal.Parse(text.Replace("$", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture))];

    private async Task<string> FileAsync(string key, string path)
    {
        var signIn = await dashboard.Get<SignIns>().EnterAsync(key, "test", TestContext.Current.CancellationToken);
        using var client = dashboard.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $"farthing_sign_in={signIn.Value.Secret}");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
