using System.Globalization;
using System.Text.Json;
using static Farthing.Web.Tests.Api.Finops.Spender;

namespace Farthing.Web.Tests.Api.Finops;

/// <summary>Forecasts of any scope, by calendar days of the organisation's zone.</summary>
public abstract class ScopeForecastContract(StoreEngine engine)
{
    private const string Path = "forecasts";

    [Theory]
    [InlineData("by=team")]
    [InlineData("by=engineer")]
    [InlineData("by=model")]
    [InlineData("by=project")]
    public async Task The_parts_add_up_to_the_whole_day_by_day(string by)
    {
        await using var spender = await StartAsync(engine);
        for (var day = 1; day <= 35; day++)
        {
            spender.Pay(Now.AddDays(-day), 3 + (day % 7), more: ""","project":"engine" """);
            spender.Use(Now.AddDays(-day), Sonnet, 200_000, who: spender.People.Colleague, more: ""","project":"shop" """);
            spender.Pay(Now.AddDays(-day), day % 5, spender.People.Stranger);
        }

        var answer = await spender.ReadAsync($"{Path}?{by}&forecast_days=10");

        answer.List("children").Count.ShouldBeGreaterThan(1);
        var days = answer.List("forecast");
        days.Count.ShouldBe(10);
        for (var day = 0; day < days.Count; day++)
        {
            answer.List("children").Sum(child => Mean(child.List("forecast")[day].GetProperty("cost"))).ShouldBe(Mean(days[day].GetProperty("cost")));
        }

        Mean(answer.GetProperty("total")).ShouldBe(days.Sum(static day => Mean(day.GetProperty("cost"))));
    }

    [Fact]
    public async Task Who_spent_for_the_first_time_today_is_a_part_and_keeps_what_they_spent()
    {
        await using var spender = await StartAsync(engine);
        for (var day = 1; day <= 40; day++)
        {
            spender.Pay(Now.AddDays(-day), 10);
        }

        spender.Pay(Now.AddHours(-1), 500, spender.People.Stranger);

        foreach (var by in new[] { "team", "engineer" })
        {
            var answer = await spender.ReadAsync($"{Path}?by={by}&forecast_days=7");

            answer.Word("spent_today").ShouldBe("500");
            answer.List("children").Select(static child => (Mean(child.List("forecast")[0].GetProperty("cost")), Mean(child.GetProperty("total")))).ShouldBe([(500, 500), (5, 65)], "it is noon");
            answer.List("children")[0].List("forecast")[0].GetProperty("cost").Word("lower_80").ShouldBe("500");
        }
    }

    [Fact]
    public async Task A_team_a_project_an_engineer_and_a_model_have_their_own()
    {
        await using var spender = await StartAsync(engine);
        for (var day = 1; day <= 14; day++)
        {
            spender.Pay(Now.AddDays(-day), 1, more: ""","project":"app" """);
            spender.Pay(Now.AddDays(-day), 2, spender.People.Colleague, more: ""","project":"app-old" """);
            spender.Pay(Now.AddDays(-day), 4, spender.People.Stranger);
            spender.Use(Now.AddDays(-day), Sonnet, 0, 1_000_000, who: spender.People.Stranger);
        }

        (await TomorrowAsync("scope=org")).ShouldBe(22);
        (await TomorrowAsync($"scope=team&id={spender.People.Team}")).ShouldBe(3);
        (await TomorrowAsync($"team_id={spender.People.Team}")).ShouldBe(3);
        (await TomorrowAsync($"scope=model&id={Sonnet}&team_id={spender.People.OtherTeam}")).ShouldBe(15);
        (await TomorrowAsync("scope=project&id=app")).ShouldBe(1);
        (await TomorrowAsync($"scope=engineer&id={spender.People.Colleague.EngineerId}")).ShouldBe(2);
        (await TomorrowAsync($"scope=model&id={Sonnet}")).ShouldBe(15);
        (await spender.ReadAsync($"{Path}?scope=engineer&id={spender.People.Colleague.EngineerId}", spender.People.Engineer.Key)).List("history").ShouldBeEmpty();
        (await spender.ReadAsync($"{Path}?scope=team&id={spender.People.OtherTeam}", spender.People.Lead.Key)).List("history").ShouldBeEmpty();
        (await spender.AskAsync($"{Path}?scope=team&id=nowhere")).Status.ShouldBe(404);

        async Task<decimal> TomorrowAsync(string query) => Mean((await spender.ReadAsync($"{Path}?{query}")).List("forecast")[1].GetProperty("cost"));
    }

    [Fact]
    public async Task Days_are_those_of_the_zone_today_is_left_out_and_a_day_without_calls_is_a_zero()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu");
        await using var spender = await StartAsync(engine, new() { Zone = zone });
        spender.Pay(new(2026, 11, 1, 18, 20, 0, TimeSpan.Zero), 1); // 2 November, five past midnight in Kathmandu.
        spender.Pay(new(2026, 11, 15, 18, 10, 0, TimeSpan.Zero), 2); // 15 November, five to midnight.
        spender.Pay(new(2026, 11, 15, 18, 20, 0, TimeSpan.Zero), 4); // Today.

        var answer = await spender.ReadAsync(Path);

        answer.List("history").Select(static day => (day.Word("date"), day.Word("cost"))).ShouldBe([("2026-11-02", "1"), ("2026-11-15", "2")]);
        (answer.Word("timezone"), answer.Word("label"), answer.List("forecast")[0].Word("date")).ShouldBe(("Asia/Kathmandu", "early", "2026-11-16"));
    }

    [Fact]
    public async Task Days_without_a_call_of_anybody_are_gaps_and_no_zeros_for_all_of_the_organisation()
    {
        await using var spender = await StartAsync(engine);
        for (var day = 6; day <= 59; day++)
        {
            spender.Pay(Now.AddDays(-day), 10, more: ""","project":"app" """);
        }

        foreach (var query in Scopes(spender.People))
        {
            Mean((await spender.ReadAsync($"{Path}?{query}")).GetProperty("total")).ShouldBe(295, query);
        }

        Mean((await spender.ReadAsync(Path, spender.People.Engineer.Key)).GetProperty("total")).ShouldBe(295);
        (await spender.ReadAsync("finops/forecast?method=auto")).Number("monthly_projection").ShouldBe(295);
        (await spender.ReadAsync($"{Path}?by=team")).List("children").Select(static child => Mean(child.GetProperty("total"))).ShouldBe([295]);
    }

    [Fact]
    public async Task Where_others_had_calls_a_day_without_is_a_zero()
    {
        await using var spender = await StartAsync(engine);
        for (var day = 1; day <= 59; day++)
        {
            spender.Pay(Now.AddDays(-day), 10, day > 5 ? null : spender.People.Stranger, more: day > 5 ? ""","project":"app" """ : string.Empty);
        }

        foreach (var query in Scopes(spender.People).Skip(1))
        {
            Mean((await spender.ReadAsync($"{Path}?{query}")).GetProperty("total")).ShouldBeLessThan(200, query);
        }

        Mean((await spender.ReadAsync(Path, spender.People.Lead.Key)).GetProperty("total")).ShouldBeLessThan(200);
        (await spender.ReadAsync("finops/forecast?method=auto", spender.People.Lead.Key)).Number("monthly_projection")!.Value.ShouldBeLessThan(200);
    }

    [Theory]
    [InlineData("scope=galaxy", "scope")]
    [InlineData("scope=team", "id")]
    [InlineData("scope=org&id=x", "id")]
    [InlineData("by=org", "by")]
    [InlineData("scope=org&team_id=x", "team_id")]
    [InlineData("scope=team&id=y&team_id=x", "team_id")]
    [InlineData("forecast_days=366", "forecast_days")]
    [InlineData("overlay=soon", "overlay")]
    public async Task What_cannot_be_is_refused_with_its_field(string query, string field)
    {
        await using var spender = await StartAsync(engine);

        var answer = await spender.AskAsync($"{Path}?{query}");

        (answer.Status, answer.Text("field")).ShouldBe((422, field));
    }

    [Fact]
    public async Task More_than_twenty_parts_are_told_as_the_rest()
    {
        await using var spender = await StartAsync(engine);
        for (var day = 1; day <= 8; day++)
        {
            for (var project = 0; project < 25; project++)
            {
                spender.Pay(Now.AddDays(-day), 1 + project, more: $$""","project":"p{{project.ToString(CultureInfo.InvariantCulture)}}" """);
            }
        }

        var children = (await spender.ReadAsync($"{Path}?by=project")).List("children");

        (children.Count, children[0].Word("name"), children[20].Word("id"), children[20].Word("name")).ShouldBe((21, "p24", null, null));
    }

    private static IReadOnlyList<string> Scopes(TestPeople people) =>
        ["scope=org", $"scope=team&id={people.Team}", "scope=project&id=app", $"scope=engineer&id={people.Engineer.EngineerId}"];

    private static decimal Mean(JsonElement band) => decimal.Parse(band.Word("mean")!, CultureInfo.InvariantCulture);
}

/// <summary>Forecasts of scopes over the embedded store.</summary>
public sealed class ScopeForecastOnSqliteTests() : ScopeForecastContract(StoreEngine.Sqlite);

/// <summary>Forecasts of scopes over PostgreSQL.</summary>
public sealed class ScopeForecastOnPostgresTests() : ScopeForecastContract(StoreEngine.Postgres);
