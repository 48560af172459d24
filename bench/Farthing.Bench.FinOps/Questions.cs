using System.Diagnostics;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Bench.FinOps;

/// <summary>What the endpoints ask of a store, as they ask it.</summary>
internal sealed class Questions(ISpendQueries spend)
{
    private static readonly DateTimeOffset Now = Company.Now;

    private static readonly SpendQuery All = new() { Zone = TimeZoneInfo.Utc, ByDay = false };

    private static readonly SpendQuery Month = All with { From = Now.AddDays(-30), To = Now };

    private static readonly SpendQuery WholeDays = All with { Since = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(-29), Until = DateOnly.FromDateTime(Now.UtcDateTime) };
    private static readonly SpendQuery ToDate = All with { From = new DateTimeOffset(Now.Year, Now.Month, 1, 0, 0, 0, TimeSpan.Zero), To = Now };

    /// <summary>Every question with its name; those of one endpoint bear its name in front.</summary>
    public IReadOnlyList<(string Endpoint, string Name, Func<int, Task<int>> Ask)> List =>
    [
        ("cache, all history", "model x card", _ => RowsAsync(All with { GroupBy = [SpendDimension.Model, SpendDimension.RateCard] })),
        ("cache, all history", "by day", _ => RowsAsync(All with { ByDay = true })),
        ("cache, all history", "person x card", _ => RowsAsync(All with { GroupBy = [SpendDimension.User, SpendDimension.RateCard] })),
        ("cache, 30 days", "model x card", _ => RowsAsync(Month with { GroupBy = [SpendDimension.Model, SpendDimension.RateCard] })),
        ("cache, 30 days", "by day", _ => RowsAsync(Month with { ByDay = true })),
        ("cache, 30 days", "person x card", _ => RowsAsync(Month with { GroupBy = [SpendDimension.User, SpendDimension.RateCard] })),
        ("cache of a team", "model x card", turn => RowsAsync(Team(turn) with { GroupBy = [SpendDimension.Model, SpendDimension.RateCard] })),
        ("cache of a team", "by day", turn => RowsAsync(Team(turn) with { ByDay = true })),
        ("cache of a team", "person x card", turn => RowsAsync(Team(turn) with { GroupBy = [SpendDimension.User, SpendDimension.RateCard] })),
        ("cache of an engineer", "model x card", turn => RowsAsync(Person(turn) with { GroupBy = [SpendDimension.Model, SpendDimension.RateCard] })),
        ("cache of an engineer", "by day", turn => RowsAsync(Person(turn) with { ByDay = true })),
        ("plan fit", "person x billing mode", _ => RowsAsync(Month with { GroupBy = [SpendDimension.User, SpendDimension.BillingMode] })),
        ("forecast, 365 days", "by day", _ => RowsAsync(All with { From = Now.AddDays(-365), To = Now, ByDay = true })),
        ("forecast, 365 days", "sessions by day", _ => CountsAsync(All with { From = Now.AddDays(-365), To = Now, ByDay = true })),
        ("budgets", "month to date by team", _ => RowsAsync(ToDate with { GroupBy = [SpendDimension.Team] })),
        ("budgets", "month to date by person", _ => RowsAsync(ToDate with { GroupBy = [SpendDimension.User] })),
        ("budgets", "month to date by model", _ => RowsAsync(ToDate with { GroupBy = [SpendDimension.Model] })),
        ("breakdown, 30 days", "team x model", _ => RowsAsync(Month with { GroupBy = [SpendDimension.Team, SpendDimension.Model] })),
        ("costs, 30 days", "sessions", _ => CountsAsync(Month)),
        ("session list", "first page of 50", _ => SessionsAsync(All, new() { Limit = 50 })),
        ("session list by cost", "the dearest 50 of 30 days", _ => SessionsAsync(WholeDays, new() { Limit = 50, Order = SessionOrder.CostliestFirst })),
        ("session list, 500", "first page of 500", _ => SessionsAsync(All, new())),
        ("session list, later", "a page of 50 from 40 days ago", _ => SessionsAsync(All, new() { Limit = 50, After = new(Now.AddDays(-40), string.Empty, string.Empty) })),
        ("session list of an engineer", "first page of 50", turn => SessionsAsync(Person(turn), new() { Limit = 50 })),
    ];

    /// <summary>Asks again and again, and tells of every endpoint the 50th and the 95th percentile, and the processor's time of this process, in milliseconds.</summary>
    public async Task TimeAsync(int rounds, Func<string, Percentiles, double, string, Task> tell)
    {
        foreach (var endpoint in List.GroupBy(question => question.Endpoint))
        {
            var (totals, busy) = (new double[rounds], new double[rounds]);
            var parts = new List<string>();
            foreach (var (_, name, ask) in endpoint)
            {
                var times = new double[rounds];
                var rows = 0;
                for (var turn = -3; turn < rounds; turn++)
                {
                    var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                    rows = await ask(turn + 3);
                    if (turn >= 0)
                    {
                        times[turn] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                        totals[turn] += times[turn];
                        busy[turn] += (Environment.CpuUsage.TotalTime - used).TotalMilliseconds;
                    }
                }

                parts.Add(FormattableString.Invariant($"{name} {Percentiles.Of(times).Half:F1} ({rows} rows)"));
            }

            await tell(endpoint.Key, Percentiles.Of(totals), Percentiles.Of(busy).Half, "p50 of each: " + string.Join(", ", parts));
        }
    }

    private static SpendQuery Team(int turn) => All with { Within = new(All.Org, ScopeReach.Team, Company.TeamOf(turn * 7)) };

    private static SpendQuery Person(int turn) => All with { Within = new(All.Org, ScopeReach.Engineer, Company.UserOf(turn * 37 % Company.Engineers)) };

    private async Task<int> RowsAsync(SpendQuery query) => (await spend.SpendAsync(query, CancellationToken.None)).Count;

    private async Task<int> CountsAsync(SpendQuery query) => (await spend.SessionsAsync(query, CancellationToken.None)).Count;

    private async Task<int> SessionsAsync(SpendQuery query, SessionListPage page) => (await spend.SessionSpendAsync(query, page, CancellationToken.None)).Count;
}
