using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;
using static Farthing.Sources.Tests.AgentLogs.Rollout;

namespace Farthing.Sources.Tests.AgentLogs.Codex;

public sealed class CodexReaderTests
{
    [Fact]
    public void The_model_is_that_of_the_latest_turn_then_of_the_count_then_the_one_of_early_versions()
    {
        var named = Count(8, 400, 100).Replace("\"model_context_window\"", "\"model\":\"gpt-5-codex\",\"model_context_window\"", StringComparison.Ordinal);

        var calls = LogText.ReadCodex(
            Meta(), Count(5, 100, 100), named, Turn("gpt-5.5"), Count(20, 500, 100), Turn("gpt-5.4"), Count(30, 600, 100)).Events;

        calls.Select(call => call.Dimensions.Model).ShouldBe(["gpt-5", "gpt-5-codex", "gpt-5.5", "gpt-5.4"]);
        calls.Select(call => call.Quality.HasFlag(EventQuality.ModelAssumed)).ShouldBe([true, false, false, false]);
    }

    [Fact]
    public void Place_session_and_provider_come_from_the_first_record()
    {
        var call = LogText.ReadCodex(Meta(more: ",\"model_provider\":\"azure\""), Turn("gpt-5.5"), Count(5, 100, 100)).Events.ShouldHaveSingleItem();

        call.Dimensions.ShouldBe(new Dimensions
        {
            Agent = "codex",
            Project = "/srv/ledger",
            Branch = "main",
            Provider = "azure",
            Model = "gpt-5.5",
        });
        call.Session.ShouldBe(new Session(ThreadId, "0.145.0", string.Empty));
    }

    [Fact]
    public void A_thread_without_a_first_record_is_named_by_its_file()
    {
        var call = LogText.ReadCodex(Count(5, 100, 100)).Events.ShouldHaveSingleItem();

        call.Session.Key.ShouldBe("00000000-0000-4000-8000-000000000001");
        call.Dimensions.Provider.ShouldBe("openai");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(36)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(5_000)]
    public void A_call_is_named_by_its_thread_and_the_total(int length)
    {
        var thread = new string('\u00e4', length);
        var used = Tokens(400_000_000_000_000, cached: 400_000_000_000_000, output: 400_000_000_000_000);

        var call = LogText.ReadCodex(Meta(thread), Count(Created, used, Tokens(7))).Events.ShouldHaveSingleItem();

        call.Id.ShouldBe(EventId.Create(
            call.OccurredAt, "local", "codex", thread + "|400000000000000,400000000000000,0,400000000000000,0,800000000000000"));
    }

    [Fact]
    public void Parts_larger_than_the_whole_are_cut_and_flagged()
    {
        var used = Tokens(100, cached: 900, write: 5, output: 10, reasoning: 50);

        var call = LogText.ReadCodex(Meta(), Turn("gpt-5.5"), Count(Created, used, used)).Events.ShouldHaveSingleItem();

        call.Tokens.ShouldBe(new TokenCounts { CacheRead = 100, Output = 10, Reasoning = 10 });
        call.Quality.ShouldBe(EventQuality.ClassesInferred);
    }

    [Fact]
    public void Refreshes_of_rate_limits_hold_no_count()
    {
        var reading = LogText.ReadCodex(
            Meta(), """{"timestamp":"2026-03-01T10:00:01Z","type":"event_msg","payload":{"type":"token_count","info":null,"rate_limits":{}}}""");

        reading.Events.ShouldBeEmpty();
        reading.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("-5", "negative token count")]
    [InlineData("10000000000000000000", "token count out of range")]
    [InlineData("\"12\"", "token count is not a number")]
    [InlineData("1.5", "token count out of range")]
    [InlineData("[1]", "token count is not a number")]
    public void A_bad_count_is_a_warning_and_the_next_call_is_counted(string count, string reason)
    {
        var bad = Count(5, 100, 100).Replace("\"input_tokens\":100", $"\"input_tokens\":{count}", StringComparison.Ordinal);

        var reading = LogText.ReadCodex(Meta(), Turn("gpt-5.5"), bad, Count(9, 250, 150));

        reading.Events.ShouldHaveSingleItem().Tokens.Input.ShouldBe(150);
        reading.Warnings.ShouldBe([new LogWarning(3, reason)]);
    }

    [Fact]
    public void A_position_that_says_nothing_is_noted_and_reading_goes_on()
    {
        var reading = LogText.CodexReader.Read(
            LogText.Bytes(Count(5, 100, 100)),
            new LogContext { Path = "/x/rollout.jsonl", From = new LogCheckpoint(10, 1, "nonsense") });

        reading.Events.ShouldHaveSingleItem().Session.Key.ShouldBe("rollout");
        reading.Warnings.ShouldHaveSingleItem().Line.ShouldBe(0);
    }

    [Fact]
    public void Logs_lie_in_the_home_folders_and_their_archives()
    {
        var log = AgentLogRegistry.All.Single(agent => agent.Agent == "codex");

        log.Roots(new AgentEnvironment("/home/dana", _ => null)).Select(root => root.Folder)
            .ShouldBe(["/home/dana/.codex/sessions", "/home/dana/.codex/archived_sessions"]);
        log.Roots(new AgentEnvironment("/home/dana", name => name == "CODEX_HOME" ? "/a, /b" : null)).Select(root => root.Folder)
            .ShouldBe(["/a/sessions", "/a/archived_sessions", "/b/sessions", "/b/archived_sessions"]);
    }
}
