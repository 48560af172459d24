using Farthing.Domain.Caching;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Tests.Caching;

public sealed class CacheLifetimesTests
{
    [Fact]
    public void Break_even_is_counted_in_reads()
    {
        var even = CacheLifetimes.BreakEven(Cards.Sonnet4);

        // 0.25/0.9, 1/0.9 and 0.75/1.15 of the input price.
        even.ShouldBe(new(Ratio.Of(5, 18), Ratio.Of(10, 9), Ratio.Of(15, 23)));
        (even.ReadsToPay5m!.Value.Ceiling(), even.ReadsToPay1h!.Value.Ceiling(), even.LateReadsFor1h!.Value.Ceiling()).ShouldBe((1, 2, 1));
    }

    [Fact]
    public void A_model_with_one_lifetime_has_no_choice()
    {
        var tokens = new TokenCounts { CacheWrite5m = 1_000 };

        CacheLifetimes.BreakEven(Cards.Gpt5).ShouldBe(new(Ratio.Zero, Ratio.Zero, null));
        CacheLifetimes.WhatIf(Cards.Gpt5, tokens, 1_000, 0).Advice.ShouldBe(LifetimeAdvice.NoChoice);
        CacheSums.Of(Cards.Gpt5, tokens).Priced.ExtraFor1h.ShouldBe(Usd.Zero);
    }

    [Theory]
    [InlineData(0, LifetimeAdvice.Keep, "-2.25")]
    [InlineData(390_000, LifetimeAdvice.Keep, "-0.027")]
    [InlineData(400_000, LifetimeAdvice.UseOneHour, "0.03")]
    [InlineData(1_000_000, LifetimeAdvice.UseOneHour, "3.45")]
    public void An_hour_pays_when_enough_would_have_been_read_again(long rewrittenLate, LifetimeAdvice advice, string saved)
    {
        var whatIf = CacheLifetimes.WhatIf(Cards.Sonnet4, new TokenCounts { CacheWrite5m = 1_000_000 }, rewrittenLate, 0);

        (whatIf.Advice, whatIf.SavedBy1h, whatIf.SavedBy5m).ShouldBe((advice, Cards.Dollars(saved), Usd.Zero));
    }

    [Theory]
    [InlineData(0, LifetimeAdvice.UseFiveMinutes, "2.25")]
    [InlineData(1_000_000, LifetimeAdvice.Keep, "-1.2")]
    public void Five_minutes_pay_when_nothing_was_read_late(long readLate, LifetimeAdvice advice, string saved)
    {
        var whatIf = CacheLifetimes.WhatIf(Cards.Sonnet4, new TokenCounts { CacheRead = 5_000_000, CacheWrite1h = 1_000_000 }, 0, readLate);

        (whatIf.Advice, whatIf.SavedBy5m, whatIf.SavedBy1h).ShouldBe((advice, Cards.Dollars(saved), Usd.Zero));
    }

    [Fact]
    public void Advice_never_costs_more() => Laws.Hold<(uint Write5m, uint Write1h, uint Read), uint, uint>((counts, rewritten, read) =>
    {
        var tokens = new TokenCounts { CacheWrite5m = counts.Write5m, CacheWrite1h = counts.Write1h, CacheRead = counts.Read };
        var whatIf = CacheLifetimes.WhatIf(Cards.Opus4, tokens, rewritten, read);
        return whatIf.Advice switch
        {
            LifetimeAdvice.UseOneHour => whatIf.SavedBy1h >= Usd.Zero,
            LifetimeAdvice.UseFiveMinutes => whatIf.SavedBy5m >= Usd.Zero,
            _ => whatIf.SavedBy1h <= Usd.Zero && whatIf.SavedBy5m <= Usd.Zero,
        };
    });
}
