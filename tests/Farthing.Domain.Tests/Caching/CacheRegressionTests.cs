using Farthing.Domain.Caching;
using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Caching;

public sealed class CacheRegressionTests
{
    [Theory]
    [InlineData("no calls", 90, 1_000, 90, 29, CacheTrend.TooFew)]
    [InlineData("a collapse", 90, 100, 60, 100, CacheTrend.Worse)]
    [InlineData("a collapse seen on few calls", 90, 30, 75, 30, CacheTrend.Same)]
    [InlineData("the same drop seen on many", 90, 3_000, 75, 3_000, CacheTrend.Worse)]
    [InlineData("a repair", 60, 100, 90, 100, CacheTrend.Better)]
    [InlineData("sure and too small to matter", 90, 1_000_000, 89, 1_000_000, CacheTrend.Same)]
    [InlineData("the same", 90, 1_000, 90, 1_000, CacheTrend.Same)]
    [InlineData("all hits in both", 100, 1_000, 100, 1_000, CacheTrend.Same)]
    public void A_version_is_compared_to_the_one_before(string what, int before, int callsBefore, int after, int callsAfter, CacheTrend trend)
    {
        var comparisons = CacheRegression.Compare([Version("1.0", before, callsBefore), Version("1.1", after, callsAfter)]);

        comparisons.Select(comparison => comparison.Trend).ShouldBe([CacheTrend.TooFew, trend], what);
        comparisons[1].Change.ShouldBe(Ratio.Of(after - before, 100), what);
        (comparisons[0].Previous, comparisons[1].Previous?.Version).ShouldBe((null, "1.0"));
    }

    [Fact]
    public void A_version_without_a_prompt_says_nothing() =>
        CacheRegression.Compare([Version("1.0", 90, 100), new("1.1", 100, default)])[1].ShouldSatisfyAllConditions(
            comparison => comparison.Change.ShouldBeNull(), comparison => comparison.Trend.ShouldBe(CacheTrend.TooFew));

    private static AgentVersionCaching Version(string name, int hitPercent, int calls) =>
        new(name, calls, new() { CacheRead = hitPercent * 1_000L, CacheWrite5m = (100 - hitPercent) * 1_000L });
}
