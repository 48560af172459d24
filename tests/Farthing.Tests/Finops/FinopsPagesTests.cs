using Farthing.Reports;
using Farthing.Testing;
using Farthing.Tests.Importing;

namespace Farthing.Tests.Finops;

public sealed class FinopsPagesTests
{
    public static TheoryData<string, int, string> Pages => new()
    {
        { "cache-80", 80, "cache" },
        { "cache-120", 120, "cache --since 2026-10-01 --until 2026-11-15" },
        { "plans-80", 80, "plans" },
        { "plans-120", 120, "plans" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_looks_as_committed(string name, int width, string line)
    {
        using var machine = new Machine { Terminal = new(IsTerminal: true, width, Colors: false) };
        FinopsScene.Write(machine);

        var answer = await machine.RunAsync(line.Split(' '));

        answer.Error.ShouldBeEmpty();
        answer.ExitCode.ShouldBe(0);
        GoldenFile.Compare(answer.Out, $"tests/Farthing.Tests/Golden/{name}.txt");
        answer.Out.Split('\n').ShouldAllBe(row => DisplayText.WidthOf(row.TrimEnd('\r')) <= width);
    }

    [Theory]
    [InlineData("cache")]
    [InlineData("plans")]
    public async Task A_machine_without_logs_is_told_where_they_were_looked_for(string command)
    {
        using var machine = new Machine();

        var answer = await machine.RunAsync(command);

        answer.ExitCode.ShouldBe(0);
        answer.Out.ShouldStartWith("No agent logs were found on this machine.");
    }

    [Theory]
    [InlineData("cache")]
    [InlineData("plans")]
    public async Task One_day_of_calls_is_enough(string command)
    {
        using var machine = new Machine { Terminal = new(IsTerminal: true, 40, Colors: false) };
        FinopsScene.Write(machine, days: 1);

        var answer = await machine.RunAsync(command);

        (answer.ExitCode, answer.Error).ShouldBe((0, string.Empty));
        answer.Out.ShouldNotContain("NaN");
        answer.Out.Split('\n').ShouldAllBe(static row => DisplayText.WidthOf(row) <= 40);
    }

    [Theory]
    [InlineData("cache --team nobody", 1, "There is no team 'nobody'; there are no teams at all.")]
    [InlineData("plans --since 2026-11-02 --until 2026-11-01", 2, "--since 2026-11-02 is later than --until 2026-11-01.")]
    [InlineData("cache --since soon", 2, "'soon' is not a value of --since")]
    [InlineData("cache --timezone Mars/Base", 2, "'Mars/Base' is not a value of --timezone")]
    [InlineData("plans --server nowhere", 2, "'nowhere' is not a value of --server")]
    [InlineData("plans --server https://dana:secret@farthing.example", 2, "without user, password, query and fragment")]
    [InlineData("plans --server http://127.0.0.1:1", 2, "Set the environment variable FARTHING_KEY")]
    public async Task What_cannot_be_is_refused_with_what_to_do(string line, int code, string message)
    {
        using var machine = new Machine();
        FinopsScene.Write(machine, days: 1);

        var answer = await machine.RunAsync(line.Split(' '));

        answer.Error.ShouldContain(message);
        (answer.ExitCode, answer.Out).ShouldBe((code, string.Empty));
    }

    [Fact]
    public async Task Days_are_those_of_the_time_zone()
    {
        using var machine = new Machine();
        FinopsScene.Write(machine, days: 2);

        // The morning of 20 November, 08:00 UTC, is still the 19th eleven hours further west.
        var west = await machine.RunAsync("cache", "--json", "--since", "2026-11-20", "--timezone", "Pacific/Pago_Pago");
        var east = await machine.RunAsync("cache", "--json", "--since", "2026-11-20", "--timezone", "Asia/Kathmandu");

        west.Out.ShouldContain("\"daily_cache_trend\": []");
        east.Out.ShouldContain("\"date\": \"2026-11-20\"");
        east.Out.ShouldNotContain("\"date\": \"2026-11-19\"");
    }
}
