using Farthing.Domain.Budgets;
using Farthing.Domain.Money;
using Farthing.Testing;
using Farthing.Workflows.Budgeting;

namespace Farthing.Workflows.Tests.Budgeting;

/// <summary>How likely budgets end over, by what was spent day by day.</summary>
public sealed class BudgetStandingsTests
{
    private readonly ManualTime time = new();

    private DateOnly Today => DateOnly.FromDateTime(time.Now.UtcDateTime);

    [Fact]
    public async Task What_was_spent_today_makes_a_budget_likely_to_end_over()
    {
        var days = Days(40, 2.5m).Append(Day(0, 100));

        // 15 days of November at 2.5, 100 today, 14 days to come: about 172.5.
        var risky = await OfAsync(days, Budget("a", BudgetPeriod.Month, 165));
        var safe = await OfAsync(days, Budget("a", BudgetPeriod.Month, 190));

        risky[0].Status.IsAtRisk.ShouldBeTrue();
        safe[0].Status.IsAtRisk.ShouldBeFalse();
    }

    [Fact]
    public async Task How_likely_a_budget_ends_over_does_not_depend_on_those_that_are_read_with_it()
    {
        var month = Budget("month", BudgetPeriod.Month, 200);
        var life = Budget("life", BudgetPeriod.Lifetime, 100_000) with { CreatedAt = time.Now.AddDays(-300) };
        var days = Days(300, 5).Select((day, at) => at < 180 ? Day(at - 300, 40 + (at % 9)) : day).ToList();

        var alone = await OfAsync(days, month);
        var together = await OfAsync(days, life, month);

        together[1].Status.ProbabilityOver.ShouldBe(alone[0].Status.ProbabilityOver);
    }

    [Fact]
    public async Task Of_many_the_fullest_are_told_how_likely_they_end_over()
    {
        var standings = await new BudgetStandings(new KnownSpend([.. Days(40, 2.5m)]), time).OfAsync(
            [Budget("wide", BudgetPeriod.Month, 900), Budget("tight", BudgetPeriod.Month, 80), Budget("wider", BudgetPeriod.Month, 1_000)], forecastsMax: 1, TestContext.Current.CancellationToken);

        standings.Select(static standing => (standing.Budget.Id, standing.Status.ProbabilityOver is not null)).ShouldBe([("wide", false), ("tight", true), ("wider", false)]);
    }

    [Fact]
    public async Task Days_of_which_nothing_is_known_make_no_budget_safer()
    {
        // Nothing of the last five days: 12 November to 16 November are as likely to cost 2.5 as all days before.
        var days = Days(40, 2.5m).SkipLast(5);

        var risky = await OfAsync(days, Budget("a", BudgetPeriod.Month, 55));

        risky[0].Status.IsAtRisk.ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_key_did_not_spend_is_a_gap_only_where_nobody_spent()
    {
        var key = new BudgetDesk().Make(BudgetPeriod.Month, 55) with { Scope = BudgetScope.ApiKey, ScopeId = "k", CreatedAt = time.Now };
        var days = Days(40, 2.5m).SkipLast(5).Select(static day => day with { ScopeId = "k" }).ToList();

        var withOthers = await OfAsync(days.Concat(Days(5, 0.01m)), key);
        var alone = await OfAsync(days.Concat(days.Select(static day => day with { ScopeId = string.Empty })), key);

        withOthers[0].Status.IsAtRisk.ShouldBeFalse();
        alone[0].Status.IsAtRisk.ShouldBeTrue();
    }

    [Fact]
    public async Task A_budget_tells_of_calls_without_a_price()
    {
        ScopedDay unpriced = new(string.Empty, Today, new() { Exact = new(1, Usd.FromDecimal(2)), Unpriced = new(3, Usd.Zero) });

        var standing = (await OfAsync([unpriced], Budget("a", BudgetPeriod.Month, 100)))[0];

        (standing.Status.Spend, standing.Pricing.Unpriced.Calls).ShouldBe((Usd.FromDecimal(2), 3));
    }

    private async Task<IReadOnlyList<BudgetStanding>> OfAsync(IEnumerable<ScopedDay> days, params IReadOnlyList<Budget> budgets) =>
        await new BudgetStandings(new KnownSpend([.. days]), time).OfAsync(budgets, withForecast: true, TestContext.Current.CancellationToken);

    private IEnumerable<ScopedDay> Days(int count, decimal dollars) => Enumerable.Range(0, count).Select(at => Day(at - count, dollars));

    private ScopedDay Day(int fromToday, decimal dollars) => new(string.Empty, Today.AddDays(fromToday), new() { Exact = new(1, Usd.FromDecimal(dollars)) });

    private Budget Budget(string id, BudgetPeriod period, decimal amount) => new BudgetDesk().Make(period, amount) with { Id = id, CreatedAt = time.Now };

    private sealed class KnownSpend(IReadOnlyList<ScopedDay> days) : IBudgetSpend
    {
        public Task<IReadOnlyList<ScopedDay>> ByDayAsync(
            string org, BudgetScope scope, IReadOnlyCollection<string> ids, TimeZoneInfo zone, DateOnly since, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<ScopedDay>>([.. days.Where(day => day.Day >= since && (scope == BudgetScope.ApiKey) == (day.ScopeId.Length > 0))]);
    }
}
