using Microsoft.Playwright;

namespace Farthing.Pages.Tests;

/// <summary>What of a page is printed.</summary>
public sealed class PrintTests(Dashboard dashboard)
{
    /// <summary>An upright A4 sheet within the margins of the style sheet, in pixels of 1/96 inch.</summary>
    private const int PaperWidth = 688;

    [Theory]
    [InlineData("home", "/")]
    [InlineData("finops-cache", "/finops/cache?range=7d")]
    [InlineData("explorer", "/explorer?by=team,engineer,model&range=month&model=claude-opus-4-8&model=gpt-5.3-codex")]
    [InlineData("sessions", "/sessions?range=7d&project=/work/ledger")]
    [InlineData("credits-wallet", $"/credits/{Purse.OfAll}")]
    [InlineData("prices-model", "/prices/openai/gpt-5.6-sol")]
    public async Task A_page_prints_whole_and_light_without_what_only_a_screen_can_use(string name, string path)
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin, PaperWidth, dark: true);
        await window.GoAsync(path);

        await window.Page.EmulateMediaAsync(new() { Media = Media.Print });

        await window.ShootAsync($"print-{name}");
        (await window.Page.Locator(":is(.sidebar, form, button, .button, .pager, .away, .tabs a:not([aria-current]), .ranges a:not([aria-current])):visible").CountAsync()).ShouldBe(0);
        (await window.Page.Locator(":is(h1, .printed):visible").AllInnerTextsAsync()).ShouldContain($"Farthing · {path}");
        (await window.Page.Locator(".ranges:visible, .pills li:visible").AllInnerTextsAsync()).Count.ShouldBe(path.Split('=').Length - 1 - (path.Contains("by=", StringComparison.Ordinal) ? 1 : 0));
        (await window.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.scroll, .chart')].filter(box => box.scrollWidth > box.clientWidth).map(box => box.ariaLabel)")).ShouldBeEmpty();
        (await window.OverflowAsync()).ShouldBe(0);
        (await window.Page.Locator("thead").EvaluateAllAsync<string[]>("heads => heads.map(head => getComputedStyle(head).display).filter(as => as !== 'table-header-group')")).ShouldBeEmpty();
        (await window.Page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).getPropertyValue('--panel')")).ShouldBe("#ffffff");
        window.Faults.ShouldBeEmpty();
    }
}
