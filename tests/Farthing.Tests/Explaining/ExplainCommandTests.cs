using System.Text.Json;
using Farthing.Reports;
using Farthing.Testing;

namespace Farthing.Tests.Explaining;

public sealed class ExplainCommandTests
{
    [Theory]
    [InlineData("explain-call-80", 80, 0)]
    [InlineData("explain-call-120", 120, 0)]
    [InlineData("explain-unpriced-call-80", 80, 4)]
    public async Task The_page_of_a_call_looks_as_committed(string name, int width, int number)
    {
        using var run = new CommandRun(PricedSample.Calls()) { Terminal = new(IsTerminal: true, width, Colors: false) };

        (await run.RunAsync("explain", PricedSample.Calls()[number].Usage.Id.ToString())).ShouldBe(0);

        GoldenFile.Compare(run.Out, $"tests/Farthing.Tests/Golden/{name}.txt");
        run.Out.Split('\n').ShouldAllBe(row => DisplayText.WidthOf(row.TrimEnd('\r')) <= width);
    }

    [Theory]
    [InlineData("explain-session-80", 80)]
    [InlineData("explain-session-120", 120)]
    public async Task The_page_of_a_session_looks_as_committed(string name, int width)
    {
        using var run = new CommandRun(PricedSample.Calls()) { Terminal = new(IsTerminal: true, width, Colors: false) };

        (await run.RunAsync("explain", PricedSample.Session)).ShouldBe(0);

        GoldenFile.Compare(run.Out, $"tests/Farthing.Tests/Golden/{name}.txt");
        run.Out.Split('\n').ShouldAllBe(row => DisplayText.WidthOf(row.TrimEnd('\r')) <= width);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    public async Task Both_pages_fit_a_narrow_terminal(int width)
    {
        using var run = new CommandRun(PricedSample.Calls()) { Terminal = new(IsTerminal: true, width, Colors: false) };

        (await run.RunAsync("explain", PricedSample.Session)).ShouldBe(0);
        (await run.RunAsync("explain", PricedSample.Calls()[0].Usage.Id.ToString())).ShouldBe(0);

        run.Out.Split('\n').Where(row => DisplayText.WidthOf(row.TrimEnd('\r')) > width).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("explain-call.json", 0)]
    [InlineData("explain-session.json", 1)]
    public async Task The_json_looks_as_committed(string name, int which)
    {
        using var run = new CommandRun(PricedSample.Calls());

        (await run.RunAsync("explain", which == 0 ? PricedSample.Calls()[0].Usage.Id.ToString() : PricedSample.Session, "--json")).ShouldBe(0);

        GoldenFile.Compare(run.Out, $"tests/Farthing.Tests/Golden/{name}");
        using var document = JsonDocument.Parse(run.Out);
        document.RootElement.GetProperty(which == 0 ? "cost" : "totalCost").GetRawText().ShouldBe(which == 0 ? "0.049145" : "0.053645173469");
    }

    [Fact]
    public async Task An_unknown_name_is_refused_with_advice()
    {
        using var run = new CommandRun(PricedSample.Calls());

        (await run.RunAsync("explain", "no-such-thing\u001b[31m")).ShouldBe(1);

        run.Out.ShouldBeEmpty();
        run.Error.ShouldStartWith("No call and no session is called 'no-such-thing\uFFFD[31m'.");
    }

    [Fact]
    public async Task An_ambiguous_name_is_refused_with_the_candidates()
    {
        using var run = new CommandRun(PricedSample.Calls());

        (await run.RunAsync("explain", "5e0e7c1a")).ShouldBe(1);

        run.Error.ShouldContain("may mean 2 calls or sessions");
        run.Error.ShouldContain($"session  {PricedSample.Session}  2026-03-10 09:20:41 UTC  claude  4 calls");
    }

    [Fact]
    public async Task An_ambiguous_name_is_told_in_json_too()
    {
        using var run = new CommandRun(PricedSample.Calls());

        (await run.RunAsync("explain", "5e0e7c1a", "--json")).ShouldBe(1);

        using var document = JsonDocument.Parse(run.Out);
        document.RootElement.GetProperty("kind").GetString().ShouldBe("ambiguous");
        document.RootElement.GetProperty("candidates").GetArrayLength().ShouldBe(2);
    }
}
