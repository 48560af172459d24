using System.Text;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Sources.AgentLogs.OpenCode;
using Farthing.Testing;
using Farthing.Workflows.Metering;

namespace Farthing.Sources.Tests.AgentLogs.OpenCode;

public sealed class OpenCodeReaderTests
{
    [Theory]
    [InlineData("rows.jsonl", "/home/dana/.local/share/opencode/opencode.db")]
    [InlineData("msg_d1.json", "/home/dana/.local/share/opencode/storage/message/ses_old/msg_d1.json")]
    public void Messages_read_as_their_golden_file_says(string file, string path)
    {
        var folder = "tests/Farthing.Sources.Tests/Golden/opencode/";
        using var content = File.OpenRead(Repository.PathOf(folder + file));

        var reading = OpenCodeLog.Log.Reader.Read(content, new() { Path = path });

        GoldenFile.Compare(LogText.Write(reading), folder + Path.ChangeExtension(file, ".expected.txt"));
    }

    [Fact]
    public void Pitfall_12_a_total_proves_that_reasoning_is_counted_beside_output()
    {
        var usage = Single(Row("msg_1", """{"total":2000,"input":1000,"output":300,"reasoning":200,"cache":{"read":400,"write":100}}"""));

        usage.Tokens.ShouldBe(new TokenCounts { Input = 1000, CacheRead = 400, CacheWrite5m = 100, Output = 500, Reasoning = 200 });
        usage.Tokens.Total.ShouldBe(2000);
        usage.Quality.ShouldBe(EventQuality.Good);
    }

    [Fact]
    public void Pitfall_12_a_total_proves_that_an_older_version_counted_reasoning_within_output()
    {
        var usage = Single(Row("msg_1", """{"total":1800,"input":1000,"output":300,"reasoning":200,"cache":{"read":400,"write":100}}"""));

        usage.Tokens.Output.ShouldBe(300);
        usage.Tokens.Total.ShouldBe(1800);
        usage.Quality.ShouldBe(EventQuality.Good);
    }

    [Theory]
    [InlineData("0.5.12", "openai", 300)]
    [InlineData("1.3.9", "openai", 300)]
    [InlineData("1.4.0", "openai", 500)]
    [InlineData("2.0.3", "openai", 500)]
    [InlineData("local", "openai", 300)]
    [InlineData("0.5.12", "google-vertex", 500)]
    public void Without_a_total_the_version_of_the_session_decides(string version, string provider, long output)
    {
        var usage = Single(Row("msg_1", """{"input":1000,"output":300,"reasoning":200,"cache":{"read":0,"write":0}}""")
            .Replace("openai", provider, StringComparison.Ordinal)
            .Replace("\"session_id\"", $"\"session_version\":\"{version}\",\"session_id\"", StringComparison.Ordinal));

        usage.Tokens.Output.ShouldBe(output);
        usage.Tokens.Reasoning.ShouldBe(200);
        usage.Quality.ShouldBe(EventQuality.ClassesInferred);
        usage.Session.AgentVersion.ShouldBe(version);
    }

    [Fact]
    public void More_reasoning_than_output_cannot_be_within_it()
    {
        Single(Row("msg_1", """{"input":1,"output":20,"reasoning":30,"cache":{"read":0,"write":0}}""")).Tokens.Output.ShouldBe(50);
    }

    [Fact]
    public void A_provider_that_reports_more_reasoning_than_output_leaves_valid_counts()
    {
        var tokens = Single(Row("msg_1", """{"total":99,"input":22,"output":77,"reasoning":78,"cache":{"read":0,"write":0}}""")).Tokens;

        tokens.ShouldBe(new TokenCounts { Input = 22, Output = 77, Reasoning = 77 });
        tokens.IsValid.ShouldBeTrue();
    }

    [Fact]
    public void Pitfall_34_the_cost_that_OpenCode_claims_is_kept_beside_and_changes_no_count()
    {
        var tokens = """{"total":1800,"input":1000,"output":300,"reasoning":200,"cache":{"read":400,"write":100}}""";

        var honest = Single(Row("msg_1", tokens, cost: "0.01"));
        var twice = Single(Row("msg_1", tokens, cost: "0.015000000000000001"));

        twice.Tokens.ShouldBe(honest.Tokens);
        twice.ReportedCost.ShouldBe(Usd.FromDecimal(0.015m));
        honest.ReportedCost.ShouldBe(Usd.FromDecimal(0.01m));
    }

    [Theory]
    [InlineData("5e-06", "0.000005")]
    [InlineData("0", "0")]
    [InlineData("0.0123456789", "0.0123456789")]
    [InlineData("-1", null)]
    [InlineData("\"1\"", null)]
    [InlineData("1e300", null)]
    [InlineData("null", null)]
    public void A_cost_is_taken_exactly_or_not_at_all(string cost, string? expected)
    {
        Single(Row("msg_1", """{"input":1,"output":1}""", cost)).ReportedCost?.ToString().ShouldBe(expected);
    }

    [Fact]
    public void A_message_in_the_database_and_in_its_old_file_has_one_identity()
    {
        var row = Single(Row("msg_1", """{"input":1,"output":1}"""));
        var file = Read("""{"id":"msg_1","sessionID":"ses_1","role":"assistant","time":{"created":1788249601500},"modelID":"gpt-5.5","providerID":"openai","tokens":{"input":1,"output":1}}""", "storage/message/ses_1/msg_1.json")
            .Events.ShouldHaveSingleItem();

        file.Id.ShouldBe(row.Id);
        Revision.Judge(row, file).ShouldBe(RevisionVerdict.Duplicate);
    }

    [Fact]
    public void A_message_that_a_newer_table_repeats_counts_once()
    {
        var newer = """{"id":"msg_1","session_id":"ses_1","type":"assistant","data":{"model":{"id":"gpt-5.5","providerID":"openai"},"time":{"created":1788249601500},"tokens":{"input":1,"output":1}}}""";

        var usage = Read(Row("msg_1", """{"input":1,"output":1}""") + newer + "\n").Events.ShouldHaveSingleItem();

        usage.Dimensions.Model.ShouldBe("gpt-5.5");
        usage.Dimensions.Provider.ShouldBe("openai");
    }

    [Theory]
    [InlineData("msg_1", "msg_2")]
    [InlineData("msg_2", "msg_1")]
    public void Pitfall_5_a_fork_copies_messages_under_new_ids_and_the_original_counts(string first, string second)
    {
        var tokens = """{"total":15,"input":10,"output":5,"reasoning":0,"cache":{"read":0,"write":0}}""";

        var reading = Read(Row(first, tokens) + Row(second, tokens));

        reading.Events.ShouldHaveSingleItem().Id.ShouldBe(Single(Row("msg_1", tokens)).Id);
    }

    [Fact]
    public void Pitfall_5_copies_of_a_fork_in_files_of_their_own_meet_under_an_alias()
    {
        UsageEvent File(string id, string session, int output) => Read(
            $$$"""{"id":"{{{id}}}","sessionID":"{{{session}}}","role":"assistant","time":{"created":1788249601500,"completed":1788249609000},"modelID":"m","providerID":"p","tokens":{"input":1,"output":{{{output}}}}}""",
            $"storage/message/{session}/{id}.json").Events.ShouldHaveSingleItem();

        var original = File("msg_1", "ses_1", output: 5);

        File("msg_2", "ses_2", output: 5).RequestAlias.ShouldBe(original.RequestAlias);
        File("msg_2", "ses_2", output: 6).RequestAlias.ShouldNotBe(original.RequestAlias);
        original.RequestAlias.ShouldNotBeNull();
    }

    [Fact]
    public void Pitfall_8_equal_counts_alone_do_not_make_one_call()
    {
        var tokens = """{"total":15,"input":10,"output":5,"reasoning":0,"cache":{"read":0,"write":0}}""";
        var later = Row("msg_2", tokens).Replace("1788249609000", "1788249609001", StringComparison.Ordinal);
        var unfinished = Row("msg_3", tokens).Replace(",\"completed\":1788249609000", string.Empty, StringComparison.Ordinal);

        var events = Read(Row("msg_1", tokens) + later + unfinished + unfinished.Replace("msg_3", "msg_4", StringComparison.Ordinal)).Events;

        events.Count.ShouldBe(4);
        events.Select(usage => usage.RequestAlias).OfType<long>().Distinct().Count().ShouldBe(2);
        events.Count(usage => usage.RequestAlias is null).ShouldBe(2);
    }

    [Fact]
    public void An_input_below_zero_had_not_included_the_cache_in_the_first_place()
    {
        var usage = Single(Row("msg_1", """{"input":-900,"output":5,"reasoning":0,"cache":{"read":1000,"write":50}}"""));

        usage.Tokens.ShouldBe(new TokenCounts { Input = 100, CacheRead = 1000, CacheWrite5m = 50, Output = 5 });
        usage.Quality.ShouldBe(EventQuality.ClassesInferred);
    }

    [Theory]
    [InlineData("""{"input":-1,"output":1}""")]
    [InlineData("""{"input":1,"output":-1}""")]
    [InlineData("""{"input":10000000000000000000,"output":1}""")]
    [InlineData("""{"input":1,"cache":{"read":"x"}}""")]
    [InlineData("""{"total":100}""")]
    [InlineData("\"none\"")]
    public void Counts_that_are_no_counts_are_a_warning_and_the_rest_is_read(string tokens)
    {
        var reading = Read(Row("msg_0", tokens) + Row("msg_1", """{"input":1,"output":1}"""));

        reading.Events.ShouldHaveSingleItem().Line.ShouldBe(2);
        reading.Warnings.ShouldHaveSingleItem().Line.ShouldBe(1);
    }

    [Fact]
    public void Questions_and_answers_that_have_only_begun_are_no_calls()
    {
        var reading = Read(
            """{"id":"msg_0","session_id":"s","data":{"role":"user","time":{"created":1},"tokens":{"input":5}}}""" + "\n"
            + Row("msg_1", """{"input":0,"output":0,"reasoning":0,"cache":{"read":0,"write":0}}""") + Row("msg_2", "null"));

        reading.Events.ShouldBeEmpty();
        reading.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Pitfall_26_a_row_whose_data_is_broken_is_a_warning_and_the_rest_is_read()
    {
        var reading = Read("""{"id":"msg_0","session_id":"s","data":{"role":"assistant","tokens":{}""" + "}\n" + Row("msg_1", """{"input":1,"output":1}"""));

        reading.Events.ShouldHaveSingleItem();
        reading.Warnings.ShouldBe([new LogWarning(1, "malformed JSON")]);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"{\\\"role\\\":\"")]
    public void A_row_whose_data_is_no_JSON_is_a_warning(string data)
    {
        Read($$"""{"id":"msg_0","session_id":"s","data":{{data}}}""" + "\n" + Row("msg_1", """{"input":1,"output":1}"""))
            .Warnings.ShouldBe([new LogWarning(1, "malformed JSON")]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"id\":\"msg_1\",\"role\":\"assis")]
    [InlineData("{}{}")]
    public void A_truncated_file_is_a_warning(string content)
    {
        var reading = Read(content, "storage/message/ses_1/msg_1.json");

        reading.Events.ShouldBeEmpty();
        reading.Warnings.ShouldHaveSingleItem().Line.ShouldBe(0);
    }

    [Fact]
    public void Content_nested_200_deep_is_passed_over_and_without_end_is_a_warning()
    {
        var row = Row("msg_1", """{"input":1,"output":1}""");
        string Nested(int depth) => row.Replace("\"data\":{", $"\"data\":{{\"content\":{new string('[', depth)}{new string(']', depth)},", StringComparison.Ordinal);

        Read(Nested(200)).Events.ShouldHaveSingleItem();
        Read(Nested(100_000)).Warnings.ShouldHaveSingleItem();
    }

    [Fact]
    public void The_working_folder_is_the_project_and_names_stay_as_spelled()
    {
        var dimensions = Single(Row("msg_1", """{"input":1,"output":1}""")).Dimensions;

        dimensions.ShouldBe(new Dimensions { Agent = "opencode", Project = "/srv/ledger/api", Provider = "openai", Model = "gpt-5.5" });
    }

    [Theory]
    [InlineData(null, null, "/home/dana/.local/share/opencode")]
    [InlineData("/xdg", null, "/xdg/opencode")]
    [InlineData("/xdg", "/a,/b", "/a /b")]
    public void The_folders_follow_the_environment(string? xdg, string? data, string expected)
    {
        var environment = new AgentEnvironment("/home/dana", name => name == "XDG_DATA_HOME" ? xdg : name == "OPENCODE_DATA_DIR" ? data : null);

        var roots = OpenCodeLog.Log.Roots(environment);

        var databases = roots.Where(root => root.Shape == LogShape.Database).ToList();
        databases.Select(root => root.Folder).ShouldBe(expected.Split(' '));
        databases.ShouldAllBe(root => root.Query == OpenCodeLog.Query && !root.Recursive);
        roots.Where(root => root.Shape == LogShape.Document).Select(root => root.Folder)
            .ShouldBe(expected.Split(' ').Select(folder => folder + "/storage/message"));
    }

    [Theory]
    [InlineData("/data/work.sqlite", "/data", "work.sqlite")]
    [InlineData("work.sqlite", "/home/dana/.local/share/opencode", "work.sqlite")]
    public void A_database_under_another_name_is_found(string database, string folder, string name)
    {
        Databases(database).ShouldContain(root => root.Folder == folder && root.Suffixes[0] == name);
    }

    [Theory]
    [InlineData("opencode-dev.db")]
    [InlineData(":memory:")]
    public void A_database_that_is_found_anyway_or_is_no_file_adds_no_folder(string database)
    {
        Databases(database).ShouldHaveSingleItem();
    }

    private static List<LogRoot> Databases(string database) =>
    [
        .. OpenCodeLog.Log.Roots(new("/home/dana", name => name == "OPENCODE_DB" ? database : null))
            .Where(root => root.Shape == LogShape.Database),
    ];

    private static string Row(string id, string tokens, string cost = "0") =>
        $$$"""{"id":"{{{id}}}","session_id":"ses_1","data":{"role":"assistant","time":{"created":1788249601500,"completed":1788249609000},"modelID":"gpt-5.5","providerID":"openai","path":{"cwd":"/srv/ledger/api","root":"/srv/ledger"},"cost":{{{cost}}},"tokens":{{{tokens}}}}}""" + "\n";

    private static UsageEvent Single(string row) => Read(row).Events.ShouldHaveSingleItem();

    private static LogReading Read(string content, string path = "opencode.db") =>
        OpenCodeLog.Log.Reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(content)), new() { Path = "/home/dana/.local/share/opencode/" + path });
}
