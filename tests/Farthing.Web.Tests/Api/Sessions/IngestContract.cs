using System.Globalization;
using System.Text.Json;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Tests.Api.Sessions;

/// <summary>Reports of sessions over HTTP, as Primer's clients send them.</summary>
public abstract class IngestContract(StoreEngine engine) : IAsyncLifetime
{
    private const string Session = "/api/v1/ingest/session";
    private const string Bulk = "/api/v1/ingest/bulk";

    private TestServer? server;
    private TestPeople? people;

    private TestServer Server => server!;

    private TestPeople People => people!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(new TestServerOptions { Engine = engine });
        people = await TestPeople.SeedAsync(server);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_a_client_of_Primer_sends_is_stored_and_told_and_its_words_are_not_kept()
    {
        const string body =
            """
            {"session_id":"s1","agent_type":"claude_code","claude_version":"2.0.1","project_path":"/srv/ledger","project_name":"ledger","git_branch":"main",
             "permission_mode":"default","end_reason":null,"started_at":"2026-03-04T12:00:00+02:00","ended_at":"2026-03-04T10:05:00.123456","duration_seconds":300.5,
             "message_count":4,"user_message_count":2,"assistant_message_count":2,"tool_call_count":1,"input_tokens":1000,"output_tokens":100,
             "cache_read_tokens":20000,"cache_creation_tokens":300,"primary_model":"claude-sonnet-4-5","billing_mode":"api_key",
             "first_prompt":"a secret of a person","summary":"another secret","source_metadata":{"x":[1,{"y":"secret"}]},"git_remote_url":"secret","commits":[{"sha":"secret"}],
             "facets":{"outcome":"fully_achieved","session_type":"single_task","primary_success":"correct_code_edits","goal_categories":["fix_bug","fix_bug"],
                       "friction_counts":{"slow":2},"brief_summary":"secret"},
             "tool_usages":[{"tool_name":"Bash","call_count":1}],
             "model_usages":[{"model_name":"claude-sonnet-4-5","input_tokens":1000,"output_tokens":100,"cache_read_tokens":20000,"cache_creation_tokens":300}]}
            """;

        (await SendAsync(body)).Body.ShouldBe("""{"status":"ok","session_id":"s1","created":true}""");
        (await SendAsync(body)).Body.ShouldBe("""{"status":"ok","session_id":"s1","created":false}""");

        var told = await Server.SendAsync("GET", "/api/v1/sessions/s1", People.Engineer.Key);
        told.Body.ShouldNotContain("secret");
        (told.Text("started_at"), told.Text("ended_at"), told.Text("outcome"), told.Text("agent_version"), told.Text("engineer_id"), told.Text("team_id"))
            .ShouldBe(("2026-03-04T10:00:00+00:00", "2026-03-04T10:05:00.123+00:00", "success", "2.0.1", People.Engineer.EngineerId, People.Team));
        told.Json.GetProperty("goal_categories").GetRawText().ShouldBe("""{"fix_bug":2}""");
        told.Json.GetProperty("duration_seconds").GetDecimal().ShouldBe(300.5m);
        told.Json.GetProperty("model_usages")[0].GetProperty("cache_read_tokens").GetInt64().ShouldBe(20_000);
        (await CostAsync()).ShouldBe("0.011625");
    }

    [Fact]
    public async Task A_key_in_the_body_is_as_good_as_one_in_a_header()
    {
        (await Server.SendAsync("POST", Session, body: $$"""{"session_id":"s1","api_key":"{{People.Engineer.Key}}"}""")).Status.ShouldBe(200);
        (await Server.SendAsync("POST", Bulk, body: $$"""{"api_key":"{{People.Engineer.Key}}","sessions":[{"session_id":"s2"}]}""")).Status.ShouldBe(200);
        (await Server.SendAsync("POST", "/api/v1/ingest/facets/s1", body: $$$"""{"api_key":"{{{People.Engineer.Key}}}","facets":{"outcome":"success"}}""")).Status.ShouldBe(200);

        await RefusedAsync(body: """{"session_id":"s3"}""", 401, "Authentication required");
        await RefusedAsync(body: """{"session_id":"s3","api_key":"fk_wrong"}""", 401, "Invalid API key");
        await RefusedAsync(body: $$"""{"session_id":"s3","api_key":"{{People.Finance.Key}}"}""", 403, "Insufficient permissions");

        async Task RefusedAsync(string body, int status, string detail)
        {
            var answer = await Server.SendAsync("POST", Session, body: body);
            (answer.Status, answer.ContentType, answer.Text("detail")).ShouldBe((status, "application/problem+json", detail));
        }
    }

    [Fact]
    public async Task One_bad_session_among_good_ones_is_refused_alone_and_the_same_again_changes_nothing()
    {
        var sessions = Enumerable.Range(0, 1_200).Select(index => index switch
        {
            700 => """{"session_id":"s700","model_usages":[{"model_name":"m","input_tokens":-1}]}""",
            701 => "7",
            _ => Report($"s{index.ToString(CultureInfo.InvariantCulture)}"),
        });
        var body = $$"""{"sessions":[{{string.Join(',', sessions)}}]}""";

        var first = await SendAsync(body, Bulk);
        var cost = await CostAsync();
        var again = await SendAsync(body, Bulk);

        Counts(first).ShouldBe("partial 1198 0 2");
        Counts(again).ShouldBe("partial 0 1198 2");
        var refused = first.Json.GetProperty("results")[700];
        (refused.GetProperty("session_id").GetString(), refused.GetProperty("status").GetString(), refused.GetProperty("field").GetString())
            .ShouldBe(("s700", "rejected", "model_usages.input_tokens"));
        (await CostAsync()).ShouldBe(cost);
    }

    [Fact]
    public async Task Another_senders_session_is_forbidden_and_stays_as_it_is()
    {
        await SendAsync(Report("s1"));
        var cost = await CostAsync();

        var answer = await Server.SendAsync("POST", Session, People.Colleague.Key, Report("s1", input: 1));
        var facets = await Server.SendAsync("POST", "/api/v1/ingest/facets/s1", People.Service.Key, """{"outcome":"failure"}""");

        (answer.Status, facets.Status).ShouldBe((403, 403));
        answer.Body.ShouldNotContain(People.Engineer.EngineerId);
        (await CostAsync()).ShouldBe(cost);
        (await Server.SendAsync("GET", "/api/v1/sessions/s1", People.Engineer.Key)).Text("outcome").ShouldBeNull();
    }

    [Fact]
    public async Task A_lead_reports_for_the_own_team_and_a_program_for_everybody_who_exists()
    {
        await StatusAsync(People.Lead.Key, People.Engineer.EngineerId, 200);
        await StatusAsync(People.Lead.Key, People.Stranger.EngineerId, 403);
        await StatusAsync(People.Lead.Key, "nobody", 403);
        await StatusAsync(People.Service.Key, People.Stranger.EngineerId, 200);
        await StatusAsync(People.Service.Key, People.Foreigner.EngineerId, 422);
        await StatusAsync(People.Engineer.Key, People.Colleague.EngineerId, 403);

        async Task StatusAsync(string key, string engineer, int status) => (await Server.SendAsync(
            "POST", Session, key, $$"""{"session_id":"{{Guid.NewGuid()}}","engineer_id":"{{engineer}}"}""")).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("""{"session_id":" "}""", "session_id")]
    [InlineData("""{}""", "session_id")]
    [InlineData("""{"session_id":"s","started_at":"2026-03-04T12:00:00Z","ended_at":"2026-03-04T13:00:00+02:00"}""", "ended_at")]
    [InlineData("""{"session_id":"s","started_at":"yesterday"}""", "started_at")]
    [InlineData("""{"session_id":"s","started_at":"2019-03-04T12:00:00Z"}""", "started_at")]
    [InlineData("""{"session_id":"s","started_at":"2199-03-04T12:00:00Z"}""", "started_at")]
    [InlineData("""{"session_id":"s","duration_seconds":-1}""", "duration_seconds")]
    [InlineData("""{"session_id":"s","duration_seconds":1e300}""", "duration_seconds")]
    [InlineData("""{"session_id":"s","message_count":1.5}""", "message_count")]
    [InlineData("""{"session_id":"s","project_name":7}""", "project_name")]
    [InlineData("""{"session_id":"s","git_branch":"\ud800"}""", "git_branch")]
    [InlineData("""{"session_id":"s","git_branch":"a\u0000"}""", "git_branch")]
    [InlineData("""{"session_id":"s","model_usages":{"m":1}}""", "model_usages")]
    [InlineData("""{"session_id":"s","model_usages":[{"input_tokens":1}]}""", "model_usages.model_name")]
    [InlineData("""{"session_id":"s","facets":[]}""", "facets")]
    [InlineData("""{"session_id":"s","facets":{"friction_counts":{"slow":"often"}}}""", "facets.friction_counts")]
    public async Task What_cannot_be_is_refused_with_its_member(string body, string field)
    {
        var answer = await SendAsync(body);

        (answer.Status, answer.Text("field")).ShouldBe((422, field));
    }

    [Theory]
    [InlineData("session_id")]
    [InlineData("project_name")]
    [InlineData("agent_type")]
    [InlineData("billing_mode")]
    public async Task A_name_of_ten_thousand_characters_is_refused(string field)
    {
        var name = new string('x', 10_000);
        var answer = await SendAsync(field == "session_id" ? $$"""{"session_id":"{{name}}"}""" : $$"""{"session_id":"s","{{field}}":"{{name}}"}""");

        (answer.Status, answer.Text("field"), answer.Code).ShouldBe((422, field, "too_long"));
    }

    [Theory]
    [InlineData("[]", 400)]
    [InlineData("""{"session_id":"s1"}x""", 400)]
    [InlineData("""{"session_id":""", 400)]
    public async Task What_is_no_JSON_object_is_malformed(string body, int status) => (await SendAsync(body)).Status.ShouldBe(status);

    [Fact]
    public async Task More_sessions_than_a_request_may_bring_are_refused_together()
    {
        var answer = await SendAsync($$"""{"sessions":[{{string.Join(',', Enumerable.Repeat("{}", 10_001))}}]}""", Bulk);

        (answer.Status, answer.Code).ShouldBe((413, "too_many_sessions"));
        (await SendAsync("""{"sessions":7}""", Bulk)).Text("field").ShouldBe("sessions");
    }

    [Fact]
    public async Task Calls_that_came_by_another_door_are_not_counted_twice_in_either_order()
    {
        await SendAsync(Report("first"));
        await UseAsync("first");
        await UseAsync("second");
        var cost = await CostAsync();

        (await SendAsync(Report("second"))).Text("status").ShouldBe("known_by_calls");
        (await SendAsync(Report("first"))).Text("status").ShouldBe("known_by_calls");

        (await CostAsync()).ShouldBe(cost);
        cost.ShouldBe("0.006");
    }

    [Fact]
    public async Task Lists_are_cut_into_pages_and_hold_what_is_asked_for()
    {
        for (var index = 0; index < 5; index++)
        {
            var member = index == 4 ? People.Stranger : People.Engineer;
            await Server.SendAsync("POST", Session, member.Key, $$"""{"session_id":"s{{index}}","project_name":"p{{index % 2}}","started_at":"2026-03-0{{index + 1}}T00:00:00Z"}""");
        }

        (await ListAsync(string.Empty)).ShouldBe("s4 s3 s2 s1 s0");
        (await ListAsync("?limit=2")).ShouldBe("s4 s3 > s3");
        (await ListAsync("?limit=2&after=s3")).ShouldBe("s2 s1 > s1");
        (await ListAsync($"?team_id={People.OtherTeam}")).ShouldBe("s4");
        (await ListAsync($"?engineer_id={People.Engineer.EngineerId}&project=p1")).ShouldBe("s3 s1");
        (await ListAsync("?from=2026-03-02T00:00:00Z&to=2026-03-04T00:00:00Z")).ShouldBe("s2 s1");
        (await ListAsync("?project=%27%20OR%201%3D1")).ShouldBeEmpty();
        (await ListAsync(string.Empty, People.Lead.Key)).ShouldBe("s3 s2 s1 s0");
        (await ListAsync($"?team_id={People.OtherTeam}", People.Lead.Key)).ShouldBe("s3 s2 s1 s0");
        (await ListAsync(string.Empty, People.LeadWithoutTeam.Key)).ShouldBeEmpty();
        (await Server.SendAsync("GET", "/api/v1/sessions?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", People.Admin.Key)).Text("field").ShouldBe("to");

        async Task<string> ListAsync(string query, string? key = null)
        {
            var answer = await Server.SendAsync("GET", "/api/v1/sessions" + query, key ?? People.Admin.Key);
            answer.Status.ShouldBe(200, answer.Body);
            var ids = string.Join(' ', answer.Json.GetProperty("items").EnumerateArray().Select(session => session.GetProperty("session_id").GetString()));
            return answer.Text("next") is { } next ? $"{ids} > {next}" : ids;
        }
    }

    [Fact]
    public async Task A_list_holds_sessions_of_some_outcomes()
    {
        foreach (var (id, outcome) in ((string, string)[])[("o1", "success"), ("o2", "not_achieved"), ("o3", "mostly_achieved"), ("o4", "no idea")])
        {
            var sent = await Server.SendAsync(
                "POST", Session, People.Engineer.Key, $$$"""{"session_id":"{{{id}}}","started_at":"2026-03-01T00:00:0{{{id[1]}}}Z","facets":{"outcome":"{{{outcome}}}"}}""");
            sent.Status.ShouldBe(200, sent.Body);
        }

        (await ListAsync("outcome=success")).ShouldBe("o1");
        (await ListAsync("outcome=failure&outcome=partial")).ShouldBe("o3 o2");
        (await ListAsync("outcome=unknown")).ShouldBe("o4");
        (await ListAsync("outcome=")).ShouldBe("o4 o3 o2 o1");
        (await ListAsync("outcome=success&outcome=great")).ShouldBe("422 outcome");
        (await ListAsync("after=zz")).ShouldBe("422 after");

        async Task<string> ListAsync(string query)
        {
            var answer = await Server.SendAsync("GET", "/api/v1/sessions?" + query, People.Admin.Key);
            return answer.Status == 200
                ? string.Join(' ', answer.Json.GetProperty("items").EnumerateArray().Select(static session => session.GetProperty("session_id").GetString()))
                : $"{answer.Status} {answer.Text("field")}";
        }
    }

    private static string Report(string id, long input = 1_000) =>
        $$"""{"session_id":"{{id}}","started_at":"2026-03-04T12:00:00Z","model_usages":[{"model_name":"claude-sonnet-4-5","input_tokens":{{input.ToString(CultureInfo.InvariantCulture)}}}]}""";

    private static string Counts(TestAnswer answer)
    {
        answer.Status.ShouldBe(200, answer.Body);
        JsonElement Count(string name) => answer.Json.GetProperty(name);
        return $"{answer.Text("status")} {Count("created")} {Count("updated")} {Count("rejected")}";
    }

    private Task<TestAnswer> SendAsync(string body, string path = Session) => Server.SendAsync("POST", path, People.Engineer.Key, body);

    private async Task UseAsync(string session)
    {
        var answer = await Server.SendAsync(
            "POST", "/api/v1/usage", People.Engineer.Key,
            $$"""{"id":"{{session}}","occurred_at":"2026-03-04T12:00:00Z","model":"claude-sonnet-4-5","input_tokens":1000,"session":"{{session}}"}""");
        answer.Json.GetProperty("accepted").GetInt32().ShouldBe(1, answer.Body);
    }

    /// <summary>What everything of the organisation cost, in dollars.</summary>
    private async Task<string> CostAsync()
    {
        var rows = await Server.Get<ISpendQueries>().SpendAsync(new() { Zone = TimeZoneInfo.Utc, ByDay = false }, TestServer.Cancellation);
        return rows.Aggregate(Farthing.Domain.Money.Usd.Zero, (sum, row) => sum + row.Cost).ToString();
    }
}

/// <summary>Reports over the embedded store.</summary>
public sealed class IngestOnSqliteTests() : IngestContract(StoreEngine.Sqlite);

/// <summary>Reports over PostgreSQL.</summary>
public sealed class IngestOnPostgresTests() : IngestContract(StoreEngine.Postgres);
