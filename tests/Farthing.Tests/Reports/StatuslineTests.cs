using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;

namespace Farthing.Tests.Reports;

public sealed class StatuslineTests
{
    private const string Session = "11111111-2222-3333-4444-555555555555";
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 20, 50, 25, TimeSpan.Zero);

    [Theory]
    [InlineData(
        """{"session_id":"11111111-2222-3333-4444-555555555555","transcript_path":"/t.jsonl","model":{"id":"claude-opus-4-8","display_name":"Opus 4.8"},"cost":{"total_cost_usd":1.2345},"context_window":{"total_input_tokens":50000,"context_window_size":200000}}""",
        "🤖 Opus 4.8 | 💰 $1.23 session / $0.11 today / $0.11 block (3h 9m left) | 🔥 $0.08/hr | 🧠 50,000 (25%)")]
    [InlineData(
        """{"session_id":"11111111-2222-3333-4444-555555555555","model":{"id":"claude-opus-4-8"}}""",
        "🤖 claude-opus-4-8 | 💰 $0.11 session / $0.11 today / $0.11 block (3h 9m left) | 🔥 $0.08/hr | 🧠 40,600")]
    [InlineData(
        """{"session_id":"unknown-session","cost":{"total_cost_usd":"much"},"context_window":[]}""",
        "🤖 unknown | 💰 $0.00 session / $0.11 today / $0.11 block (3h 9m left) | 🔥 $0.08/hr | 🧠 N/A")]
    [InlineData(
        """{"session_id":"unknown-session","model":{"display_name":"a\u001b[31mb"},"cost":{"total_cost_usd":-1e5},"context_window":{"total_input_tokens":1e400,"context_window_size":0}}""",
        "🤖 a�[31mb | 💰 $0.00 session / $0.11 today / $0.11 block (3h 9m left) | 🔥 $0.08/hr | 🧠 N/A")]
    public async Task A_hook_is_answered_with_one_line(string hook, string expected)
    {
        using var run = new CommandRun(ThreeCalls()) { Now = Now, In = hook };

        (await run.RunAsync("statusline", "--offline")).ShouldBe(0);

        run.Out.TrimEnd().ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"session_id\":5}")]
    public async Task Bad_input_is_answered_soberly_and_is_no_failure(string hook)
    {
        using var run = new CommandRun([]) { In = hook };

        (await run.RunAsync("statusline")).ShouldBe(0);

        run.Out.TrimEnd().ShouldBe("farthing: the input is not a status line hook's JSON");
        run.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("FARTHING_TIMEZONE", "Nowhere", "statusline", "farthing: FARTHING_TIMEZONE is 'Nowhere'; expected is an IANA time zone")]
    [InlineData("FARTHING_DATABASE", "mysql", "statusline", "farthing: FARTHING_DATABASE must be 'sqlite'")]
    [InlineData("FARTHING_TIMEZONE", "UTC", "statusline --timezone Mars", "farthing: 'Mars' is not a value of --timezone")]
    [InlineData("FARTHING_TIMEZONE", "UTC", "statusline --agent nobody", "farthing: 'nobody' is not a value of --agent")]
    [InlineData("FARTHING_TIMEZONE", "UTC", "statusline --colour", "--colour")]
    public async Task Wrong_settings_and_options_are_answered_soberly_and_are_no_failure(string name, string value, string line, string expected)
    {
        using var run = new CommandRun([])
        {
            In = $"{{\"session_id\":\"{Session}\"}}",
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value },
        };

        (await run.RunAsync(line.Split(' '))).ShouldBe(0);

        run.Out.ShouldContain(expected);
        run.Out.TrimEnd().ShouldNotContain('\n');
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Input_nested_two_hundred_deep_is_bad_input()
    {
        using var run = new CommandRun([]) { In = $"{{\"session_id\":\"abcdefgh\",\"x\":{new string('[', 200)}{new string(']', 200)}}}" };

        (await run.RunAsync("statusline")).ShouldBe(0);

        run.Out.ShouldStartWith("farthing: ");
    }

    [Fact]
    public async Task Without_an_open_window_the_line_says_so()
    {
        using var run = new CommandRun(ThreeCalls()) { Now = Now.AddDays(1), In = $"{{\"session_id\":\"{Session}\",\"cost\":{{\"total_cost_usd\":0.1}}}}" };

        (await run.RunAsync("statusline")).ShouldBe(0);

        run.Out.TrimEnd().ShouldBe("🤖 unknown | 💰 $0.10 session / $0.00 today / No active block | 🧠 40,600");
    }

    [Fact]
    public async Task Estimates_are_marked_and_other_agents_do_not_count()
    {
        var at = Now.AddMinutes(-30);
        var few = new TokenCounts { Input = 1000 };
        using var run = new CommandRun(
        [
            SampleSpend.Call(at, "new-model", few, PricingStatus.Fallback, "0.50", session: Session),
            SampleSpend.Call(at.AddMinutes(1), "gpt", few, usd: "7", agent: "codex", session: "other"),
        ])
        {
            Now = Now,
            In = $"{{\"session_id\":\"{Session}\"}}",
        };

        (await run.RunAsync("statusline")).ShouldBe(0);

        run.Out.ShouldContain("~$0.50 session / ~$0.50 today / ~$0.50 block");
    }

    [Fact]
    public async Task Days_are_those_of_the_time_zone_that_was_asked_for()
    {
        using var run = new CommandRun([SampleSpend.Call(new(2026, 11, 20, 7, 30, 0, TimeSpan.Zero), "m", new TokenCounts { Input = 1 }, usd: "3")])
        {
            Now = Now,
            In = $"{{\"session_id\":\"{Session}\"}}",
        };

        (await run.RunAsync("statusline", "--timezone", "America/Los_Angeles")).ShouldBe(0);

        run.Out.ShouldContain("/ $0.00 today /");
    }

    private static IReadOnlyList<(UsageEvent Usage, Rating Rating)> ThreeCalls()
    {
        var last = new DateTimeOffset(2026, 11, 20, 20, 46, 50, TimeSpan.Zero);
        return
        [
            SampleSpend.Call(last.AddMinutes(-87), "claude-opus-4-8", new() { Input = 1000, Output = 500, CacheRead = 20_000, CacheWrite5m = 3000 }, usd: "0.04625", session: Session),
            SampleSpend.Call(last.AddMinutes(-27), "claude-sonnet-5", new() { Input = 2000, Output = 700, CacheRead = 30_000, CacheWrite5m = 1000 }, usd: "0.0195", session: Session),
            SampleSpend.Call(last, "claude-opus-4-8", new() { Input = 100, Output = 900, CacheRead = 40_000, CacheWrite5m = 500 }, usd: "0.046125", session: Session),
        ];
    }
}
