using System.Text.Json;

namespace Farthing.Tests.Importing;

/// <summary>What importing does to the logs of a machine: every call once, whatever happens to the files.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly Machine machine = new();
    private string Log => machine.Transcript("a");

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task A_second_import_reads_nothing()
    {
        machine.Write(Log, Machine.Call("m1", 5) + Machine.Call("m2", 6));

        (await ImportAsync()).GetProperty("accepted").GetInt32().ShouldBe(2);
        var second = await ImportAsync();

        second.GetProperty("filesRead").GetInt32().ShouldBe(0);
        second.GetProperty("bytesRead").GetInt64().ShouldBe(0);
        (await TokensAsync()).ShouldBe(11 + 220);
    }

    [Fact]
    public async Task Only_bytes_that_were_appended_are_read()
    {
        machine.Write(Log, Machine.Call("m1", 5));
        await ImportAsync();
        var line = Machine.Call("m2", 6);
        Machine.Append(Log, line);

        var second = await ImportAsync();

        second.GetProperty("bytesRead").GetInt64().ShouldBe(line.Length);
        second.GetProperty("accepted").GetInt32().ShouldBe(1);
        second.GetProperty("duplicates").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_line_that_was_cut_off_is_read_when_it_is_whole()
    {
        var line = Machine.Call("m2", 6);
        machine.Write(Log, Machine.Call("m1", 5) + line[..40]);
        (await ImportAsync()).GetProperty("accepted").GetInt32().ShouldBe(1);
        Machine.Append(Log, line[40..]);

        (await ImportAsync()).GetProperty("accepted").GetInt32().ShouldBe(1);

        (await TokensAsync()).ShouldBe(11 + 220);
    }

    [Fact]
    public async Task A_better_record_of_a_known_call_corrects_it()
    {
        machine.Write(Log, Machine.Call("m1", 1));
        await ImportAsync();
        Machine.Append(Log, Machine.Call("m1", 260, "2026-11-20T08:00:01.400Z"));

        (await ImportAsync()).GetProperty("superseded").GetInt32().ShouldBe(1);

        (await TokensAsync()).ShouldBe(370);
    }

    [Fact]
    public async Task Another_file_under_the_same_name_is_read_from_its_beginning()
    {
        machine.Write(Log, Machine.Call("m1", 5));
        await ImportAsync();
        machine.Write(Log, Machine.Call("m2", 6) + Machine.Call("m3", 7));

        (await ImportAsync()).GetProperty("accepted").GetInt32().ShouldBe(2);

        (await TokensAsync()).ShouldBe(18 + 330);
    }

    [Fact]
    public async Task A_file_written_anew_in_place_and_larger_is_read_from_its_beginning()
    {
        machine.Write(Log, Machine.Call("m1", 5) + Machine.Call("m2", 6));
        await ImportAsync();
        machine.Write(Log, Machine.Call("m1", 5) + Machine.Call("another-call", 7) + Machine.Call("m4", 8) + Machine.Call("m5", 9));

        (await ImportAsync()).GetProperty("accepted").GetInt32().ShouldBe(3);

        (await TokensAsync()).ShouldBe(35 + (5 * 110));
    }

    [Fact]
    public async Task A_file_that_was_read_as_another_agents_log_is_read_again()
    {
        machine.Write(Log, Machine.Call("m1", 5));
        await machine.RunAsync("import", Path.GetDirectoryName(Log)!, "--agent", "codex");

        (await ImportAsync()).GetProperty("accepted").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_call_from_the_future_is_counted_when_its_time_has_come()
    {
        machine.Write(Log, Machine.Call("m1", 5) + Machine.Call("m2", 6, time: "2026-11-20T12:05:20Z"));
        (await ImportAsync()).GetProperty("accepted").GetInt32().ShouldBe(1);
        machine.Now = Machine.Noon.AddMinutes(1);

        (await ImportAsync()).GetProperty("accepted").GetInt32().ShouldBe(1);

        (await TokensAsync()).ShouldBe(11 + 220);
    }

    [Fact]
    public async Task The_demo_of_another_day_replaces_that_of_today()
    {
        await machine.RunAsync("--demo");
        machine.Now = Machine.Noon.AddDays(1);
        var next = await machine.RunAsync("--demo", "--json");
        using var fresh = new Machine { Now = machine.Now };

        next.Out.ShouldBe((await fresh.RunAsync("--demo", "--json")).Out);
    }

    [Fact]
    public async Task A_file_that_shrank_loses_nothing_and_counts_nothing_twice()
    {
        machine.Write(Log, Machine.Call("m1", 5) + Machine.Call("m2", 6));
        await ImportAsync();
        machine.Write(Log, Machine.Call("m1", 5));

        var second = await ImportAsync();

        second.GetProperty("accepted").GetInt32().ShouldBe(0);
        (await TokensAsync()).ShouldBe(11 + 220);
    }

    [Fact]
    public async Task A_copy_of_a_session_in_another_file_counts_once()
    {
        machine.Write(Log, Machine.Call("m1", 5));
        machine.Write(machine.Transcript("b"), Machine.Call("m1", 5, session: "s-2") + Machine.Call("m2", 6, session: "s-2"));

        var first = await ImportAsync();

        first.GetProperty("accepted").GetInt32().ShouldBe(2);
        first.GetProperty("duplicates").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_log_that_cannot_be_opened_is_told_and_everything_else_imported()
    {
        machine.Write(Log, Machine.Call("m1", 5));
        File.CreateSymbolicLink(machine.Transcript("gone"), Path.Combine(machine.Home, "nothing-here"));
        Directory.CreateDirectory(machine.Transcript("folder-with-the-name-of-a-log"));

        var answer = await machine.RunAsync("import", "--json");

        answer.ExitCode.ShouldBe(ExitCode.Success);
        JsonDocument.Parse(answer.Out).RootElement.GetProperty("accepted").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Bad_lines_are_told_with_file_line_and_reason_and_strict_fails()
    {
        machine.Write(Log, string.Concat(
            Machine.Call("m1", 5),
            "{\"type\":\"assistant\",\"message\":{\"usage\":{\"input_tokens\":12\n",
            Machine.Call("m2", 6, time: "2027-01-01T00:00:00Z"),
            Machine.Call("m3", 6, time: "2019-12-31T23:59:59Z"),
            Machine.Call("m4", 7).Replace("\"output_tokens\":7", "\"output_tokens\":-7", StringComparison.Ordinal),
            Machine.Call("m5", 7).Replace("\"output_tokens\":7", "\"output_tokens\":10000000000000000000", StringComparison.Ordinal),
            Machine.Call("m6", 8)));

        var answer = await machine.RunAsync("import", "--json", "--strict");

        answer.ExitCode.ShouldBe(ExitCode.Failure);
        var summary = JsonDocument.Parse(answer.Out).RootElement;
        summary.GetProperty("accepted").GetInt32().ShouldBe(2);
        var warnings = summary.GetProperty("warnings").EnumerateArray().ToList();
        warnings.Select(warning => warning.GetProperty("line").GetInt32()).ShouldBe([2, 3, 4, 5, 6]);
        warnings.ShouldAllBe(warning => warning.GetProperty("file").GetString() == Log && warning.GetProperty("reason").GetString()!.Length > 0);
    }

    [Fact]
    public async Task One_bad_line_is_told_in_words_for_one()
    {
        machine.Write(Log, Machine.Call("m1", 5) + BadLines(1));

        var answer = await machine.RunAsync("import");

        answer.Out.ShouldContain("Read 1 of 1 log file, ");
        answer.Out.ShouldContain("1 new call, 0 known");
        answer.Out.ShouldContain($"1 line was skipped:\n  {Log}:2: ");
        answer.Out.ShouldNotContain("more");
    }

    [Theory]
    [InlineData("import", 20, true)]
    [InlineData("daily", 3, false)]
    public async Task Only_an_import_says_how_to_list_all_that_was_skipped(string command, int shown, bool hints)
    {
        machine.Write(Log, Machine.Call("m1", 5) + Machine.Call("m2", 5) + BadLines(25));

        var answer = await machine.RunAsync(command);

        var told = answer.Out + answer.Error;
        told.ShouldContain("25 lines or files were skipped:");
        told.ShouldContain($"  … and {25 - shown} more\n");
        told.Contains("farthing import --json lists up to 1,000.", StringComparison.Ordinal).ShouldBe(hints);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("daily")]
    public async Task The_name_of_a_log_cannot_move_the_cursor(string command)
    {
        machine.Write(machine.Transcript("a\u001b[2J\u202Eb"), BadLines(1));

        var answer = await machine.RunAsync(command);

        (answer.Out + answer.Error).ShouldContain("a\uFFFD[2J\uFFFDb.jsonl:1: ");
        (answer.Out + answer.Error).ShouldNotContain('\u001b');
    }

    [Fact]
    public async Task A_folder_that_is_searched_for_two_shapes_is_named_once()
    {
        var answer = await machine.RunAsync();

        answer.Out.Split('\n').Count(static line => line.Contains(".gemini/tmp", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_page_as_JSON_tells_synthetic_calls_from_real_ones(bool demo)
    {
        var answer = await machine.RunAsync(demo ? ["--demo", "--json"] : ["--json"]);

        JsonDocument.Parse(answer.Out).RootElement.GetProperty("demo").GetBoolean().ShouldBe(demo);
    }

    [Fact]
    public async Task A_model_with_markup_in_its_name_is_estimated_and_shown_as_it_is()
    {
        machine.Write(Log, Machine.Call("m1", 5, model: "<script>") + Machine.Call("m2", 5, model: "[red]"));

        var answer = await machine.RunAsync("daily", "--by", "model");

        answer.ExitCode.ShouldBe(ExitCode.Success);
        answer.Out.ShouldContain("<script>");
        answer.Out.ShouldContain("[red]");
        answer.Out.ShouldContain("~");
    }

    [Fact]
    public async Task Without_logs_the_first_page_says_where_it_looked_and_offers_the_demo()
    {
        var answer = await machine.RunAsync();

        answer.ExitCode.ShouldBe(ExitCode.Success);
        answer.Out.ShouldContain(".claude");
        answer.Out.ShouldContain("--demo");
    }

    [Fact]
    public async Task The_demo_is_kept_apart_from_real_calls()
    {
        machine.Write(Log, Machine.Call("m1", 5));

        (await machine.RunAsync("--demo")).Out.ShouldContain("demo");

        (await TokensAsync()).ShouldBe(115);
    }

    private static string BadLines(int count) => string.Concat(Enumerable.Repeat("{\"type\":\"assistant\",\"message\":{\"usage\":{\"input_tokens\":12\n", count));

    private async Task<JsonElement> ImportAsync()
    {
        var answer = await machine.RunAsync("import", "--json");
        answer.ExitCode.ShouldBe(ExitCode.Success, answer.Error);
        return JsonDocument.Parse(answer.Out).RootElement;
    }

    private async Task<long> TokensAsync()
    {
        var answer = await machine.RunAsync("daily", "--json");
        return JsonDocument.Parse(answer.Out).RootElement.GetProperty("totals").GetProperty("totalTokens").GetInt64();
    }
}
