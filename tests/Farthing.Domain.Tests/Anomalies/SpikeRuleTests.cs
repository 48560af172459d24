using Farthing.Domain.Anomalies;
using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Anomalies;

public sealed class SpikeRuleTests
{
    [Theory]
    [InlineData(10, 10, 1_000, Severity.None)]
    [InlineData(10, 24, 2_000, Severity.None)]
    [InlineData(10, 25, 2_059, Severity.Warning)]
    [InlineData(10, 45, 3_000, Severity.Warning)]
    [InlineData(10, 46, 3_038, Severity.Critical)]
    [InlineData(0, 5, 7_000, Severity.Critical)]
    public void Primers_week_holds_the_day_it_is_compared_to(int usual, int last, int factorPermille, Severity severity)
    {
        var verdict = SpikeRule.Primer(Cost(last), Cost((6 * usual) + last), SpikeThresholds.Usual);

        verdict.Severity.ShouldBe(severity);
        (verdict.Factor!.Value * Ratio.Of(1_000)).Round(0).ShouldBe(factorPermille);
    }

    [Fact]
    public void Without_spend_there_is_no_factor() =>
        SpikeRule.Primer(Usd.Zero, Usd.Zero, SpikeThresholds.Usual).ShouldBe(new(Severity.None, null, Ratio.Zero, string.Empty));

    [Theory]
    [InlineData(20, Severity.None)]
    [InlineData(21, Severity.Warning)]
    [InlineData(30, Severity.Warning)]
    [InlineData(31, Severity.Critical)]
    public void Our_days_before_do_not_hold_the_day(int last, Severity severity) =>
        SpikeRule.Robust(Cost(last), Days(10, 10, 10, 10, 10, 10, 10), SpikeThresholds.Usual).Severity.ShouldBe(severity);

    [Fact]
    public void The_first_days_of_usage_are_no_alarm()
    {
        SpikeRule.Robust(Cost(5), [], SpikeThresholds.Usual).Reason.ShouldBe(SpikeRule.InsufficientHistory);
        SpikeRule.Robust(Cost(500), Days(1, 1, 1, 1, 1, 1), SpikeThresholds.Usual).Reason.ShouldBe(SpikeRule.InsufficientHistory);
        SpikeRule.Robust(Cost(5), Days(0, 0, 0, 0, 0, 0, 0), SpikeThresholds.Usual).Reason.ShouldBe(SpikeRule.InsufficientHistory);
    }

    [Fact]
    public void One_wild_day_before_does_not_hide_the_next() =>
        SpikeRule.Robust(Cost(50), Days(10, 11, 9, 400, 10, 12, 10), SpikeThresholds.Usual).Severity.ShouldBe(Severity.Critical);

    [Fact]
    public void Days_that_always_differ_are_no_alarm()
    {
        var verdict = SpikeRule.Robust(Cost(60), Days(2, 40, 5, 60, 20, 55, 9), SpikeThresholds.Usual);

        (verdict.Severity, verdict.Usual, verdict.Reason).ShouldBe((Severity.None, Ratio.Of(20), SpikeRule.WithinSpread));
    }

    [Fact]
    public void Where_most_days_are_idle_the_mean_is_usual() =>
        SpikeRule.Robust(Cost(9), Days(0, 0, 0, 0, 0, 0, 7), SpikeThresholds.Usual).ShouldBe(new(Severity.Critical, Ratio.Of(9), Ratio.One, string.Empty));

    [Fact]
    public void The_order_of_the_days_does_not_matter() => Laws.Hold<ushort[], ushort>((days, last) =>
        SpikeRule.Robust(Cost(last), [.. days.Select(day => Cost(day))], SpikeThresholds.Usual)
        == SpikeRule.Robust(Cost(last), [.. days.Select(day => Cost(day)).Reverse()], SpikeThresholds.Usual));

    [Fact]
    public void More_spend_is_never_less_of_an_alarm() => Laws.Hold<ushort[], ushort, ushort>((days, last, more) =>
    {
        Usd[] before = [.. days.Select(day => Cost(day))];
        return SpikeRule.Robust(Cost(last + more), before, SpikeThresholds.Usual).Severity >= SpikeRule.Robust(Cost(last), before, SpikeThresholds.Usual).Severity;
    });

    private static Usd Cost(int dollars) => Usd.FromDecimal(dollars);

    private static Usd[] Days(params int[] dollars) => Array.ConvertAll(dollars, Cost);
}
