using Farthing.Domain.Pricing;
using static Farthing.Domain.Tests.Pricing.Prices;

namespace Farthing.Domain.Tests.Pricing;

public sealed class CatalogRefusalTests
{
    private static readonly PriceList Plain = List("3", "15");
    private static readonly DateTimeOffset January = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Overlapping_periods_are_refused() => Refusal(Row("maker/model-1",
            Period(Plain) with { To = March }, Period(Plain) with { From = January }))
        .ShouldBe("maker/model-1: its periods overlap at 2026-03-01 / 2026-01-01");

    [Fact]
    public void Two_open_periods_are_refused() => Refusal(Row("maker/model-1", Period(Plain), Period(Plain)))
        .ShouldBe("maker/model-1: its periods overlap at open / open");

    [Fact]
    public void A_gap_between_periods_is_refused() => Refusal(Row("maker/model-1",
            Period(Plain) with { To = January }, Period(Plain) with { From = March }))
        .ShouldBe("maker/model-1: its periods leave a gap at 2026-01-01 / 2026-03-01");

    [Fact]
    public void A_price_that_ends_without_a_successor_is_refused() => Refusal(Row("maker/model-1", Period(Plain) with { To = January }))
        .ShouldBe("maker/model-1: its last period ends at 2026-01-01 and nothing follows");

    [Fact]
    public void A_period_that_ends_before_it_starts_is_refused() => Refusal(Row("maker/model-1", Period(Plain) with { From = March, To = January }))
        .ShouldStartWith("maker/model-1: the period from 2026-03-01 ends before it starts");

    [Fact]
    public void An_id_that_two_rows_claim_is_refused() => Refusal(
            Row("maker/model-1", Period(Plain)) with { Ids = ["model-latest"] }, Row("maker/model-2", Period(Plain)) with { Ids = ["MODEL-latest"] })
        .ShouldBe("maker/model-2: the id 'model-latest' already belongs to maker/model-1");

    [Fact]
    public void The_same_id_at_two_providers_is_fine() => Catalog(
            Row("maker/model-1", Period(Plain)), Row("host/model-1", Period(Plain)))
        .Rows.Count.ShouldBe(2);

    [Fact]
    public void Two_spellings_of_one_id_in_two_rows_are_refused() => Refusal(
            Row("maker/model-1.5", Period(Plain)), Row("maker/model_1_5", Period(Plain)))
        .ShouldBe("maker/model_1_5: the id 'model_1_5' is spelled like one of maker/model-1.5");

    [Fact]
    public void Two_spellings_are_refused_in_either_order() => Refusal(
            Row("maker/model-1-5", Period(Plain)), Row("maker/model-1.5", Period(Plain)))
        .ShouldContain("is spelled like one of maker/model-1-5");

    [Fact]
    public void A_cache_read_dearer_than_the_input_is_refused() => Refusal(Row("maker/model-1", Period(List("3", "15", (PriceComponent.CacheRead, "3.1")))))
        .ShouldBe("maker/model-1: standard cache_read of 3.1 is above its input of 3");

    [Fact]
    public void A_price_per_token_taken_for_one_per_million_is_refused() => Refusal(Row("maker/model-1", Period(List("15000", "15"))))
        .ShouldBe("maker/model-1: standard input of 15000 is above 2000 USD per million");

    [Fact]
    public void A_priority_tier_at_fifty_times_the_price_is_refused() => Refusal(Row("maker/model-1", Period(Plain) with { Priority = List("150", "15") }))
        .ShouldBe("maker/model-1: priority input of 150 is not believable against 3");

    [Fact]
    public void A_batch_dearer_than_the_list_price_is_refused() => Refusal(Row("maker/model-1", Period(Plain) with { Batch = List("3", "15.1") }))
        .ShouldBe("maker/model-1: batch output of 15.1 is not believable against 15");

    [Fact]
    public void A_flex_tier_at_a_tenth_is_refused() => Refusal(Row("maker/model-1", Period(Plain) with { Flex = List("0.3", "7.5") }))
        .ShouldBe("maker/model-1: flex input of 0.3 is not believable against 3");

    [Fact]
    public void Thresholds_must_ascend()
    {
        var tiers = new ContextTier[] { new(200_000, Inclusive: false, Plain.Rates), new(128_000, Inclusive: false, Plain.Rates) };

        Refusal(Row("maker/model-1", Period(Plain with { Tiers = tiers })))
            .ShouldBe("maker/model-1: the context tiers of standard do not ascend at 128000");
    }

    [Fact]
    public void A_factor_whose_products_are_not_whole_is_refused() => Refusal(Row("maker/model-1",
            Period(List("0.083333333", "15")) with { Geo = [new("us", Factor("1.1"))] }))
        .ShouldBe("maker/model-1: input of 0.083333333 times 1.1 is not a whole number of femtodollars");

    [Fact]
    public void A_profile_factor_is_checked_the_same_way() => Refusal(
            Row("maker/model-1", Period(List("0.000000001", "15"))) with { Profile = Factor("1.1") })
        .ShouldContain("input of 0.000000001 times 1.1");

    [Fact]
    public void Every_table_of_a_period_is_checked() => Refusal(Row("maker/model-1",
            Period(Plain) with { Fast = List("6", "30", (PriceComponent.CacheRead, "7")) }))
        .ShouldBe("maker/model-1: fast cache_read of 7 is above its input of 6");

    [Fact]
    public void Windows_beside_context_tiers_are_refused()
    {
        var window = new PriceWindow { Label = "peak", Zone = TimeZoneInfo.Utc, Days = [DayOfWeek.Monday], Ranges = [new(0, 60)], Rates = Plain.Rates };

        Refusal(Row("maker/model-1", Period(Plain) with { Windows = [window], Batch = List("1.5", "7.5") }))
            .ShouldContain("time windows together with");
    }

    [Fact]
    public void A_row_without_an_input_price_is_refused() => Refusal(Row("maker/model-1", Period(Plain) with { Standard = null }))
        .ShouldBe("maker/model-1: a period has no input price");

    [Fact]
    public void A_row_without_periods_is_refused() => Refusal(Row("maker/model-1")).ShouldBe("maker/model-1: it has no price");

    [Fact]
    public void A_row_of_nobody_is_refused() => Refusal(Row("nobody/model-1", Period(Plain)))
        .ShouldBe("nobody/model-1: no provider is called 'nobody'");

    [Fact]
    public void A_key_is_provider_slash_model_in_lower_case()
    {
        Refusal(Row("model-1", Period(Plain))).ShouldContain("its key is not provider/model");
        Refusal(Row("maker/Model-1", Period(Plain))).ShouldContain("its key is not provider/model");
    }

    [Fact]
    public void A_moving_name_must_point_to_a_row_with_a_price() => Refusal(
            Row("maker/model-latest", new PricePeriod { As = "maker/model-9" }))
        .ShouldBe("maker/model-latest: a period points to 'maker/model-9', which has no price of its own");

    [Fact]
    public void A_moving_name_must_not_point_to_another_moving_name() => Refusal(
            Row("maker/model-1", Period(Plain)),
            Row("maker/model-a", new PricePeriod { As = "maker/model-1" }),
            Row("maker/model-b", new PricePeriod { As = "maker/model-a" }))
        .ShouldStartWith("maker/model-b: a period points to 'maker/model-a'");
}
