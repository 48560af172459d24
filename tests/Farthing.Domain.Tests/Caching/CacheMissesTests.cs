using Farthing.Domain.Caching;

namespace Farthing.Domain.Tests.Caching;

public sealed class CacheMissesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private static readonly CacheStep First = Step(0, read: 0, write5m: 50_000);

    [Theory]
    [InlineData("all was read", 60, 50_000, 2_000, CacheMiss.None, 0)]
    [InlineData("the last turn was rewritten", 60, 45_000, 7_000, CacheMiss.None, 0)]
    [InlineData("too late", 301, 0, 52_000, CacheMiss.LifetimeGap, 50_000)]
    [InlineData("just in time and lost", 300, 0, 52_000, CacheMiss.PrefixChange, 50_000)]
    [InlineData("an early message changed", 60, 14_000, 38_000, CacheMiss.PrefixChange, 36_000)]
    [InlineData("compacted", 60, 2_000, 10_000, CacheMiss.Compaction, 10_010)]
    [InlineData("cut back to what is cached", 60, 30_000, 500, CacheMiss.None, 0)]
    [InlineData("late and read all the same", 301, 50_000, 2_000, CacheMiss.None, 0)]
    public void A_call_is_judged_by_the_one_before(string what, int seconds, long read, long write, CacheMiss miss, long lost)
    {
        var verdict = CacheMisses.Judge(Step(seconds, read, write), First, CacheLifetimes.FiveMinutes);

        (verdict.Miss, verdict.LostTokens).ShouldBe((miss, lost), what);
    }

    [Fact]
    public void The_first_call_has_nothing_to_find() => CacheMisses.Judge(First, null, CacheLifetimes.FiveMinutes).ShouldBe(new(CacheMiss.FirstCall, 0, 0, 0));

    [Fact]
    public void Another_model_has_a_cache_of_its_own() =>
        CacheMisses.Judge(Step(60, 0, 52_000) with { Model = "haiku" }, First, CacheLifetimes.FiveMinutes).Miss.ShouldBe(CacheMiss.ModelSwitch);

    [Fact]
    public void Where_nothing_is_cached_nothing_is_missed()
    {
        var before = new CacheStep(Noon, "sonnet", new() { Input = 50_000 });

        CacheMisses.Judge(new(Noon, "sonnet", new() { Input = 52_000 }), before, CacheLifetimes.FiveMinutes).Miss.ShouldBe(CacheMiss.NothingCached);
        CacheMisses.Judge(Step(1, 50_000, 0), before, CacheLifetimes.FiveMinutes).Miss.ShouldBe(CacheMiss.None);
    }

    [Fact]
    public void An_hour_lives_longer_than_five_minutes()
    {
        var first = new CacheStep(Noon, "sonnet", new() { CacheWrite1h = 50_000 });

        var verdicts = CacheMisses.InSession([first, Step(1_800, 50_000, 0), Step(1_800 + 3_601, 0, 50_000)]).ToArray();

        verdicts.Select(verdict => verdict.Miss).ShouldBe([CacheMiss.FirstCall, CacheMiss.None, CacheMiss.LifetimeGap]);
        verdicts.Select(verdict => (verdict.ReadLate, verdict.RewrittenLate)).ShouldBe([(0, 0), (50_000, 0), (0, 0)]);
    }

    [Fact]
    public void What_was_written_again_within_the_hour_an_hour_would_have_kept() =>
        CacheMisses.Judge(Step(1_800, 0, 52_000), First, CacheLifetimes.FiveMinutes).RewrittenLate.ShouldBe(50_000);

    [Fact]
    public void A_loss_costs_the_write_less_the_read()
    {
        var call = Step(60, 14_000, 38_000);

        var verdict = CacheMisses.Judge(call, First, CacheLifetimes.FiveMinutes);

        verdict.Cost(Cards.Sonnet4, call.Tokens).ShouldBe(Cards.Dollars("0.1242"));
        verdict.Cost(Cards.Sonnet4, new() { CacheWrite5m = 6_000, Input = 32_000 }).ShouldBe(Cards.Dollars("0.1017"));
    }

    [Fact]
    public void Nothing_is_lost_at_a_hit_nor_more_than_was_cached() => Laws.Hold<(ushort Seconds, ushort Read, ushort Write)[]>(calls =>
    {
        CacheStep[] steps = [.. calls.Select(call => Step(call.Seconds, call.Read, call.Write))];
        var verdicts = CacheMisses.InSession(steps).ToArray();
        return verdicts.Length == steps.Length && verdicts.Index().All(pair =>
            (pair.Item.Miss is not (CacheMiss.None or CacheMiss.FirstCall or CacheMiss.NothingCached) || pair.Item.LostTokens == 0)
            && pair.Item.RewrittenLate <= pair.Item.LostTokens
            && (pair.Index == 0 || pair.Item.LostTokens <= steps[pair.Index - 1].Tokens.CacheRead + steps[pair.Index - 1].Tokens.CacheWrite));
    });

    private static CacheStep Step(int seconds, long read, long write5m) =>
        new(Noon.AddSeconds(seconds), "sonnet", new() { Input = 10, CacheRead = read, CacheWrite5m = write5m });
}
