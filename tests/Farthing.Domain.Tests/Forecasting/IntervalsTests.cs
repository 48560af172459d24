using Farthing.Domain.Forecasting.Intervals;

namespace Farthing.Domain.Tests.Forecasting;

public sealed class IntervalsTests
{
    private static readonly Residuals Hundred = Errors(days: 30, [.. Enumerable.Range(-50, 100).Select(error => (double)error)]);

    [Fact]
    public void Each_tail_is_the_conformal_rank_of_the_errors()
    {
        var reach = new Conformal(Hundred, ResidualPool.Empty, Residuals.None, 30).Total(0.2);

        // The 91st of a hundred errors; two periods were seen, so a third is left to typical errors, of which there are none here.
        reach.Above.ShouldBe(40 * 2 / 3d, 1e-9);
        reach.Below.ShouldBe(-41 * 2 / 3d, 1e-9);
    }

    [Fact]
    public void Own_errors_weigh_the_more_the_more_origins_there_are()
    {
        var siblings = ResidualPool.Of([Errors(days: 30, [-1, 1])]);

        var few = new Conformal(Errors(days: 30, [-9, 9], origins: 2), siblings, Residuals.None, 30).Total(0.05);
        var many = new Conformal(Errors(days: 30, [-9, 9], origins: 80), siblings, Residuals.None, 30).Total(0.05);

        few.Above.ShouldBe((2 / 3d) * ((9 * 2 / 22d) + (20 / 22d)), 1e-9);
        many.Above.ShouldBe((2 / 3d) * ((9 * 80 / 100d) + (20 / 100d)), 1e-9);
    }

    [Fact]
    public void Without_own_errors_and_siblings_there_are_typical_ones()
    {
        var conformal = new Conformal(Residuals.None, ResidualPool.Empty, TypicalErrors.Grown, 30);

        conformal.Total(0.05).ShouldBe(new Conformal.Reach(-1.40, 1.21));
        conformal.ChanceAbove(0).ShouldBe(0.5, 0.05);
    }

    [Fact]
    public void Days_farther_than_was_ever_tried_reach_farther()
    {
        var conformal = new Conformal(Hundred, ResidualPool.Empty, Residuals.None, 30);

        conformal.Daily(120, 0.05).Above.ShouldBe(conformal.Daily(30, 0.05).Above * 2, 1e-9);
        conformal.Daily(1, 0.05).Above.ShouldBe(conformal.Daily(30, 0.05).Above);
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
