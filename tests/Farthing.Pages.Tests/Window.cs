using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Farthing.Testing;
using Microsoft.Playwright;

namespace Farthing.Pages.Tests;

/// <summary>A window of the browser, which remembers what went wrong in it.</summary>
public sealed partial class Window : IAsyncDisposable
{
    private const string Axe = "src/Farthing.Web/Dashboard/node_modules/axe-core/axe.min.js";
    private const string Screens = "artifacts/screens";

    private static readonly Lazy<string> AxeText = new(() => File.ReadAllText(Repository.PathOf(Axe)));

    private readonly IBrowserContext context;
    private readonly List<string> faults = [];
    private readonly HashSet<string> refusals = [];

    private Window(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.PageError += (_, error) => faults.Add($"{page.Url}: error {error}");
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !IsExpected(message))
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

    /// <summary>Goes to a page, which answers as it should, and waits until its charts are drawn.</summary>
    /// <param name="path">Path and query.</param>
    /// <param name="status">What it answers with.</param>
    public async Task GoAsync(string path, int status = 200)
    {
        if (status >= 400)
        {
            Expect(status, path);
        }

        var response = await Page.GotoAsync(path);
        await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('[data-chart]')].every(chart => chart.classList.contains('drawn'))");
        response!.Status.ShouldBe(status, path);
    }

    /// <summary>Says that a page refuses something, which the browser tells as an error: a form with a mistake in it.</summary>
    /// <param name="status">The status of its answer.</param>
    /// <param name="path">The path and query of the page.</param>
    public void Expect(int status, string path) => refusals.Add(Refusal(status, path));

    /// <summary>What people who cannot see or use a mouse would stumble over: serious findings only.</summary>
    public async Task<IReadOnlyList<string>> StumblesAsync()
    {
        if (!await Page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await Page.EvaluateAsync(AxeText.Value);
        }

        var found = await Page.EvaluateAsync<JsonElement>("async () => (await axe.run({ resultTypes: ['violations'] })).violations");
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

    private static string Refusal(int status, string path) => string.Create(CultureInfo.InvariantCulture, $"status of {status} {path}");

    /// <summary>Whether it tells that a page refused what it was meant to refuse. Its location is an address, a line and a column.</summary>
    private bool IsExpected(IConsoleMessage message) =>
        Uri.TryCreate(LineAndColumn().Replace(message.Location, string.Empty), UriKind.Absolute, out var from)
        && StatusTold().Match(message.Text) is { Success: true } told
        && refusals.Contains(Refusal(int.Parse(told.ValueSpan, CultureInfo.InvariantCulture), from.PathAndQuery));

    [GeneratedRegex(@":\d+:\d+$", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex LineAndColumn();

    [GeneratedRegex(@"(?<=responded with a status of )\d+", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex StatusTold();
}
