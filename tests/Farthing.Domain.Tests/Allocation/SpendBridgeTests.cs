using Farthing.Domain.Allocation;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Tests.Allocation;

/// <summary>Why spend changed.</summary>
public sealed class SpendBridgeTests
{
    private static readonly RateCard Small = Card(1, 5);
    private static readonly RateCard Large = Card(10, 50);

    [Fact]
    public void The_parts_add_up_to_the_change_of_each_group_whatever_changed() =>
        Laws.Hold<(uint Input, uint Read, uint Output)[], (uint Input, uint Read, uint Output)[], ulong>((before, after, seed) =>
        {
            var groups = Enumerable.Range(0, Math.Max(before.Length, after.Length)).Select(at => (Use(before, at, seed), Use(after, at, seed / 3))).ToList();
            var parts = SpendBridge.Of(groups);
            return parts.Zip(groups).All(pair => pair.First.Sum == pair.Second.Item2.Cost - pair.Second.Item1.Cost);
        });

    [Fact]
    public void As_many_times_the_tokens_of_all_kinds_is_volume()
    {
        var parts = Bridge((Of(Small, 100, 50, 10), Of(Small, 300, 150, 30)), (Of(Large, 10, 0, 1), Of(Large, 30, 0, 3)));

        parts.ShouldBe(new() { Volume = parts.Sum });
        parts.Sum.ShouldBeGreaterThan(Usd.Zero);
    }

    [Fact]
    public void Other_rates_for_the_same_tokens_are_price()
    {
        var parts = Bridge((Of(Small, 100, 50, 10), Of(Large, 100, 50, 10)));

        parts.ShouldBe(new() { Price = parts.Sum });
    }

    [Fact]
    public void Tokens_that_move_to_another_model_are_mix_even_when_it_is_new()
    {
        var moved = Bridge((Of(Small, 100, 0, 0), Of(Small, 50, 0, 0)), (Of(Large, 100, 0, 0), Of(Large, 150, 0, 0)));
        var replaced = Bridge((Of(Small, 100, 0, 0), default), (default, Of(Large, 100, 0, 0)));

        moved.ShouldBe(new() { Mix = Dollars(450) });
        replaced.ShouldBe(new() { Mix = Dollars(900) });
    }

    [Fact]
    public void A_prompt_that_is_read_from_a_cache_is_cache_and_longer_answers_are_output()
    {
        Bridge((Of(Small, 100, 0, 10), Of(Small, 0, 100, 10))).ShouldBe(new() { Cache = Dollars(-90) });
        Bridge((Of(Small, 100, 0, 10), Of(Small, 90, 0, 20))).ShouldBe(new() { Output = Dollars(40) });
    }

    [Fact]
    public void What_tokens_do_not_cost_is_other()
    {
        var searches = Of(Small, 100, 0, 0) with { Cost = Dollars(107) };

        Bridge((Of(Small, 100, 0, 0), searches)).ShouldBe(new() { Other = Dollars(7) });
        Bridge((searches, searches + searches)).ShouldBe(new() { Volume = Dollars(107) });
    }

    [Fact]
    public void From_nothing_and_to_nothing_everything_is_volume()
    {
        Bridge((default, Of(Small, 100, 0, 0))).ShouldBe(new() { Volume = Dollars(100) });
        Bridge((Of(Small, 100, 0, 0), default)).ShouldBe(new() { Volume = Dollars(-100) });
        Bridge().ShouldBe(default);
    }

    private static BridgeParts Bridge(params (BridgeUse Before, BridgeUse After)[] groups) =>
        SpendBridge.Of(groups).Aggregate(default(BridgeParts), static (sum, parts) => sum + parts);

    /// <summary>Millions of tokens of a card.</summary>
    private static BridgeUse Of(RateCard card, long input, long read, long output)
    {
        var tokens = new TokenCounts { Input = input * 1_000_000, CacheRead = read * 1_000_000, Output = output * 1_000_000 };
        return BridgeUse.Of(card, tokens, new((BridgeUse.Of(card, tokens, Usd.Zero).All.Femtodollars / 1_000)));
    }

    private static BridgeUse Use((uint Input, uint Read, uint Output)[] uses, int at, ulong seed)
    {
        if (at >= uses.Length)
        {
            return default;
        }

        var (input, read, output) = uses[at];
        var card = Card((long)(seed % 97) + at, (long)(seed % 31) + 1);
        return BridgeUse.Of(card, new() { Input = input, CacheRead = read, Output = output, Reasoning = output / 2 }, new((Int128)input * (long)(seed % 1_000_003)));
    }

    /// <summary>A card of so many dollars a million tokens; a tenth of the input for what a cache holds.</summary>
    private static RateCard Card(long input, long output) => new()
    {
        Model = "m",
        Status = PricingStatus.Exact,
        [TokenClass.Input] = new(input * 1_000_000_000),
        [TokenClass.CacheRead] = new(input * 100_000_000),
        [TokenClass.Output] = new(output * 1_000_000_000),
    };

    private static Usd Dollars(long dollars) => new((Int128)dollars * Usd.PicodollarsPerUsd);
}
