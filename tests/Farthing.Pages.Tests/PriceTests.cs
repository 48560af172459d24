namespace Farthing.Pages.Tests;

/// <summary>The catalog: what is searched for, what changed, and what has no price.</summary>
public sealed class PriceTests(Dashboard dashboard)
{
    [Fact]
    public async Task A_search_is_kept_in_the_address_and_a_model_opens_to_its_history()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Engineer);
        await window.GoAsync("/prices");
        await window.Page.FillAsync("#q", "gpt-5.6-sol");
        await window.Page.SelectOptionAsync("#provider", "openai");
        await window.Page.ClickAsync("text=Show >> nth=0");
        await window.Page.WaitForURLAsync("**/prices?q=gpt-5.6-sol&provider=openai#catalog");
        (await window.Page.InputValueAsync("#provider")).ShouldBe("openai");
        (await window.Page.QuerySelectorAllAsync("#catalog tbody tr")).Count.ShouldBe(1);

        await window.Page.ClickAsync("#catalog tbody a");
        await window.Page.WaitForURLAsync("**/prices/openai/gpt-5.6-sol");

        var history = await window.Page.InnerTextAsync("main");
        history.ShouldContain("In force");
        history.ShouldContain("input $5.00 → $4.00");
        await window.GoAsync("/prices/openai/none", 404);
    }

    [Fact]
    public async Task Models_in_use_come_first_as_far_as_one_may_see_and_a_search_marks_them()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync("/prices");
        var used = window.Page.Locator("section:has(h2:text-is('Models in use')) tbody tr");
        (await used.CountAsync()).ShouldBeGreaterThan(0);
        (await window.Page.InnerTextAsync("#catalog h2")).ShouldBe("All other models");
        var first = await used.Locator("th a").First.InnerTextAsync();

        await window.GoAsync($"/prices?q={Uri.EscapeDataString(first)}");
        (await window.Page.InnerTextAsync($"#catalog tr:has(a:text-is('{first}')) th")).ShouldContain("In use");

        await using var idle = await dashboard.OpenAsync(dashboard.People.Idle);
        await idle.GoAsync("/prices");
        (await idle.Page.InnerTextAsync("main")).ShouldNotContain("Models in use");
    }

    [Fact]
    public async Task What_has_no_price_is_told_to_those_who_may_see_its_calls()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync("/prices");
        (await window.Page.InnerTextAsync("main")).ShouldContain($"farthing prices explain '{People.Script}'");
        (await window.HasRunAsync()).ShouldBeFalse();

        await using var other = await dashboard.OpenAsync(dashboard.People.Engineer);
        await other.GoAsync("/prices");
        (await other.Page.InnerTextAsync("main")).ShouldNotContain(People.Script);
    }
}
