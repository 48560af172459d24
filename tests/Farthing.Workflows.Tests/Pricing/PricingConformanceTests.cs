using System.Globalization;
using System.Text.Json;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Pricing;
using static Farthing.Workflows.Tests.Pricing.Resolving;

namespace Farthing.Workflows.Tests.Pricing;

public sealed class PricingConformanceTests
{
    [Fact]
    public void Every_trap_that_travels_with_the_program_passes()
    {
        var results = PricingConformance.Run(Catalog);

        results.Count.ShouldBeGreaterThanOrEqualTo(87);
        results.Where(result => !result.Passed).ShouldBeEmpty();
        results.Select(result => result.Name).ShouldBeUnique();
    }

    [Fact]
    public void A_catalog_with_a_wrong_price_fails_exactly_where_it_is_wrong()
    {
        var wrong = CatalogFile.ReadOver("""
            {"schema":1,"version":"wrong","models":[{"key":"google/gemini-2.5-flash-lite","prices":[{"rates":{"input":"0.11","output":"0.4"}}]}]}
            """u8, Catalog).Catalog.ShouldNotBeNull();

        var failed = PricingConformance.Run(wrong).Where(result => !result.Passed).ToList();

        failed.Count.ShouldBe(1);
        failed[0].Name.ShouldBe("Flash Lite is not Flash");
        failed[0].Expected.ShouldBe("google/gemini-2.5-flash-lite exact 140000000000 fUSD = 0.00014 USD");
        failed[0].Actual.ShouldBe("google/gemini-2.5-flash-lite exact 150000000000 fUSD = 0.00015 USD");
    }

    [Fact]
    public void The_shared_golden_vectors_are_exact_in_femtodollars_and_picodollars()
    {
        var rater = new Rater(Catalog);
        using var golden = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests/Farthing.Workflows.Tests/Golden/pricing/pricing-golden.json")));

        foreach (var one in golden.RootElement.EnumerateArray())
        {
            var usage = one.GetProperty("usage");
            long Count(string name) => usage.TryGetProperty(name, out var count) ? count.GetInt64() : 0;
            var tokens = new TokenCounts
            {
                Input = Count("input"), CacheRead = Count("cache_read"), CacheWrite5m = Count("cache_write_5m"), Output = Count("output"),
            };
            var terms = new CallTerms(
                one.TryGetProperty("tier", out var tier) ? Enum.Parse<ServiceTier>(tier.GetString()!, ignoreCase: true) : ServiceTier.Standard,
                Fast: false,
                one.TryGetProperty("mults", out _) ? "us" : string.Empty);
            var at = DateTimeOffset.Parse(one.GetProperty("at").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

            var (card, cost) = rater.Rate(one.GetProperty("provider").GetString()!, one.GetProperty("model").GetString()!, at, terms, tokens);

            card.Status.ShouldBe(PricingStatus.Exact);
            cost.Total.ToString().ShouldBe(one.GetProperty("usd").GetString());
            (cost.Total.Picodollars * 1_000).ToString(CultureInfo.InvariantCulture).ShouldBe(one.GetProperty("femto_usd").GetString());
        }
    }
}
