using System.Globalization;
using Farthing.Domain.Budgets;
using Farthing.Workflows.Access;
using Farthing.Workflows.Notifying;

namespace Farthing.Workflows.Budgeting;

/// <summary>
/// Tells people when a budget's threshold is passed: once in a window for each amount, however many servers look at the same
/// time. Looking changes nothing, so it may happen at any moment and as often as anybody likes.
/// </summary>
public sealed class WatchBudgets(IBudgets budgets, IBudgetMarks marks, BudgetStandings standings, IEnumerable<INotifier> notifiers, TimeProvider time)
{
    private readonly IReadOnlyList<INotifier> notifiers = [.. notifiers];

    /// <summary>Looks at the budgets of every organisation and tells how many thresholds it told about.</summary>
    public async Task<int> WatchAllAsync(CancellationToken cancellationToken)
    {
        var told = 0;
        foreach (var org in await marks.OrgsAsync(cancellationToken))
        {
            told += await WatchAsync(org, cancellationToken);
        }

        return told;
    }

    /// <summary>Looks at the budgets of an organisation and tells how many thresholds it told about.</summary>
    public async Task<int> WatchAsync(string org, CancellationToken cancellationToken)
    {
        var (told, looked) = (0, time.GetUtcNow());
        await foreach (var some in budgets.PagesAsync(org, cancellationToken))
        {
            foreach (var standing in await standings.OfAsync(some, withForecast: false, cancellationToken))
            {
                told += await JudgeAsync(standing, looked, cancellationToken);
            }

            looked = time.GetUtcNow();
        }

        return told;
    }

    private async Task<int> JudgeAsync(BudgetStanding standing, DateTimeOffset looked, CancellationToken cancellationToken)
    {
        var (budget, window, status) = standing;
        var isRolling = window.Period == BudgetPeriod.Rolling30Days;
        if (!isRolling && BudgetThresholds.ToFire(status.PercentUsed, budget.Thresholds, []).Count == 0)
        {
            return 0;
        }

        var fired = await marks.FiredAsync(budget, window.Key, cancellationToken);
        foreach (var threshold in isRolling ? BudgetThresholds.ToRearm(status.PercentUsed, fired) : [])
        {
            await marks.RearmAsync(MarkOf(budget, window, threshold), looked, cancellationToken);
        }

        var told = 0;
        foreach (var threshold in BudgetThresholds.ToFire(status.PercentUsed, budget.Thresholds, fired))
        {
            var messages = OutboxMessage.ForAll(Tell(standing, threshold), notifiers);
            told += await marks.FireAsync(MarkOf(budget, window, threshold), messages, time.GetUtcNow(), cancellationToken) ? 1 : 0;
        }

        return told;
    }

    private static string When(BudgetWindow window) => window.Period switch
    {
        BudgetPeriod.Rolling30Days => "in the last 30 days",
        BudgetPeriod.Lifetime => $"since {window.FirstDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
        BudgetPeriod.Day => $"on {window.Key}",
        _ => $"in {window.Key}",
    };

    private static BudgetMark MarkOf(Budget budget, BudgetWindow window, int threshold) =>
        new(budget.Org, budget.Id, window.Key, threshold, budget.Amount);

    private Notification Tell(BudgetStanding standing, int threshold)
    {
        var (budget, window, status) = standing;
        var now = AccessTexts.Now(time);
        var percent = status.PercentUsed.Round(BudgetStatus.PercentDecimals).ToString(CultureInfo.InvariantCulture);
        var projected = status.ProjectedEndOfPeriod.ToUsd();
        return new()
        {
            Id = AccessTexts.NewId(now),
            Org = budget.Org,
            Kind = "budget.threshold",
            Title = $"Budget '{budget.Name}' is at {percent} % of {budget.Amount.Format()}",
            Text = $"""
                {status.Spend.Format()} of {budget.Amount.Format()} are spent {When(window)}, which is more than {threshold} %.
                At this pace the window ends at {projected.Format()}.{Unpriced(standing.Pricing.Unpriced.Calls)}
                """,
            OccurredAt = now,
            Facts = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["budget_id"] = budget.Id,
                ["scope"] = BudgetWords.Of(budget.Scope),
                ["scope_id"] = budget.ScopeId,
                ["owner"] = budget.Owner,
                ["window"] = window.Key,
                ["threshold_pct"] = threshold.ToString(CultureInfo.InvariantCulture),
                ["amount"] = budget.Amount.ToString(),
                ["spent"] = status.Spend.ToString(),
                ["projected"] = projected.Round(BudgetStatus.MoneyDecimals).ToString(),
                ["pct_used"] = percent,
                ["status"] = BudgetWords.Of(status.PrimerState),
                ["unpriced_calls"] = standing.Pricing.Unpriced.Calls.ToString(CultureInfo.InvariantCulture),
            },
        };
    }

    private static string Unpriced(long calls) =>
        calls == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"\nNot in it: {calls} {(calls == 1 ? "call" : "calls")} of unknown price.");
}
