using Farthing.Domain.Forecasting.Statistics;

namespace Farthing.Domain.Tests.Forecasting;

public sealed class OrderStatisticsLaws
{
    [Fact]
    public void The_median_is_the_middle_of_the_sorted_values() => Laws.Hold<short[]>(given =>
    {
        var values = given.Select(value => value / 8d).ToArray();
        var sorted = values.Order().ToArray();
        var middle = sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return OrderStatistics.Median(values) == middle;
    });

    [Fact]
    public void Every_rank_of_many_values_is_found_whatever_repeats() => Laws.Hold<byte, byte>((seed, kinds) =>
    {
        var values = Enumerable.Range(0, 300).Select(index => (double)(((index * 7_919) + seed) % (kinds + 1))).ToArray();
        var sorted = values.Order().ToArray();
        return Enumerable.Range(0, 300).Where(rank => rank % 37 == 0).All(rank => OrderStatistics.Select([.. values], rank) == sorted[rank]);
    });

    [Fact]
    public void A_sorted_window_stays_sorted_while_it_moves() => Laws.Hold<byte[], byte>((given, come) =>
    {
        if (given.Length == 0)
        {
            return true;
        }

        var window = given.Select(value => (double)value).Order().ToArray();
        var gone = (double)given[0];
        var expected = given.Skip(1).Append(come).Select(value => (double)value).Order();
        OrderStatistics.Replace(window, gone, come);
        return window.SequenceEqual(expected);
    });
}
