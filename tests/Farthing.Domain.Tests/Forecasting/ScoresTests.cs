using Farthing.Domain.Forecasting;

namespace Farthing.Domain.Tests.Forecasting;

/// <summary>Values worked out by hand from the definitions.</summary>
public sealed class ScoresTests
{
    private static readonly double[] Actual = [10, 0, double.NaN, 40];
    private static readonly double[] Forecast = [12, 0, 7, 30];

    [Fact]
    public void The_scale_is_the_mean_weekly_change() =>
        Scores.Scale([1, 2, 3, 4, 5, 6, 7, 4, 1, double.NaN, 8]).ShouldBe((3d + 1 + 4) / 3);

    [Fact]
    public void Mase_is_the_mean_absolute_error_in_units_of_the_scale() => Scores.Mase(Actual, Forecast, 2).ShouldBe(2);

    [Fact]
    public void Smape_counts_zero_for_zero_as_right() =>
        Scores.Smape(Actual, Forecast).ShouldBe(((200 * 2 / 22d) + 0 + (200 * 10 / 70d)) / 3, 1e-12);

    [Fact]
    public void The_pinball_is_steeper_on_the_side_that_should_be_rare()
    {
        Scores.Pinball(12, 10, 0.9).ShouldBe(1.8, 1e-12);
        Scores.Pinball(8, 10, 0.9).ShouldBe(0.2, 1e-12);
    }

    [Fact]
    public void The_interval_score_is_the_width_and_a_price_for_each_miss()
    {
        Scores.Interval(5, 4, 8, 0.05).ShouldBe(4);
        Scores.Interval(3, 4, 8, 0.05).ShouldBe(44, 1e-12);
        Scores.Interval(9, 4, 8, 0.05).ShouldBe(44, 1e-12);
    }

    [Fact]
    public void Msis_is_the_mean_interval_score_in_units_of_the_scale() =>
        Scores.Msis([5, 3, double.NaN], [4, 4, 4], [8, 8, 8], 0.05, 2).ShouldBe(12, 1e-12);

    [Fact]
    public void Coverage_counts_the_bounds_in_and_what_is_not_known_out() =>
        Scores.Coverage([4, 8, 9, double.NaN], [4, 4, 4, 4], [8, 8, 8, 8]).ShouldBe(2 / 3d, 1e-12);

    [Fact]
    public void The_error_of_the_total_lets_days_make_up_for_each_other()
    {
        Scores.ApeOfTotal(Actual, Forecast).ShouldBe(16);
        Scores.ApeOfTotal([0, 0], [1, 1]).ShouldBe(double.NaN);
    }

    [Fact]
    public void Bias_is_positive_when_too_much_was_forecast() => Scores.Bias(Actual, Forecast).ShouldBe(-8 / 3d, 1e-12);
}
