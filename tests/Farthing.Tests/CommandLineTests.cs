using System.CommandLine;
using Farthing.Commands;
using Farthing.Testing;

namespace Farthing.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("daily --since 2026-1-5", "'2026-1-5' is not a value of --since; expected is a day as YYYY-MM-DD or YYYYMMDD")]
    [InlineData("daily --until 20261301", "'20261301' is not a value of --until")]
    [InlineData("daily --since 20260110 --until 2026-01-05", "--since 2026-01-10 is later than --until 2026-01-05")]
    [InlineData("daily --timezone Mars/Olympus", "'Mars/Olympus' is not a value of --timezone; expected is an IANA time zone")]
    [InlineData("daily --by colour", "'colour' is not a value of --by; expected is model, project, agent, branch or session")]
    [InlineData("daily --last 0", "'0' is not a value of --last")]
    [InlineData("daily --order sideways", "'sideways' is not a value of --order")]
    [InlineData("weekly --start-of-week someday", "'someday' is not a value of --start-of-week")]
    [InlineData("blocks --token-limit lots", "'lots' is not a value of --token-limit; expected is a number of tokens, or max")]
    [InlineData("blocks --session-length 0", "'0' is not a value of --session-length")]
    [InlineData("daily --agent nobody", "'nobody' is not a value of --agent; expected is claude, codex, gemini, opencode or all.")]
    [InlineData("--agent nobody", "'nobody' is not a value of --agent")]
    [InlineData("blocks --agent nobody", "'nobody' is not a value of --agent")]
    [InlineData("import /x --agent nobody", "'nobody' is not a value of --agent; expected is claude, codex, gemini or opencode.")]
    [InlineData("import --agent all", "'all' is not a value of --agent")]
    [InlineData("compare ccusage - --agent nobody", "'nobody' is not a value of --agent")]
    [InlineData("prices explain", "Run 'farthing prices explain --help' to see what is possible.")]
    [InlineData("daily --jason", "Run 'farthing daily --help' to see what is possible.")]
    [InlineData("--jason", "Run 'farthing --help' to see what is possible.")]
    [InlineData("dayly", "dayly")]
    [InlineData("daily --jsn", "--jsn")]
    public async Task A_wrong_command_line_is_refused_with_what_to_do(string line, string message)
    {
        using var run = new CommandRun(SampleSpend.Calls());

        (await run.RunAsync(line.Split(' '))).ShouldBe(2);

        run.Error.ShouldContain(message);
        run.Error.ShouldContain("--help' to see what is possible.");
        run.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_option_of_any_command_crashes_without_its_value_or_with_two()
    {
        using var run = new CommandRun([]);
        var lines = Program.Commands.SelectMany(entry => OptionsOf([entry.Name], entry.Create(run.Context())))
            .Concat(OptionsOf([], HomeCommand.Create(run.Context())))
            .Where(static found => found.Option.Arity is { MinimumNumberOfValues: 1, MaximumNumberOfValues: 1 })
            .ToList();

        foreach (var (path, option) in lines)
        {
            var refused = path is ["statusline", ..] ? 0 : 2;
            (await run.RunAsync([.. path, option.Name])).ShouldBe(refused, $"{string.Join(' ', path)} {option.Name}");
            (await run.RunAsync([.. path, option.Name, "1", option.Name, "1"])).ShouldBe(refused, $"{string.Join(' ', path)} {option.Name} twice");
        }

        lines.Count.ShouldBeGreaterThan(50);
    }

    [Theory]
    [InlineData("--since 2026-03-16 --until 2026-03-16")]
    [InlineData("--since 20260316 --until 20260316")]
    [InlineData("-s 20260316 -u 20260316 -z UTC -O")]
    public async Task Days_are_read_in_both_forms(string options)
    {
        using var run = new CommandRun(SampleSpend.Calls());

        (await run.RunAsync(["daily", "--json", .. options.Split(' ')])).ShouldBe(0);

        run.Out.ShouldContain("\"period\": \"2026-03-16\"");
        run.Out.ShouldNotContain("\"period\": \"2026-03-17\"");
    }

    [Theory]
    [InlineData(null, "", "UTC")]
    [InlineData("Asia/Tokyo", "", "Asia/Tokyo")]
    [InlineData("Asia/Tokyo", "--timezone Europe/Berlin", "Europe/Berlin")]
    [InlineData("Asia/Tokyo", "--timezone local", "UTC")]
    public async Task The_command_line_names_the_time_zone_before_the_environment_before_the_system(string? variable, string options, string expected)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (variable is not null)
        {
            environment.Add("FARTHING_TIMEZONE", variable);
        }

        using var run = new CommandRun(SampleSpend.Calls()) { Environment = environment };

        (await run.RunAsync(["daily", "--json", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).ShouldBe(0);

        run.Out.ShouldContain($"\"timezone\": \"{expected}\"");
    }

    [Fact]
    public async Task A_time_zone_in_the_settings_that_does_not_exist_is_refused()
    {
        using var run = new CommandRun([]) { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["FARTHING_TIMEZONE"] = "Nowhere" } };

        (await run.RunAsync("daily")).ShouldBe(2);

        run.Error.ShouldContain("FARTHING_TIMEZONE is 'Nowhere'; expected is an IANA time zone");
    }

    [Fact]
    public async Task Utc_has_one_name_whatever_the_system_calls_it()
    {
        using var run = new CommandRun([]) { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["FARTHING_TIMEZONE"] = "Etc/UTC" } };

        (await run.RunAsync("daily", "--json")).ShouldBe(0);

        run.Out.ShouldContain("\"timezone\": \"UTC\"");
    }

    [Fact]
    public async Task Help_lists_every_command()
    {
        using var run = new CommandRun([]);

        (await run.RunAsync("--help")).ShouldBe(0);

        Program.Commands.ShouldAllBe(command => run.Out.Contains($"\n  {command.Name} ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("codex")]
    [InlineData("Codex")]
    public async Task An_agent_that_is_named_is_the_only_one_counted(string agent)
    {
        using var run = new CommandRun(SampleSpend.Calls());

        (await run.RunAsync("monthly", "--json", "--agent", agent)).ShouldBe(0);

        run.Out.ShouldContain("\"agent\": \"codex\"");
        run.Out.ShouldNotContain("claude");
    }

    [Theory]
    [InlineData("xterm-256color", null, true)]
    [InlineData("xterm-256color", "1", false)]
    [InlineData("dumb", null, false)]
    [InlineData(null, null, false)]
    public void Colours_follow_the_environment(string? term, string? noColor, bool colors) =>
        Terminal.Of(80, name => name == "TERM" ? term : name == "NO_COLOR" ? noColor : null).ShouldBe(new(IsTerminal: true, 80, colors));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Names_cannot_colour_or_move_the_cursor(bool colors)
    {
        var call = SampleSpend.Call(SampleSpend.Now.AddHours(-1), "evil\u001b[2J\u202E[red]x[/]", new() { Input = 5 }, project: "/p/\u009b31m\r\nq");
        using var run = new CommandRun([call]) { Terminal = new(IsTerminal: true, 120, colors) };

        (await run.RunAsync("daily", "--by", "project")).ShouldBe(0);

        run.Out.ShouldContain("evil�[2J�[red]x[/]");
        run.Out.ShouldContain("/p/�31m��q");
        run.Out.ShouldNotContain("\u001b[2J");
        run.Out.Contains('\u001b').ShouldBe(colors);
    }

    private static IEnumerable<(string[] Path, Option Option)> OptionsOf(string[] path, Command command) =>
    [
        .. command.Options.Select(option => (path, option)),
        .. command.Subcommands.SelectMany(inner => OptionsOf([.. path, inner.Name], inner)),
    ];
}
