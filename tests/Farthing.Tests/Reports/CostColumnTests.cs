using Farthing.Domain.Money;
using Farthing.Reports;
using Farthing.Workflows.Spending;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Tests.Reports;

public sealed class CostColumnTests
{
    [Fact]
    public void Shown_lines_add_up_to_the_shown_total_to_the_last_digit() =>
        Prop.ForAll<PositiveInt[], byte>((amounts, scale) =>
        {
            var lines = amounts.Select(amount => Line(Sum((long)amount.Get * (long)Math.Pow(10, scale % 10)))).ToList();
            var whole = lines.Aggregate(default(SpendSum), (sum, line) => sum + line.Sum);
            var column = new CostColumn(whole);

            var shown = column.Shown(lines, whole, column.Shown(whole));

            return shown.Aggregate(Usd.Zero, (sum, amount) => sum + amount) == column.Shown(whole)
                && shown.All(amount => amount == amount.Round(column.Decimals))
                && shown.Zip(lines, (amount, line) => Distance(amount, line.Sum.Cost)).All(distance => distance < Usd.PicodollarsPerCent);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20_260_321, 11).WithMaxTest(500));

    [Fact]
    public void Lines_that_another_process_has_added_to_add_up_by_themselves()
    {
        var column = new CostColumn(Sum(5 * Usd.PicodollarsPerUsd));

        column.Shown([Line(Sum(7 * Usd.PicodollarsPerUsd))], Sum(5 * Usd.PicodollarsPerUsd), new(5 * Usd.PicodollarsPerUsd))
            .ShouldBe([new Usd(7 * Usd.PicodollarsPerUsd)]);
    }

    [Theory]
    [InlineData(1, 0, 0, "$2.50")]
    [InlineData(2, 1, 0, "~$2.50")]
    [InlineData(2, 0, 1, "?$2.50")]
    [InlineData(3, 1, 1, "~?$2.50")]
    [InlineData(2, 0, 2, "?")]
    public void Amounts_are_marked_when_they_are_not_sure(int calls, int estimated, int unpriced, string expected)
    {
        var sum = Sum(2_500_000_000_000) with { Calls = calls, EstimatedCalls = estimated, UnpricedCalls = unpriced };

        new CostColumn(sum).Text(sum, sum.Cost).ShouldBe(expected);
    }

    [Theory]
    [InlineData(999_949_999_999, "$0.9999")]
    [InlineData(1_000_000_000_000, "$1.00")]
    [InlineData(0, "$0.0000")]
    public void Small_totals_show_hundredths_of_a_cent(long picodollars, string expected)
    {
        var sum = Sum(picodollars);
        var column = new CostColumn(sum);

        column.Text(sum, column.Shown(sum)).ShouldBe(expected);
    }

    [Fact]
    public void A_sparkline_has_a_column_for_each_amount()
    {
        Sparkline.Columns([Usd.Zero, new(1), new(500), new(999), new(1000)]).ShouldBe("·▁▄██");
        Sparkline.Columns([Usd.Zero, Usd.Zero]).ShouldBe("··");
    }

    [Theory]
    [InlineData(0, 100, "")]
    [InlineData(1, 100, "▏")]
    [InlineData(50, 100, "██")]
    [InlineData(60, 100, "██▌")]
    [InlineData(100, 100, "████")]
    [InlineData(200, 100, "████")]
    [InlineData(5, 0, "")]
    public void A_bar_is_as_long_as_the_part_of_the_whole(long amount, long whole, string expected) =>
        Sparkline.Bar(new(amount), new(whole), 4).ShouldBe(expected);

    private static SpendSum Sum(long picodollars) => new() { Calls = 1, Cost = new(picodollars) };

    private static SpendLine Line(SpendSum sum) => new() { Name = "line", Sum = sum };

    private static Int128 Distance(Usd one, Usd other) => Int128.Abs((one - other).Picodollars);
}
