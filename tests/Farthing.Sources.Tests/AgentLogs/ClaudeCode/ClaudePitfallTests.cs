using Farthing.Domain.Usage;

namespace Farthing.Sources.Tests.AgentLogs.ClaudeCode;

/// <summary>One test for each known way to miscount transcripts; the numbers are those of the list of pitfalls.</summary>
public sealed class ClaudePitfallTests
{
    [Fact]
    public void Pitfall_01_one_line_per_content_block_is_one_call()
    {
        var line = new Transcript().Json;

        var call = LogText.ReadClaude(line, line, line).Events.ShouldHaveSingleItem();

        call.Tokens.ShouldBe(new TokenCounts { Input = 10, Output = 100 });
        call.Line.ShouldBe(1);
    }

    [Fact]
    public void Pitfall_02_the_first_line_holds_a_placeholder_and_the_largest_counts()
    {
        var reading = LogText.ReadClaude(
            new Transcript { Output = 1 }.Json, new Transcript { Output = 1 }.Json, new Transcript { Output = 260 }.Json);

        var call = reading.Events.ShouldHaveSingleItem();
        call.Tokens.Output.ShouldBe(260);
        call.Line.ShouldBe(3);
    }

    [Theory]
    [InlineData("2.1.29", true)]
    [InlineData("2.1.96", true)]
    [InlineData("1.0.108", true)]
    [InlineData("2.0.14-beta.1", true)]
    [InlineData("2.1.97", false)]
    [InlineData("2.1.230", false)]
    [InlineData("3.0.0", false)]
    [InlineData("unknown", false)]
    public void Pitfall_03_a_placeholder_may_never_be_finalised_before_2_1_97(string version, bool isLowerBound)
    {
        var call = LogText.ReadClaude(new Transcript { Version = version }.Json).Events.ShouldHaveSingleItem();

        call.Quality.ShouldBe(isLowerBound ? EventQuality.OutputLowerBound : EventQuality.Good);
    }

    [Fact]
    public void Pitfall_05_a_resumed_or_forked_copy_is_the_same_call_in_the_earliest_session()
    {
        var original = LogText.ReadClaude(new Transcript { Session = "old", At = "2026-09-01T08:00:01.250Z" }.Json);
        var fork = LogText.ReadClaude(new Transcript { Session = "new", At = "2026-09-01T08:00:01.250Z" }.Json);
        var laterFork = LogText.ReadClaude(new Transcript { Session = "a", At = "2026-09-02T08:00:01.250Z" }.Json);

        var call = LogText.Merge(laterFork, fork, original).ShouldHaveSingleItem();

        call.Session.Key.ShouldBe("new");
        call.OccurredAt.Day.ShouldBe(1);
        call.HasVaryingTime.ShouldBeTrue();
    }

    [Fact]
    public void Pitfall_06_a_side_question_replays_messages_under_new_request_ids()
    {
        var main = LogText.ReadClaude(
            new Transcript { Output = 1 }.Json, new Transcript { Output = 260 }.Json);
        var aside = LogText.ReadClaude(
            new Transcript { Output = 1, Sidechain = true, RequestId = "req_02" }.Json,
            new Transcript { Output = 900, Sidechain = true, RequestId = "req_02" }.Json);

        var call = LogText.Merge(aside, main).ShouldHaveSingleItem();

        call.Tokens.Output.ShouldBe(260);
        call.Quality.ShouldBe(EventQuality.Good);
        call.RequestAlias.ShouldBe(EventId.AliasOf("local", "claude", "req_01"));
    }

    [Fact]
    public void Pitfall_07_without_a_request_id_the_blocks_of_a_response_are_still_one_call()
    {
        var call = LogText.ReadClaude(
            new Transcript { RequestId = null, At = "2026-09-01T08:00:01.250Z" }.Json,
            new Transcript { RequestId = null, At = "2026-09-01T08:00:01.950Z" }.Json).Events.ShouldHaveSingleItem();

        call.OccurredAt.Millisecond.ShouldBe(250);
        call.RequestAlias.ShouldBeNull();
    }

    [Fact]
    public void Pitfall_08_true_double_sends_are_two_calls_though_their_tokens_are_equal()
    {
        LogText.ReadClaude(
            new Transcript { MessageId = "msg_01", RequestId = "req_01" }.Json,
            new Transcript { MessageId = "msg_02", RequestId = "req_02" }.Json).Events.Count.ShouldBe(2);
    }

    [Fact]
    public void Pitfall_09_one_hour_writes_are_a_class_of_their_own()
    {
        var usage = ""","cache_creation_input_tokens":1000,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":1000}""";

        var call = LogText.ReadClaude(new Transcript { Usage = usage }.Json).Events.ShouldHaveSingleItem();

        call.Tokens.ShouldBe(new TokenCounts { Input = 10, CacheWrite1h = 1_000, Output = 100 });
    }

    [Theory]
    [InlineData("900", "null", 900, 0)]
    [InlineData("0", """{"ephemeral_5m_input_tokens":300,"ephemeral_1h_input_tokens":600}""", 300, 600)]
    [InlineData("900", """{"ephemeral_5m_input_tokens":300,"ephemeral_1h_input_tokens":600}""", 300, 600)]
    [InlineData("900", """{"ephemeral_1h_input_tokens":600}""", 300, 600)]
    [InlineData("900", """{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0}""", 900, 0)]
    [InlineData("null", """{"ephemeral_5m_input_tokens":900,"ephemeral_1h_input_tokens":null}""", 900, 0)]
    public void Pitfall_10_flat_and_split_cache_writes_give_the_same_count(string flat, string split, long fiveMinutes, long oneHour)
    {
        var usage = $""","cache_creation_input_tokens":{flat},"cache_creation":{split}""";

        var call = LogText.ReadClaude(new Transcript { Usage = usage }.Json).Events.ShouldHaveSingleItem();

        (call.Tokens.CacheWrite5m, call.Tokens.CacheWrite1h).ShouldBe((fiveMinutes, oneHour));
    }

    [Fact]
    public void Pitfall_11_cache_is_not_subtracted_from_the_input_of_Anthropic()
    {
        var usage = ""","cache_read_input_tokens":900""";

        var call = LogText.ReadClaude(new Transcript { Input = 1_000, Usage = usage }.Json).Events.ShouldHaveSingleItem();

        (call.Tokens.Input, call.Tokens.CacheRead).ShouldBe((1_000, 900));
    }

    [Fact]
    public void Pitfall_17_iterations_are_calls_of_their_own_and_the_top_level_leaves_them_out()
    {
        var usage = """
            ,"iterations":[
            {"type":"compaction","input_tokens":180000,"output_tokens":3500},
            {"type":"message","input_tokens":23000,"output_tokens":1000},
            {"type":"advisor_message","model":"claude-fable-5","input_tokens":50,"cache_read_input_tokens":7,"output_tokens":60}]
            """.ReplaceLineEndings(string.Empty);
        var placeholder = new Transcript { Input = 23_000, Output = 1 }.Json;

        var calls = LogText.ReadClaude(placeholder, new Transcript { Input = 23_000, Output = 1_000, Usage = usage }.Json).Events;

        calls.Count.ShouldBe(3);
        calls.Sum(call => call.Tokens.Input).ShouldBe(203_050);
        calls.Sum(call => call.Tokens.Output).ShouldBe(4_560);
        calls.Select(call => call.Id).Distinct().Count().ShouldBe(3);
        calls.Single(call => call.Tokens.CacheRead == 7).Dimensions.Model.ShouldBe("claude-fable-5");
    }

    [Fact]
    public void Pitfall_17_an_empty_list_of_iterations_leaves_the_top_level()
    {
        foreach (var list in new[] { "[]", "null", "{}" })
        {
            var call = LogText.ReadClaude(new Transcript { Usage = $",\"iterations\":{list}" }.Json).Events.ShouldHaveSingleItem();

            call.Tokens.Input.ShouldBe(10);
        }
    }

    [Fact]
    public void Pitfall_18_the_size_of_the_prompt_is_that_of_one_call()
    {
        string Line(string id, long read) =>
            new Transcript { MessageId = id, Usage = $",\"cache_read_input_tokens\":{read}" }.Json;

        var calls = LogText.ReadClaude(Line("msg_01", 149_990), Line("msg_02", 149_990), Line("msg_03", 299_990)).Events;

        calls.Select(call => call.Tokens.Prompt).ShouldBe([150_000, 150_000, 300_000]);
    }

    [Theory]
    [InlineData("""{ "type" : "assistant", "timestamp" : "2026-09-01T08:00:01Z", "message" : { "id" : "m", "model" : "claude-x", "usage" : { "input_tokens" : 1, "output_tokens" : 2 } } }""")]
    [InlineData("""{"message":{"usage":{"output_tokens":2,"input_tokens":1},"model":"claude-x","id":"m"},"timestamp":"2026-09-01T08:00:01.123456Z","type":"assistant"}""")]
    [InlineData("""{"type":"assistant","timestamp":"2026-09-01T08:00:01.000Z","message":{"id":"m","model":"claude-x","content":[{"input":{"id":null,"cwd":null,"model":null}}],"usage":{"input_tokens":1,"output_tokens":2}}}""")]
    [InlineData("""{"type":"assistant","cwd":null,"version":null,"sessionId":null,"requestId":null,"costUSD":null,"timestamp":"2026-09-01T10:00:01+02:00","message":{"id":"m","model":"claude-x","usage":{"input_tokens":1,"output_tokens":2,"speed":null,"cache_read_input_tokens":null}}}""")]
    [InlineData("""{"\u0074ype":"assistant","timestamp":"2026-09-01T08:00:01Z","message":{"id":"m","model":"claude-x","\u0075sa\u0067e":{"input_tokens":1,"output_t\u006fkens":2}}}""")]
    public void Pitfall_25_every_spelling_of_JSON_is_counted(string line)
    {
        var reading = LogText.ReadClaude(line);

        reading.Warnings.ShouldBeEmpty();
        var call = reading.Events.ShouldHaveSingleItem();
        call.Tokens.ShouldBe(new TokenCounts { Input = 1, Output = 2 });
        call.OccurredAt.ToUnixTimeSeconds().ShouldBe(1_788_249_601);
        call.Id.Alias.ShouldBe(EventId.AliasOf("local", "claude", "m"));
    }

    [Fact]
    public void Pitfall_26_a_bad_line_is_a_warning_and_the_rest_is_read()
    {
        var reading = LogText.ReadClaude(
            new Transcript { MessageId = "msg_01" }.Json,
            """{"type":"assistant","message":{"usage":{"input_tokens":12""",
            """{"type":"assistant","message":{"usage":{"input_tokens":12}}]}""",
            new Transcript { MessageId = "msg_02", At = "yesterday" }.Json,
            new Transcript { MessageId = "msg_03" }.Json);

        reading.Events.Count.ShouldBe(2);
        reading.Warnings.Select(warning => $"{warning.Line} {warning.Reason}")
            .ShouldBe(["2 truncated line", "3 malformed JSON", "4 bad time stamp"]);
    }

    [Fact]
    public void Pitfall_27_speed_and_tier_are_those_of_the_call_and_unknown_stays_standard()
    {
        var calls = LogText.ReadClaude(
            new Transcript { MessageId = "1", Usage = ""","speed":"fast","service_tier":"standard" """ }.Json,
            new Transcript { MessageId = "2", Usage = ""","speed":"standard","service_tier":"batch" """ }.Json,
            new Transcript { MessageId = "3", Usage = ""","service_tier":"priority","inference_geo":"us" """ }.Json,
            new Transcript { MessageId = "4", Usage = ""","service_tier":null,"inference_geo":"global" """ }.Json,
            new Transcript { MessageId = "5" }.Json).Events;

        calls.Select(call => call.Terms).ShouldBe(
        [
            new CallTerms(ServiceTier.Standard, Fast: true, string.Empty),
            new CallTerms(ServiceTier.Batch, Fast: false, string.Empty),
            new CallTerms(ServiceTier.Priority, Fast: false, "us"),
            CallTerms.Standard,
            CallTerms.Standard,
        ]);
    }

    [Fact]
    public void Pitfall_31_a_superseded_line_keeps_the_day_of_the_first()
    {
        var first = LogText.ReadClaude(new Transcript { At = "2026-09-01T23:59:59.900Z", Output = 1 }.Json);
        var better = LogText.ReadClaude(new Transcript { At = "2026-09-02T00:00:01.100Z", Output = 260 }.Json);

        foreach (var call in new[] { LogText.Merge(first, better).Single(), LogText.Merge(better, first).Single() })
        {
            call.OccurredAt.Day.ShouldBe(1);
            call.Tokens.Output.ShouldBe(260);
            call.Id.UnixSeconds.ShouldBe((uint)call.OccurredAt.ToUnixTimeSeconds());
        }
    }

    [Fact]
    public void Pitfall_33_a_stream_that_was_run_again_is_two_calls()
    {
        var calls = LogText.ReadClaude(
            new Transcript { MessageId = "msg_stream", RequestId = null, Output = 40 }.Json,
            new Transcript { MessageId = "msg_again", RequestId = null, Output = 40, At = "2026-09-01T08:00:02Z" }.Json).Events;

        calls.Count.ShouldBe(2);
    }
}
