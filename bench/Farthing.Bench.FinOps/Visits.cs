using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace Farthing.Bench.FinOps;

/// <summary>The FinOps endpoints of a running server, as its operator asks them over HTTP.</summary>
internal sealed class Visits : IDisposable
{
    private const int WarmUps = 150;
    private const string Root = "/api/v1/";

    private static readonly string Month = $"start_date={Iso(Company.Now.AddDays(-30))}&end_date={Iso(Company.Now)}";

    private readonly HttpClient client;

    public Visits(Uri server, string adminKey)
    {
        client = new() { BaseAddress = server };
        client.DefaultRequestHeaders.Add("x-admin-key", adminKey);
    }

    /// <summary>Every endpoint with what is asked of it in a turn.</summary>
    private static IReadOnlyList<(string Name, Func<int, string> Path)> List =>
    [
        ("cache, all history", _ => "finops/cache"),
        ("cache, 30 days", _ => $"finops/cache?{Month}"),
        ("cache of a team, 30 days", turn => $"finops/cache?{Month}&team_id={Company.TeamOf(turn * 7)}"),
        ("cost modeling, 30 days", _ => $"finops/cost-modeling?{Month}"),
        ("cost modeling, cheapest", _ => $"finops/cost-modeling?{Month}&mode=cheapest"),
        ("cost modeling, all history", _ => "finops/cost-modeling"),
        ("forecast, ols", _ => "finops/forecast"),
        ("forecast, auto", _ => "finops/forecast?method=auto"),
        ("forecast of a team", turn => $"finops/forecast?team_id={Company.TeamOf(turn * 7)}"),
        ("forecasts by team", _ => "forecasts?by=team"),
        ("forecasts by model", _ => "forecasts?by=model"),
        ("budgets, 41 of them", _ => "finops/budgets"),
        ("analytics costs, 30 days", _ => $"analytics/costs?{Month}"),
        ("analytics productivity, 30 days", _ => $"analytics/productivity?{Month}"),
        ("analytics productivity, all history", _ => "analytics/productivity"),
        ("alerts", _ => "alerts"),
    ];

    /// <summary>Makes the budgets, visits again and again, and tells of every endpoint how long its answers took.</summary>
    public async Task TimeAsync(int rounds, Func<string, Percentiles, double, string, Task> tell)
    {
        await MakeBudgetsAsync();
        foreach (var (name, path) in List)
        {
            var times = new double[rounds];
            var size = 0;
            for (var turn = -WarmUps; turn < rounds; turn++)
            {
                var started = Stopwatch.GetTimestamp();
                size = (await client.GetByteArrayAsync(new Uri(Root + path(turn + WarmUps), UriKind.Relative))).Length;
                if (turn >= 0)
                {
                    times[turn] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                }
            }

            await tell(name, Percentiles.Of(times), 0, string.Create(CultureInfo.InvariantCulture, $"{size / 1024} KB"));
        }
    }

    public void Dispose() => client.Dispose();

    private static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private async Task MakeBudgetsAsync()
    {
        if (await client.GetStringAsync(new Uri(Root + "finops/budgets", UriKind.Relative)) is not "[]")
        {
            return;
        }

        await MakeAsync(new { name = "All", amount = 2_000_000, period = "monthly" });
        for (var number = 0; number < Company.Teams; number++)
        {
            await MakeAsync(new { name = $"Team {number}", amount = 50_000, period = "monthly", team_id = Company.TeamOf(number) });
        }
    }

    private async Task MakeAsync(object budget)
    {
        using var answer = await client.PostAsJsonAsync(new Uri(Root + "finops/budgets", UriKind.Relative), budget);
        answer.EnsureSuccessStatusCode();
    }
}
