using static Farthing.Web.Tests.Api.Finops.Spender;

namespace Farthing.Web.Tests.Api.Finops;

/// <summary>What all endpoints of finops take and refuse alike.</summary>
public sealed class FinopsQueryTests
{
    private static readonly string[] Endpoints = ["finops/cache", "finops/cost-modeling", "finops/plans", "finops/forecast", "analytics/costs", "analytics/productivity"];

    private static readonly string[] Hostile = ["'; DROP TABLE events; --", "<script>alert(1)</script>", "nowhere", "%00", new string('t', 256)];

    public static TheoryData<string, string> Impossible { get; } = new()
    {
        { "start_date=2026-11-02&end_date=2026-11-01", "start_date" },
        { "start_date=2026-11-02T00:00:00%2B00:00&end_date=2026-11-02T05:00:00%2B05:45", "start_date" },
        { "start_date=yesterday", "start_date" },
        { "end_date=2026-13-01", "end_date" },
        { "end_date=2026-11-01T00:00:00%2B25:00", "end_date" },
        { "start_date=1", "start_date" },
        { "start_date=" + new string('9', 10_000), "start_date" },
        { "start_date=2025-01-01&end_date=2026-11-01", "start_date" },
        { "start_date=2025-01-01", "start_date" },
        { "start_date=2027-01-01", "start_date" },
        { "start_date=2026-11-16T12:00:01Z", "start_date" },
        { "team_id=" + new string('t', 10_000), "team_id" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public async Task What_cannot_be_is_refused_with_its_field(string query, string field)
    {
        await using var spender = await StartAsync(StoreEngine.Sqlite);

        foreach (var endpoint in Endpoints)
        {
            var answer = await spender.AskAsync($"{endpoint}?{query}");

            (answer.Status, answer.ContentType, answer.Text("field")).ShouldBe((422, "application/problem+json", field), endpoint);
        }
    }

    [Fact]
    public async Task A_team_that_the_organisation_does_not_have_is_not_found()
    {
        await using var spender = await StartAsync(StoreEngine.Sqlite);

        foreach (var endpoint in Endpoints)
        {
            foreach (var team in Hostile.Append(spender.People.ForeignTeam))
            {
                var escaped = team.StartsWith('%') ? team : Uri.EscapeDataString(team);
                var answer = await spender.AskAsync($"{endpoint}?team_id={escaped}", spender.People.Admin.Key);
                (answer.Status, answer.Text("field")).ShouldBe((404, "team_id"), endpoint);
                answer.Text("detail").ShouldBe("There is no team of that id, or it is not yours.");
            }
        }
    }

    [Theory]
    [InlineData("forecasts?scope=engineer&id=")]
    [InlineData("sessions?engineer_id=")]
    public async Task Whoever_sees_one_team_is_told_the_same_of_another_teams_engineer_and_of_nobody(string query)
    {
        await using var spender = await StartAsync(StoreEngine.Sqlite);
        var (people, other) = (spender.People, spender.People.Stranger.EngineerId);
        spender.Pay(Now.AddDays(-1), 7, people.Stranger);

        foreach (var asker in new[] { people.Engineer, people.Lead, people.LeadWithoutTeam })
        {
            var (known, unknown) = (await spender.AskAsync(query + other, asker.Key), await spender.AskAsync(query + "nobody", asker.Key));
            (known.Status, known.Body.Replace(other, "nobody", StringComparison.Ordinal)).ShouldBe((unknown.Status, unknown.Body));
        }

        (await spender.AskAsync(query + "nobody", people.Admin.Key)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Instants_are_read_with_any_offset_and_mixed()
    {
        await using var spender = await StartAsync(StoreEngine.Sqlite);
        spender.Pay(Now.AddDays(-1), 7);

        foreach (var range in new[]
        {
            "start_date=2026-11-15T17:45:00%2B05:45&end_date=2026-11-15T01:00:00-11:00",
            "start_date=2026-11-15T17:45:00+05:45&end_date=2026-11-15T12:00:00Z",
            "start_date=2026-11-15T12:00&end_date=2026-11-15T12:00:00.0009999",
            "start_date=2026-11-15&end_date=",
            "team_id=&end_date=2026-11-16",
        })
        {
            (await spender.ReadAsync($"analytics/costs?{range}")).Number("total_estimated_cost").ShouldBe(7, range);
        }
    }

    [Fact]
    public async Task The_last_instant_there_is_ends_a_range()
    {
        await using var spender = await StartAsync(StoreEngine.Sqlite);
        spender.Pay(Now.AddDays(-1), 7);

        foreach (var endpoint in Endpoints.Append("finops/forecast?method=auto"))
        {
            var answer = await spender.AskAsync($"{endpoint}{(endpoint.Contains('?') ? '&' : '?')}end_date=9999-12-31T23:59:59.9999999");
            answer.Status.ShouldBe(200, endpoint + answer.Body);
        }
    }

    [Fact]
    public async Task A_lead_without_a_team_sees_zeros()
    {
        await using var spender = await StartAsync(StoreEngine.Sqlite);
        spender.Pay(Now.AddDays(-1), 7);

        foreach (var endpoint in Endpoints.Append("forecasts"))
        {
            var body = (await spender.ReadAsync(endpoint, spender.People.LeadWithoutTeam.Key)).GetRawText();
            body.ShouldNotContain(spender.People.Engineer.EngineerId);
            body.ShouldNotContain("2026-11-15");
        }
    }

    [Fact]
    public async Task What_other_names_hold_comes_back_as_it_was_sent()
    {
        await using var spender = await StartAsync(StoreEngine.Sqlite);
        spender.Use(Now.AddDays(-1), Sonnet, 1_000, more: ""","project":"<b>'; DROP TABLE series; --</b>" """);

        var answer = await spender.ReadAsync($"forecasts?scope=project&id={Uri.EscapeDataString("<b>'; DROP TABLE series; --</b>")}");

        answer.List("history").Count.ShouldBe(1);
    }
}
