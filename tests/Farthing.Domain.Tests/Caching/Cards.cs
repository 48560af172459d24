using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Tests.Caching;

/// <summary>Rate cards with the prices of Primer's table; one-hour writes are twice the input, as their vendor lists them.</summary>
internal static class Cards
{
    public static readonly RateCard Opus4 = Card("claude-opus-4", "15", "75", "1.5", "18.75", "30");

    public static readonly RateCard Sonnet4 = Card("claude-sonnet-4", "3", "15", "0.3", "3.75", "6");

    public static readonly RateCard Haiku35 = Card("claude-haiku-3.5", "0.8", "4", "0.08", "1", "1.6");

    /// <summary>A model with one lifetime, whose writes cost what input costs.</summary>
    public static readonly RateCard Gpt5 = Card("gpt-5", "1.25", "10", "0.3125", "1.25", "1.25");

    public static RateCard Card(string model, string input, string output, string read, string write5m, string write1h, PricingStatus status = PricingStatus.Exact) => new()
    {
        Model = model,
        Status = status,
        [TokenClass.Input] = PerMillion(input),
        [TokenClass.Output] = PerMillion(output),
        [TokenClass.CacheRead] = PerMillion(read),
        [TokenClass.CacheWrite5m] = PerMillion(write5m),
        [TokenClass.CacheWrite1h] = PerMillion(write1h),
    };

    public static Usd Dollars(string text)
    {
        Usd.TryParse(text, out var amount).ShouldBeTrue();
        return amount;
    }

    private static Rate PerMillion(string text)
    {
        Rate.TryParsePerMillion(text, out var rate).ShouldBeTrue();
        return rate;
    }
}
