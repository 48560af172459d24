using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Domain.Tests.Pricing;

public sealed class RateCardTests
{
    private static readonly RateCard Full = new()
    {
        Model = "maker/model-1",
        Status = PricingStatus.AssumedHost,
        Terms = "batch; prompt>200000",
        From = "2026-01-01",
        To = "2026-08-16T16:00:00Z",
        Source = "a page; another = page",
        AsOf = "2026-11-18",
        Confidence = "api",
        WebSearch = new(10_000_000_000_000),
        Reasoning = new(8_400_000_000),
        Assumed = "cache_write_1h=cache_write_5m",
        [TokenClass.Input] = new(3_000_000_000),
        [TokenClass.Citation] = new(1),
    };

    [Fact]
    public void A_card_is_read_back_as_it_was_written()
    {
        var read = RateCard.Parse(Full.ToString());

        read.ToString().ShouldBe(Full.ToString());
        read.Hash.ShouldBe(Full.Hash);
        read.Assumed.ShouldBe(Full.Assumed);
        read.Reasoning.ShouldBe(Full.Reasoning);
        read[TokenClass.Citation].ShouldBe(new Rate(1));
    }

    [Fact]
    public void A_card_without_the_rarer_fields_keeps_the_short_form()
    {
        var text = RateCard.Unpriced("<script>").ToString();

        text.ShouldBe("model=<script>\nstatus=Unpriced\nterms=\nfrom=\nto=\nsource=\nas_of=\nconfidence=\n");
        RateCard.Parse(text).Reasoning.ShouldBeNull();
    }

    [Fact]
    public void Cards_that_differ_in_one_rate_differ_in_their_hash()
    {
        var other = RateCard.Parse(Full.ToString().Replace("3000000000", "3000000001", StringComparison.Ordinal));

        other.Hash.ShouldNotBe(Full.Hash);
    }

    [Theory]
    [InlineData("")]
    [InlineData("model")]
    [InlineData("model=x\nstatus=Exact\n")]
    public void Other_texts_are_no_rate_card(string text) => Should.Throw<FormatException>(() => RateCard.Parse(text));
}
