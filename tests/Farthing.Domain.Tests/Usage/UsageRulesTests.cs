using Farthing.Domain.Usage;

namespace Farthing.Domain.Tests.Usage;

public sealed class UsageRulesTests
{
    private static readonly UsageEvent Good = InventedCalls.Call(5);

    [Fact]
    public void Clocks_may_differ_by_five_minutes_and_no_more() => Laws.Hold<short>(seconds =>
        UsageRules.Refusal(Good, InventedCalls.Noon.AddSeconds(-seconds)) is null == seconds <= 300);

    [Fact]
    public void Nothing_happened_before_2020()
    {
        Refusal(Good with { OccurredAt = UsageRules.Earliest }).ShouldBeNull();
        Refusal(Good with { OccurredAt = UsageRules.Earliest.AddTicks(-1) }).ShouldBe("the time 2019-12-31 is before 2020");
    }

    [Fact]
    public void Counts_lie_between_nothing_and_ten_thousand_million() => Laws.Hold<int>(distance =>
        (Refusal(WithInput(distance)) is null == distance >= 0)
        && (Refusal(WithInput(TokenCounts.ClassMax + distance)) is null == distance <= 0));

    [Fact]
    public void Reasoning_beyond_output_and_negative_searches_are_refused()
    {
        Refusal(Good with { Tokens = new() { Output = 3, Reasoning = 4 } }).ShouldNotBeNull();
        Refusal(Good with { WebSearches = -1 }).ShouldBe("a count of web searches is negative");
    }

    [Theory]
    [InlineData(256, false)]
    [InlineData(257, true)]
    public void A_model_name_has_at_most_256_characters(int length, bool refused)
    {
        (Refusal(InventedCalls.Call(5, model: new('m', length))) is not null).ShouldBe(refused);
    }

    [Fact]
    public void A_run_has_at_most_256_characters_and_a_duration_is_not_negative()
    {
        Refusal(Good with { Run = new('r', 256), DurationMilliseconds = 0 }).ShouldBeNull();
        Refusal(Good with { Run = new('r', 257) }).ShouldBe("the name of the run is longer than 256 characters");
        Refusal(Good with { DurationMilliseconds = -1 }).ShouldBe("the duration is negative");
    }

    private static UsageEvent WithInput(long input) => Good with { Tokens = new() { Input = input } };

    private static string? Refusal(UsageEvent usage) => UsageRules.Refusal(usage, InventedCalls.Noon);
}
