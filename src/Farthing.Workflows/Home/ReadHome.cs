using Farthing.Domain.Money;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Home;

/// <summary>Reads the first page: today, this month, where it is heading, what is in danger and what moved.</summary>
public sealed class ReadHome(ISpendQueries spend, NewestCall newest, ForecastMonth forecast, ReadBudgets budgets, IEngineers engineers, SpendCalendar calendar, TimeProvider time)
{
    private const int ShownDays = 30;
    private const int WeekDays = 7;
    private const int MoversMax = 6;

    /// <summary>Reads it.</summary>
    public async Task<HomeFigures> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        var (today, within) = (calendar.Today, ScopeRules.Of(caller));
        var all = new SpendQuery { Within = within, Zone = calendar.Zone, Until = today, CostOnly = true };
        var month = new DateOnly(today.Year, today.Month, 1);
        var monthBefore = month.AddMonths(-1);
        var shown = today.AddDays(1 - ShownDays);

        // Side by side: none of them needs what another one finds.
        var reading = spend.SpendAsync(all with { Since = shown < monthBefore ? shown : monthBefore, GroupBy = [SpendDimension.Model] }, cancellationToken);
        var latest = newest.AtAsync(within, cancellationToken);
        var listing = MayKeepBudgets(caller) ? budgets.DangersAsync(caller, cancellationToken) : null;
        var heading = forecast.ForecastAsync(within, cancellationToken);
        var moving = MovedAsync(all, today, cancellationToken);
        await Task.WhenAll(reading, latest, listing ?? Task.CompletedTask, heading, moving);
        var rows = await reading;
        var sums = rows.GroupBy(static row => row.Day).ToDictionary(static day => day.Key, Sum);
        return new()
        {
            At = time.GetUtcNow(),
            Today = today,
            TodaySum = sums.GetValueOrDefault(today),
            YesterdaySum = sums.GetValueOrDefault(today.AddDays(-1)),
            MonthSum = Between(sums, month, today.AddDays(1)),
            MonthOver = Between(sums, month, today).Cost,
            MonthBefore = Between(sums, monthBefore, monthBefore.AddDays(Math.Min(today.Day - 1, month.DayNumber - monthBefore.DayNumber))).Cost,
            Heading = await heading,
            Days = [.. Enumerable.Range(0, ShownDays).Select(at => new SpendDay(shown.AddDays(at), sums.GetValueOrDefault(shown.AddDays(at))))],
            Budgets = listing is null ? null : await listing,
            Movers = Largest(MoversOf(SpendDimension.Model, today, rows.Where(row => row.Day >= today.AddDays(-2 * WeekDays) && row.Day < today)).Concat(await moving)),
            Pricing = PricingTotals.Of(rows.Where(row => row.Day >= shown || row.Day >= month)),
            NewestAt = await latest,
        };
    }

    private static bool MayKeepBudgets(Caller caller) => caller.Role == Role.Operator || RoleSets.OverOthers.Contains(caller.Role);

    private static SpendSum Sum(IEnumerable<SpendRow> rows) => rows.Aggregate(default(SpendSum), static (sum, row) => sum + SpendSum.Of(row));

    private static SpendSum Between(Dictionary<DateOnly, SpendSum> sums, DateOnly from, DateOnly before) =>
        sums.Where(day => day.Key >= from && day.Key < before).Aggregate(default(SpendSum), static (sum, day) => sum + day.Value);

    private static Usd Cost(IEnumerable<SpendRow> rows) => PricingTotals.Of(rows).Cost;

    private static Usd Distance(Usd amount) => amount < Usd.Zero ? Usd.Zero - amount : amount;

    /// <summary>The projects and people that moved, from sums of two weeks, not of their days.</summary>
    private async Task<IReadOnlyList<Mover>> MovedAsync(SpendQuery all, DateOnly today, CancellationToken cancellationToken)
    {
        var (before, now) = (today.AddDays(-2 * WeekDays), FirstOfWeek(today));
        var weeks = all with { Since = before, Until = today.AddDays(-1), Periods = [before, now] };

        // Two questions: sums know projects or people, and only single days know both.
        var projects = spend.SpendAsync(weeks with { GroupBy = [SpendDimension.Project] }, cancellationToken);
        var people = spend.SpendAsync(weeks with { GroupBy = [SpendDimension.User] }, cancellationToken);
        var naming = PeopleNames.ReadAsync(engineers, all.Within!, cancellationToken);
        await Task.WhenAll(projects, people, naming);
        var names = await (await naming).WithAsync(engineers, all.Within!, (await people).Select(static row => row.User), cancellationToken);
        return
        [
            .. MoversOf(SpendDimension.Project, today, await projects),
            .. MoversOf(SpendDimension.User, today, await people).Select(mover => mover with { Name = names[mover.Value] }),
        ];
    }

    /// <summary>The first of the last seven whole days.</summary>
    private static DateOnly FirstOfWeek(DateOnly today) => today.AddDays(-WeekDays);

    private static IEnumerable<Mover> MoversOf(SpendDimension by, DateOnly today, IEnumerable<SpendRow> rows) => rows
        .GroupBy(row => row[by], StringComparer.Ordinal)
        .Where(static group => group.Key.Length > 0)
        .Select(group => new Mover(
            by, group.Key, group.Key, Cost(group.Where(row => row.Day < FirstOfWeek(today))), Cost(group.Where(row => row.Day >= FirstOfWeek(today)))))
        .Where(static mover => mover.Change != Usd.Zero);

    private static IReadOnlyList<Mover> Largest(IEnumerable<Mover> movers) =>
        [.. movers.OrderByDescending(static mover => Distance(mover.Change)).ThenBy(static mover => mover.Name, StringComparer.Ordinal).Take(MoversMax)];
}
