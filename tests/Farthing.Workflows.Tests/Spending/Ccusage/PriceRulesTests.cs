using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Pricing;
using Farthing.Workflows.Spending.Ccusage;

namespace Farthing.Workflows.Tests.Spending.Ccusage;

/// <summary>One call, priced by the catalog, beside what ccusage shows for it.</summary>
public sealed class PriceRulesTests
{
    private static readonly Rater Rater = new(EmbeddedCatalog.Load());
    private static readonly TokenCounts Usual = new() { Input = 4, CacheRead = 52_000, CacheWrite5m = 300, CacheWrite1h = 600, Output = 210 };

    [Fact]
    public async Task A_call_that_both_price_the_same_way_has_no_difference() =>
        (await RulesAsync(Call("claude-opus-4-8", Usual), "0.039145")).ShouldBeEmpty();

    [Fact]
    public async Task Web_searches_are_not_charged_there() =>
        (await RulesAsync(Call("claude-opus-4-8", Usual) with { WebSearches = 2 }, "0.039145")).ShouldBe([(DifferenceRule.WebSearch, CostClass.Units, "0.02")]);

    [Fact]
    public async Task A_region_costs_more_in_every_class() =>
        (await RulesAsync(Call("claude-opus-4-8", Usual) with { Terms = CallTerms.Standard with { Geo = "us" } }, "0.039145"))
            .Select(part => (part.Rule, part.Usd)).ShouldBe(
                [(DifferenceRule.Geo, "0.000002"), (DifferenceRule.Geo, "0.0026"), (DifferenceRule.Geo, "0.0001875"), (DifferenceRule.Geo, "0.0006"), (DifferenceRule.Geo, "0.000525")]);

    [Fact]
    public async Task Batch_is_half_the_price_here() =>
        Sum(await RulesAsync(Call("claude-opus-4-8", Usual) with { Terms = CallTerms.Standard with { Tier = ServiceTier.Batch } }, "0.039145"), DifferenceRule.ServiceTier)
            .ShouldBe("-0.0195725");

    [Fact]
    public async Task A_long_request_is_dearer_as_a_whole_here()
    {
        var call = Call("claude-sonnet-4-5-20250929", new() { CacheRead = 250_000, Output = 1_000 });

        // There: 200,000 × 0.30 + 50,000 × 0.60 and output at 15; here: 250,000 × 0.60 and output at 22.5.
        (await RulesAsync(call, "0.105")).ShouldBe(
            [(DifferenceRule.LongContextMarginal, CostClass.CacheRead, "0.06"), (DifferenceRule.LongContextMarginal, CostClass.Output, "0.0075")]);
    }

    [Fact]
    public async Task The_log_s_own_cost_is_taken_there_when_it_has_one() =>
        (await RulesAsync(Call("claude-opus-4-8", Usual) with { ReportedCost = new Usd(5_250_000_000L) }, "0.00525")).ShouldBe([(DifferenceRule.ReportedCost, CostClass.Call, "0.033895")]);

    [Fact]
    public async Task A_model_without_a_price_there_counts_nothing_there() =>
        (await RulesAsync(Call("claude-haiku-5-5", new() { Input = 1_000 }), "0", isUnpriced: true))
            .ShouldBe([(DifferenceRule.UnpricedModel, CostClass.Input, Cost("claude-haiku-5-5", new() { Input = 1_000 }))]);

    [Fact]
    public async Task A_model_without_a_price_anywhere_is_our_estimate() =>
        (await RulesAsync(Call("claude-lab-preview-x1", new() { Input = 1_000, Output = 100 }), "0", isUnpriced: true))
            .ShouldBe([(DifferenceRule.Fallback, CostClass.Call, "0.0045")]);

    [Fact]
    public async Task Writes_that_the_provider_does_not_charge_are_charged_there()
    {
        var call = Call("gpt-5.5", new() { Input = 6_000, CacheWrite5m = 4_000 }) with { Dimensions = new() { Agent = "codex", Model = "gpt-5.5" } };

        var parts = await RulesAsync(call, "0.055", agent: "codex");

        parts.ShouldHaveSingleItem().Rule.ShouldBe(DifferenceRule.CacheWritePrice);
    }

    [Fact]
    public async Task A_price_that_changed_since_is_told_apart_from_another_price()
    {
        var call = Call("gpt-5.6-sol", new() { Input = 1_000 }) with { OccurredAt = new(2026, 8, 1, 8, 0, 0, TimeSpan.Zero), Dimensions = new() { Agent = "codex", Model = "gpt-5.6-sol" } };

        var comparison = await CompareAsync(call, "0.004", isUnpriced: false, "codex", rating: null, day: "2026-08-01");

        var part = comparison.Rows.ShouldHaveSingleItem().Parts.ShouldHaveSingleItem();
        (part.Rule, part.Class, part.Amount.ToString()).ShouldBe((DifferenceRule.DatedPrice, CostClass.Input, "0.001"));
    }

    [Fact]
    public async Task A_long_context_price_that_was_dropped_since_is_told_by_its_time()
    {
        var call = Call("claude-opus-4-6", new() { CacheRead = 300_000 }) with { OccurredAt = new(2026, 2, 10, 8, 0, 0, TimeSpan.Zero) };

        var comparison = await CompareAsync(call, "0.15", isUnpriced: false, "claude", rating: null, day: "2026-02-10");

        var part = comparison.Rows.ShouldHaveSingleItem().Parts.ShouldHaveSingleItem();
        (part.Rule, part.Class, part.Amount.ToString()).ShouldBe((DifferenceRule.DatedPrice, CostClass.CacheRead, "0.15"));
    }

    [Fact]
    public async Task Calls_that_were_priced_by_another_catalog_say_so()
    {
        var call = Call("claude-opus-4-8", Usual);
        var today = Rater.Rate(call);
        var then = today with { Cost = today.Cost with { Output = today.Cost.Output + new Usd(1_000_000L) } };

        (await RulesAsync(call, "0.039145", rating: then)).ShouldBe([(DifferenceRule.CatalogMoved, CostClass.Output, "0.000001")]);
    }

    [Fact]
    public async Task What_no_rule_explains_is_shown()
    {
        var comparison = await CompareAsync(Call("claude-opus-4-8", Usual), "0.049145", isUnpriced: false, "claude", rating: null);

        comparison.Unexplained.ToString().ShouldBe("0.01");
    }

    [Fact]
    public async Task A_price_that_was_never_measured_is_unexplained_and_says_why()
    {
        var comparison = await CompareAsync(Call("nobody-knows-this", new() { Input = 1_000 }), "0.5", isUnpriced: false, "claude", rating: null);

        comparison.Unexplained.ToString().ShouldBe("0.5");
        comparison.Rows.ShouldHaveSingleItem().Parts.Single(part => part.Rule == DifferenceRule.Unexplained).Note.ShouldContain("never measured");
    }

    [Theory]
    [MemberData(nameof(GoldenComparisonTests.EveryReport), MemberType = typeof(GoldenComparisonTests))]
    public async Task With_our_prices_every_difference_of_a_whole_tree_has_a_rule_too(string tree, string report)
    {
        var comparison = await GoldenTree.CompareAsync(tree, report, Rater.Rate);

        comparison.Unexplained.ShouldBe(Usd.Zero);
        foreach (var row in comparison.Rows)
        {
            row.Parts.Aggregate(Usd.Zero, (sum, part) => sum + part.Amount).ShouldBe(row.Difference, row.Period);
        }
    }

    private static async Task<IReadOnlyList<(DifferenceRule Rule, CostClass Class, string Usd)>> RulesAsync(
        UsageEvent call, string theirCost, bool isUnpriced = false, string agent = "claude", Rating? rating = null)
    {
        var comparison = await CompareAsync(call, theirCost, isUnpriced, agent, rating);
        comparison.Unexplained.ShouldBe(Usd.Zero);
        return [.. comparison.Rows.ShouldHaveSingleItem().Parts.Select(part => (part.Rule, part.Class, part.Amount.ToString()))];
    }

    private static async Task<CcusageComparison> CompareAsync(UsageEvent call, string theirCost, bool isUnpriced, string agent, Rating? rating, string day = "2026-11-10")
    {
        var tokens = CcusageTokens.Of(call.Tokens);
        Usd.TryParse(theirCost, out var cost).ShouldBeTrue();
        var report = new CcusageReport
        {
            Title = "daily",
            Agent = agent,
            Period = CcusagePeriod.Day,
            Rows = [new(day, [new(CcusageRules.LabelOf(call), tokens, cost, isUnpriced)], tokens, cost)],
        };
        var spend = new MemorySpend([(call, rating ?? Rater.Rate(call))]);
        return await new CompareCcusage(spend, Rater.Rate, GoldenTree.Today).CompareAsync(report, new() { Zone = TimeZoneInfo.Utc }, TestContext.Current.CancellationToken);
    }

    private static string Sum(IEnumerable<(DifferenceRule Rule, CostClass Class, string Usd)> parts, DifferenceRule rule)
    {
        var sum = Usd.Zero;
        foreach (var part in parts)
        {
            part.Rule.ShouldBe(rule);
            Usd.TryParse(part.Usd, out var amount).ShouldBeTrue();
            sum += amount;
        }

        return sum.ToString();
    }

    private static string Cost(string model, TokenCounts tokens) => Rater.Rate(Call(model, tokens)).Cost.Total.ToString();

    private static UsageEvent Call(string model, TokenCounts tokens) => new()
    {
        Id = EventId.Create(new(2026, 11, 10, 8, 0, 0, TimeSpan.Zero), Dimensions.LocalOrg, "claude", model),
        OccurredAt = new(2026, 11, 10, 8, 0, 0, TimeSpan.Zero),
        Dimensions = new() { Agent = "claude", Model = model },
        Session = new("s", string.Empty, string.Empty),
        Tokens = tokens,
        RequestAlias = 1,
    };
}
