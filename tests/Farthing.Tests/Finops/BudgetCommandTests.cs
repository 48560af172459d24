using System.Text.Json;
using Farthing.Reports;
using Farthing.Testing;
using Farthing.Tests.Importing;
using Farthing.Tests.Serving;

namespace Farthing.Tests.Finops;

public sealed class BudgetCommandTests
{
    [Theory]
    [InlineData("budget-80", 80)]
    [InlineData("budget-160", 160)]
    public async Task The_list_looks_as_committed(string name, int width)
    {
        using var machine = new Machine { Terminal = new(IsTerminal: true, width, Colors: false) };
        FinopsScene.Write(machine);
        await SetAsync(machine, "all", "60");
        machine.Now = machine.Now.AddMinutes(1);
        await SetAsync(machine, "opus", "40", "--model", "claude-opus-4-8", "--period", "quarterly");
        machine.Now = machine.Now.AddMinutes(1);
        await SetAsync(machine, "demo", "9", "--project", "/srv/demo", "--period", "weekly", "--alert", "95");
        machine.Now = machine.Now.AddMinutes(1);
        await SetAsync(machine, "week", "9", "--period", "weekly", "--alert", "50");

        var answer = await machine.RunAsync("budget", "list");

        answer.Error.ShouldBeEmpty();
        GoldenFile.Compare(Ids().Replace(answer.Out, "00000000-0000-0000-0000-000000000000"), $"tests/Farthing.Tests/Golden/{name}.txt");
        answer.Out.Split('\n').ShouldAllBe(row => DisplayText.WidthOf(row) <= width);
    }

    [Theory]
    [InlineData(40, false, false)]
    [InlineData(80, true, false)]
    [InlineData(160, true, true)]
    public async Task The_list_explains_the_columns_that_are_shown(int width, bool showsOver, bool showsRate)
    {
        using var machine = new Machine { Terminal = new(IsTerminal: true, width, Colors: false) };
        FinopsScene.Write(machine);
        await SetAsync(machine, "opus", "1234567.89", "--model", "claude-opus-4-8", "--period", "quarterly");

        var answer = await machine.RunAsync("budget", "list");

        answer.Out.Contains("Over: ", StringComparison.Ordinal).ShouldBe(showsOver);
        answer.Out.Contains("At this rate: ", StringComparison.Ordinal).ShouldBe(showsRate);
    }

    [Fact]
    public async Task A_budget_is_made_changed_and_removed()
    {
        using var machine = new Machine();
        FinopsScene.Write(machine, days: 3);

        (await machine.RunAsync("budget", "list")).Out.ShouldStartWith("There is no budget yet.");
        (await machine.RunAsync("budget", "set", "all")).Error.ShouldContain("There is no budget 'all' yet; say how many dollars it has");
        (await SetAsync(machine, "all", "50")).Out.ShouldBe("all: $5.09 of $50.00 monthly, everything until 2026-11-30; on track.\n");
        (await SetAsync(machine, "all", "4")).Out.ShouldBe("all: $5.09 of $4.00 monthly, everything until 2026-11-30; over.\n");
        (await SetAsync(machine, "all", "--alert", "90", "--owner", "dana", "--thresholds", "100,50")).Out.ShouldContain("$5.09 of $4.00");

        using var listed = JsonDocument.Parse((await machine.RunAsync("budget", "list", "--json")).Out);
        var budget = listed.RootElement.EnumerateArray().ShouldHaveSingleItem();
        budget.GetProperty("owner").GetString().ShouldBe("dana");
        budget.GetProperty("zone").GetString().ShouldBe("UTC");
        budget.GetProperty("thresholds").GetRawText().ShouldContain("50");

        (await machine.RunAsync("budget", "set", "all", "9", "--project", "/srv/demo")).ExitCode.ShouldBe(2);
        (await machine.RunAsync("budget", "remove", budget.GetProperty("id").GetString()!)).Error.ShouldBe("Removed 'all'.\n");
        var gone = await machine.RunAsync("budget", "remove", "all");
        (gone.ExitCode, gone.Error).ShouldBe((1, "There is no budget 'all'; 'farthing budget list' lists all.\n"));
    }

    [Fact]
    public async Task The_same_line_may_be_repeated_but_another_scope_is_refused()
    {
        using var machine = new Machine();
        await SetAsync(machine, "demo", "6", "--project", "/srv/demo");

        (await SetAsync(machine, "demo", "7", "--project", "/srv/demo")).Out.ShouldStartWith("demo: $0.00 of $7.00 monthly, project /srv/demo");
        (await machine.RunAsync("budget", "set", "demo", "7", "--project", "/srv/other")).ExitCode.ShouldBe(2);
        (await machine.RunAsync("budget", "set", "demo", "7", "--model", "/srv/demo")).ExitCode.ShouldBe(2);

        var removed = await machine.RunAsync("budget", "remove", "demo", "--json");
        (removed.ExitCode, removed.Error).ShouldBe((0, string.Empty));
        JsonDocument.Parse(removed.Out).RootElement.GetProperty("name").GetString().ShouldBe("demo");
    }

    [Fact]
    public async Task A_model_may_be_named_as_tables_show_it()
    {
        using var machine = new Machine();
        FinopsScene.Write(machine, days: 3);
        string[] line = ["short", "50", "--model", "opus-4-8"];

        (await SetAsync(machine, line)).Out.ShouldBe("short: $5.09 of $50.00 monthly, model claude-opus-4-8 until 2026-11-30; on track.\n");
        (await SetAsync(machine, line)).Out.ShouldStartWith("short: $5.09 of $50.00");
    }

    [Fact]
    public async Task A_model_or_project_that_no_call_bears_is_said()
    {
        using var machine = new Machine();
        FinopsScene.Write(machine, days: 3);

        (await SetAsync(machine, "typo", "50", "--model", "opsu-4-8")).Out.ShouldEndWith("\nNo call bears the model 'opsu-4-8' yet.\n");
        (await SetAsync(machine, "new", "50", "--project", "/srv/new")).Out.ShouldEndWith("\nNo call bears the project '/srv/new' yet.\n");

        (await machine.RunAsync("budget", "list")).Out.ShouldContain("No call bears the model 'opsu-4-8' yet.");
    }

    [Fact]
    public async Task Whoever_works_on_the_machine_has_budgets_too()
    {
        using var machine = new Machine();
        FinopsScene.Write(machine, days: 3);

        (await SetAsync(machine, "mine", "50", "--engineer", "local")).Out.ShouldBe("mine: $5.09 of $50.00 monthly, this machine until 2026-11-30; on track.\n");
        await using var server = await RunningServer.StartAsync(machine);
        machine.Environment["FARTHING_KEY"] = (await machine.RunAsync("keys", "create", "--role", "finance", "--name", "cfo")).Out.Trim();

        (await machine.RunAsync("budget", "list", "--json", "--server", server.Url)).Out.ShouldBe((await machine.RunAsync("budget", "list", "--json")).Out);
    }

    [Fact]
    public async Task The_budgets_of_a_server_are_the_same()
    {
        using var machine = new Machine();
        FinopsScene.Write(machine, days: 3);
        await SetAsync(machine, "here", "50");
        await using var server = await RunningServer.StartAsync(machine);
        machine.Environment["FARTHING_KEY"] = (await machine.RunAsync("keys", "create", "--role", "finance", "--name", "cfo")).Out.Trim();

        var made = await SetAsync(machine, "there", "99.5", "--model", "claude-opus-4-8", "--server", server.Url);
        var changed = await SetAsync(machine, "here", "60", "--server", server.Url);
        using var keys = JsonDocument.Parse((await machine.RunAsync("keys", "list", "--json")).Out);
        var key = keys.RootElement.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        var keyed = await SetAsync(machine, "keyed", "5", "--key", key.GetProperty("id").GetString()!, "--server", server.Url);
        var listed = await machine.RunAsync("budget", "list", "--json", "--server", server.Url);
        var twice = await machine.RunAsync("budget", "set", "there", "7", "--engineer", "nobody", "--server", server.Url);
        var nobody = await machine.RunAsync("budget", "set", "new", "7", "--engineer", "nobody", "--server", server.Url);

        made.Out.ShouldContain("of $99.50 monthly, model claude-opus-4-8 until 2026-11-30");
        keyed.Out.ShouldContain($"$0.00 of $5.00 monthly, API key cfo (fk_{key.GetProperty("prefix").GetString()})");
        changed.Out.ShouldContain("of $60.00 monthly, everything");
        listed.Out.ShouldBe((await machine.RunAsync("budget", "list", "--json")).Out);
        twice.ExitCode.ShouldBe(2);
        (nobody.ExitCode, nobody.Error).ShouldBe((1, $"{server.Url} refuses: There is no engineer of that id.\n"));
        (await machine.RunAsync("budget", "remove", "there", "--server", server.Url)).Error.ShouldBe("Removed 'there'.\n");
        (await machine.RunAsync("budget", "list")).Out.ShouldNotContain("there ");
    }

    [Theory]
    [InlineData("budget set x 0", "'0' is no amount of dollars")]
    [InlineData("budget set x NaN", "'NaN' is no amount of dollars")]
    [InlineData("budget set x 1000000000.01", "'1000000000.01' is no amount of dollars")]
    [InlineData("budget set x 0.0000000000001", "is no amount of dollars")]
    [InlineData("budget set x 5 --period yearly", "'yearly' is not a value of --period; expected is monthly")]
    [InlineData("budget set x 5 --alert 101", "'101' is not a value of --alert")]
    [InlineData("budget set x 5 --thresholds 50,many", "'50,many' is not a value of --thresholds")]
    [InlineData("budget set x 5 --team a --model b", "--team and --model do not go together")]
    [InlineData("budget set x 5 --model a --key b", "--model and --key do not go together")]
    [InlineData("budget set x 5 --project ", "'' is not a value of --project; expected is a text of 1 to 256 characters.")]
    [InlineData("budget", "Required command was not provided.")]
    public async Task What_cannot_be_is_refused_with_what_to_do(string line, string message)
    {
        using var machine = new Machine();

        var answer = await machine.RunAsync(line.Split(' '));

        (answer.ExitCode, answer.Error.Contains(message, StringComparison.Ordinal)).ShouldBe((2, true), answer.Error);
    }

    [Fact]
    public async Task A_name_that_is_too_long_is_a_wrong_command_line()
    {
        using var machine = new Machine();

        (await machine.RunAsync("budget", "set", new string('x', 10_000), "5")).ExitCode.ShouldBe(2);
    }

    private static async Task<Answer> SetAsync(Machine machine, params string[] arguments)
    {
        var answer = await machine.RunAsync(["budget", "set", .. arguments]);
        answer.ExitCode.ShouldBe(0, answer.Error);
        return answer;
    }

    private static System.Text.RegularExpressions.Regex Ids() => new("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}
