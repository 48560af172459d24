using Farthing.Testing;

namespace Farthing.Tests.Reports;

public sealed class EmptyPagesTests
{
    private static readonly Preparation NoLogs = new(
        [new("Claude Code", "/home/dana/.claude/projects", 0), new("Codex", "/home/dana/.codex/sessions", 0), new("OpenCode", "/opt/oc\u001b]0;", 0)], 0, 0);

    [Theory]
    [InlineData("")]
    [InlineData("daily")]
    [InlineData("session")]
    [InlineData("blocks")]
    public async Task Without_logs_a_page_says_where_it_looked_and_what_to_do(string line)
    {
        using var run = new CommandRun([]) { Preparation = NoLogs };

        (await run.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(0);

        run.Out.ShouldContain("No agent logs were found on this machine.");
        run.Out.ShouldContain("Claude Code  ~/.claude/projects");
        run.Out.ShouldContain("OpenCode     /opt/oc�]0;");
        run.Out.ShouldContain("farthing --demo");
        run.Out.ShouldContain("farthing import PATH --agent NAME");
    }

    [Theory]
    [InlineData("daily --since 2030-01-01", "No calls since 2030-01-01.")]
    [InlineData("daily --until 2020-01-01", "No calls until 2020-01-01.")]
    [InlineData("monthly --since 2025-01-01 --until 2025-01-01", "No calls on 2025-01-01.")]
    [InlineData("weekly --since 2025-01-01 --until 2025-01-31 --agent gemini", "No calls from 2025-01-01 to 2025-01-31.")]
    [InlineData("blocks --active", "No window is open.")]
    public async Task Without_calls_a_page_says_which_days_it_looked_at(string line, string expected)
    {
        using var run = new CommandRun(SampleSpend.Calls()) { Preparation = new([new("Claude Code", "/x", 3)], 0, 0) };

        (await run.RunAsync(line.Split(' '))).ShouldBe(0);

        run.Out.ShouldContain(expected);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Demo_logs_are_written_only_when_they_were_asked_for(bool demo)
    {
        using var run = new CommandRun(SampleSpend.Calls());

        (await run.RunAsync(demo ? ["--demo"] : [])).ShouldBe(0);

        run.WroteDemo.ShouldBe(demo);
        run.Out.Contains("synthetic demo", StringComparison.Ordinal).ShouldBe(demo);
    }

    [Fact]
    public async Task The_first_page_tells_what_was_read_and_where_it_is_kept()
    {
        using var run = new CommandRun(SampleSpend.Calls()) { Preparation = new([new("Claude Code", "/x", 3)], 1234, 0) };

        (await run.RunAsync()).ShouldBe(0);

        run.Out.TrimEnd().ShouldEndWith("Kept in ~/.local/share/farthing; 1,234 calls read just now");
    }
}
