using System.Globalization;

namespace Farthing.Pages.Tests;

/// <summary>From the list of sessions to a call and what made it cost what it cost.</summary>
public sealed class SpendListTests(Dashboard dashboard)
{
    private const string LongSessionPath = $"/sessions/{LongSession.Key}";

    [Fact]
    public async Task A_session_leads_to_its_calls_and_a_call_to_lines_that_add_up()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Engineer);
        await window.GoAsync("/sessions?range=7d");

        await window.Page.ClickAsync($"a[title='{LongSession.Key}']");
        await window.Page.WaitForURLAsync($"**{LongSessionPath}*");
        (await window.Page.InnerTextAsync(".cards")).ShouldContain($"{LongSession.Calls} calls");
        var misses = await window.Page.InnerTextAsync("[aria-label='Causes of cache misses']");
        misses.ShouldContain("History compacted");
        misses.ShouldContain("Lifetime ran out");
        await window.Page.ClickAsync("#calls .pager >> text=Next");
        (await window.Page.Locator("#calls tbody tr").CountAsync()).ShouldBe(LongSession.Calls - 100);

        await window.Page.ClickAsync("#calls tbody tr >> nth=0 >> a");
        await window.Page.WaitForURLAsync("**/calls/*");
        var amounts = await AmountsAsync(window, "[aria-label='Build-up of the cost'] tbody td:last-child");
        amounts.Count.ShouldBe(4);
        amounts.Sum().ShouldBe((await AmountsAsync(window, "[aria-label='Build-up of the cost'] tfoot td:last-child")).ShouldHaveSingleItem());
        (await window.Page.InnerTextAsync("main")).ShouldContain("exact: the catalog prices this model at this host");
        await window.ShootAsync("call");
        (await window.StumblesAsync()).ShouldBeEmpty();
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_fits_a_phone_when_what_made_it_cost_that_is_open()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Engineer, width: 375);
        await window.GoAsync(LongSessionPath);

        foreach (var buildUp in await window.Page.Locator("details.open-up > summary").AllAsync())
        {
            await buildUp.ClickAsync();
        }

        (await window.Page.Locator("details.open-up[open]").CountAsync()).ShouldBe(2, "One for each model.");
        await window.ShootAsync("session-open-375");
        (await window.OverflowAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Pages_of_sessions_and_calls_join_without_gap_or_repetition()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);

        // Other tests may add to the same store.
        foreach (var (path, cells, least) in new[] { ("/sessions?range=90d", "tbody th a", 182), ("/calls?range=7d&agent=claude", "tbody th a", LongSession.Calls + 1) })
        {
            await window.GoAsync(path);
            var links = new List<string>();
            for (var pages = 0; pages < 10; pages++)
            {
                links.AddRange(await window.Page.Locator(cells).EvaluateAllAsync<string[]>("links => links.map(link => link.href)"));
                if ((await window.Page.Locator("a[rel=next]").EvaluateAllAsync<string[]>("links => links.map(link => link.href)")).FirstOrDefault() is not { } next)
                {
                    break;
                }

                await window.GoAsync(next);
            }

            links.Count.ShouldBeGreaterThanOrEqualTo(least, path);
            links.ShouldBeUnique(path);
        }
    }

    [Fact]
    public async Task Engineers_see_their_own_sessions_and_calls_and_nothing_of_others()
    {
        await using var admin = await dashboard.OpenAsync(dashboard.People.Admin);
        await admin.GoAsync("/calls?range=today");
        var calls = await admin.Page.Locator("tbody th a").EvaluateAllAsync<string[]>("links => links.map(link => link.pathname)");
        await using var window = await dashboard.OpenAsync(dashboard.People.Engineer);

        await window.GoAsync("/calls?range=today");
        var own = await window.Page.Locator("tbody th a").EvaluateAllAsync<string[]>("links => links.map(link => link.pathname)");

        own.ShouldHaveSingleItem();
        foreach (var call in calls)
        {
            await window.GoAsync(call, call == own[0] ? 200 : 404);
        }

        await window.GoAsync("/sessions/s-0-0");
        await window.GoAsync("/sessions/s-0-1", 404);
        await window.GoAsync("/sessions/nothing", 404);
        await window.GoAsync("/calls?session=s-0-1");
        (await window.Page.InnerTextAsync("main")).ShouldContain("No calls here");
    }

    [Fact]
    public async Task A_session_is_opened_by_its_key_whatever_it_holds_and_filters_are_taken_away()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync("/sessions?range=7d&model=claude-opus-4-8&agent=claude");
        (await window.Page.Locator(".pills a").CountAsync()).ShouldBe(2);
        await window.Page.ClickAsync("tbody th a");
        await window.Page.WaitForURLAsync("**/sessions/*");

        (await window.Page.InnerTextAsync("h1")).ShouldContain(People.Script + LongSession.NameEnd);
        await window.Page.GoBackAsync();
        await window.Page.ClickAsync(".pills a >> nth=0");
        (await window.Page.Locator("tbody tr").CountAsync()).ShouldBe(2, "The long session, and the one that tries to run.");
        (await window.HasRunAsync()).ShouldBeFalse();
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_call_to_an_unknown_model_cost_is_told_apart()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync($"/calls?range=365d&model={LongSession.UnknownModel}");

        await window.ShootAsync("calls-unknown");
        (await window.Page.InnerTextAsync("tbody")).ShouldContain(LongSession.UnknownModel);
        await window.Page.ClickAsync("tbody th a");
        await window.Page.WaitForURLAsync("**/calls/*");
        await window.ShootAsync("call-unknown");
        (await window.Page.Locator(".badge.warn, .badge.bad").CountAsync()).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task New_calls_show_up_by_themselves_unless_somebody_pauses()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync($"/calls?range=365d&model={LongSession.UnknownModel}");
        var before = await window.Page.Locator("tbody th a").CountAsync();
        using var client = dashboard.NewClient();

        await window.Page.ClickAsync("[data-live-bar] button");
        await LongSession.SendUnknownAsync(client, dashboard.People.Admin, 1);
        await window.Page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");
        (await window.Page.Locator("tbody th a").CountAsync()).ShouldBe(before, "It pauses.");
        await window.Page.ClickAsync("[data-live-bar] button");
        await window.Page.WaitForSelectorAsync("tr.new");
        await LongSession.SendUnknownAsync(client, dashboard.People.Admin, 2);
        await window.Page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");
        await window.Page.WaitForFunctionAsync("() => document.querySelectorAll('tr.new').length === 2");

        (await window.Page.InnerTextAsync("[role=status]")).ShouldBe("1 new call.");
        (await window.Page.InnerTextAsync("#calls-total")).ShouldStartWith($"{before + 2} calls");
        (await window.Page.InnerTextAsync("#calls-fresh")).ShouldContain($"{before + 2} calls ");
        await window.ShootAsync("calls-live");
        (await window.StumblesAsync()).ShouldBeEmpty();
        window.Faults.ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<decimal>> AmountsAsync(Window window, string cells) =>
        [.. (await window.Page.Locator(cells).AllInnerTextsAsync()).Select(text => decimal.Parse(text.TrimStart('$'), CultureInfo.InvariantCulture))];
}
