using Farthing.Domain.Forecasting.Intervals;

namespace Farthing.Domain.Tests.Forecasting;

public sealed class IntervalsTests
{
    private static readonly Residuals Hundred = Errors(days: 30, [.. Enumerable.Range(-50, 100).Select(error => (double)error)]);

    [Fact]
    public void Each_tail_is_the_conformal_rank_of_the_errors()
    {
        var reach = new ErrorMixture([new(Hundred.Totals, 1)], mirrored: 0).Central(0.2);

        // Nine tenths of the way from before the first of a hundred errors to behind the last: rank 90.9, straight between errors.
        reach.Above.ShouldBe(39.9, 1e-6);
        reach.Below.ShouldBe(-40.9, 1e-6);
    }

    [Fact]
    public void A_mixture_is_between_its_parts_and_goes_by_their_weight()
    {
        double[] small = [-1, 0, 1], large = [9, 10, 11];

        ErrorMixture Mixed(double weight) => new([new(small, 1), new(large, weight), new([], 1)], mirrored: 0);

        Mixed(1).ChanceUpTo(5).ShouldBe(0.5);
        Mixed(3).ChanceUpTo(5).ShouldBe(0.25);
        Mixed(1).Central(0.05).Above.ShouldBe(11, 1e-6);
    }

    [Fact]
    public void What_is_mirrored_counts_on_both_sides()
    {
        double[] errors = [1, 2, 3];

        new ErrorMixture([new(errors, 1)], mirrored: 0).Central(0.2).Below.ShouldBe(0);
        new ErrorMixture([new(errors, 1)], mirrored: 1).Central(0.2).Below.ShouldBe(-3, 1e-6);
        new ErrorMixture([new(errors, 1)], mirrored: 0.5).ChanceUpTo(0).ShouldBe(0.25);
    }

    [Fact]
    public void A_narrower_promise_makes_a_wider_interval()
    {
        var conformal = new Conformal(Hundred, ResidualPool.Empty, TypicalErrors.Grown, 30);

        conformal.Total(0.01).Above.ShouldBeGreaterThan(conformal.Total(0.05).Above);
        conformal.Daily(0.05).Of(1).Below.ShouldBeLessThan(conformal.Daily(0.2).Of(1).Below);
    }

    [Fact]
    public void Own_errors_weigh_the_more_the_more_origins_there_are()
    {
        var siblings = ResidualPool.Of([Errors(days: 30, [-1, 1])]);

        var few = new Conformal(Errors(days: 30, [-9, 9], origins: 20), siblings, Residuals.None, 30);
        var many = new Conformal(Errors(days: 30, [-9, 9], origins: 80), siblings, Residuals.None, 30);

        // No sibling was off by more than one; a third of the own is nine or more.
        few.ChanceAbove(8.999).ShouldBe(20 / 40d / 3, 1e-3);
        many.ChanceAbove(8.999).ShouldBe(80 / 100d / 3, 1e-3);
    }

    [Fact]
    public void Errors_that_all_went_one_way_leave_room_for_the_other()
    {
        var up = Errors(days: 30, [.. Enumerable.Range(1, 40).Select(static error => error / 10d)]);

        var reach = new Conformal(up, ResidualPool.Of([up]), TypicalErrors.Grown, 30).Total(0.05);

        reach.Below.ShouldBeLessThan(0);
        reach.Above.ShouldBeGreaterThan(-reach.Below);
    }

    [Fact]
    public void Without_own_errors_and_siblings_there_are_typical_ones_that_go_either_way()
    {
        var conformal = new Conformal(Residuals.None, ResidualPool.Empty, TypicalErrors.Grown, 30);

        conformal.Total(0.05).Above.ShouldBe(1.21, 1e-6);
        conformal.Total(0.05).Below.ShouldBe(-1.21, 1e-6);
        conformal.ChanceAbove(0).ShouldBe(0.5);
        conformal.ChanceAbove(1_000).ShouldBe(0.01);
    }

    [Fact]
    public void Days_farther_than_was_ever_tried_reach_farther()
    {
        var reach = new Conformal(Hundred, ResidualPool.Empty, Residuals.None, 30).Daily(0.05);

        reach.Of(120).Above.ShouldBe(reach.Of(30).Above * 2, 1e-9);
        reach.Of(1).ShouldBe(reach.Of(30));
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(3, 15)]
    [InlineData(0, 5)]
    public void Errors_are_measured_by_what_weeks_differ_by_for_as_much_as_is_spent_now(double now, double unit)
    {
        double[] days = [.. Enumerable.Repeat(1d, 56), .. Enumerable.Repeat(now, 56)];

        ErrorUnit.Of(10, days).ShouldBe(unit, 1e-9);
    }

    [Fact]
    public void The_pool_of_nothing_is_empty() => ResidualPool.Of([Residuals.None]).ShouldBe(ResidualPool.Empty);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(7, 0)]
    [InlineData(8, 1)]
    [InlineData(15, 2)]
    [InlineData(30, 2)]
    [InlineData(31, 3)]
    [InlineData(365, 3)]
    public void Days_ahead_share_a_bucket_with_their_like(int ahead, int bucket) => Residuals.BucketOf(ahead).ShouldBe(bucket);

    private static Residuals Errors(int days, double[] errors, int? origins = null) =>
        new(origins ?? errors.Length, 30, days, [[.. errors], [.. errors], [.. errors], []], [.. errors]);
}
