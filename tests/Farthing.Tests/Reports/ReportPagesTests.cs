using Farthing.Reports;
using Farthing.Testing;

namespace Farthing.Tests.Reports;

public sealed class ReportPagesTests
{
    public static TheoryData<string, int, string> Pages => new()
    {
        { "daily-80", 80, "daily --since 2026-03-05" },
        { "daily-120", 120, "daily --since 2026-03-05" },
        { "weekly-breakdown-80", 80, "weekly --breakdown --last 3" },
        { "monthly-project-80", 80, "monthly --by project" },
        { "monthly-agent-breakdown-120", 120, "monthly --by agent --breakdown" },
        { "session-80", 80, "session --since 2026-03-10" },
        { "session-120", 120, "session --since 2026-03-10 --by model" },
        { "daily-40", 40, "daily --since 2026-03-15" },
        { "blocks-80", 80, "blocks --recent" },
        { "blocks-limit-120", 120, "blocks --recent --token-limit max --breakdown" },
        { "blocks-active-80", 80, "blocks --active --agent all --token-limit 500000" },
        { "home-80", 80, "" },
        { "home-120", 120, "" },
        { "home-branches-80", 80, "--by branch --since 20260201 --until 20260214" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_looks_as_committed(string name, int width, string line)
    {
        using var run = new CommandRun(SampleSpend.Calls()) { Terminal = new(IsTerminal: true, width, Colors: false) };

        (await run.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(0);

        run.Error.ShouldBeEmpty();
        GoldenFile.Compare(run.Out, $"tests/Farthing.Tests/Golden/{name}.txt");
        run.Out.Split('\n').ShouldAllBe(row => DisplayText.WidthOf(row.TrimEnd('\r')) <= width);
    }
}
