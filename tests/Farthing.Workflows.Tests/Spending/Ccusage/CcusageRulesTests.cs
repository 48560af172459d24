using Farthing.Domain.Usage;
using Farthing.Workflows.Spending.Ccusage;

namespace Farthing.Workflows.Tests.Spending.Ccusage;

/// <summary>Every expected cost is what ccusage 20.0.24 itself answered to a log of this one call.</summary>
public sealed class CcusageRulesTests
{
    private static readonly CcusagePriceList Prices = CcusagePriceList.Load();

    [Theory]
    [InlineData("claude", "claude-opus-4-8", 1000, 0, 0, 0, 0, "0.005")]
    [InlineData("claude", "claude-opus-4-8", 0, 0, 0, 1000, 0, "0.01")]
    [InlineData("claude", "gpt-5.5", 0, 0, 1000, 0, 0, "0.00625")]
    [InlineData("codex", "gpt-5.5", 6000, 0, 4000, 0, 0, "0.055")]
    [InlineData("codex", "gpt-5.6-sol", 4000, 0, 6000, 0, 0, "0.046")]
    public void Short_calls_cost_their_flat_rates(string agent, string model, int input, int read, int write, int hour, int output, string usd) =>
        CostOf(agent, model, Tokens(input, read, write, hour, output)).ShouldBe(usd);

    [Theory]
    [InlineData(400_000, 0, 0, 0, 0, "1.8")]
    [InlineData(0, 400_000, 0, 0, 0, "0.18")]
    [InlineData(0, 0, 400_000, 0, 0, "2.25")]
    [InlineData(0, 0, 0, 400_000, 0, "3.6")]
    [InlineData(0, 0, 0, 0, 400_000, "7.5")]
    [InlineData(0, 0, 150_000, 150_000, 0, "1.4625")]
    [InlineData(0, 0, 300_000, 300_000, 0, "3.9")]
    [InlineData(150_000, 150_000, 0, 0, 1_000, "0.51")]
    public void In_Claude_transcripts_the_200k_tier_is_marginal_and_per_class(int input, int read, int write, int hour, int output, string usd) =>
        CostOf("claude", "claude-sonnet-4-5-20250929", Tokens(input, read, write, hour, output)).ShouldBe(usd);

    [Theory]
    [InlineData("codex", "gpt-5.5", 272_000, 0, 0, 0, 1_000, "1.39")]
    [InlineData("codex", "gpt-5.5", 272_001, 0, 0, 0, 1_000, "2.76501")]
    [InlineData("codex", "gpt-5.4", 0, 300_000, 0, 0, 0, "0.15")]
    [InlineData("codex", "gpt-5.5", 0, 0, 300_000, 0, 0, "1.875")]
    [InlineData("codex", "gpt-5.6-sol", 100_000, 100_000, 100_000, 0, 1_000, "1.91")]
    [InlineData("codex", "claude-sonnet-4-5", 272_000, 0, 0, 0, 1_000, "1.6545")]
    [InlineData("claude", "gpt-5.6-sol", 0, 0, 150_000, 150_000, 0, "3.9")]
    [InlineData("claude", "gemini-2.5-pro", 150_000, 150_000, 0, 0, 1_000, "0.4275")]
    public void Every_other_tier_re_rates_the_whole_call(string agent, string model, int input, int read, int write, int hour, int output, string usd) =>
        CostOf(agent, model, Tokens(input, read, write, hour, output)).ShouldBe(usd);

    [Theory]
    [InlineData("claude-opus-4-6", "0.18")]
    [InlineData("claude-opus-4-8", "0.06")]
    [InlineData("claude-sonnet-5", "0.012")]
    public void A_fast_line_of_Claude_is_multiplied_as_a_whole(string model, string usd)
    {
        var usage = Usage("claude", model, Tokens(1_000, 0, 0, 0, 1_000)) with { Terms = new(ServiceTier.Standard, Fast: true, string.Empty) };

        new CcusageRules(Prices).Charge(usage).ShouldNotBeNull().Computed.Total.ToString().ShouldBe(usd);
        CcusageRules.LabelOf(usage).ShouldBe(model + "-fast");
    }

    [Theory]
    [InlineData("gpt-5.5", "0.075")]
    [InlineData("gpt-5.4", "0.025")]
    [InlineData("gpt-5", "0")]
    public void A_fast_Codex_setting_adds_to_every_call_of_a_model_that_has_a_fast_price(string model, string surplus) =>
        new CcusageRules(Prices).CodexFastSurplus(Usage("codex", model, Tokens(10_000, 0, 0, 0, 0))).ToString().ShouldBe(surplus);

    [Fact]
    public void Tier_region_and_web_searches_change_nothing_there()
    {
        var plain = Usage("claude", "claude-opus-4-8", Tokens(4, 52_000, 300, 600, 210));
        var dear = plain with { Terms = new(ServiceTier.Priority, Fast: false, "us"), WebSearches = 3 };

        new CcusageRules(Prices).Charge(dear).ShouldBe(new CcusageRules(Prices).Charge(plain));
    }

    [Fact]
    public void A_model_whose_price_was_never_measured_has_no_charge() =>
        new CcusageRules(Prices).Charge(Usage("claude", "claude-lab-preview-x1", Tokens(1, 0, 0, 0, 0))).ShouldBeNull();

    [Theory]
    [InlineData("a\t1\t2\t3")]
    [InlineData("a\t1\t2\t3\t4\tfast")]
    [InlineData("a\t1\t2\t3\t-4\t1")]
    [InlineData("a\t1\t2\t3\t4\t1\twhole>x\t1\t2\t3\t4")]
    [InlineData("a\t1\t2\t3\t4\t1\tsome>5\t1\t2\t3\t4")]
    public void A_broken_price_list_is_refused(string line) =>
        Should.Throw<FormatException>(() => CcusagePriceList.Read(new StringReader(line)));

    private static string CostOf(string agent, string model, TokenCounts tokens) =>
        new CcusageRules(Prices).Charge(Usage(agent, model, tokens)).ShouldNotBeNull().Computed.Total.ToString();

    private static TokenCounts Tokens(int input, int read, int write, int hour, int output) =>
        new() { Input = input, CacheRead = read, CacheWrite5m = write, CacheWrite1h = hour, Output = output };

    private static UsageEvent Usage(string agent, string model, TokenCounts tokens) => new()
    {
        Id = default,
        OccurredAt = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero),
        Dimensions = new() { Agent = agent, Model = model },
        Session = new("s", string.Empty, string.Empty),
        Tokens = tokens,
    };
}
