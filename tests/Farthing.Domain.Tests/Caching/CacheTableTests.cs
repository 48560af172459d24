using Farthing.Domain.Caching;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Tests.Caching;

/// <summary>Primer's cases of caching, by their ids, and what we tell besides.</summary>
public sealed class CacheTableTests
{
    [Fact]
    public void CA1_without_data_there_are_no_rates_and_no_savings()
    {
        var total = CacheTable.Total([]);

        (total.HitRate, total.HitRateWithWrites, total.SavingsEstimate, total.CacheRead, total.Input).ShouldBe((null, null, null, 0, 0));
        CacheTable.Potential([]).ShouldSatisfyAllConditions(
            potential => potential.Engineers.ShouldBeEmpty(), potential => potential.Total.ShouldBe(0), potential => potential.TeamRate.ShouldBeNull());
    }

    [Fact]
    public void CA2_one_call_has_its_rate_and_savings()
    {
        var group = Group("claude-sonnet-4-5", Cards.Sonnet4, input: 5_000, cacheRead: 3_000, write5m: 1_000);

        (group.HitRate(CacheTable.RateDecimals), group.Savings).ShouldBe((0.375m, 0.0081m));
    }

    [Fact]
    public void CA3_models_are_told_by_savings()
    {
        var haiku = Group("claude-haiku-3.5", Cards.Haiku35, input: 3_000, cacheRead: 2_000, write5m: 200);
        var opus = Group("claude-opus-4", Cards.Opus4, input: 2_000, cacheRead: 1_000, write5m: 500);

        var rows = CacheTable.BySavings([haiku, opus]);
        var total = CacheTable.Total(rows);

        rows.Select(row => (row.Key, row.HitRate(CacheTable.GroupRateDecimals), row.Savings))
            .ShouldBe([("claude-opus-4", 0.333m, 0.0135m), ("claude-haiku-3.5", 0.4m, 0.0014m)]);
        total.HitRate!.Value.Round(CacheTable.RateDecimals).ShouldBe(0.375m);
        Ratio.Dollars(total.SavingsEstimate!.Value).Round(CacheTable.MoneyDecimals).ShouldBe(0.0149m);
    }

    [Fact]
    public void CA8_input_alone_has_a_rate_of_zero_and_no_savings_estimate()
    {
        var group = Group("ada", Cards.Sonnet4, input: 5_000);

        (group.HitRate(CacheTable.RateDecimals), group.Sums.SavingsEstimate, group.Savings).ShouldBe((0m, null, 0m));
    }

    [Fact]
    public void Equal_savings_are_told_by_name() =>
        CacheTable.BySavings([Group("b", Cards.Sonnet4, 10), Group("c", Cards.Sonnet4, 10), Group("a", Cards.Sonnet4, 10)])
            .Select(row => row.Key).ShouldBe(["a", "b", "c"]);

    [Fact]
    public void Who_is_below_the_average_is_told_what_reaching_it_would_save()
    {
        var ada = Group("ada", Cards.Sonnet4, input: 1_000_000, cacheRead: 2_000_000);
        var bob = Group("bob", Cards.Sonnet4, input: 2_000_000, cacheRead: 1_000_000);
        var cid = Group("cid", Cards.Sonnet4, input: 1_000_000);

        var potential = CacheTable.Potential([cid, bob, ada]);

        // Team 3/7; bob's rounded rate is 0.3333, cid's 0; a token that was read saves 2.7 dollars a million.
        potential.TeamRate.ShouldBe(Ratio.Of(3, 7));
        potential.Engineers.Select(line => (line.Group.Key, line.Potential)).ShouldBe([("ada", 0m), ("bob", 0.7717m), ("cid", 1.1571m)]);
        potential.Total.ShouldBe(1.9288m);
    }

    [Fact]
    public void The_total_is_rounded_once()
    {
        var below = Enumerable.Range(0, 5).Select(index => Group($"e{index}", Cards.Sonnet4, input: 34));
        CacheGroup[] engineers = [Group("top", Cards.Sonnet4, input: 0, cacheRead: 170), .. below];

        var potential = CacheTable.Potential(engineers);

        // 34 tokens × 1/2 × 2.7e-6 are 0.0000459 each and 0.0002295 together.
        potential.Engineers.Sum(line => line.Potential).ShouldBe(0m);
        potential.Total.ShouldBe(0.0002m);
    }

    [Fact]
    public void One_engineer_alone_is_the_average_however_it_is_rounded() =>
        CacheTable.Potential([Group("ada", Cards.Sonnet4, input: 20_000_000_000, cacheRead: 10_000_000_000)]).Total.ShouldBe(0m);

    [Fact]
    public void Net_savings_pay_for_the_writes()
    {
        var tokens = new TokenCounts { Input = 1_000, CacheRead = 3_000_000, CacheWrite5m = 1_000_000, CacheWrite1h = 1_000_000 };

        var value = CacheSums.Of(Cards.Sonnet4, tokens).Priced;

        (value.GrossSavings, value.WritePremium5m, value.WritePremium1h, value.NetSavings)
            .ShouldBe((Cards.Dollars("8.1"), Cards.Dollars("0.75"), Cards.Dollars("3"), Cards.Dollars("4.35")));
        (value.EffectiveDiscount, value.ExtraFor1h, value.SavedBy5m).ShouldBe((Ratio.Of(9, 10), Cards.Dollars("2.25"), Cards.Dollars("2.25")));
    }

    [Fact]
    public void Writes_are_no_hits_in_the_rate_that_counts_them() =>
        CacheSums.Of(Cards.Sonnet4, new TokenCounts { Input = 1_000, CacheRead = 3_000, CacheWrite5m = 1_000 }).HitRateWithWrites.ShouldBe(Ratio.Of(3, 5));

    [Fact]
    public void What_is_estimated_or_unpriced_stays_apart()
    {
        var tokens = new TokenCounts { Input = 10, CacheRead = 1_000_000 };
        var guessed = Cards.Card("some-model", "3", "15", "0.3", "3.75", "6", PricingStatus.Fallback);

        var sums = CacheSums.Of(guessed, tokens) + CacheSums.Of(RateCard.Unpriced("other"), tokens) + CacheSums.Of(Cards.Sonnet4, tokens);

        (sums.Priced.GrossSavings, sums.Estimated.GrossSavings, sums.UnpricedTokens).ShouldBe((Cards.Dollars("2.7"), Cards.Dollars("2.7"), 1_000_010));
        sums.CacheRead.ShouldBe(3_000_000);
    }

    [Fact]
    public void The_grouping_of_calls_does_not_matter() => Laws.Hold<(ushort Input, ushort Read, ushort Write)[]>(calls =>
    {
        var counts = calls.Select(call => new TokenCounts { Input = call.Input, CacheRead = call.Read, CacheWrite5m = call.Write }).ToArray();
        var together = CacheSums.Of(Cards.Opus4, counts.Aggregate(default(TokenCounts), (sum, call) => sum + call));
        return counts.Aggregate(default(CacheSums), (sum, call) => sum + CacheSums.Of(Cards.Opus4, call)) == together;
    });

    [Fact]
    public void Nobody_at_the_average_or_above_has_a_potential() => Laws.Hold<(ushort Input, ushort Read)[]>(engineers =>
    {
        var potential = CacheTable.Potential([.. engineers.Select((one, index) => Group($"{index}", Cards.Sonnet4, one.Input, one.Read))]);
        return potential.Total >= 0 && potential.Engineers.All(line =>
            line.Potential >= 0 && (line.Potential == 0 || Ratio.FromDecimal(line.Group.HitRate(CacheTable.RateDecimals)!.Value) < potential.TeamRate));
    });

    private static CacheGroup Group(string key, RateCard card, long input, long cacheRead = 0, long write5m = 0) =>
        new(key, key, CacheSums.Of(card, new TokenCounts { Input = input, CacheRead = cacheRead, CacheWrite5m = write5m }));
}
