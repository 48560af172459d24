using Farthing.Domain.Budgets;
using Farthing.Domain.Forecasting;
using Farthing.Domain.Money;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Home;

/// <summary>Reads the first page: today, this month, where it is heading, what is in danger and what moved.</summary>
public sealed class ReadHome(ISpendQueries spend, ForecastScopes forecasts, ReadBudgets budgets, IEngineers engineers, SpendCalendar calendar, TimeProvider time)
{
    private const int ShownDays = 30;
    private const int WeekDays = 7;
    private const int MoversMax = 6;
    private const int BudgetsMax = 100;

    /// <summary>Reads it.</summary>
    public async Task<HomeFigures> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        var (today, within) = (calendar.Today, ScopeRules.Of(caller));
        var all = new SpendQuery { Within = within, Zone = calendar.Zone, Until = today, CostOnly = true };
        var month = new DateOnly(today.Year, today.Month, 1);
        var monthBefore = month.AddMonths(-1);
        var shown = today.AddDays(1 - ShownDays);
        var rows = await spend.SpendAsync(all with { Since = shown < monthBefore ? shown : monthBefore, GroupBy = [SpendDimension.Model] }, cancellationToken);
        var newest = await spend.SessionSpendAsync(all with { Until = null }, new() { Limit = 1 }, cancellationToken);
        var standings = MayKeepBudgets(caller) ? await budgets.ListAsync(caller, team: null, new(BudgetsMax, string.Empty), cancellationToken) : [];
        var sums = rows.GroupBy(static row => row.Day).ToDictionary(static day => day.Key, Sum);
        return new()
        {
            At = time.GetUtcNow(),
            Today = today,
            TodaySum = sums.GetValueOrDefault(today),
            YesterdaySum = sums.GetValueOrDefault(today.AddDays(-1)),
            MonthSum = Between(sums, month, today.AddDays(1)),
            MonthBeforeSum = Between(sums, monthBefore, monthBefore.AddDays(Math.Min(today.Day, month.DayNumber - monthBefore.DayNumber))),
            MonthEnd = await MonthEndAsync(within, today, cancellationToken),
            Days = [.. Enumerable.Range(0, ShownDays).Select(at => new SpendDay(shown.AddDays(at), sums.GetValueOrDefault(shown.AddDays(at))))],
            Budgets = [.. standings.Where(static one => one.Standing.Status.State != BudgetState.OnTrack).OrderByDescending(static one => one.Standing.Status.State)],
            BudgetCount = standings.Count,
            Movers = await MoversAsync(all, today, rows, cancellationToken),
            Pricing = PricingTotals.Of(rows.Where(row => row.Day >= shown || row.Day >= month)),
            NewestAt = newest.Count == 0 ? null : newest[0].LastAt,
        };
    }

    private static bool MayKeepBudgets(Caller caller) => caller.Role == Role.Operator || RoleSets.OverOthers.Contains(caller.Role);

    private static SpendSum Sum(IEnumerable<SpendRow> rows) => rows.Aggregate(default(SpendSum), static (sum, row) => sum + SpendSum.Of(row));

    private static SpendSum Between(Dictionary<DateOnly, SpendSum> sums, DateOnly from, DateOnly before) =>
        sums.Where(day => day.Key >= from && day.Key < before).Aggregate(default(SpendSum), static (sum, day) => sum + day.Value);

    private static Usd Cost(IEnumerable<SpendRow> rows) => PricingTotals.Of(rows).Cost;

    private static Usd Distance(Usd amount) => amount < Usd.Zero ? Usd.Zero - amount : amount;

    /// <summary>What the month cost before today, and the forecast of its other days, today among them.</summary>
    private async Task<ForecastBand?> MonthEndAsync(Scope within, DateOnly today, CancellationToken cancellationToken)
    {
        var left = DateTime.DaysInMonth(today.Year, today.Month) - today.Day + 1;
        var forecast = await forecasts.ForecastAsync(new() { Within = within, Days = left }, cancellationToken);
        var spent = forecast.History.Where(day => day.Day.Year == today.Year && day.Day.Month == today.Month).Aggregate(Usd.Zero, static (sum, day) => sum + day.Amount);
        return PeriodOutlook.Of(spent, Usd.Zero, forecast.Forecast).End;
    }

    /// <summary>What moved, from sums of two weeks, not of their days.</summary>
    private async Task<IReadOnlyList<Mover>> MoversAsync(SpendQuery all, DateOnly today, IReadOnlyList<SpendRow> byModel, CancellationToken cancellationToken)
    {
        var (before, now) = (today.AddDays(1 - (2 * WeekDays)), today.AddDays(1 - WeekDays));
        var weeks = all with { Since = before, Periods = [before, now], GroupBy = [SpendDimension.Project, SpendDimension.User] };
        var others = await spend.SpendAsync(weeks, cancellationToken);
        var names = await PeopleNames.ReadAsync(engineers, all.Within!, cancellationToken);
        var moved = MoversOf(SpendDimension.Model, byModel.Where(row => row.Day >= before))
            .Concat(MoversOf(SpendDimension.Project, others))
            .Concat(MoversOf(SpendDimension.User, others).Select(mover => mover with { Name = names[mover.Value] }));
        return
        [
            .. moved.OrderByDescending(static mover => Distance(mover.Change)).ThenBy(static mover => mover.Name, StringComparer.Ordinal).Take(MoversMax),
        ];

        IEnumerable<Mover> MoversOf(SpendDimension by, IEnumerable<SpendRow> rows) => rows
            .GroupBy(row => row[by], StringComparer.Ordinal)
            .Where(static group => group.Key.Length > 0)
            .Select(group => new Mover(by, group.Key, group.Key, Cost(group.Where(row => row.Day < now)), Cost(group.Where(row => row.Day >= now))))
            .Where(static mover => mover.Change != Usd.Zero);
    }
}
