using Farthing.Domain.Money;
using Farthing.Workflows.Digesting;

namespace Farthing.Workflows.Tests.Digesting;

public sealed class WeekOfSpendTests
{
    [Fact]
    public void A_week_is_told_beside_the_one_before_with_who_and_what_grew()
    {
        var week = new WeekOfSpend
        {
            Monday = new(2026, 11, 16),
            Total = Line(string.Empty, 112m, 100m),
            Teams = [Line("core", 80m, 60m), Line("web", 32m, 40m)],
            Models = [Line("opus", 90m, 95m), Line("haiku", 22m, 5m)],
            Budgets = [],
        };

        week.Title.ShouldBe("$112.00 in the week of 2026-11-16, 12 % more");
        week.Text.ShouldBe(
            """
            2026-11-16 to 2026-11-22: $112.00, 12 % more; the week before: $100.00.

            Teams:
            - core $80.00, before $60.00
            - web $32.00, before $40.00

            Models:
            - opus $90.00, before $95.00
            - haiku $22.00, before $5.00

            What to do:
            - Ask team core about $20.00 more than the week before.
            - See whether a cheaper model does the work of haiku, which cost $17.00 more.
            """);
    }

    [Fact]
    public void Without_a_week_before_nothing_is_compared() => new WeekOfSpend
    {
        Monday = new(2026, 11, 16), Total = Line(string.Empty, 1m, 0m), Teams = [], Models = [], Budgets = [],
    }.Text.ShouldBe("2026-11-16 to 2026-11-22: $1.00; the week before: $0.00.");

    private static WeekLine Line(string name, decimal week, decimal before) => new(name, Usd.FromDecimal(week), Usd.FromDecimal(before));
}
