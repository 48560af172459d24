using Farthing.Domain.Usage;
using static Farthing.Sources.Tests.AgentLogs.Rollout;

namespace Farthing.Sources.Tests.AgentLogs.Codex;

/// <summary>One test for each known way to miscount rollouts; the numbers are those of the list of pitfalls.</summary>
public sealed class CodexPitfallTests
{
    [Fact]
    public void Pitfall_11_and_12_cached_and_written_input_and_reasoning_are_parts_not_additions()
    {
        var used = Tokens(1_000, cached: 900, write: 60, output: 300, reasoning: 200);

        var call = LogText.ReadCodex(Meta(), Turn("gpt-5.5"), Count(Created, used, used)).Events.ShouldHaveSingleItem();

        call.Tokens.ShouldBe(new TokenCounts { Input = 40, CacheRead = 900, CacheWrite5m = 60, Output = 300, Reasoning = 200 });
        call.Tokens.Total.ShouldBe(1_300);
        call.Quality.ShouldBe(EventQuality.Good);
    }

    [Fact]
    public void Pitfall_13_totals_that_are_written_again_are_no_call()
    {
        var reading = LogText.ReadCodex(Meta(), Turn("gpt-5.5"), Count(5, 100, 100), Count(9, 100, 100), Count(20, 250, 150), Count(21, 250, 150));

        reading.Events.Select(call => call.Tokens.Input).ShouldBe([100, 150]);
    }

    [Fact]
    public void Pitfall_14_a_fork_counts_only_what_its_parent_has_not()
    {
        string[] parent = [Meta(ParentThreadId), Turn("gpt-5.4"), Count(5, 100, 100), Count(9, 100, 100), Count(20, 250, 150), Count(30, 400, 150)];
        string[] fork = [Fork(), Turn("gpt-5.4"), Count(0, 100, 100), Count(0, 250, 150), Turn("gpt-5.5"), Count(40, 600, 350)];

        var reading = LogText.ReadCodexBeside(new Dictionary<string, string[]> { [ParentThreadId] = parent }, fork);

        var call = reading.Events.ShouldHaveSingleItem();
        call.Tokens.Input.ShouldBe(350);
        call.Session.ShouldBe(new Session(ThreadId, "0.145.0", ParentThreadId));
    }

    [Fact]
    public void Pitfall_14_a_replay_is_recognised_even_when_it_is_written_late()
    {
        string[] parent = [Meta(ParentThreadId), Count(5, 100, 100), Count(20, 250, 150), Count(30, 400, 150)];
        string[] fork = [Fork(), Count(70, 100, 100), Count(71, 250, 150), Count(100, 600, null)];

        var reading = LogText.ReadCodexBeside(new Dictionary<string, string[]> { [ParentThreadId] = parent }, fork);

        reading.Events.ShouldHaveSingleItem().Tokens.Input.ShouldBe(350);
    }

    [Fact]
    public void Pitfall_14_a_single_equal_total_that_is_written_late_is_chance()
    {
        string[] parent = [Meta(ParentThreadId), Count(5, 100, 100), Count(20, 250, 150)];
        string[] fork = [Fork(), Count(70, 100, 100), Count(100, 600, 500)];

        var reading = LogText.ReadCodexBeside(new Dictionary<string, string[]> { [ParentThreadId] = parent }, fork);

        reading.Events.Select(call => call.Tokens.Input).ShouldBe([100, 500]);
    }

    [Fact]
    public void Pitfall_14_a_single_total_that_may_be_chance_waits_for_the_next_one()
    {
        string[] parent = [Meta(ParentThreadId), Count(5, 100, 100), Count(20, 250, 150)];
        string[] fork = [Fork(), Count(70, 100, 100)];

        var reading = LogText.ReadCodexBeside(new Dictionary<string, string[]> { [ParentThreadId] = parent }, fork);

        reading.Events.ShouldBeEmpty();
        reading.Next.Line.ShouldBe(1);
    }

    [Fact]
    public void Pitfall_14_without_the_parent_what_was_written_at_the_creation_is_a_replay()
    {
        string[] fork = [Subagent(), Turn("gpt-5.5"), Count(0, 100, 100), Count(2, 250, 150), Count(40, 600, null)];

        LogText.ReadCodex(fork).Events.ShouldHaveSingleItem().Tokens.Input.ShouldBe(350);
    }

    [Fact]
    public void Pitfall_14_a_fork_is_named_by_its_first_record_not_by_its_parents_behind_it()
    {
        var call = LogText.ReadCodex(Fork(), Meta(ParentThreadId), Turn("gpt-5.5"), Count(40, 600, 350)).Events.ShouldHaveSingleItem();

        call.Session.Key.ShouldBe(ThreadId);
    }

    [Fact]
    public void Pitfall_15_a_running_total_is_not_a_delta()
    {
        var calls = LogText.ReadCodex(Meta(), Turn("gpt-5.5"), Count(5, 100, null), Count(20, 250, null)).Events;

        calls.Select(call => call.Tokens.Input).ShouldBe([100, 150]);
        calls.Select(call => call.Tokens.Output).ShouldBe([10, 15]);
    }

    [Fact]
    public void Pitfall_15_a_total_that_drops_began_a_new_context_and_counts_whole()
    {
        var calls = LogText.ReadCodex(Meta(), Turn("gpt-5.5"), Count(5, 500, null), Count(20, 70, null), Count(30, 100, null)).Events;

        calls.Select(call => call.Tokens.Input).ShouldBe([500, 70, 30]);
    }

    [Fact]
    public void Pitfall_16_an_archived_copy_is_the_same_thread()
    {
        string[] rollout = [Meta(), Turn("gpt-5.5"), Count(5, 100, 100), Count(20, 250, 150)];

        var (live, archived) = (LogText.ReadCodex(rollout), LogText.ReadCodex(rollout));

        LogText.Merge(live, archived).Count.ShouldBe(2);
        live.Events.ShouldAllBe(call => !call.HasVaryingTime);
    }

    [Fact]
    public void Pitfall_18_the_size_of_the_prompt_is_that_of_one_call()
    {
        var calls = LogText.ReadCodex(Meta(), Turn("gpt-5.5"), Count(5, 150_000, 150_000), Count(20, 300_000, 150_000), Count(30, 600_000, 300_000)).Events;

        calls.Select(call => call.Tokens.Prompt).ShouldBe([150_000, 150_000, 300_000]);
    }

    [Fact]
    public void Pitfall_25_every_spelling_of_JSON_is_counted()
    {
        var reading = LogText.ReadCodex(
            """{ "payload" : { "id" : "t", "cwd" : null }, "type" : "session\u005fmeta", "timestamp" : "2026-03-01T10:00:00Z" }""",
            """{"payload":{"model":"gpt-5.5"},"type":"turn\u005fcontext","timestamp":"2026-03-01T10:00:01.123456Z"}""",
            """{"payload":{"info":{"model":null,"last_token_usage":null,"total_token_usage":{"output_tokens":2,"input_tokens":1}},"type":"tok\u0065n\u005fcount"},"type":"event_msg","timestamp":"2026-03-01T12:00:02+02:00"}""");

        reading.Warnings.ShouldBeEmpty();
        var call = reading.Events.ShouldHaveSingleItem();
        call.Tokens.ShouldBe(new TokenCounts { Input = 1, Output = 2 });
        (call.Session.Key, call.Dimensions.Model).ShouldBe(("t", "gpt-5.5"));
        call.OccurredAt.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture).ShouldBe("10:00:02");
    }

    [Fact]
    public void Pitfall_26_one_bad_time_stamp_costs_one_call_not_the_file()
    {
        var reading = LogText.ReadCodex(
            Meta(), Turn("gpt-5.5"), Count(5, 100, 100), Count("soon", Tokens(250, output: 25), Tokens(150, output: 15)), Count(20, 400, 150));

        reading.Events.Select(call => call.Tokens.Input).ShouldBe([100, 150]);
        reading.Warnings.ShouldHaveSingleItem().ShouldBe(new Farthing.Workflows.Metering.LogWarning(4, "bad time stamp"));
    }

    [Fact]
    public void Pitfall_27_the_service_tier_is_not_recorded_and_stays_standard()
    {
        LogText.ReadCodex(Meta(more: ",\"service_tier\":\"fast\""), Turn("gpt-5.5"), Count(5, 100, 100))
            .Events.ShouldHaveSingleItem().Terms.ShouldBe(CallTerms.Standard);
    }
}
