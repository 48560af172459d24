using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Alerting;

/// <summary>What alerts about a team, or about the organisation, are judged by. Days before are whole days that end before the last 24 hours begin.</summary>
public sealed record AlertSignal
{
    /// <summary>The team; empty for the organisation.</summary>
    public required string Team { get; init; }

    /// <summary>What the last 24 hours cost.</summary>
    public required Usd LastDay { get; init; }

    /// <summary>What the last seven times 24 hours cost, the last 24 included.</summary>
    public required Usd LastWeek { get; init; }

    /// <summary>What the days before cost, from the first day with spend on.</summary>
    public required IReadOnlyList<Usd> Before { get; init; }

    /// <summary>Sessions of the last 24 hours.</summary>
    public required long SessionsLastDay { get; init; }

    /// <summary>Sessions of the last seven times 24 hours, the last 24 included.</summary>
    public required long SessionsLastWeek { get; init; }

    /// <summary>What came of the sessions that began in the last 24 hours.</summary>
    public required OutcomeSums OutcomesLastDay { get; init; }

    /// <summary>What came of those of the last seven times 24 hours, the last 24 included.</summary>
    public required OutcomeSums OutcomesLastWeek { get; init; }
}

/// <summary>Reads what alerts are judged by: seven queries for all teams together. Estimates are not counted as cost.</summary>
public sealed class AlertSignals(ISpendQueries queries, ISessionOutcomes outcomes, SpendCalendar calendar)
{
    /// <summary>How many days before are looked at.</summary>
    public const int DaysBefore = 28;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>The signals of the organisation, first, and of each team that spent or reported something.</summary>
    public async Task<IReadOnlyList<AlertSignal>> ReadAsync(string org, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var from = now - Day;
        var lastWhole = CalendarDays.DayOf(from, calendar.Zone).AddDays(-1);
        var first = lastWhole.AddDays(1 - DaysBefore);
        var weekAgo = now - (7 * Day);
        var lastDay = await SpendAsync(Span(org, from, now), cancellationToken);
        var lastWeek = await SpendAsync(Span(org, weekAgo, now), cancellationToken);
        var before = await queries.SpendAsync(
            new() { Org = org, Zone = calendar.Zone, Since = first, Until = lastWhole, GroupBy = [SpendDimension.Team], CostOnly = true }, cancellationToken);
        var sessionsDay = await SessionsAsync(Span(org, from, now), cancellationToken);
        var sessionsWeek = await SessionsAsync(Span(org, weekAgo, now), cancellationToken);
        var outcomesDay = await outcomes.SumAsync(org, from, now, cancellationToken);
        var outcomesWeek = await outcomes.SumAsync(org, weekAgo, now, cancellationToken);
        var names = lastWeek.Keys.Concat(before.Select(static row => row.Team)).Concat(outcomesWeek.Keys).Where(static team => team.Length > 0);
        string[] teams = [string.Empty, .. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return
        [
            .. teams.Select(team => new AlertSignal
            {
                Team = team,
                LastDay = Of(lastDay, team),
                LastWeek = Of(lastWeek, team),
                Before = DaysOf([.. before.Where(row => team.Length == 0 || row.Team == team)], lastWhole),
                SessionsLastDay = Of(sessionsDay, team),
                SessionsLastWeek = Of(sessionsWeek, team),
                OutcomesLastDay = Of(outcomesDay, team),
                OutcomesLastWeek = Of(outcomesWeek, team),
            }),
        ];
    }

    /// <summary>After an instant, up to another.</summary>
    private SpendQuery Span(string org, DateTimeOffset after, DateTimeOffset to) => new()
    {
        Org = org, Zone = calendar.Zone, From = after.AddMilliseconds(1), To = to, ByDay = false, GroupBy = [SpendDimension.Team], CostOnly = true,
    };

    private async Task<Dictionary<string, Usd>> SpendAsync(SpendQuery query, CancellationToken cancellationToken) =>
        (await queries.SpendAsync(query, cancellationToken)).GroupBy(static row => row.Team, StringComparer.Ordinal).ToDictionary(
            static group => group.Key, static group => PricingTotals.Of(group).Cost, StringComparer.Ordinal);

    private async Task<Dictionary<string, long>> SessionsAsync(SpendQuery query, CancellationToken cancellationToken) =>
        (await queries.SessionsAsync(query, cancellationToken)).GroupBy(static row => row.Team, StringComparer.Ordinal).ToDictionary(
            static group => group.Key, static group => group.Sum(static row => row.Sessions), StringComparer.Ordinal);

    private static Usd Of(Dictionary<string, Usd> sums, string team) =>
        team.Length > 0 ? sums.GetValueOrDefault(team) : sums.Values.Aggregate(Usd.Zero, static (sum, one) => sum + one);

    private static long Of(Dictionary<string, long> sums, string team) => team.Length > 0 ? sums.GetValueOrDefault(team) : sums.Values.Sum();

    private static OutcomeSums Of(IReadOnlyDictionary<string, OutcomeSums> sums, string team) =>
        team.Length > 0 ? sums.GetValueOrDefault(team) : sums.Values.Aggregate(default(OutcomeSums), static (sum, one) => sum + one);

    private static Usd[] DaysOf(IReadOnlyList<SpendRow> rows, DateOnly last)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var first = rows.Min(static row => row.Day);
        var days = new Usd[last.DayNumber - first.DayNumber + 1];
        foreach (var row in rows)
        {
            days[row.Day.DayNumber - first.DayNumber] += PricingTotals.Of(row).Cost;
        }

        return days;
    }
}
