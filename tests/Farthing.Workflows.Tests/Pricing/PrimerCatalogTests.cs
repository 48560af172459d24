using Farthing.Domain.Pricing;
using Farthing.Workflows.Pricing;

namespace Farthing.Workflows.Tests.Pricing;

public sealed class PrimerCatalogTests
{
    private const long Million = 1_000_000;
    private static readonly PrimerCatalog Primer = EmbeddedCatalog.LoadPrimer();

    [Fact]
    public void It_has_its_name_and_its_29_entries()
    {
        Primer.Name.ShouldBe("primer-2026-05");
        Primer.Prices.Count.ShouldBe(29);
    }

    [Theory]
    [InlineData("claude-opus-4-20250514", "claude-opus-4")]
    [InlineData("claude-opus-4-1-20250805", "claude-opus-4")]
    [InlineData("claude-opus-4-7", "claude-opus-4")]
    [InlineData("claude-opus-4-5-20251101", "claude-opus-4-5")]
    [InlineData("claude-opus-4-6-20260210", "claude-opus-4-6")]
    [InlineData("claude-sonnet-4-5-20250929", "claude-sonnet-4")]
    [InlineData("claude-sonnet-4-6", "claude-sonnet-4")]
    [InlineData("claude-haiku-4-5-20251001", "claude-haiku-4-5")]
    [InlineData("claude-haiku-3.5-20241022", "claude-haiku-3.5")]
    [InlineData("gpt-5-2025", "gpt-5")]
    [InlineData("gpt-5-nano", "gpt-5")]
    [InlineData("gpt-5-codex", "gpt-5")]
    [InlineData("gpt-5.1-codex", "gpt-5")]
    [InlineData("gpt-5.3", "gpt-5")]
    [InlineData("gpt-5.2-2025", "gpt-5.2")]
    [InlineData("gpt-5.3-codex", "gpt-5.3-codex")]
    [InlineData("gpt-4o-mini-2024-07-18", "gpt-4o-mini")]
    [InlineData("o3-pro", "o3")]
    [InlineData("o1-preview", "o1")]
    [InlineData("codex-mini-latest", "codex-mini")]
    [InlineData("gemini-3.1-pro-preview-0219", "gemini-3.1-pro")]
    [InlineData("gemini-2.5-flash-lite", "gemini-2.5-flash")]
    public void The_longest_key_that_begins_the_name_counts(string model, string key) =>
        Primer.Find(model).ShouldBe(new PrimerMatch(Primer.Prices.Single(price => price.Key == key), IsFallback: false));

    [Theory]
    [InlineData("claude-opus-5")]
    [InlineData("claude-3-5-sonnet-20241022")]
    [InlineData("claude-3-5-haiku-20241022")]
    [InlineData("claude-3-opus-20240229")]
    [InlineData("gpt-4-turbo")]
    [InlineData("gemini-3-pro-preview")]
    [InlineData("anthropic/claude-opus-4")]
    [InlineData("Claude-Opus-4")]
    [InlineData("unknown-model-xyz")]
    [InlineData("")]
    public void Everything_else_is_Sonnet_4_and_we_show_that_it_is(string model)
    {
        var (price, isFallback) = Primer.Find(model);

        price.Key.ShouldBe("claude-sonnet-4");
        isFallback.ShouldBeTrue();
    }

    [Theory]
    [InlineData("claude-opus-4", Million, Million, 0, 0, "90")]
    [InlineData("claude-opus-4-5", Million, Million, 0, 0, "30")]
    [InlineData("claude-opus-4-6", Million, Million, 0, 0, "30")]
    [InlineData("claude-sonnet-4", Million, Million, 0, 0, "18")]
    [InlineData("claude-sonnet-4", 0, 0, Million, Million, "4.05")]
    [InlineData("claude-sonnet-4", 0, 0, 0, 0, "0")]
    [InlineData("unknown", Million, 0, 0, 0, "3")]
    [InlineData("gpt-5", 100_000, 1_000, 90_000, 0, "0.163125")]
    [InlineData("gpt-5", 10_000, 1_000, 90_000, 0, "0.050625")]
    public void Costs_are_those_of_the_table(string model, long input, long output, long read, long write, string usd) =>
        Primer.Cost(model, new() { Input = input, Output = output, CacheRead = read, CacheWrite5m = write }).Total.ToString().ShouldBe(usd);

    [Fact]
    public void Writes_of_both_lifetimes_cost_the_same_there()
    {
        Primer.Cost("claude-sonnet-4", new() { CacheWrite1h = Million }).Total.ToString().ShouldBe("3.75");
    }

    [Theory]
    [InlineData("gemini-2.0-flash", "economy")]
    [InlineData("gpt-4.1-nano", "economy")]
    [InlineData("claude-haiku-4-5", "standard")]
    [InlineData("gemini-2.5-pro", "standard")]
    [InlineData("claude-opus-4-5", "premium")]
    [InlineData("claude-opus-4-6", "premium")]
    [InlineData("gpt-4.1", "premium")]
    [InlineData("claude-opus-4", "flagship")]
    [InlineData("o1", "flagship")]
    public void Tiers_follow_the_input_price(string model, string tier) => Primer.Find(model).Price.Tier.ShouldBe(tier);
}
