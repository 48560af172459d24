using static Farthing.Web.Tests.Api.Finops.Spender;

namespace Farthing.Web.Tests.Api.Finops;

/// <summary>Primer's forecast by the numbers of its cases, and ours behind <c>method=auto</c>.</summary>
public abstract class ForecastContract(StoreEngine engine)
{
    private const string Path = "finops/forecast";

    private static readonly DateTimeOffset FirstDay = new(2026, 11, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task FC1_Without_usage_there_is_nothing_to_project()
    {
        await using var spender = await StartAsync(engine);

        var answer = await spender.ReadAsync(Path);

        (answer.List("historical").Count, answer.List("forecast").Count, answer.Word("trend_direction"), answer.Number("monthly_projection")).ShouldBe((0, 0, "stable", 0));
        answer.Names().Take(4).ShouldBe(["historical", "forecast", "monthly_projection", "trend_direction"]);
    }

    [Fact]
    public async Task FC2_One_day_is_thirty_of_them()
    {
        await using var spender = await StartAsync(engine);
        spender.Use(FirstDay, Sonnet, 1_000, 500);

        var answer = await spender.ReadAsync(Path);

        (answer.Numbers("historical", "estimated_cost").Single(), answer.List("forecast").Count, answer.Number("monthly_projection")).ShouldBe((0.0105m, 0, 0.32m));
    }

    [Fact]
    public async Task FC3_A_straight_line_goes_on()
    {
        await using var spender = await StartAsync(engine);
        for (var day = 0; day < 5; day++)
        {
            spender.Use(FirstDay.AddDays(day), Sonnet, 1_000 * (day + 1), 500 * (day + 1), cacheRead: 200, cacheWrite: 50);
        }

        var answer = await spender.ReadAsync(Path);

        answer.Numbers("historical", "estimated_cost").ShouldBe([0.0107m, 0.0212m, 0.0317m, 0.0422m, 0.0527m]);
        var projected = answer.Numbers("forecast", "projected_cost");
        (projected[0], projected[1], projected[2], projected[29]).ShouldBe((0.0632m, 0.0737m, 0.0842m, 0.3677m));
        answer.Numbers("forecast", "upper_bound").ShouldBe(projected);
        answer.List("forecast")[0].Names().ShouldBe(["date", "projected_cost", "upper_bound", "lower_bound"]);
        answer.List("forecast")[0].Word("date").ShouldBe("2026-11-06");
        (answer.Number("monthly_projection"), answer.Word("trend_direction"), answer.Word("method")).ShouldBe((6.46m, "increasing", "ols"));
    }

    [Fact]
    public async Task FC4_A_curve_has_a_band()
    {
        await using var spender = await StartAsync(engine);
        for (var day = 1; day <= 10; day++)
        {
            spender.Use(FirstDay.AddDays(day), Opus, 1_000 * day * day, 500 * day * day);
        }

        var answer = await spender.ReadAsync(Path);

        answer.Numbers("historical", "estimated_cost").ShouldBe([0.0525m, 0.21m, 0.4725m, 0.84m, 1.3125m, 1.89m, 2.5725m, 3.36m, 4.2525m, 5.25m]);
        var points = answer.List("forecast");
        (points[0].Number("projected_cost"), points[0].Number("lower_bound"), points[0].Number("upper_bound")).ShouldBe((5.1975m, 4.771m, 5.624m));
        (points[29].Number("projected_cost"), points[29].Number("lower_bound"), points[29].Number("upper_bound")).ShouldBe((21.945m, 21.5185m, 22.3715m));
        (answer.Number("monthly_projection"), answer.Word("trend_direction")).ShouldBe((407.14m, "increasing"));
    }

    [Fact]
    public async Task FC5_and_FC6_Seven_days_and_thirty()
    {
        await using var spender = await StartAsync(engine);
        for (var day = 0; day < 5; day++)
        {
            spender.Use(FirstDay.AddDays(day), Sonnet, 1_000, 500);
        }

        var seven = await spender.ReadAsync($"{Path}?forecast_days=7");
        var thirty = await spender.ReadAsync($"{Path}?forecast_days=30");

        seven.List("forecast").Count.ShouldBe(7);
        seven.Number("monthly_projection")!.Value.ShouldBeInRange(0.31m, 0.32m);
        thirty.Number("monthly_projection")!.Value.ShouldBeInRange(0.31m, 0.32m);
    }

    [Fact]
    public async Task FC7_Two_days()
    {
        var answer = await ForecastOfAsync("?forecast_days=5", [10, 20]);

        answer.Numbers("forecast", "projected_cost").ShouldBe([30, 40, 50, 60, 70]);
        answer.Numbers("forecast", "lower_bound").ShouldBe([30, 40, 50, 60, 70]);
        (answer.Number("monthly_projection"), answer.Word("trend_direction")).ShouldBe((1_500, "increasing"));
    }

    [Fact]
    public async Task FC9_Below_zero_is_zero_with_its_band()
    {
        var answer = await ForecastOfAsync(string.Empty, [20, 15, 10, 5, 1]);

        answer.List("forecast").ShouldAllBe(static point => point.Number("projected_cost") == 0 && point.Number("lower_bound") == 0 && point.Number("upper_bound") == 0.3651m);
        (answer.Number("monthly_projection"), answer.Word("trend_direction")).ShouldBe((0, "decreasing"));
    }

    [Fact]
    public async Task FC10_Gaps_are_no_zeros_in_Primers_line()
    {
        var answer = await ForecastOfAsync(string.Empty, [10, 0, 0, 0, 0, 0, 0, 0, 0, 10, 40]);

        var points = answer.List("forecast");
        (points[0].Number("projected_cost"), points[0].Number("lower_bound"), points[0].Number("upper_bound")).ShouldBe((50, 37.7526m, 62.2474m));
        (points[1].Number("projected_cost"), points[2].Number("projected_cost"), points[0].Word("date")).ShouldBe((65, 80, "2026-11-12"));
        answer.Number("monthly_projection")!.Value.ShouldBe(8_025); // Thirty days of the line: 50, 65, …, 485.
    }

    [Fact]
    public async Task FC10_Over_three_days_the_month_is_thirty_times_their_mean()
    {
        var answer = await ForecastOfAsync("?forecast_days=3", [10, 0, 0, 0, 0, 0, 0, 0, 0, 10, 40]);

        answer.Number("monthly_projection").ShouldBe(1_950);
    }

    [Fact]
    public async Task FC11_A_twentieth_of_the_mean_is_not_yet_a_trend()
    {
        var answer = await ForecastOfAsync(string.Empty, [9.5m, 10, 10.5m]);

        (answer.Word("trend_direction"), answer.List("forecast")[0].Number("projected_cost")).ShouldBe(("stable", 11));
    }

    [Fact]
    public async Task FC13_Sessions_are_counted_by_day()
    {
        await using var spender = await StartAsync(engine);
        foreach (var session in new[] { "a", "b", "c", "a" })
        {
            spender.Use(FirstDay, Sonnet, 1_000, session: session);
        }

        spender.Use(FirstDay.AddDays(1), Sonnet, 1_000, session: "a");

        (await spender.ReadAsync(Path)).Numbers("historical", "session_count").ShouldBe([3, 1]);
    }

    [Fact]
    public async Task FC14_Everybody_sees_the_forecast_of_their_scope()
    {
        await using var spender = await StartAsync(engine);
        spender.Pay(FirstDay, 1);
        spender.Pay(FirstDay, 5, spender.People.Colleague);
        spender.Pay(FirstDay, 20, spender.People.Stranger);

        (await HistoryAsync(spender.People.Engineer.Key)).ShouldBe(1);
        (await HistoryAsync(spender.People.Lead.Key)).ShouldBe(6);
        (await HistoryAsync(spender.People.Admin.Key)).ShouldBe(26);
        (await HistoryAsync(spender.People.LeadWithoutTeam.Key)).ShouldBe(0);
        (await HistoryAsync(spender.People.ForeignAdmin.Key)).ShouldBe(0);

        async Task<decimal?> HistoryAsync(string key) => (await spender.ReadAsync(Path, key)).Numbers("historical", "estimated_cost").Sum();
    }

    [Fact]
    public async Task FC15_Days_are_1_to_365()
    {
        await using var spender = await StartAsync(engine);
        spender.Pay(FirstDay, 1);
        spender.Pay(FirstDay.AddDays(1), 1);

        foreach (var days in new[] { "0", "366", "-1", "thirty", "1.5", string.Empty })
        {
            var refused = await spender.AskAsync($"{Path}?forecast_days={days}");
            (refused.Status, refused.Text("field")).ShouldBe((422, "forecast_days"), days);
        }

        (await spender.ReadAsync($"{Path}?forecast_days=365")).List("forecast").Count.ShouldBe(365);
    }

    [Fact]
    public async Task Auto_goes_on_from_today_with_intervals_that_were_tried()
    {
        await using var spender = await StartAsync(engine);
        for (var day = 1; day <= 84; day++)
        {
            spender.Pay(Now.AddDays(-day), (int)Now.AddDays(-day).DayOfWeek is 0 or 6 ? 2 : 10);
        }

        spender.Pay(Now.AddHours(-1), 1_000);

        var line = await spender.ReadAsync(Path);
        var auto = await spender.ReadAsync($"{Path}?method=auto");

        line.List("historical").Count.ShouldBe(85);
        line.GetProperty("better").Number("mase")!.Value.ShouldBeLessThan(line.GetProperty("better").Number("ols_mase")!.Value);
        var points = auto.List("forecast");
        (points[0].Word("date"), points[0].Number("projected_cost")!.Value).ShouldBe(("2026-11-16", 1_005), "a Monday at noon: what was spent, and half of the usual ten");
        points[7].Number("projected_cost").ShouldBe(10, "the next Monday");
        auto.List("historical").Count.ShouldBe(84);
        points.ShouldAllBe(static point => point.Number("lower_bound_95") <= point.Number("lower_bound") && point.Number("upper_bound") <= point.Number("upper_bound_95"));
        (auto.Word("label"), auto.GetProperty("period_total").Number("mean")).ShouldBe(("standard", points.Sum(static point => point.Number("projected_cost"))));
        auto.GetProperty("backtest").Number("origins")!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_month_of_auto_is_thirty_days_however_many_are_asked_for()
    {
        await using var spender = await StartAsync(engine);
        for (var day = 1; day <= 40; day++)
        {
            spender.Pay(Now.AddDays(-day), 10);
        }

        spender.Pay(Now.AddHours(-1), 500);

        foreach (var days in new[] { 1, 3, 7, 30, 90 })
        {
            var auto = await spender.ReadAsync($"{Path}?method=auto&forecast_days={days}");
            auto.Number("monthly_projection").ShouldBe(795, "500, half of ten for the rest of the day, and 29 days of ten");
        }
    }

    [Fact]
    public async Task Known_events_are_laid_over_the_forecast()
    {
        await using var spender = await StartAsync(engine);
        for (var day = 1; day <= 28; day++)
        {
            spender.Pay(Now.AddDays(-day), 10);
        }

        var auto = await spender.ReadAsync($"{Path}?method=auto&forecast_days=3&overlay=2026-11-17,2026-11-17,0.2,1&overlay=2026-11-18,,1,-4");

        auto.Numbers("forecast", "projected_cost").ShouldBe([5, 3, 6], "it is noon");
        foreach (var bad in new[] { "x", "2026-11-17,2026-11-16,1,0", "2026-11-17,,-1,0", "2026-11-17,,1001,0", "2026-11-17,,NaN,0", new string('1', 10_000) })
        {
            (await spender.AskAsync($"{Path}?overlay={bad}")).Text("field").ShouldBe("overlay", bad);
        }
    }

    private async Task<System.Text.Json.JsonElement> ForecastOfAsync(string query, IReadOnlyList<decimal> days)
    {
        await using var spender = await StartAsync(engine);
        for (var day = 0; day < days.Count; day++)
        {
            if (days[day] > 0)
            {
                spender.Pay(FirstDay.AddDays(day), days[day]);
            }
        }

        return await spender.ReadAsync(Path + query);
    }
}

/// <summary>Forecasts over the embedded store.</summary>
public sealed class ForecastOnSqliteTests() : ForecastContract(StoreEngine.Sqlite);

/// <summary>Forecasts over PostgreSQL.</summary>
public sealed class ForecastOnPostgresTests() : ForecastContract(StoreEngine.Postgres);
