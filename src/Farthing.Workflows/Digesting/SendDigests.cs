using System.Globalization;
using Farthing.Domain.Budgets;
using Farthing.Domain.Money;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Notifying;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Digesting;

/// <summary>
/// Tells each organisation on Monday at eight what the week before cost; later on that day when no server ran at eight. Once
/// a week, by the same marks as budgets. Nothing is told where nothing was spent in that week and the one before.
/// </summary>
public sealed class SendDigests(
    ISpendQueries queries, IBudgets budgets, BudgetStandings standings, ITeams teams, IBudgetMarks marks, IEnumerable<INotifier> notifiers, SpendCalendar calendar, TimeProvider time)
{
    /// <summary>The name of its mark.</summary>
    public const string MarkName = "weekly-digest";

    private const int Hour = 8;
    private const int WeekDays = 7;
    private const int LinesMax = 10;

    private readonly IReadOnlyList<INotifier> notifiers = [.. notifiers];
    private readonly Dictionary<string, string> told = new(StringComparer.Ordinal);

    /// <summary>Tells an organisation what is due; true when it was told now.</summary>
    public async Task<bool> SendDueAsync(string org, CancellationToken cancellationToken)
    {
        var now = AccessTexts.Now(time);
        var local = TimeZoneInfo.ConvertTime(now, calendar.Zone);
        var window = BudgetWindow.At(BudgetPeriod.Week, calendar.Zone, now);
        if (notifiers.Count == 0 || local.DayOfWeek != DayOfWeek.Monday || local.Hour < Hour || told.GetValueOrDefault(org) == window.Key)
        {
            return false;
        }

        var week = await ReadAsync(org, window.FirstDay.AddDays(-WeekDays), cancellationToken);
        var isNew = (week.Total.Week > Usd.Zero || week.Total.Before > Usd.Zero)
            && await marks.FireAsync(new(org, MarkName, window.Key, 0, Amount: null), OutboxMessage.ForAll(Tell(org, week, now), notifiers), now, cancellationToken);
        told[org] = window.Key;
        return isNew;
    }

    /// <summary>The week that begins on a Monday.</summary>
    public async Task<WeekOfSpend> ReadAsync(string org, DateOnly monday, CancellationToken cancellationToken)
    {
        var query = new SpendQuery { Org = org, Zone = calendar.Zone, GroupBy = [SpendDimension.Team, SpendDimension.Model], ByDay = false, CostOnly = true };
        var week = await queries.SpendAsync(query with { Since = monday, Until = monday.AddDays(WeekDays - 1) }, cancellationToken);
        var before = await queries.SpendAsync(query with { Since = monday.AddDays(-WeekDays), Until = monday.AddDays(-1) }, cancellationToken);
        var byTeam = new List<WeekLine>();
        foreach (var line in Lines(week, before, static row => row.Team))
        {
            var team = line.Name.Length > 0 ? await teams.FindAsync(org, line.Name, cancellationToken) : null;
            byTeam.Add(line with { Name = team?.Name ?? line.Name });
        }

        return new()
        {
            Monday = monday,
            Total = new(string.Empty, Sum(week), Sum(before)),
            Teams = byTeam,
            Models = Lines(week, before, static row => row.Model),
            Budgets = await AtRiskAsync(org, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<BudgetStanding>> AtRiskAsync(string org, CancellationToken cancellationToken)
    {
        var risky = new List<BudgetStanding>();
        await foreach (var some in budgets.PagesAsync(org, cancellationToken))
        {
            risky.AddRange((await standings.OfAsync(some, withForecast: true, cancellationToken))
                .Where(static standing => standing.Status.State is BudgetState.AtRisk or BudgetState.OverBudget));
        }

        return [.. risky.OrderByDescending(static standing => standing.Status.PercentUsed)];
    }

    /// <summary>The dearest of the week, as many as a digest tells and a few more for what grew.</summary>
    private static WeekLine[] Lines(IReadOnlyList<SpendRow> week, IReadOnlyList<SpendRow> before, Func<SpendRow, string> name)
    {
        var earlier = before.ToLookup(name, StringComparer.Ordinal);
        return
        [
            .. week.GroupBy(name, StringComparer.Ordinal)
                .Select(group => new WeekLine(group.Key, Sum(group), Sum(earlier[group.Key])))
                .OrderByDescending(static line => line.Week).ThenBy(static line => line.Name, StringComparer.Ordinal).Take(LinesMax),
        ];
    }

    private static Usd Sum(IEnumerable<SpendRow> rows) => PricingTotals.Of(rows).Cost;

    private static Notification Tell(string org, WeekOfSpend week, DateTimeOffset now) => new()
    {
        Id = AccessTexts.NewId(now),
        Org = org,
        Kind = "digest.weekly",
        Title = week.Title,
        Text = week.Text,
        OccurredAt = now,
        Facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["monday"] = week.Monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["spent"] = week.Total.Week.ToString(),
            ["spent_before"] = week.Total.Before.ToString(),
            ["budgets_at_risk"] = week.Budgets.Count.ToString(CultureInfo.InvariantCulture),
        },
    };
}
