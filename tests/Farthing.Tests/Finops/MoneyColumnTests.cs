using Farthing.Finops;

namespace Farthing.Tests.Finops;

public sealed class MoneyColumnTests
{
    [Fact]
    public void A_row_from_which_nothing_is_taken_shows_the_same_in_both_columns()
    {
        var saved = new MoneyColumn([1.0651m, 1.0049m], 2.07m);

        var net = saved.Net([0, 0.009m], 2.061m);

        (saved[0], saved[1], saved.Total).ShouldBe(("$1.07", "$1.00", "$2.07"));
        (net[0], net[1], net.Total).ShouldBe(("$1.07", "$0.99", "$2.06"));
    }

    [Fact]
    public void Where_nothing_is_taken_at_all_both_columns_are_the_same()
    {
        var saved = new MoneyColumn([0.33335m, 0.33335m], 0.6667m);

        var net = saved.Net([0, 0], 0.6667m);

        (net[0], net[1], net.Total).ShouldBe((saved[0], saved[1], saved.Total));
    }

    [Fact]
    public void What_is_left_adds_up_to_what_is_told_of_it()
    {
        var saved = new MoneyColumn([1.004m, 5.004m], 6.008m);

        var net = saved.Net([0.0001m, 0.0029m], 6.005m);

        (net.Amount(0) + net.Amount(1)).ShouldBe(6.00m);
        (net.Total, net[0]).ShouldBe(("$6.00", saved[0]));
    }
}
