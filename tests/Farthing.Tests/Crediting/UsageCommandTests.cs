using System.Text.Json;
using Farthing.Reports;
using Farthing.Testing;

namespace Farthing.Tests.Crediting;

public sealed class UsageCommandTests
{
    [Theory]
    [InlineData("usage-80", 80)]
    [InlineData("usage-120", 120)]
    [InlineData("usage-month-80", 80, "--month")]
    [InlineData("usage-plan-80", 80, "--plan", "checkout flow")]
    [InlineData("usage-log-80", 80, "--log")]
    [InlineData("usage-log-120", 120, "--log", "--timezone", "Europe/Berlin")]
    public async Task The_pages_look_as_committed(string name, int width, params string[] options)
    {
        using var run = await RunAsync(width);

        (await run.RunAsync(["usage", .. options])).ShouldBe(0, run.Error);

        GoldenFile.Compare(run.Out, $"tests/Farthing.Tests/Golden/{name}.txt");
        run.Out.Split('\n').ShouldAllBe(row => DisplayText.WidthOf(row.TrimEnd('\r')) <= width);
    }

    [Fact]
    public async Task Everything_fits_a_narrow_terminal()
    {
        using var run = await RunAsync(40);

        (await run.RunAsync("usage", "--month", "--plan", "checkout flow")).ShouldBe(0);
        (await run.RunAsync("usage")).ShouldBe(0);
        (await run.RunAsync("usage", "--log")).ShouldBe(0);

        run.Out.Split('\n').Where(row => DisplayText.WidthOf(row.TrimEnd('\r')) > 40).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("usage.json", "--month")]
    [InlineData("usage-log.json", "--debits")]
    public async Task The_json_looks_as_committed(string name, string option)
    {
        using var run = await RunAsync(80);

        (await run.RunAsync("usage", option, "--json")).ShouldBe(0);

        GoldenFile.Compare(run.Out, $"tests/Farthing.Tests/Golden/{name}");
        using var document = JsonDocument.Parse(run.Out);
        document.RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Fact]
    public async Task The_parts_of_the_spend_add_up_to_it()
    {
        using var run = await RunAsync(80);

        (await run.RunAsync("usage", "--month", "--json")).ShouldBe(0);

        using var document = JsonDocument.Parse(run.Out);
        var spent = document.RootElement.GetProperty("spent").GetDecimal();
        foreach (var name in (string[])["byPlan", "byPurpose", "byModel"])
        {
            document.RootElement.GetProperty(name).EnumerateArray().Sum(static line => line.GetProperty("spent").GetDecimal()).ShouldBe(spent, name);
        }

        spent.ShouldBe(0.05275m + 0.00912m + 0.00115m + 0.00004m + 0.096m);
        document.RootElement.GetProperty("cacheSavings").GetDecimal().ShouldBe((52_000 + 800) * 4.5m / 1_000_000);
    }

    [Theory]
    [InlineData("FARTHING_SESSION_ID")]
    [InlineData("PLANDEX_REPL_SESSION_ID")]
    public async Task Inside_of_a_session_its_usage_is_shown(string variable)
    {
        using var run = await RunAsync(120, (variable, CreditScene.Session));

        (await run.RunAsync("usage")).ShouldBe(0);
        (await run.RunAsync("usage", "--log", "--json")).ShouldBe(0);

        run.Out.ShouldContain("💸 SPENT THIS SESSION");
        run.Out.ShouldContain("$0.0619");
        run.Out.ShouldNotContain("SPENT TODAY");
        using var document = JsonDocument.Parse(run.Out[run.Out.IndexOf('{', StringComparison.Ordinal)..]);
        document.RootElement.GetProperty("transactions").EnumerateArray()
            .Select(static line => line.GetProperty("amount").GetRawText()).ShouldBe(["-0.00912", "-0.0559"]);
    }

    [Fact]
    public async Task A_plan_lists_its_calls_and_its_runs_and_nothing_else()
    {
        using var run = await RunAsync(120);

        (await run.RunAsync("usage", "--log", "--plan", "tax rules of seventeen countries", "--json")).ShouldBe(0);

        using var document = JsonDocument.Parse(run.Out);
        var line = document.RootElement.GetProperty("transactions").EnumerateArray().ShouldHaveSingleItem();
        line.GetProperty("amount").GetRawText().ShouldBe("-2.234567");
        line.GetProperty("run").GetProperty("attempt").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("🤷‍♂️ No usage so far today (since midnight Asia/Tokyo)", "--log")]
    [InlineData("🤷‍♂️ No usage so far this billing month (since Mar 1)", "--log", "--month")]
    [InlineData("🤷‍♂️ No usage so far for current plan 👉 lost", "--log", "--plan", "lost")]
    [InlineData("🤷‍♂️ No usage so far today (since midnight Asia/Tokyo) for plan 👉 lost", "--debits", "--plan", "lost", "--today")]
    public async Task Without_usage_it_says_since_when(string expected, params string[] options)
    {
        using var run = new CommandRun([]) { Terminal = new(IsTerminal: true, 120, Colors: false) };

        (await run.RunAsync(["usage", "--timezone", "Asia/Tokyo", .. options])).ShouldBe(0);

        run.Out.TrimEnd().ShouldBe(expected);
    }

    [Fact]
    public async Task Without_usage_in_a_session_it_says_so()
    {
        using var run = new CommandRun([]) { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["FARTHING_SESSION_ID"] = "s-1" } };

        (await run.RunAsync("usage", "--log")).ShouldBe(0);

        run.Out.TrimEnd().ShouldBe("🤷‍♂️ No usage so far this session");
    }

    [Fact]
    public async Task Without_usage_the_sums_are_nothing_and_not_missing()
    {
        using var run = new CommandRun([]);

        (await run.RunAsync("usage")).ShouldBe(0);

        run.Out.ShouldContain("💸 SPENT TODAY");
        run.Out.ShouldContain("$0.00");
        run.Out.ShouldNotContain("CACHE SAVINGS");
    }

    [Theory]
    [InlineData("--today and --month exclude each other", "--today", "--month")]
    [InlineData("--debits and --purchases exclude each other", "--debits", "--purchases")]
    [InlineData("a whole number from 1 to 500", "--page-size", "501")]
    [InlineData("a whole number from 1 to 1000000", "-p", "0")]
    public async Task What_contradicts_itself_is_refused(string expected, params string[] options)
    {
        using var run = await RunAsync(80);

        (await run.RunAsync(["usage", .. options])).ShouldBe(2);

        run.Error.ShouldContain(expected);
        run.Out.ShouldBeEmpty();
    }

    private static async Task<CommandRun> RunAsync(int width, params (string Name, string Value)[] environment) => new(CreditScene.Calls)
    {
        Ledger = (await CreditScene.CreateAsync()).Ledger,
        Terminal = new(IsTerminal: true, width, Colors: false),
        Environment = environment.ToDictionary(static variable => variable.Name, static variable => variable.Value, StringComparer.Ordinal),
    };
}
