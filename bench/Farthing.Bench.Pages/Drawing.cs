using Microsoft.Playwright;

namespace Farthing.Bench.Pages;

/// <summary>A headless Chromium that opens pages as somebody who comes for the first time: nothing is in its cache.</summary>
internal sealed class Drawing(IPlaywright playwright, IBrowser browser, string url, string signIn) : IAsyncDisposable
{
    /// <summary>A moment of the page's own clock, which begins with the visit, when it is loaded and all charts are drawn.</summary>
    private const string WhenDrawn =
        "() => document.readyState === 'complete' && [...document.querySelectorAll('[data-chart]')].every(chart => chart.classList.contains('drawn')) ? performance.now() : 0";

    /// <summary>Starts it.</summary>
    /// <param name="chromium">The program.</param>
    /// <param name="url">The server.</param>
    /// <param name="signIn">What the cookie holds.</param>
    public static async Task<Drawing> StartAsync(string chromium, string url, string signIn)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new(playwright, browser, url, signIn);
    }

    /// <summary>How many milliseconds a visit takes.</summary>
    public async Task<double> VisitAsync(string path)
    {
        await using var context = await NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return await (await page.WaitForFunctionAsync(WhenDrawn)).EvaluateAsync<double>("at => at");
    }

    /// <summary>Prints a page.</summary>
    public async Task PrintAsync(string path, string file)
    {
        await using var context = await NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await page.WaitForFunctionAsync(WhenDrawn);
        await page.PdfAsync(new() { Path = file, Format = "A4" });
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private async Task<IBrowserContext> NewContextAsync()
    {
        var context = await browser.NewContextAsync(new() { BaseURL = url, ViewportSize = new() { Width = 1280, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        await context.AddCookiesAsync([new() { Name = "farthing_sign_in", Value = signIn, Url = url, HttpOnly = true, SameSite = SameSiteAttribute.Strict }]);
        return context;
    }
}
