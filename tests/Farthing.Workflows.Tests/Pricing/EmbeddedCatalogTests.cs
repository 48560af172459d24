using System.Security.Cryptography;
using System.Text;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Pricing;
using static Farthing.Workflows.Tests.Pricing.Resolving;

namespace Farthing.Workflows.Tests.Pricing;

public sealed class EmbeddedCatalogTests
{
    [Fact]
    public void The_version_is_known_without_reading_the_catalog_and_is_that_of_the_catalog() =>
        EmbeddedCatalog.Version.ShouldBe(Catalog.Version);

    [Fact]
    public void The_version_is_the_hash_of_the_content()
    {
        var bytes = File.ReadAllBytes(Repository.PathOf("catalog/prices.json"));
        var body = bytes.AsSpan(bytes.AsSpan().IndexOf((byte)'\n') + 1);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body))[..12];

        EmbeddedCatalog.Version.ShouldBe($"{Catalog.AsOf}+{hash}");
    }

    [Fact]
    public void Every_row_has_a_line_of_its_own_so_that_changes_can_be_read()
    {
        var lines = File.ReadAllLines(Repository.PathOf("catalog/prices.json"), Encoding.UTF8);

        lines.Count(line => line.StartsWith("{\"key\":", StringComparison.Ordinal)).ShouldBe(Catalog.Rows.Count);
    }

    [Fact]
    public void Rows_tell_where_their_prices_come_from()
    {
        foreach (var period in Catalog.Rows.SelectMany(row => row.Periods))
        {
            period.Source.ShouldNotBeEmpty();
            period.AsOf.ShouldNotBeEmpty();
            period.Confidence.ShouldBeOneOf("mirrored-official", "api", "aggregated", "derived", "disputed");
        }

        Catalog.Sources.ShouldAllBe(source => source.Url.Length > 0 && source.Licence.Length > 0);
        Catalog.Rows.Count(row => row.IsDisputed).ShouldBe(2);
    }

    [Fact]
    public void The_readme_names_every_source()
    {
        var readme = File.ReadAllText(Repository.PathOf("catalog/README.md"));

        Catalog.Sources.ShouldAllBe(source => readme.Contains(source.Id, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_row_makes_a_rate_card_on_all_terms_at_all_times()
    {
        var rater = new Rater(Catalog);
        foreach (var row in Catalog.Rows)
        {
            foreach (var at in row.Periods.Select(period => period.From ?? Noon).Append(Noon))
            {
                foreach (var terms in AllTerms())
                {
                    foreach (var prompt in (long[])[1, 1_000_000])
                    {
                        var card = rater.Rate(row.Provider, row.Model, at, terms, new() { Input = prompt }, webSearches: 1).Card;
                        card.Status.ShouldBeOneOf(PricingStatus.Exact, PricingStatus.Fallback);
                        card[TokenClass.CacheWrite1h].Femtodollars.ShouldBeGreaterThanOrEqualTo(0);
                        RateCard.Parse(card.ToString()).Hash.ShouldBe(card.Hash);
                    }
                }
            }
        }
    }

    [Fact]
    public void No_rate_card_has_a_cache_that_costs_more_to_read_than_not_to_use_or_less_for_longer()
    {
        var rater = new Rater(Catalog);
        foreach (var row in Catalog.Rows)
        {
            foreach (var terms in AllTerms())
            {
                foreach (var prompt in (long[])[1, 1_000_000])
                {
                    var card = rater.Rate(row.Provider, row.Model, Noon, terms, new() { Input = prompt }).Card;
                    card[TokenClass.CacheRead].Femtodollars.ShouldBeLessThanOrEqualTo(card[TokenClass.Input].Femtodollars, row.Key + " " + card.Terms);
                    card[TokenClass.CacheWrite1h].Femtodollars.ShouldBeGreaterThanOrEqualTo(card[TokenClass.CacheWrite5m].Femtodollars, row.Key + " " + card.Terms);
                }
            }
        }
    }

    [Theory]
    [InlineData("anthropic", "anthropic")]
    [InlineData("openai", "openai")]
    [InlineData("google", "google")]
    [InlineData("gemini", "google")]
    [InlineData("google-vertex", "vertex")]
    [InlineData("google-vertex-anthropic", "vertex")]
    [InlineData("gcp.vertex_ai", "vertex")]
    [InlineData("amazon-bedrock", "bedrock")]
    [InlineData("aws.bedrock", "bedrock")]
    [InlineData("azure", "azure")]
    [InlineData("azure.ai.openai", "azure")]
    [InlineData("openrouter", "openrouter")]
    [InlineData("opencode", "opencode-zen")]
    [InlineData("github-copilot", "github-copilot")]
    [InlineData("moonshotai", "moonshot")]
    [InlineData("zai", "zai")]
    [InlineData("x_ai", "xai")]
    [InlineData("XAI", "xai")]
    public void Providers_are_known_by_their_spellings(string spelling, string id) =>
        Catalog.ProviderOf(spelling).ShouldNotBeNull().Id.ShouldBe(id);

    [Fact]
    public void A_subscription_of_the_same_house_is_another_host() => Catalog.ProviderOf("zai-coding-plan").ShouldBeNull();

    [Fact]
    public void Prices_that_are_derived_say_so_on_the_card()
    {
        var card = new Rater(Catalog).Rate("openai", "gpt-6.2-astra", Noon, CallTerms.Standard, new() { Input = 1 }).Card;

        card.Confidence.ShouldBe("derived");
        card.AsOf.ShouldNotBeEmpty();
    }

    private static IEnumerable<CallTerms> AllTerms() =>
        from tier in Enum.GetValues<ServiceTier>()
        from fast in (bool[])[false, true]
        from geo in (string[])["", "us"]
        select new CallTerms(tier, fast, geo);
}
