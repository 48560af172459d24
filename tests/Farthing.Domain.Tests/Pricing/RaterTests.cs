using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using FsCheck;
using FsCheck.Fluent;
using static Farthing.Domain.Tests.Pricing.Prices;

namespace Farthing.Domain.Tests.Pricing;

public sealed class RaterTests
{
    private static readonly PriceCatalog Book = Catalog(
        Row("maker/model-1", Period(List("3", "15", (PriceComponent.CacheRead, "0.3"), (PriceComponent.CacheWrite5m, "3.75"), (PriceComponent.CacheWrite1h, "6")) with
        {
            Tiers = [new(200_000, Inclusive: false, Table("6", "22.5"))],
        }) with
        {
            Batch = List("1.5", "7.5"),
            Fast = List("30", "150"),
            Geo = [new("us", Factor("1.1"))],
        }),
        Row("maker/model-2", Period(List("1", "8"))),
        Row("maker/model-3", Period(List("1", "8")) with { From = Noon }),
        Row("host/plain", Period(List("1", "8"))));

    private readonly Rater rater = new(Book);

    [Fact]
    public void A_total_is_the_sum_of_its_classes() => Laws.Hold(Tokens(), tokens =>
    {
        var cost = rater.Rate("maker", "model-1", Noon, CallTerms.Standard, tokens, webSearches: 2).Cost;
        return cost.Total == cost.Input + cost.CacheRead + cost.CacheWrite5m + cost.CacheWrite1h + cost.Output + cost.Modalities + cost.Units;
    });

    [Fact]
    public void Every_class_is_its_rate_times_its_tokens() => Laws.Hold(Tokens(), tokens =>
    {
        var (card, cost) = rater.Rate("maker", "model-1", Noon, CallTerms.Standard, tokens);
        return cost.Input == Exactly(card[TokenClass.Input], tokens.Input)
            && cost.CacheRead == Exactly(card[TokenClass.CacheRead], tokens.CacheRead)
            && cost.CacheWrite5m == Exactly(card[TokenClass.CacheWrite5m], tokens.CacheWrite5m)
            && cost.CacheWrite1h == Exactly(card[TokenClass.CacheWrite1h], tokens.CacheWrite1h)
            && cost.Output == Exactly(card[TokenClass.Output], tokens.Output);
    });

    [Fact]
    public void The_same_call_always_costs_the_same() => Laws.Hold(Tokens(), tokens =>
        rater.Rate("maker", "model-1", Noon, CallTerms.Standard, tokens) is var first
        && new Rater(Book).Rate("MAKER", new string("model-1".AsSpan()), Noon, CallTerms.Standard, tokens) is var again
        && first.Cost == again.Cost && first.Card.Hash == again.Card.Hash);

    [Fact]
    public void Calls_of_one_kind_share_one_rate_card()
    {
        var first = rater.Rate("maker", "model-1", Noon, CallTerms.Standard, new() { Input = 1 }).Card;
        var second = rater.Rate("", "MODEL-1", Noon.AddDays(1), CallTerms.Standard, new() { Input = 200_000 }).Card;
        var large = rater.Rate("maker", "model-1", Noon, CallTerms.Standard, new() { Input = 200_001 }).Card;

        second.ShouldBeSameAs(first);
        large.ShouldNotBeSameAs(first);
    }

    [Fact]
    public void Threads_that_ask_at_once_get_the_same_rate_card()
    {
        var cards = new RateCard[8];
        var threads = Enumerable.Range(0, cards.Length)
            .Select(index => new Thread(() => cards[index] = rater.Rate("maker", "model-1", Noon, CallTerms.Standard, new() { Input = 1 }).Card))
            .ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        cards.ShouldAllBe(card => ReferenceEquals(card, cards[0]));
    }

    [Theory]
    [InlineData(200_000, "standard")]
    [InlineData(200_001, "standard; prompt>200000")]
    public void The_terms_name_the_context_tier(long prompt, string terms) =>
        rater.Rate("maker", "model-1", Noon, CallTerms.Standard, new() { CacheRead = prompt }).Card.Terms.ShouldBe(terms);

    [Fact]
    public void A_tier_that_lists_fewer_classes_keeps_the_other_rates()
    {
        var card = rater.Rate("maker", "model-1", Noon, CallTerms.Standard, new() { Input = 200_001 }).Card;

        card[TokenClass.Input].PerMillion().ShouldBe("6");
        card[TokenClass.CacheRead].PerMillion().ShouldBe("0.3");
        card[TokenClass.Output].PerMillion().ShouldBe("22.5");
    }

    [Theory]
    [InlineData(ServiceTier.Batch, false, "", "batch", "1.5")]
    [InlineData(ServiceTier.Flex, false, "", "standard (flex not listed)", "3")]
    [InlineData(ServiceTier.Standard, true, "", "fast", "30")]
    [InlineData(ServiceTier.Batch, true, "", "batch (never fast)", "1.5")]
    [InlineData(ServiceTier.Standard, false, "us", "standard; geo=us x1.1", "3.3")]
    [InlineData(ServiceTier.Standard, false, "US", "standard; geo=us x1.1", "3.3")]
    [InlineData(ServiceTier.Standard, false, "mars", "standard", "3")]
    [InlineData(ServiceTier.Batch, false, "us", "batch; geo=us x1.1", "1.65")]
    public void The_terms_say_what_was_applied_and_what_was_not(ServiceTier tier, bool fast, string geo, string terms, string input)
    {
        var card = rater.Rate("maker", "model-1", Noon, new CallTerms(tier, fast, geo), new() { Input = 1 }).Card;

        card.Terms.ShouldBe(terms);
        card[TokenClass.Input].PerMillion().ShouldBe(input);
    }

    [Fact]
    public void A_list_without_tiers_of_its_own_says_so_beyond_the_threshold()
    {
        var card = rater.Rate("maker", "model-1", Noon, new(ServiceTier.Standard, Fast: true, string.Empty), new() { Input = 200_001 }).Card;

        card.Terms.ShouldBe("fast; prompt>200000 not listed");
        card[TokenClass.Input].PerMillion().ShouldBe("30");
    }

    [Fact]
    public void What_is_not_published_is_written_on_the_card()
    {
        var card = rater.Rate("maker", "model-2", Noon, CallTerms.Standard, new() { CacheWrite1h = 1 }).Card;

        card.Assumed.ShouldBe("cache_read=input; cache_write_5m=input; cache_write_1h=cache_write_5m");
        card[TokenClass.CacheWrite1h].PerMillion().ShouldBe("1");
        card[TokenClass.InputImage].PerMillion().ShouldBe("1");
        card[TokenClass.OutputAudio].PerMillion().ShouldBe("8");
    }

    [Fact]
    public void A_search_nobody_has_priced_is_written_on_the_card()
    {
        rater.Rate("host", "plain", Noon, CallTerms.Standard, new() { Input = 1 }).Card.Assumed.ShouldNotContain("search");
        rater.Rate("host", "plain", Noon, CallTerms.Standard, new() { Input = 1 }, webSearches: 1).Card.Assumed.ShouldEndWith("web searches have no known price");
    }

    [Fact]
    public void A_known_model_at_an_unknown_host_is_priced_at_its_author_and_flagged()
    {
        var card = rater.Rate("somebody-else", "model-2", Noon, CallTerms.Standard, new() { Input = 1 }).Card;

        card.Model.ShouldBe("maker/model-2");
        card.Status.ShouldBe(PricingStatus.AssumedHost);
    }

    [Fact]
    public void A_call_before_the_first_price_is_estimated_at_it()
    {
        var card = rater.Rate("maker", "model-3", Noon.AddTicks(-1), CallTerms.Standard, new() { Input = 1 }).Card;

        card.Status.ShouldBe(PricingStatus.Fallback);
        card.Terms.ShouldBe("before the first known price; standard");
        rater.Rate("maker", "model-3", Noon, CallTerms.Standard, new() { Input = 1 }).Card.Status.ShouldBe(PricingStatus.Exact);
        new Rater(Book, UnknownModelPolicy.Hold).Rate("maker", "model-3", Noon.AddTicks(-1), CallTerms.Standard, new() { Input = 1 }).Card.Status
            .ShouldBe(PricingStatus.Unpriced);
    }

    [Fact]
    public void The_estimate_stands_on_the_seeds_prices_even_without_its_row()
    {
        var (card, cost) = rater.Rate("", "unheard-of", Noon, CallTerms.Standard, new() { Input = 1_000_000, CacheRead = 1_000_000, CacheWrite5m = 1_000_000, Output = 1_000_000 });

        card.Status.ShouldBe(PricingStatus.Fallback);
        card.Model.ShouldBe(Rater.StandInKey);
        cost.Total.ToString().ShouldBe("22.05");
    }

    [Theory]
    [InlineData(UnknownModelPolicy.Zero, "zero")]
    [InlineData(UnknownModelPolicy.Hold, "held")]
    [InlineData(UnknownModelPolicy.Reject, "rejected")]
    public void Other_policies_leave_the_call_unpriced_and_say_why(UnknownModelPolicy policy, string terms)
    {
        var (card, cost) = new Rater(Book, policy).Rate("", "<script>", Noon, CallTerms.Standard, new() { Input = 1_000 });

        card.Status.ShouldBe(PricingStatus.Unpriced);
        card.Model.ShouldBe("<script>");
        card.Terms.ShouldBe(terms);
        cost.Total.ShouldBe(Usd.Zero);
    }

    [Fact]
    public void A_usage_event_is_priced_by_its_own_fields()
    {
        var usage = new UsageEvent
        {
            Id = EventId.Create(Noon, "local", "test", "1"),
            OccurredAt = Noon,
            Dimensions = new() { Provider = "maker", Model = "model-1" },
            Session = new("s", string.Empty, string.Empty),
            Tokens = new() { Input = 1_000, Output = 100 },
            Terms = new(ServiceTier.Batch, Fast: false, string.Empty),
            WebSearches = 3,
        };

        rater.Rate(usage).Cost.Total.ToString().ShouldBe("0.03225");
    }

    [Fact]
    public void Names_that_keep_coming_do_not_fill_the_memory()
    {
        var memo = new ModelMemo<string>();
        for (var index = 0; index < 100_000; index++)
        {
            memo.Keep("maker", $"model-{index}", "meaning");
        }

        memo.Count.ShouldBeLessThanOrEqualTo(ModelMemo<string>.EntriesMax);
        memo.Find("maker", "model-99999").ShouldBe("meaning");
    }

    [Fact]
    public void A_memory_never_mixes_names_up() => Laws.Hold<string, string>((model, provider) =>
    {
        var memo = new ModelMemo<string>();
        (model, provider) = (model ?? string.Empty, provider ?? string.Empty);
        memo.Keep(provider, model, "one");
        memo.Keep(provider + "x", model, "two");
        memo.Keep(provider, "x" + model, "three");
        return memo.Find(provider, model) == "one" && memo.Find(provider + "x", model) == "two" && memo.Find(provider, "x" + model) == "three"
            && memo.Find(provider, model + "y") is null;
    });

    private static Usd Exactly(Rate rate, long tokens) => Usd.FromFemtodollars((Int128)rate.Femtodollars * tokens);

    private static Arbitrary<TokenCounts> Tokens() =>
        (from input in Gen.Choose(0, 300_000)
         from read in Gen.Choose(0, 1_000_000_000)
         from write in Gen.Choose(0, 100_000)
         from hour in Gen.Choose(0, 100_000)
         from output in Gen.Choose(0, int.MaxValue)
         from audio in Gen.Choose(0, 3)
         select new TokenCounts
         {
             Input = input,
             CacheRead = read,
             CacheWrite5m = write,
             CacheWrite1h = hour,
             Output = output,
             Modalities = audio == 0 ? null : new ModalityCounts { [TokenClass.InputAudio] = audio, [TokenClass.Citation] = 7 },
         }).ToArbitrary();
}
