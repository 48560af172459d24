using System.Text.Json;
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
        { "forecast-80", 80, "forecast" },
        { "forecast-parts-120", 120, "forecast --by model --days 60" },
        { "forecast-year-80", 80, "forecast --days 365" },
        { "forecast-line-80", 80, "forecast --method ols --days 14" },
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
    [InlineData("forecast")]
    [InlineData("forecast --method ols")]
    public async Task A_machine_without_logs_is_told_where_they_were_looked_for(string command)
    {
        using var machine = new Machine();

        var answer = await machine.RunAsync(command.Split(' '));

        answer.ExitCode.ShouldBe(0);
        answer.Out.ShouldStartWith("No agent logs were found on this machine.");
    }

    [Theory]
    [InlineData("cache --since 2026-01-01 --until 2026-01-05", "No calls from 2026-01-01 to 2026-01-05.")]
    [InlineData("forecast --project nope", "No calls of project nope so far.")]
    [InlineData("daily --since 2026-01-01 --until 2026-01-05", "No calls from 2026-01-01 to 2026-01-05.")]
    public async Task A_store_with_calls_is_not_taken_for_a_machine_without_logs(string line, string said)
    {
        using var machine = new Machine();
        FinopsScene.Write(machine, days: 1);
        (await machine.RunAsync("daily")).ExitCode.ShouldBe(0);
        Directory.Delete(machine.Home, recursive: true);

        var answer = await machine.RunAsync(line.Split(' '));

        (answer.ExitCode, answer.Error).ShouldBe((0, string.Empty));
        answer.Out.ShouldStartWith(said);
    }

    [Theory]
    [InlineData("cache")]
    [InlineData("plans")]
    [InlineData("forecast")]
    [InlineData("forecast --by project")]
    [InlineData("forecast --method ols")]
    [InlineData("forecast --model nothing")]
    public async Task One_day_of_calls_is_enough(string command)
    {
        using var machine = new Machine { Terminal = new(IsTerminal: true, 40, Colors: false) };
        FinopsScene.Write(machine, days: 1);

        var answer = await machine.RunAsync(command.Split(' '));

        (answer.ExitCode, answer.Error).ShouldBe((0, string.Empty));
        answer.Out.ShouldNotContain("NaN");
        answer.Out.Split('\n').ShouldAllBe(static row => DisplayText.WidthOf(row) <= 40);
    }

    [Fact]
    public async Task A_narrow_forecast_gives_up_a_column_before_it_cuts_what_rows_are_called()
    {
        using var machine = new Machine { Terminal = new(IsTerminal: true, 60, Colors: false) };
        FinopsScene.Write(machine);

        var answer = await machine.RunAsync("forecast");

        answer.Out.ShouldContain("November before today");
        answer.Out.ShouldContain("November in all");
        answer.Out.Split('\n').ShouldAllBe(static row => DisplayText.WidthOf(row) <= 60);
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(120, true)]
    public async Task Plans_explain_the_columns_that_are_shown(int width, bool isWide)
    {
        using var machine = new Machine { Terminal = new(IsTerminal: true, width, Colors: false) };
        FinopsScene.Write(machine);

        var answer = await machine.RunAsync("plans");

        foreach (var column in (string[])["Band", "Pays from", "Months"])
        {
            answer.Out.Contains($"{column}:", StringComparison.Ordinal).ShouldBe(isWide, column);
        }

        answer.Out.ShouldContain("Cheapest:");
    }

    [Theory]
    [InlineData("cache --team nobody", 1, "There is no team 'nobody'; there are no teams at all.")]
    [InlineData("plans --since 2026-11-02 --until 2026-11-01", 2, "--since 2026-11-02 is later than --until 2026-11-01.")]
    [InlineData("cache --since soon", 2, "'soon' is not a value of --since")]
    [InlineData("cache --timezone Mars/Base", 2, "'Mars/Base' is not a value of --timezone")]
    [InlineData("plans --server nowhere", 2, "'nowhere' is not a value of --server")]
    [InlineData("plans --server https://dana:secret@farthing.example", 2, "without user, password, query and fragment")]
    [InlineData("plans --server http://127.0.0.1:1", 2, "Set the environment variable FARTHING_KEY")]
    [InlineData("forecast --days 0", 2, "'0' is not a value of --days; expected is a whole number from 1 to 365.")]
    [InlineData("forecast --days 366", 2, "'366' is not a value of --days")]
    [InlineData("forecast --method best", 2, "'best' is not a value of --method; expected is auto or ols.")]
    [InlineData("forecast --team a --model b", 2, "--model and --team do not go together")]
    [InlineData("forecast --since 2026-11-01", 2, "--since and --until go with --method ols")]
    [InlineData("forecast --method ols --by model", 2, "has no parts")]
    [InlineData("forecast --timezone UTC --server http://127.0.0.1:1", 2, "A server forecasts the days of its own zone")]
    [InlineData("forecast --team nobody", 1, "There is no team 'nobody'")]
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

    [Fact]
    public async Task The_day_since_which_calls_were_looked_at_is_one_of_the_time_zone()
    {
        using var machine = new Machine();
        FinopsScene.Write(machine, days: 20);

        var page = await machine.RunAsync("cache", "--since", "2026-11-16", "--timezone", "Asia/Kathmandu");

        page.Out.ShouldContain("calls since 2026-11-16.");
    }

    [Fact]
    public async Task The_month_is_what_was_spent_before_today_and_the_forecast_of_its_other_days()
    {
        using var machine = new Machine();
        FinopsScene.Write(machine);

        using var whole = JsonDocument.Parse((await machine.RunAsync("forecast", "--json")).Out);
        using var rest = JsonDocument.Parse((await machine.RunAsync("forecast", "--json", "--days", "11")).Out);
        using var daily = JsonDocument.Parse((await machine.RunAsync("daily", "--json", "--since", "2026-11-01", "--until", "2026-11-19")).Out);

        var month = whole.RootElement.GetProperty("month");
        month.GetRawText().ShouldBe(rest.RootElement.GetProperty("month").GetRawText());
        Number(month.GetProperty("spent")).ShouldBe(daily.RootElement.GetProperty("totals").GetProperty("totalCost").GetDecimal());
        foreach (var bound in (string[])["mean", "lower_80", "upper_80", "lower_95", "upper_95"])
        {
            var others = Number(rest.RootElement.GetProperty("total").GetProperty(bound));
            Number(month.GetProperty("end").GetProperty(bound)).ShouldBe(Number(month.GetProperty("spent")) + others);
        }
    }

    [Fact]
    public async Task Whoever_works_on_the_machine_can_be_forecast_too()
    {
        using var machine = new Machine();
        FinopsScene.Write(machine);

        using var all = JsonDocument.Parse((await machine.RunAsync("forecast", "--json")).Out);
        using var local = JsonDocument.Parse((await machine.RunAsync("forecast", "--json", "--engineer", "local")).Out);

        local.RootElement.GetProperty("forecast").GetRawText().ShouldBe(all.RootElement.GetProperty("forecast").GetRawText());
    }

    private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
