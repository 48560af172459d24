using Farthing.Domain.Budgets;
using Farthing.Domain.Forecasting;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Budgeting;

/// <summary>How a budget stands now.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Window">The window that is running.</param>
/// <param name="Status">What of it is used.</param>
public sealed record BudgetStanding(Budget Budget, BudgetWindow Window, BudgetStatus Status)
{
    /// <summary>How sure what is used is: the calls of the window by pricing status.</summary>
    public required PricingTotals Pricing { get; init; }

    /// <summary>What the window is likely to come to by its end; null when nobody forecast it, and where it is overspent already.</summary>
    public ForecastBand? End { get; init; }
}

/// <summary>
/// Says how budgets stand, many at once: spend is read once for each kind of scope and time zone, however many budgets
/// there are; where keys are forecast, the days of the organisation too.
/// </summary>
public sealed class BudgetStandings(IBudgetSpend spend, TimeProvider time)
{
    /// <summary>How many days before today a forecast may look at.</summary>
    private const int HistoryDays = 120;

    /// <summary>How budgets of one organisation stand, in the order they are given.</summary>
    /// <param name="budgets">The budgets.</param>
    /// <param name="withForecast">Whether to tell how likely each is overspent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<BudgetStanding>> OfAsync(IReadOnlyList<Budget> budgets, bool withForecast, CancellationToken cancellationToken) =>
        OfAsync(budgets, withForecast ? int.MaxValue : 0, cancellationToken);

    /// <summary>As the other one, where only those are told how likely they are overspent of which most is used.</summary>
    /// <param name="budgets">The budgets.</param>
    /// <param name="forecastsMax">How many of each kind of scope and time zone are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<BudgetStanding>> OfAsync(IReadOnlyList<Budget> budgets, int forecastsMax, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var standings = new Dictionary<string, BudgetStanding>(StringComparer.Ordinal);
        foreach (var zoned in budgets.GroupBy(static budget => budget.Zone))
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(zoned.Key);
            var hasTeams = zoned.Any(static budget => budget.Scope == BudgetScope.Team);
            foreach (var group in zoned.GroupBy(budget => ReadFor(budget.Scope, hasTeams)))
            {
                foreach (var standing in await JudgeAsync([.. group], group.Key, zone, now, forecastsMax, cancellationToken))
                {
                    standings[standing.Budget.Id] = standing;
                }
            }
        }

        return [.. budgets.Select(budget => standings[budget.Id])];
    }

    /// <summary>What is read for a scope: an organisation is the sum of its teams and of whoever has none, where those are read anyway.</summary>
    private static BudgetScope ReadFor(BudgetScope scope, bool hasTeams) => scope == BudgetScope.Org && hasTeams ? BudgetScope.Team : scope;

    /// <summary>How budgets stand that are judged by the days of one kind of scope, read once.</summary>
    private async Task<IEnumerable<BudgetStanding>> JudgeAsync(
        IReadOnlyList<Budget> budgets, BudgetScope scope, TimeZoneInfo zone, DateTimeOffset now, int forecastsMax, CancellationToken cancellationToken)
    {
        var windows = budgets.Select(budget => (Budget: budget, Window: BudgetWindow.At(budget.Period, zone, now, budget.CreatedAt))).ToList();
        var today = CalendarDays.DayOf(now, zone);
        var since = windows.Min(static pair => pair.Window.FirstDay);
        var from = forecastsMax > 0 && today.AddDays(-HistoryDays) < since ? today.AddDays(-HistoryDays) : since;
        var rows = await spend.ByDayAsync(budgets[0].Org, scope, [.. budgets.Select(static budget => budget.ScopeId)], zone, from, cancellationToken);
        var gaps = forecastsMax > 0 ? await GapsAsync(budgets[0].Org, scope, rows, zone, today, cancellationToken) : new HashSet<DateOnly>();
        var running = new Running(today, CalendarDays.LeftOf(now, zone), gaps);
        var days = rows.ToLookup(static row => row.ScopeId, StringComparer.Ordinal);
        IReadOnlyList<ScopedDay> whole = budgets.Any(budget => budget.Scope != scope)
            ? [.. rows.GroupBy(static row => row.Day).Select(static day => new ScopedDay(string.Empty, day.Key, Sum(day)))]
            : [];
        var judged = windows.ConvertAll(pair => Judge(pair.Budget, pair.Window, DaysOf(pair.Budget), running, withForecast: false));
        return judged.OrderByDescending(static standing => standing.Status.PercentUsed)
            .Select((standing, at) => at < forecastsMax ? Judge(standing.Budget, standing.Window, DaysOf(standing.Budget), running, withForecast: true) : standing);

        IReadOnlyList<ScopedDay> DaysOf(Budget budget) => budget.Scope == scope ? [.. days[budget.ScopeId]] : whole;
    }

    /// <summary>The gaps of the organisation among the days that a forecast looks at; only keys do not tell on which it had calls.</summary>
    private async Task<IReadOnlySet<DateOnly>> GapsAsync(
        string org, BudgetScope scope, IReadOnlyList<ScopedDay> rows, TimeZoneInfo zone, DateOnly today, CancellationToken cancellationToken)
    {
        var since = today.AddDays(-HistoryDays);
        var all = scope == BudgetScope.ApiKey ? await spend.ByDayAsync(org, BudgetScope.Org, [], zone, since, cancellationToken) : rows;
        return Gaps.Of(all.Select(static row => row.Day).Where(day => day >= since).ToHashSet(), today.AddDays(-1));
    }

    private static BudgetStanding Judge(Budget budget, BudgetWindow window, IReadOnlyList<ScopedDay> days, Running running, bool withForecast)
    {
        var pricing = Sum(days.Where(day => day.Day >= window.FirstDay));
        var spent = pricing.EstimatedCost;
        var isOver = spent > budget.Amount;
        var outlook = withForecast && !isOver ? OutlookOf(budget, window, days, running) : null;
        var chance = withForecast && isOver ? 1 : outlook?.ChanceOver;
        return new(budget, window, BudgetStatus.Of(budget.Amount, budget.AlertThresholdPercent, spent, window, chance)) { Pricing = pricing, End = outlook?.End };
    }

    /// <summary>How the window is likely to end; null when it has no end, or too little is known.</summary>
    private static PeriodOutlook? OutlookOf(Budget budget, BudgetWindow window, IReadOnlyList<ScopedDay> days, Running running)
    {
        var (today, left, gaps) = running;

        // Always as far back as when the budget is read alone: others that are read with it may need more.
        var known = days.Where(day => day.Day < today && day.Day >= today.AddDays(-HistoryDays)).Select(static day => new DailyAmount(day.Day, day.Cost)).ToList();
        if (window.EndDay is not { } end || known.Count == 0)
        {
            return null;
        }

        var series = DailySeries.FromAmounts(known.Min(static day => day.Day), today.AddDays(-1), known, gaps);
        var spentToday = Between(days, today, today.AddDays(1));
        var rest = Forecaster.Forecast(series, Math.Max(end.DayNumber - today.DayNumber, 1), events: [KnownEvent.Running(today, spentToday, left)]);
        return PeriodOutlook.Of(Between(days, window.FirstDay, today), spentToday, budget.Amount, rest);
    }

    /// <summary>What was spent from a day on and before another.</summary>
    private static Usd Between(IEnumerable<ScopedDay> days, DateOnly from, DateOnly before) =>
        Sum(days.Where(day => day.Day >= from && day.Day < before)).EstimatedCost;

    private static PricingTotals Sum(IEnumerable<ScopedDay> days) => days.Aggregate(default(PricingTotals), static (sum, day) => sum + day.Pricing);

    /// <summary>The day that is running, what of it is left, and the days before it of which nothing is known.</summary>
    private sealed record Running(DateOnly Today, decimal Left, IReadOnlySet<DateOnly> Gaps);
}
