using Farthing.Domain.Pricing;
using static Farthing.Workflows.Tests.Pricing.Resolving;

namespace Farthing.Workflows.Tests.Pricing;

/// <summary>Every form in which ids of models have been seen, and what each of them must mean.</summary>
public sealed class ModelNameTests
{
    [Theory]
    [InlineData("anthropic", "claude-sonnet-4-5", "anthropic/claude-sonnet-4-5")]
    [InlineData("", "claude-sonnet-4-5", "anthropic/claude-sonnet-4-5")]
    [InlineData("anthropic", "claude-sonnet-4-5-20250929", "anthropic/claude-sonnet-4-5")]
    [InlineData("anthropic", "Claude-Sonnet-4.5", "anthropic/claude-sonnet-4-5")]
    [InlineData("anthropic", "claude_sonnet_4_5", "anthropic/claude-sonnet-4-5")]
    [InlineData("anthropic", "  claude-sonnet-4-5 ", "anthropic/claude-sonnet-4-5")]
    [InlineData("anthropic", "claude-sonnet-4-5@20250929", "anthropic/claude-sonnet-4-5")]
    [InlineData("", "claude-sonnet-4-5@20250929", "vertex/claude-sonnet-4-5")]
    [InlineData("google-vertex-anthropic", "claude-opus-4-6@default", "vertex/claude-opus-4-6@default")]
    [InlineData("", "anthropic/claude-sonnet-4.5", "anthropic/claude-sonnet-4-5")]
    [InlineData("openrouter", "anthropic/claude-sonnet-4.5", "openrouter/anthropic/claude-sonnet-4.5")]
    [InlineData("openrouter", "anthropic/claude-4.5-sonnet-20250929", "openrouter/anthropic/claude-sonnet-4.5")]
    [InlineData("", "openrouter/anthropic/claude-sonnet-4.5", "openrouter/anthropic/claude-sonnet-4.5")]
    [InlineData("", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0")]
    [InlineData("anthropic", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0")]
    [InlineData("amazon-bedrock", "global.anthropic.claude-opus-4-8", "bedrock/global.anthropic.claude-opus-4-8")]
    [InlineData("aws.bedrock", "global.anthropic.claude-sonnet-5-v1:0", "bedrock/global.anthropic.claude-sonnet-5")]
    [InlineData("", "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0", "bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0")]
    [InlineData("bedrock", "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123", "unknown")]
    [InlineData("bedrock", "anthropic.claude-sonnet-4-6-20260217-v1:0", "bedrock/anthropic.claude-sonnet-4-6")]
    [InlineData("bedrock", "us.anthropic.claude-opus-5-5-v1:0", "anthropic/claude-opus-5-5 assumed")]
    [InlineData("bedrock", "us-east-2/anthropic.claude-opus-5", "bedrock/anthropic.claude-opus-5 assumed")]
    [InlineData("bedrock", "us-gov.anthropic.claude-opus-5", "bedrock/anthropic.claude-opus-5 assumed")]
    [InlineData("", "bedrock/us.anthropic.claude-opus-5", "bedrock/us.anthropic.claude-opus-5")]
    [InlineData("anthropic", "claude-opus-4-6[1m]", "anthropic/claude-opus-4-6")]
    [InlineData("", "claude-sonnet-4-5-20250929[1m]", "anthropic/claude-sonnet-4-5")]
    [InlineData("", "claude-4.5-sonnet-thinking", "anthropic/claude-sonnet-4-5")]
    [InlineData("cursor", "claude-4.5-sonnet-thinking", "anthropic/claude-sonnet-4-5 assumed")]
    [InlineData("", "claude-5.5-opus-high", "anthropic/claude-opus-5-5")]
    [InlineData("openai", "gpt-5-codex-high", "openai/gpt-5")]
    [InlineData("openai", "gpt-5.1-codex-max-xhigh", "openai/gpt-5.1")]
    [InlineData("openai", "GPT-5.6-SOL", "openai/gpt-5.6-sol")]
    [InlineData("openai", "gpt-5.6-sol-2026-07-09", "openai/gpt-5.6-sol")]
    [InlineData("openai", "gpt-5-latest", "openai/gpt-5")]
    [InlineData("", "models/gemini-2.5-flash", "google/gemini-2.5-flash")]
    [InlineData("google", "models/gemini-2.5-flash", "google/gemini-2.5-flash")]
    [InlineData("google-vertex", "publishers/google/models/gemini-2.5-pro", "vertex/gemini-2.5-pro")]
    [InlineData("", "projects/p/locations/us/publishers/anthropic/models/claude-opus-4-1@20250805", "vertex/claude-opus-4-1")]
    [InlineData("fireworks", "accounts/fireworks/models/kimi-k2", "moonshot/kimi-k2 assumed")]
    [InlineData("", "@cf/openai/gpt-oss-120b", "openai/gpt-oss-120b assumed")]
    [InlineData("", "databricks-claude-opus-4-6", "anthropic/claude-opus-4-6 assumed")]
    [InlineData("openrouter", "openai/gpt-5.1:floor", "openrouter/openai/gpt-5.1")]
    [InlineData("openrouter", "anthropic/claude-opus-5.5:nitro", "anthropic/claude-opus-5-5 assumed")]
    [InlineData("openrouter", "anthropic/claude-sonnet-4.5:online", "openrouter/anthropic/claude-sonnet-4.5")]
    [InlineData("openrouter", "openai/gpt-oss-20b:free", "openrouter/openai/gpt-oss-20b:free")]
    [InlineData("openrouter", "qwen/qwen3-coder:free", "unknown")]
    [InlineData("openrouter", "openai/gpt-4o:extended", "unknown")]
    [InlineData("openrouter", "qwen/qwen-plus-2025-07-28:thinking", "openrouter/qwen/qwen-plus-2025-07-28:thinking")]
    [InlineData("", "~anthropic/claude-opus-latest", "openrouter/~anthropic/claude-opus-latest")]
    [InlineData("azure", "gpt-5", "azure/gpt-5")]
    [InlineData("azure", "eu/gpt-5.2", "azure/gpt-5.2 assumed")]
    [InlineData("azure", "global/gpt-5.2", "azure/gpt-5.2")]
    [InlineData("azure", "our-own-deployment", "unknown")]
    [InlineData("github-copilot", "claude-sonnet-4.5", "github-copilot/claude-sonnet-4.5")]
    [InlineData("github-copilot", "claude-opus-5", "anthropic/claude-opus-5 assumed")]
    [InlineData("opencode", "claude-sonnet-4-5", "opencode-zen/claude-sonnet-4-5")]
    [InlineData("opencode", "claude-opus-5", "anthropic/claude-opus-5 assumed")]
    [InlineData("vercel", "anthropic/claude-sonnet-4.5", "anthropic/claude-sonnet-4-5 assumed")]
    [InlineData("anthropic", "glm-4.6", "zai/glm-4.6 assumed")]
    [InlineData("", "glm-4.6", "zai/glm-4.6")]
    [InlineData("x-ai", "grok-4.7", "xai/grok-4.7")]
    [InlineData("anthropic", "claude-opus-4-8-fast", "anthropic/claude-opus-4-8")]
    [InlineData("anthropic", "claude-opus-4-7-fast", "unknown")]
    [InlineData("", "", "not a model")]
    [InlineData("", "auto", "not a model")]
    [InlineData("cursor", "auto", "not a model")]
    [InlineData("anthropic", "<synthetic>", "not a model")]
    [InlineData("openrouter", "openrouter/auto", "not a model")]
    [InlineData("openai", "codex-auto-review", "not a model")]
    [InlineData("", "<script>alert(1)</script>", "unknown")]
    [InlineData("", "/", "unknown")]
    [InlineData("", "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o", "unknown")]
    [InlineData("", "....", "unknown")]
    [InlineData("bedrock", ".", "unknown")]
    [InlineData("openrouter", ":", "unknown")]
    public void Each_form_of_an_id_means_one_row(string provider, string model, string answer) =>
        Answer(provider, model).ShouldBe(answer);

    [Theory]
    [InlineData("openai", "gpt-4o", "openai/gpt-4o")]
    [InlineData("openai", "gpt-4o-mini", "openai/gpt-4o-mini")]
    [InlineData("openai", "gpt-4o-2024-05-13", "openai/gpt-4o-2024-05-13")]
    [InlineData("openai", "o3", "openai/o3")]
    [InlineData("openai", "o3-pro", "openai/o3-pro")]
    [InlineData("openai", "o1-pro", "openai/o1-pro")]
    [InlineData("openai", "gpt-5-nano", "openai/gpt-5-nano")]
    [InlineData("openai", "gpt-5.2-pro", "openai/gpt-5.2-pro")]
    [InlineData("openai", "gpt-5.5-pro", "openai/gpt-5.5-pro")]
    [InlineData("openai", "gpt-5x4", "unknown")]
    [InlineData("anthropic", "claude-opus-4-7", "anthropic/claude-opus-4-7")]
    [InlineData("anthropic", "claude-opus-4-8", "anthropic/claude-opus-4-8")]
    [InlineData("anthropic", "claude-3-5-haiku-20241022", "anthropic/claude-3-5-haiku-latest")]
    [InlineData("vertex", "claude-sonnet-4-6", "vertex/claude-sonnet-4-6")]
    [InlineData("google", "gemini-3.1-flash-lite", "google/gemini-3.1-flash-lite")]
    [InlineData("google", "gemini-2.5-flash-lite", "google/gemini-2.5-flash-lite")]
    public void Names_that_peers_get_wrong_are_right(string provider, string model, string answer) =>
        Answer(provider, model).ShouldBe(answer);

    [Fact]
    public void Every_id_of_every_row_means_its_row()
    {
        foreach (var row in Catalog.Rows)
        {
            foreach (var id in row.Ids.Append(row.Model))
            {
                Resolve(row.Provider, id).Row.ShouldBeSameAs(row, $"{row.Provider} {id}");
                Resolve(row.Provider.ToUpperInvariant(), id.ToUpperInvariant()).Row.ShouldBeSameAs(row, $"{row.Provider} {id} in capitals");
            }
        }
    }

    [Theory]
    [InlineData("-mini")]
    [InlineData("-nano")]
    [InlineData("-pro")]
    [InlineData("-lite")]
    [InlineData("-turbo")]
    [InlineData("-codex")]
    [InlineData("-preview")]
    [InlineData("-image")]
    [InlineData("-audio")]
    [InlineData("-0731")]
    [InlineData("x")]
    public void Words_that_carry_a_price_are_never_cut_off(string word)
    {
        foreach (var row in Catalog.Rows)
        {
            var longer = row.Model + word;
            if (Resolve(row.Provider, longer).Row is { } found)
            {
                var whole = "/" + Canonical(longer);
                found.Ids.Append(found.Model).Select(Canonical).ShouldContain(
                    id => whole.EndsWith("/" + id, StringComparison.Ordinal) || whole.EndsWith("." + id, StringComparison.Ordinal), longer);
            }
        }
    }

    [Theory]
    [InlineData("-20260102")]
    [InlineData("-2026-01-02")]
    [InlineData("@20260102")]
    [InlineData("-high")]
    [InlineData("-thinking")]
    [InlineData("-20260102-high")]
    [InlineData("-high-20260102")]
    public void A_day_and_an_effort_change_no_first_party_price(string end)
    {
        foreach (var row in Catalog.Rows.Where(row => row.Provider is "anthropic" or "openai" or "deepseek"))
        {
            Resolve(row.Provider, row.Model + end).Row.ShouldBeSameAs(row, row.Model + end);
        }
    }

    [Theory]
    [InlineData("-20261301")]
    [InlineData("-20260132")]
    [InlineData("-21260101")]
    [InlineData("-2026-1-02")]
    [InlineData("-202601021")]
    public void Digits_that_are_no_day_stay(string end) => Answer("openai", "gpt-5.5" + end).ShouldBe("unknown");

    [Fact]
    public void A_search_always_ends_whatever_the_name()
    {
        foreach (var name in (string[])[new('/', 256), new('[', 256), string.Concat(Enumerable.Repeat("models/", 36)), string.Concat(Enumerable.Repeat("[1m]", 64)), new('-', 256), new(':', 256), "\0\0\0"])
        {
            Answer(string.Empty, name).ShouldBe("unknown");
            Answer("openrouter", name).ShouldBe("unknown");
            Answer("bedrock", name).ShouldBe("unknown");
        }
    }

    [Fact]
    public void The_trace_tells_the_steps_in_order_and_ends_with_what_was_found()
    {
        var explanation = ModelResolver.Explain(new Rater(Catalog), "cursor", "claude-4.5-sonnet-thinking", Noon);

        explanation.Steps.Select(step => step.Number).ShouldBeInOrder();
        explanation.Steps[^1].ShouldBe(new ResolutionStep(10, "the host has no row: first-party row of anthropic", "anthropic/claude-4-5-sonnet", "anthropic/claude-sonnet-4-5"));
        explanation.Steps.SkipLast(1).ShouldAllBe(step => step.Found.Length == 0);
        explanation.Resolution.Modifiers.ShouldBe(["effort thinking"]);
        explanation.Card.Status.ShouldBe(PricingStatus.AssumedHost);
        explanation.Siblings.ShouldBeEmpty();
    }

    [Fact]
    public void An_unknown_model_comes_with_suggestions_and_an_estimate()
    {
        var explanation = ModelResolver.Explain(new Rater(Catalog), "anthropic", "claude-opus-9", Noon);

        explanation.Resolution.Row.ShouldBeNull();
        explanation.Card.Status.ShouldBe(PricingStatus.Fallback);
        explanation.Card.Model.ShouldBe(Rater.StandInKey);
        explanation.Siblings.ShouldAllBe(key => key.StartsWith("anthropic/claude-opus-", StringComparison.Ordinal));
        explanation.Siblings.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("claude-opus-4-6[1m]", "[1m]")]
    [InlineData("us.anthropic.claude-opus-5-5-v1:0", "profile us; x1.1")]
    [InlineData("gpt-5-codex-high", "provider openai; effort high")]
    [InlineData("databricks-claude-opus-4-6", "databricks-")]
    public void What_was_taken_off_a_name_is_told(string model, string modifiers) =>
        string.Join("; ", Resolve(model.StartsWith("claude", StringComparison.Ordinal) ? "anthropic" : string.Empty, model).Modifiers).ShouldBe(modifiers);

    private static string Canonical(string id) =>
        System.Text.RegularExpressions.Regex.Replace(
            id.ToLowerInvariant().Replace('_', '-').Replace('@', '-'), "(?<=[0-9])\\.(?=[0-9])", "-", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
