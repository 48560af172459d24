using Farthing.Domain.Usage;
using Farthing.Domain.Pricing;
using Farthing.Workflows.Pricing;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Tests.Spending;

public sealed class ProviderCallsTests
{
    private static readonly Rater Prices = new(EmbeddedCatalog.Load());

    [Theory]
    [InlineData("openai", "gpt-5", "openai")]
    [InlineData("codex", "gpt-5", "openai")]
    [InlineData("", "gpt-5", "openai")]
    [InlineData("", "gpt-77-unheard-of", "openai")]
    [InlineData("azure", "gpt-5", "azure")]
    [InlineData("openrouter", "openai/gpt-5", "openrouter")]
    [InlineData("", "claude-haiku-4-5", "anthropic")]
    [InlineData("", "anthropic.claude-haiku-4-5-20251001-v1:0", "bedrock")]
    [InlineData("", "unknown-model-xyz", "")]
    [InlineData("our-own-cluster", "gpt-5", "our-own-cluster")]
    public void A_call_went_where_it_says_or_else_to_the_maker_of_its_model(string called, string model, string provider)
    {
        string[] asked = ["openai", "anthropic", "azure", "bedrock", "openrouter", "our-own-cluster"];

        asked.Where(one => new ProviderCalls(Prices, one).Includes(new Dimensions { Provider = called, Model = model }))
            .ShouldBe(asked.Where(one => one == provider));
    }

    [Fact]
    public void A_provider_may_be_asked_for_under_any_of_its_names() =>
        new ProviderCalls(Prices, "Codex").Includes(new Dimensions { Provider = "openai", Model = "gpt-5" }).ShouldBeTrue();
}
