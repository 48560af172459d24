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
