using System.IO.Compression;
using System.Text;
using Farthing.Testing;
using Microsoft.Playwright;

namespace Farthing.Pages.Tests;

/// <summary>What of a page is printed.</summary>
public sealed class PrintTests(Dashboard dashboard)
{
    /// <summary>An upright A4 sheet within the margins of the style sheet, in pixels of 1/96 inch.</summary>
    private const int PaperWidth = 688;

    /// <summary>The colour of the first series of a chart on a light ground, as files of pages write it.</summary>
    private const string FirstSeries = "0 .4471 .698 rg";

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
        (await window.Page.Locator(".ranges[aria-label='Span of days'] + .printed:visible").CountAsync()).ShouldBe(path.Contains("range=", StringComparison.Ordinal) ? 1 : 0, "Paper says which days it is about.");
        (await window.Page.Locator(".ranges:visible, .pills li:visible").AllInnerTextsAsync()).Count.ShouldBe(path.Split('=').Length - 1 - (path.Contains("by=", StringComparison.Ordinal) ? 1 : 0));
        (await window.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.scroll, .chart')].filter(box => box.scrollWidth > box.clientWidth).map(box => box.ariaLabel)")).ShouldBeEmpty();
        (await window.OverflowAsync()).ShouldBe(0);
        (await window.Page.Locator("thead").EvaluateAllAsync<string[]>("heads => heads.map(head => getComputedStyle(head).display).filter(as => as !== 'table-header-group')")).ShouldBeEmpty();
        (await window.Page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).getPropertyValue('--panel')")).ShouldBe("#ffffff");
        window.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("finops-overview", "/finops", 2)]
    [InlineData("session", $"/sessions/{LongSession.Key}", 2)]
    public async Task What_is_kept_as_a_file_holds_the_charts_of_the_page(string name, string path, int charts)
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin, dark: true);
        await window.GoAsync(path);
        await window.Page.EvaluateAsync("() => addEventListener('beforeprint', () => { window.printed = document.documentElement.classList.contains('paper'); })");

        var file = await window.Page.PdfAsync(new() { Path = Path.Combine(Repository.Root, "artifacts", "screens", $"print-{name}.pdf"), Format = "A4", PrintBackground = true });

        (await window.Page.EvaluateAsync<bool>("() => window.printed === true")).ShouldBeTrue("Charts are drawn for paper before the page is laid out for it.");
        (await window.Page.EvaluateAsync<bool>("() => document.documentElement.classList.contains('paper')")).ShouldBeFalse("And for the screen afterwards.");
        var text = Encoding.Latin1.GetString(file);
        Count(text, "/Type /Page\n").ShouldBeInRange(1, 5);
        Count(text, "/Type /Font\n").ShouldBeGreaterThan(0, "Figures are text.");
        Count(DrawnIn(file), FirstSeries).ShouldBeGreaterThanOrEqualTo(charts, "Every chart is drawn, in the colours of paper.");
        window.Faults.ShouldBeEmpty();
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    /// <summary>What is drawn on the sheets of a file: the contents of its packed streams.</summary>
    private static string DrawnIn(byte[] file)
    {
        var drawn = new StringBuilder();
        var start = Encoding.ASCII.GetBytes("/Filter /FlateDecode");
        var begin = Encoding.ASCII.GetBytes("stream\n");
        for (var at = file.AsSpan().IndexOf(start); at >= 0;)
        {
            var from = at + file.AsSpan(at).IndexOf(begin) + begin.Length;
            using var packed = new ZLibStream(new MemoryStream(file, from, file.Length - from), CompressionMode.Decompress);
            using var content = new StreamReader(packed, Encoding.Latin1);
            drawn.Append(content.ReadToEnd());
            var next = file.AsSpan(from).IndexOf(start);
            at = next < 0 ? -1 : from + next;
        }

        return drawn.ToString();
    }
}
