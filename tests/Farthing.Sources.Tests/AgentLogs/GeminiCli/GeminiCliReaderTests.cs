using System.Globalization;
using System.Text;
using Farthing.Domain.Usage;
using Farthing.Sources.AgentLogs.GeminiCli;
using Farthing.Testing;
using Farthing.Workflows.Metering;

namespace Farthing.Sources.Tests.AgentLogs.GeminiCli;

public sealed class GeminiCliReaderTests
{
    private const string Chats = "/home/dana/.gemini/tmp/ledger/chats/";
    private const string Head = """{"sessionId":"s1","projectHash":"9f","startTime":"2026-09-01T08:00:00Z"}""";

    [Theory]
    [InlineData("session-2026-09-01T08-00-5e1f0a2b.jsonl")]
    [InlineData("session-2026-08-01T09-30-77aa01bc.json")]
    public void A_chat_reads_as_its_golden_file_says(string file)
    {
        var folder = "tests/Farthing.Sources.Tests/Golden/gemini/";
        using var content = File.OpenRead(Repository.PathOf(folder + file));

        var reading = GeminiCliLog.Log.Reader.Read(content, new() { Path = Chats + file });

        GoldenFile.Compare(LogText.Write(reading), folder + Path.ChangeExtension(file, ".expected.txt"));
    }

    [Fact]
    public void Thoughts_are_billed_as_output_and_tool_use_as_input()
    {
        var usage = Single(Answer("g1", input: 12000, output: 310, cached: 9000, thoughts: 420, tool: 55, total: 12785));

        usage.Tokens.ShouldBe(new TokenCounts { Input = 3055, CacheRead = 9000, Output = 730, Reasoning = 420 });
        usage.Quality.ShouldBe(EventQuality.Good);
    }

    [Fact]
    public void Pitfall_12_the_classes_of_every_message_add_up_to_the_total_of_the_provider()
    {
        Single(Answer("g1", input: 1000, output: 20, cached: 900, thoughts: 30, tool: 5, total: 1055)).Tokens.Total.ShouldBe(1055);
        Single(Answer("g1", input: 100, output: 20, cached: 900, thoughts: 30, tool: 5, total: 1055)).Tokens.Total.ShouldBe(1055);
    }

    [Fact]
    public void Pitfall_11_an_older_file_whose_input_leaves_out_what_was_cached_loses_nothing()
    {
        Single(Answer("g1", input: 100, output: 20, cached: 5000, thoughts: 0, tool: 0, total: 5120)).Tokens
            .ShouldBe(new TokenCounts { Input = 100, CacheRead = 5000, Output = 20 });
    }

    [Fact]
    public void A_total_that_proves_neither_rule_is_read_by_the_rule_of_today_and_flagged()
    {
        var usage = Single(Answer("g1", input: 1000, output: 20, cached: 900, thoughts: 0, tool: 0, total: 0));

        usage.Tokens.ShouldBe(new TokenCounts { Input = 100, CacheRead = 900, Output = 20 });
        usage.Quality.ShouldBe(EventQuality.ClassesInferred);
    }

    [Fact]
    public void More_cached_than_input_without_a_total_is_proof_of_exclusive_counting()
    {
        Single(Answer("g1", input: 100, output: 20, cached: 900, thoughts: 0, tool: 0, total: 0)).Tokens
            .ShouldBe(new TokenCounts { Input = 100, CacheRead = 900, Output = 20 });
    }

    [Fact]
    public void A_message_that_is_rewritten_when_its_tokens_are_known_counts_once()
    {
        var reading = Read(Head + "\n" + """{"id":"g1","type":"gemini","timestamp":"2026-09-01T08:00:03Z","tokens":null,"model":"m"}""" + "\n"
            + Answer("g1", 10, 1, 0, 0, 0, 11) + "\n" + Answer("g1", 10, 5, 0, 0, 0, 15) + "\n");

        reading.Events.ShouldHaveSingleItem().Tokens.Total.ShouldBe(15);
        reading.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Tokens_of_a_rewound_message_were_billed_and_stay()
    {
        Read($"{Head}\n{Answer("g1", 10, 1, 0, 0, 0, 11)}\n" + """{"$rewindTo":"g1"}""" + $"\n{Answer("g2", 20, 2, 0, 0, 0, 22)}\n")
            .Events.Sum(usage => usage.Tokens.Total).ShouldBe(33);
    }

    [Fact]
    public void Messages_that_a_change_sets_again_are_the_same_calls()
    {
        var answer = Answer("g1", 10, 1, 0, 0, 0, 11);

        Read($$$"""
            {{{Head}}}
            {{{answer}}}
            {"$set":{"lastUpdated":"2026-09-01T09:00:00Z","messages":[{{{answer}}},{{{Answer("g2", 20, 2, 0, 0, 0, 22)}}}]}}

            """).Events.Select(usage => usage.Tokens.Total).ShouldBe([11, 22]);
    }

    [Fact]
    public void A_resumed_document_and_its_log_have_the_same_identities()
    {
        var answer = Answer("g1", 10, 1, 0, 0, 0, 11);
        var document = Read($$"""{"messages":[{{answer}}],"startTime":"2026-09-01T08:00:00Z","sessionId":"s1"}""", "session-1.json");

        document.Events.ShouldHaveSingleItem().Id.ShouldBe(Single(answer).Id);
    }

    [Fact]
    public void A_subagent_knows_its_parent_and_its_project()
    {
        var usage = Read($"{Head}\n{Answer("g1", 1, 1, 0, 0, 0, 2)}\n", "parent-session/sub.jsonl").Events.ShouldHaveSingleItem();

        usage.Session.ShouldBe(new Session("s1", string.Empty, "parent-session"));
        usage.Dimensions.Project.ShouldBe("ledger");
    }

    [Fact]
    public void An_answer_without_a_model_takes_the_latest_one_and_says_so()
    {
        var events = Read($"{Head}\n{Answer("g1", 1, 1, 0, 0, 0, 2)}\n" + """{"id":"g2","type":"gemini","timestamp":"2026-09-01T08:00:09Z","tokens":{"input":3,"output":1,"total":4}}""" + "\n").Events;

        events[1].Dimensions.Model.ShouldBe("gemini-2.5-pro");
        events[1].Quality.ShouldBe(EventQuality.ModelAssumed);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("10000000000000000000")]
    [InlineData("1.5")]
    [InlineData("\"many\"")]
    [InlineData("[1]")]
    [InlineData("1e400")]
    public void A_count_that_is_no_count_is_a_warning_and_the_rest_is_read(string count)
    {
        var reading = Read($$$"""
            {{{Head}}}
            {"id":"bad","type":"gemini","timestamp":"2026-09-01T08:00:09Z","model":"m","tokens":{"input":{{{count}}},"output":1,"total":4}}
            {{{Answer("g1", 1, 1, 0, 0, 0, 2)}}}

            """);

        reading.Events.ShouldHaveSingleItem().Tokens.Total.ShouldBe(2);
        reading.Warnings.ShouldHaveSingleItem().Line.ShouldBe(2);
    }

    [Theory]
    [InlineData("\"15\"")]
    [InlineData("15.0")]
    [InlineData("1.5e1")]
    public void Pitfall_23_a_count_may_be_written_as_text_or_with_a_fraction_of_zero(string count)
    {
        Single($$$"""{"id":"g1","type":"gemini","timestamp":"2026-09-01T08:00:09Z","model":"m","tokens":{"input":{{{count}}},"output":0,"total":15}}""")
            .Tokens.Input.ShouldBe(15);
    }

    [Fact]
    public void Pitfall_25_spaces_and_nulls_and_long_fractions_lose_no_line()
    {
        Single("""{ "content" : [ { "id" : null , "usage" : null } ] , "id" : "g1" , "type" : "gemini" , "timestamp" : "2026-09-01T08:00:09.123456+02:00" , "model" : "m" , "tokens" : { "input" : 1 , "output" : 1 , "thoughts" : null , "total" : 2 } }""")
            .OccurredAt.ShouldBe(new DateTimeOffset(2026, 9, 1, 6, 0, 9, TimeSpan.Zero).AddTicks(1234560));
    }

    [Fact]
    public void Pitfall_26_a_bad_line_is_a_warning_and_the_rest_is_read()
    {
        var reading = Read($"{Head}\n{{\"id\":\"g0\",}}\n{Answer("g1", 1, 1, 0, 0, 0, 2)}\n");

        reading.Events.ShouldHaveSingleItem();
        reading.Warnings.ShouldBe([new LogWarning(2, "malformed JSON")]);
    }

    [Fact]
    public void A_truncated_document_is_a_warning_and_what_stands_before_counts()
    {
        var reading = Read($$"""{"sessionId":"s1","messages":[{{Answer("g1", 1, 1, 0, 0, 0, 2)}},{"id":"g2","type":"gem""", "session-1.json");

        reading.Events.ShouldHaveSingleItem().Session.Key.ShouldBe("s1");
        reading.Warnings.ShouldHaveSingleItem().Reason.ShouldContain("malformed JSON");
    }

    [Fact]
    public void Arguments_nested_200_deep_are_passed_over()
    {
        var deep = new string('[', 200) + new string(']', 200);

        Single($$"""{"toolCalls":{{deep}},""" + Answer("g1", 1, 1, 0, 0, 0, 2)[1..]).Tokens.Total.ShouldBe(2);
    }

    [Fact]
    public void A_document_nested_without_end_is_a_warning()
    {
        Read("{\"messages\":" + new string('[', 100_000), "session-1.json").Warnings.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_message_without_any_time_takes_the_start_of_its_session()
    {
        Single("""{"id":"g1","type":"gemini","timestamp":"soon","model":"m","tokens":{"input":1,"output":1,"total":2}}""")
            .OccurredAt.ShouldBe(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void A_time_that_no_event_can_have_is_a_warning()
    {
        Read("""{"id":"g1","type":"gemini","timestamp":"0001-01-01T00:00:00Z","tokens":{"input":1,"output":1,"total":2}}""" + "\n")
            .Warnings.ShouldBe([new LogWarning(1, "the message has no valid time")]);
    }

    [Fact]
    public void What_lies_beside_the_chats_is_not_read()
    {
        var reading = GeminiCliLog.Log.Reader.Read(
            new MemoryStream(Encoding.UTF8.GetBytes("no chat")), new() { Path = "/home/dana/.gemini/tmp/ledger/logs.json" });

        reading.Events.ShouldBeEmpty();
        reading.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, null, "/home/dana/.gemini/tmp")]
    [InlineData("/moved", null, "/moved/.gemini/tmp")]
    [InlineData("/moved", "/a/tmp,/b/tmp", "/a/tmp /b/tmp")]
    public void The_folders_follow_the_environment(string? home, string? data, string expected)
    {
        var environment = new AgentEnvironment("/home/dana", name => name == "GEMINI_CLI_HOME" ? home : name == "GEMINI_DATA_DIR" ? data : null);

        var roots = GeminiCliLog.Log.Roots(environment);

        roots.Where(root => root.Shape == LogShape.Lines).Select(root => root.Folder).ShouldBe(expected.Split(' '));
        roots.Where(root => root.Shape == LogShape.Document).Select(root => root.Folder).ShouldBe(expected.Split(' '));
    }

    internal static string Answer(string id, long input, long output, long cached, long thoughts, long tool, long total) =>
        string.Create(CultureInfo.InvariantCulture, $$$"""{"id":"{{{id}}}","timestamp":"2026-09-01T08:00:03Z","type":"gemini","model":"gemini-2.5-pro","tokens":{"input":{{{input}}},"output":{{{output}}},"cached":{{{cached}}},"thoughts":{{{thoughts}}},"tool":{{{tool}}},"total":{{{total}}}}}""");

    private static UsageEvent Single(string line) => Read($"{Head}\n{line}\n").Events.ShouldHaveSingleItem();

    private static LogReading Read(string content, string file = "session-1.jsonl") =>
        GeminiCliLog.Log.Reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(content)), new() { Path = Chats + file });
}
