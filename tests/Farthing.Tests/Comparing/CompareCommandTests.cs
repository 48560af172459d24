using System.Text.Json;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Reports;
using Farthing.Testing;
using Farthing.Workflows.Pricing;

namespace Farthing.Tests.Comparing;

public sealed class CompareCommandTests
{
    private static readonly Rater Rater = new(EmbeddedCatalog.Load());

    [Theory]
    [InlineData("compare-daily-80", "long", "daily", 80)]
    [InlineData("compare-daily-120", "no-request-id", "daily", 120)]
    [InlineData("compare-codex-session-120", "replays", "codex-session", 120)]
    public async Task The_page_looks_as_committed(string name, string tree, string report, int width)
    {
        using var run = new CommandRun(Calls(tree)) { Terminal = new(IsTerminal: true, width, Colors: false) };

        (await run.RunAsync("compare", "ccusage", CallsFile.PathOf(tree, report + ".json"))).ShouldBe(0);

        GoldenFile.Compare(run.Out, $"tests/Farthing.Tests/Golden/{name}.txt");
        run.Error.ShouldBeEmpty();
        run.Out.Split('\n').ShouldAllBe(row => DisplayText.WidthOf(row.TrimEnd('\r')) <= width);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    public async Task The_page_fits_a_narrow_terminal(int width)
    {
        using var run = new CommandRun(Calls("long")) { Terminal = new(IsTerminal: true, width, Colors: false) };

        (await run.RunAsync("compare", "ccusage", CallsFile.PathOf("long", "daily.json"), "--details")).ShouldBe(0);

        run.Out.Split('\n').Where(row => DisplayText.WidthOf(row.TrimEnd('\r')) > width).ShouldBeEmpty();
    }

    [Fact]
    public async Task Json_comes_from_standard_input_and_goes_out_exact()
    {
        using var run = new CommandRun(Calls("mixed")) { In = await File.ReadAllTextAsync(CallsFile.PathOf("mixed", "monthly.json"), TestContext.Current.CancellationToken) };

        (await run.RunAsync("compare", "ccusage", "-", "--json")).ShouldBe(0);

        using var document = JsonDocument.Parse(run.Out);
        var comparison = document.RootElement.GetProperty("comparisons")[0];
        comparison.GetProperty("unexplained").GetRawText().ShouldBe("0");
        var sum = comparison.GetProperty("rules").EnumerateArray().Sum(rule => rule.GetProperty("difference").GetDecimal());
        sum.ShouldBe(comparison.GetProperty("difference").GetDecimal());
        comparison.GetProperty("rows").EnumerateArray().Sum(row => row.GetProperty("difference").GetDecimal()).ShouldBe(sum);
        GoldenFile.Compare(run.Out, "tests/Farthing.Tests/Golden/compare-monthly.json");
    }

    [Fact]
    public async Task Something_unexplained_fails_the_command()
    {
        using var run = new CommandRun(Calls("mixed")) { In = """{"daily":[{"date":"2026-01-05","inputTokens":0,"outputTokens":0,"cacheCreationTokens":0,"cacheReadTokens":0,"totalCost":5,"modelBreakdowns":[{"modelName":"claude-nothing","inputTokens":0,"outputTokens":0,"cacheCreationTokens":0,"cacheReadTokens":0,"cost":5}]}]}""" };

        (await run.RunAsync("compare", "ccusage", "-")).ShouldBe(1);

        run.Out.ShouldContain("unexplained");
        run.Out.ShouldContain("$5.00");
    }

    [Theory]
    [InlineData("{}", "the JSON holds none of ccusage's reports")]
    [InlineData("<html>", "the JSON is broken in line 1")]
    public async Task A_file_that_is_no_report_is_refused(string content, string reason)
    {
        using var run = new CommandRun([]) { In = content };

        (await run.RunAsync("compare", "ccusage", "-")).ShouldBe(1);

        run.Error.ShouldStartWith(reason);
        run.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        using var run = new CommandRun([]);

        (await run.RunAsync("compare", "ccusage", "/no/such/report.json")).ShouldBe(1);

        run.Error.ShouldContain("/no/such/report.json");
    }

    private static IReadOnlyList<(UsageEvent Usage, Rating Rating)> Calls(string tree) => [.. CallsFile.Read(tree).Select(usage => (usage, Rater.Rate(usage)))];
}
