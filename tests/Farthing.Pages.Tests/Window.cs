using System.Text.Json;
using Farthing.Testing;
using Microsoft.Playwright;

namespace Farthing.Pages.Tests;

/// <summary>A window of the browser, which remembers what went wrong in it.</summary>
public sealed class Window : IAsyncDisposable
{
    private const string Axe = "src/Farthing.Web/Dashboard/node_modules/axe-core/axe.min.js";
    private const string Screens = "artifacts/screens";

    private readonly IBrowserContext context;
    private readonly List<string> faults = [];

    private Window(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.PageError += (_, error) => faults.Add($"{page.Url}: error {error}");
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.Contains("status of 4", StringComparison.Ordinal))
            {
                faults.Add($"{page.Url}: {message.Type} {message.Text}");
            }
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Errors of scripts, warnings of the console and what the page's policy forbade, in their order.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>A window in a browser's context, which goes with it.</summary>
    public static async Task<Window> OverAsync(IBrowserContext context) => new(context, await context.NewPageAsync());

    /// <summary>Makes it as wide as a desk's or a phone's, and light or dark. Files that it has loaded stay.</summary>
    public async Task BecomeAsync(int width, bool dark)
    {
        await Page.SetViewportSizeAsync(width, 900);
        await Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
    }

    /// <summary>Goes to a page and waits until its charts are drawn.</summary>
    public async Task<int> GoAsync(string path)
    {
        var response = await Page.GotoAsync(path);
        await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('[data-chart]')].every(chart => chart.classList.contains('drawn'))");
        return response!.Status;
    }

    /// <summary>What people who cannot see or use a mouse would stumble over: serious findings only.</summary>
    public async Task<IReadOnlyList<string>> StumblesAsync()
    {
        await Page.EvaluateAsync(await File.ReadAllTextAsync(Repository.PathOf(Axe)));
        var found = await Page.EvaluateAsync<JsonElement>("async () => (await axe.run()).violations");
        return
        [
            .. from violation in found.EnumerateArray()
               where violation.GetProperty("impact").GetString() is "serious" or "critical"
               from node in violation.GetProperty("nodes").EnumerateArray()
               select $"{violation.GetProperty("id").GetString()}: {node.GetProperty("html").GetString()} {node.GetProperty("failureSummary").GetString()}",
        ];
    }

    /// <summary>By how many pixels the page is wider than the window.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>Whether a name that somebody chose ran.</summary>
    public Task<bool> HasRunAsync() => Page.EvaluateAsync<bool>("() => window.pwned === 1");

    /// <summary>Keeps a picture of the whole page for people to look at.</summary>
    public Task ShootAsync(string name) => Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, Screens, name + ".png"), FullPage = true });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => context.DisposeAsync();
}
