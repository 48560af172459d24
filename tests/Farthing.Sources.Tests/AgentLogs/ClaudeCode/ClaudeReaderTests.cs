using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;

namespace Farthing.Sources.Tests.AgentLogs.ClaudeCode;

public sealed class ClaudeReaderTests
{
    [Fact]
    public void Place_session_and_identity_come_from_the_line()
    {
        var call = LogText.ReadClaude(new Transcript().Json).Events.ShouldHaveSingleItem();

        call.Dimensions.ShouldBe(new Dimensions
        {
            Agent = "claude",
            Project = "/srv/ledger",
            Branch = "main",
            Provider = "anthropic",
            Model = "claude-opus-4-8",
        });
        call.Session.ShouldBe(new Session("5e55-0001", "2.1.230", string.Empty));
        call.Id.ShouldBe(EventId.Create(call.OccurredAt, "local", "claude", "msg_01"));
    }

    [Fact]
    public void Equal_series_and_sessions_are_one_instance()
    {
        var calls = LogText.ReadClaude(
            new Transcript { MessageId = "1" }.Json, new Transcript { MessageId = "2", Output = 1 }.Json, new Transcript { MessageId = "2" }.Json).Events;

        calls[1].Dimensions.ShouldBeSameAs(calls[0].Dimensions);
        calls[1].Session.ShouldBeSameAs(calls[0].Session);
    }

    [Fact]
    public void What_the_line_does_not_tell_the_path_does()
    {
        const string Line = """{"type":"assistant","timestamp":"2026-09-01T08:00:01Z","message":{"id":"m","model":"claude-x","usage":{"input_tokens":1,"output_tokens":2}}}""";

        Place("/home/dana/.claude/projects/-srv-ledger/5e55.jsonl").ShouldBe(("-srv-ledger", "5e55"));
        Place("/home/dana/.claude/projects/-srv-ledger/5e55/subagents/agent-1.jsonl").ShouldBe(("-srv-ledger", "5e55"));
        Place("/home/dana/.claude/projects/-srv-ledger/5e55/chat.jsonl").ShouldBe(("-srv-ledger", "5e55"));
        Place("elsewhere.jsonl").ShouldBe((string.Empty, "elsewhere"));

        (string Project, string Session) Place(string path)
        {
            var call = LogText.ReadClaudeAt(path, Line).Events.ShouldHaveSingleItem();
            return (call.Dimensions.Project, call.Session.Key);
        }
    }

    [Theory]
    [InlineData("claude-opus-4-8", "anthropic")]
    [InlineData("claude-sonnet-4-5-20250929[1m]", "anthropic")]
    [InlineData("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "bedrock")]
    [InlineData("arn:aws:bedrock:us-east-1:123456789012:inference-profile/x", "bedrock")]
    [InlineData("claude-sonnet-4-5@20250929", "vertex")]
    [InlineData("glm-4.6", "")]
    [InlineData("anthropic/claude-sonnet-4.5", "")]
    [InlineData("<script>alert(1)</script>", "")]
    public void The_provider_is_read_from_the_spelling_of_the_model_which_is_kept(string model, string provider)
    {
        var call = LogText.ReadClaude(new Transcript { Model = model }.Json).Events.ShouldHaveSingleItem();

        (call.Dimensions.Model, call.Dimensions.Provider).ShouldBe((model, provider));
    }

    [Fact]
    public void Escaped_texts_are_unescaped()
    {
        var line = new Transcript().Json.Replace("/srv/ledger", @"C:\\Users\\d\u00e4na\\\""x\""", StringComparison.Ordinal);

        LogText.ReadClaude(line).Events.ShouldHaveSingleItem().Dimensions.Project.ShouldBe("C:\\Users\\däna\\\"x\"");
    }

    [Fact]
    public void Error_texts_of_the_agent_itself_are_no_calls()
    {
        var reading = LogText.ReadClaude(new Transcript { Model = "<synthetic>", Input = 0, Output = 0 }.Json);

        reading.Events.ShouldBeEmpty();
        reading.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Progress_of_a_subagent_repeats_its_messages()
    {
        var progress = $$$"""{"type":"progress","timestamp":"2026-09-01T08:00:01Z","sessionId":"5e55-0001","uuid":"p","version":"2.1.0","data":{"type":"agent_progress","message":{"type":"assistant","timestamp":"2026-09-01T08:00:00.5Z","requestId":"req_01","uuid":"q","message":{{{new Transcript { Output = 3 }.MessageJson}}} } } }""";

        var alone = LogText.ReadClaude(progress).Events.ShouldHaveSingleItem();
        var both = LogText.ReadClaude(progress, new Transcript { Sidechain = true, Output = 300 }.Json).Events.ShouldHaveSingleItem();

        alone.OccurredAt.Millisecond.ShouldBe(500);
        alone.Tokens.Output.ShouldBe(3);
        both.Tokens.Output.ShouldBe(300);
    }

    [Fact]
    public void Summaries_of_subagents_on_user_lines_are_not_counted()
    {
        var user = """{"type":"user","timestamp":"2026-09-01T08:00:01Z","message":{"role":"user","content":"x"},"toolUseResult":{"totalTokens":999,"usage":{"input_tokens":900,"output_tokens":99}}}""";

        var reading = LogText.ReadClaude(user, new Transcript { Type = "user" }.Json, new Transcript { Type = "system" }.Json);

        reading.Events.ShouldBeEmpty();
        reading.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0.0123", "0.0123")]
    [InlineData("5e-06", "0.000005")]
    [InlineData("1.25E+2", "125")]
    [InlineData("0", "0")]
    [InlineData("0.013285499999999999", "0.0132855")]
    [InlineData("1e-40", "0")]
    [InlineData("1000000", "1000000")]
    public void A_reported_cost_is_taken_digit_by_digit(string number, string usd)
    {
        var reading = LogText.ReadClaude(new Transcript { More = $",\"costUSD\":{number}" }.Json);

        Usd.TryParse(usd, out var expected).ShouldBeTrue();
        reading.Events.ShouldHaveSingleItem().ReportedCost.ShouldBe(expected);
        reading.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1000000.000001")]
    [InlineData("1e9")]
    [InlineData("9e999999")]
    [InlineData("12345678901234567890123456789012345678901234567890")]
    public void A_reported_cost_that_cannot_be_is_ignored_with_a_warning(string number)
    {
        var reading = LogText.ReadClaude(new Transcript { More = $",\"costUSD\":{number}" }.Json);

        reading.Events.ShouldHaveSingleItem().ReportedCost.ShouldBeNull();
        reading.Warnings.ShouldBe([new LogWarning(1, "costUSD out of range; ignored")]);
    }

    [Theory]
    [InlineData("-5", "negative token count")]
    [InlineData("10000000000000000000", "token count out of range")]
    [InlineData("10000000001", "token count out of range")]
    [InlineData("\"12\"", "token count is not a number")]
    [InlineData("{\"a\":[1]}", "token count is not a number")]
    [InlineData("true", "token count is not a number")]
    public void A_bad_count_is_a_warning_and_nothing_else_is_lost(string count, string reason)
    {
        var bad = new Transcript { MessageId = "msg_02" }.Json.Replace("\"input_tokens\":10", $"\"input_tokens\":{count}", StringComparison.Ordinal);

        var reading = LogText.ReadClaude(new Transcript().Json, bad, new Transcript { MessageId = "msg_03" }.Json);

        reading.Events.Count.ShouldBe(2);
        reading.Warnings.ShouldBe([new LogWarning(2, reason)]);
    }

    [Theory]
    [InlineData("\"output_tokens\":5", 0, 5, "no input_tokens; counted as 0")]
    [InlineData("\"input_tokens\":null,\"output_tokens\":5", 0, 5, "no input_tokens; counted as 0")]
    [InlineData("\"input_tokens\":7", 7, 0, "no output_tokens; counted as 0")]
    public void A_missing_count_is_zero_and_said_so(string usage, long input, long output, string reason)
    {
        var line = new Transcript().Json.Replace("\"input_tokens\":10,\"output_tokens\":100", usage, StringComparison.Ordinal);

        var reading = LogText.ReadClaude(line);

        var call = reading.Events.ShouldHaveSingleItem();
        call.Tokens.ShouldBe(new TokenCounts { Input = input, Output = output });
        call.Quality.HasFlag(EventQuality.OutputLowerBound).ShouldBe(output == 0);
        reading.Warnings.ShouldBe([new LogWarning(1, reason)]);
    }

    [Fact]
    public void Searches_and_thinking_are_counted_beside_the_tokens()
    {
        var usage = ""","server_tool_use":{"web_search_requests":3,"web_fetch_requests":9},"output_tokens_details":{"thinking_tokens":40}""";

        var call = LogText.ReadClaude(new Transcript { Usage = usage }.Json).Events.ShouldHaveSingleItem();

        call.WebSearches.ShouldBe(3);
        call.Tokens.ShouldBe(new TokenCounts { Input = 10, Output = 100, Reasoning = 40 });
    }

    [Fact]
    public void Without_a_message_id_the_record_names_the_call_and_without_both_nothing_does()
    {
        var reading = LogText.ReadClaude(
            new Transcript { MessageId = null, Uuid = "u1" }.Json,
            new Transcript { MessageId = null, Uuid = "u1" }.Json,
            new Transcript { MessageId = null, Uuid = "u2" }.Json,
            new Transcript { MessageId = null, Uuid = string.Empty }.Json);

        reading.Events.Count.ShouldBe(2);
        reading.Warnings.ShouldBe([new LogWarning(4, "neither message id nor uuid")]);
    }

    [Fact]
    public void Logs_lie_below_both_default_folders_or_where_the_environment_says()
    {
        var log = AgentLogRegistry.All.Single(agent => agent.Agent == "claude");
        var variables = new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = "/settings" };

        Folders(_ => null).ShouldBe(["/home/dana/.config/claude/projects", "/home/dana/.claude/projects"]);
        Folders(variables.GetValueOrDefault).ShouldBe(["/settings/claude/projects", "/home/dana/.claude/projects"]);
        Folders(name => name == "CLAUDE_CONFIG_DIR" ? "/a,/b" : null).ShouldBe(["/a/projects", "/b/projects"]);

        IEnumerable<string> Folders(Func<string, string?> variable) =>
            log.Roots(new AgentEnvironment("/home/dana", variable)).Select(root => root.Folder);
    }
}
