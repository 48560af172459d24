using Farthing.Domain.PlanFit;
using Farthing.Domain.Usage;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;
using static Farthing.Storage.Tests.Contract.InventedSession;

namespace Farthing.Storage.Tests.Contract;

/// <summary>What every store keeps of reported sessions, and what they count for.</summary>
public abstract class AgentSessionsContract
{
    private static Caller Admin => new() { Org = Dimensions.LocalOrg, Role = Role.Admin };

    [Fact]
    public async Task A_session_comes_back_as_it_was_reported()
    {
        await using var store = Create();
        var report = Report(usages: [Usage(1_000, cached: 200, written: 50), Usage(7, OtherModel)]) with
        {
            AgentVersion = "2.1.0", ProjectPath = "/srv/ledger", ProjectName = "ledger", Branch = "main", PermissionMode = "plan", EndReason = "exit",
            EndedAt = Noon.AddMinutes(5), DurationMilliseconds = 299_500, PrimaryModel = Model, BillingMode = "api_key",
            Counts = new() { Messages = 4, UserMessages = 2, AssistantMessages = 2, ToolCalls = 0, InputTokens = 1_007, OutputTokens = 100, CacheReadTokens = 200, CacheCreationTokens = 50 },
            Outcome = "mostly_achieved", SessionType = "single_task", WorkflowArchetype = "bugfix", PrimarySuccess = "debugging",
            GoalCategories = new SortedDictionary<string, long> { ["fix_bug"] = 2, ["a\"b'<c>"] = 1 }, FrictionCounts = new SortedDictionary<string, long> { ["slow"] = 3 },
            ToolUsages = [new("Bash", 3)],
        };

        var sent = (await store.SendAsync(report)).Session;
        var found = await store.Sessions.FindAsync(ScopeRules.Of(Ada), "session-1", StoreUnderTest.Cancellation);

        found.ShouldNotBeNull();
        Tell(found).ShouldBe(Tell(sent));
        (found.EngineerId, found.TeamId, found.Sender, found.Facets.Outcome, found.Facets.Archetype).ShouldBe(("ada", "red", "engineer:ada", SessionOutcome.Partial, "bugfix"));
    }

    [Fact]
    public async Task What_a_second_report_does_not_tell_stays_and_lists_are_replaced()
    {
        await using var store = Create();
        await store.SendAsync(Report() with { Branch = "main", Outcome = "success", Counts = new() { Messages = 3 } });

        var again = await store.SendAsync(new() { SessionId = "session-1", ProjectName = "ledger", ModelUsages = [Usage(5, OtherModel)], SessionType = "quick" });

        again.Created.ShouldBeFalse();
        var session = again.Session;
        (session.Branch, session.ProjectName, session.Facets.Outcome, session.Facets.Archetype, session.Counts.Messages, session.StartedAt)
            .ShouldBe(("main", "ledger", SessionOutcome.Success, "quick", 3, Noon));
        session.ModelUsages.ShouldHaveSingleItem().Model.ShouldBe(OtherModel);
        (await store.CallsAsync()).ShouldHaveSingleItem().Usage.Dimensions.Model.ShouldBe(OtherModel);
    }

    [Fact]
    public async Task Each_model_of_a_session_is_one_priced_event_of_disjoint_classes_when_the_session_began()
    {
        await using var store = Create();

        await store.SendAsync(Report(usages: [Usage(1_000, cached: 20_000, written: 300), Usage(400_000, OtherModel)]) with { BillingMode = "api_key", Branch = "dev" });

        var calls = await store.CallsAsync();
        calls.Count.ShouldBe(2);
        var first = calls.Single(call => call.Usage.Dimensions.Model == Model);
        first.Usage.Tokens.ShouldBe(new() { Input = 1_000, CacheRead = 20_000, CacheWrite5m = 300, Output = 100 });
        (first.Usage.OccurredAt, first.Usage.Session.Key, first.Usage.Quality).ShouldBe((Noon, "session-1", EventQuality.SessionTotal));
        (first.Usage.Dimensions.User, first.Usage.Dimensions.Team, first.Usage.Dimensions.Agent, first.Usage.Dimensions.BillingMode).ShouldBe(("ada", "red", "claude", "api_key"));
        first.Rating.Cost.Total.ToString().ShouldBe("0.011625");
    }

    [Fact]
    public async Task What_a_session_counts_for_bears_the_key_that_reported_it_first()
    {
        await using var store = Create();
        await store.SendAsync(Report(), Ada with { KeyId = "k1" });
        await store.SendAsync(Report(usages: [Usage(2_000), Usage(7, OtherModel)]), Ada with { KeyId = "k2" });
        await store.SendAsync(Report("session-2"), Program);

        var calls = await store.CallsAsync();

        calls.Select(static call => $"{call.Usage.Session.Key} {call.Usage.Dimensions.ApiKey}").Order(StringComparer.Ordinal).ShouldBe(["session-1 k1", "session-1 k1", "session-2 program"]);
        (await store.Sessions.FindAsync(ScopeRules.Of(Ada), "session-1", StoreUnderTest.Cancellation))!.ApiKey.ShouldBe("k1");
    }

    [Fact]
    public async Task Cached_tokens_of_codex_are_taken_off_its_input_and_a_second_report_replaces_the_first()
    {
        await using var store = Create();
        await store.SendAsync(Report(usages: [new ModelUsage("o4-mini", 500, 200, 50, 0)]) with { AgentType = "codex_cli" });

        var sent = await store.SendAsync(Report(usages: [new ModelUsage("o4-mini", 1_200, 450, 100, 0)]));

        sent.Session.ModelUsages.ShouldBe([new("o4-mini", 1_200, 450, 100, 0)]);
        var call = (await store.CallsAsync()).ShouldHaveSingleItem();
        call.Usage.Tokens.ShouldBe(new() { Input = 1_100, CacheRead = 100, Output = 450 });
        call.Usage.Quality.ShouldBe(EventQuality.SessionTotal | EventQuality.ClassesInferred);
        call.Usage.Dimensions.Agent.ShouldBe("codex");
    }

    [Fact]
    public async Task Smaller_figures_a_model_that_is_gone_and_another_start_are_followed()
    {
        await using var store = Create();
        await store.SendAsync(Report(usages: [Usage(9_000), Usage(5_000, OtherModel)]));

        await store.SendAsync(Report(usages: [Usage(10)]) with { StartedAt = Noon.AddDays(-2) });

        var row = (await store.SpendAsync(new() { Zone = TimeZoneInfo.Utc })).ShouldHaveSingleItem();
        (row.Day, row.Calls, row.Tokens.Input).ShouldBe((DateOnly.FromDateTime(Noon.AddDays(-2).Date), 1, 10));
        await store.SendAsync(Report() with { ModelUsages = [], StartedAt = null });
        (await store.SpendAsync(new() { Zone = TimeZoneInfo.Utc, ByDay = false })).ShouldBeEmpty();
        (await store.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_without_a_start_counts_in_the_total_and_in_no_day_and_no_range()
    {
        await using var store = Create();
        await store.SendAsync(Report("dated"));
        await store.SendAsync(Report("undated") with { StartedAt = null });
        var all = new SpendQuery { Zone = TimeZoneInfo.Utc, ByDay = false };

        (await store.SpendAsync(all)).Sum(row => row.Calls).ShouldBe(2);
        (await store.SpendAsync(all with { ByDay = true })).Sum(row => row.Calls).ShouldBe(1);
        (await store.SpendAsync(all with { Until = new(2100, 1, 1) })).Sum(row => row.Calls).ShouldBe(1);
        (await store.SpendAsync(all with { Since = new(1970, 1, 1) })).Sum(row => row.Calls).ShouldBe(1);
        (await store.SpendAsync(all with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Kiritimati"), Until = new(2100, 1, 1) })).Sum(row => row.Calls).ShouldBe(1);
        (await store.SpendAsync(all)).ShouldAllBe(row => row.Status == Domain.Pricing.PricingStatus.Exact);
        await store.SendAsync(new() { SessionId = "undated", StartedAt = Noon.AddDays(1) });
        (await store.SpendAsync(all with { ByDay = true })).Sum(row => row.Calls).ShouldBe(2);
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("")]
    public async Task Calls_that_are_known_one_by_one_count_and_the_report_of_their_session_does_not(string user)
    {
        await using var store = Create();
        await store.AppendAsync(new InventedCall { User = user }, new InventedCall { User = user, Key = "msg_2" });
        var before = await store.SumsAsync();

        var sent = await store.SendAsync(Report());

        sent.IsKnownByCalls.ShouldBeTrue();
        (await store.SumsAsync()).ShouldBe(before);
        (await store.SendAsync(Report(usages: [Usage(77)]))).IsKnownByCalls.ShouldBeTrue();
        (await store.SumsAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("ada", true)]
    [InlineData("ada", false)]
    [InlineData("", false)]
    public async Task Calls_that_come_after_the_report_of_their_session_take_its_place(string user, bool isPlain)
    {
        await using var store = Create();
        await store.SendAsync(Report(usages: [Usage(9_000), Usage(5, OtherModel)]));
        await store.SendAsync(Report("session-2"));

        await store.AppendAsync(
            new InventedCall { User = user, VaryingTime = !isPlain }, new InventedCall { User = "somebody else", Session = "session-2", Key = "msg_2", VaryingTime = !isPlain });

        (await store.CallsAsync()).Select(call => (call.Usage.Session.Key, call.Usage.Dimensions.Model)).ShouldBe(
            [("session-1", "model-a"), ("session-2", Model), ("session-2", "model-a")], ignoreOrder: true);
        (await store.SpendAsync(new() { Zone = TimeZoneInfo.Utc })).Sum(row => row.Calls).ShouldBe(3);
        (await store.Sessions.FindAsync(ScopeRules.Of(Ada), "session-1", StoreUnderTest.Cancellation))!.IsKnownByCalls.ShouldBeTrue();
        (await store.SendAsync(Report())).IsKnownByCalls.ShouldBeTrue();
        (await store.SpendAsync(new() { Zone = TimeZoneInfo.Utc })).Sum(row => row.Calls).ShouldBe(3);
    }

    [Fact]
    public async Task A_call_that_is_refused_does_not_take_the_place_of_a_report()
    {
        await using var store = Create();
        await store.SendAsync(Report());
        var before = await store.SumsAsync();

        await store.AppendAsync(new InventedCall { User = "ada", Cost = new((Int128)long.MaxValue + 1) });

        (await store.SumsAsync()).ShouldBe(before);
        (await store.Sessions.FindAsync(ScopeRules.Of(Ada), "session-1", StoreUnderTest.Cancellation))!.IsKnownByCalls.ShouldBeFalse();
    }

    [Fact]
    public async Task A_report_of_another_sender_is_refused_and_changes_nothing_and_its_neighbours_are_stored()
    {
        await using var store = Create();
        await store.SendAsync(Report());
        var before = await store.SumsAsync();

        var results = await store.ReportAsync(Bob, Report(usages: [Usage(1)]), Report("own"), Report("own") with { EndedAt = Noon.AddHours(-1) });

        results.Select(result => result.Problem?.Kind).ShouldBe([ProblemKind.Forbidden, null, ProblemKind.Invalid]);
        results[2].Problem!.Field.ShouldBe("ended_at");
        results[0].Problem!.Detail.ShouldNotContain("ada");
        (await store.Sessions.FindAsync(ScopeRules.Of(Bob), "session-1", StoreUnderTest.Cancellation)).ShouldBeNull();
        (await store.SumsAsync()).ShouldNotBe(before);
        (await store.SpendAsync(new() { Zone = TimeZoneInfo.Utc })).Sum(row => row.Tokens.Input).ShouldBe(2_000);
    }

    [Fact]
    public async Task Reports_that_are_sent_at_once_are_counted_once()
    {
        await using var store = Create();

        var results = await Task.WhenAll(Enumerable.Range(1, 12).Select(index => store.SendAsync(Report(usages: [Usage(1_000)]))));

        results.Count(result => result.Created).ShouldBe(1);
        (await store.SpendAsync(new() { Zone = TimeZoneInfo.Utc })).ShouldHaveSingleItem().Tokens.Input.ShouldBe(1_000);
    }

    [Fact]
    public async Task Lists_and_facts_hold_what_the_scope_and_the_query_mean()
    {
        await using var store = Create();
        for (var index = 0; index < 6; index++)
        {
            var report = Report($"s{index}") with
            {
                StartedAt = index == 5 ? null : Noon.AddHours(index), ProjectName = index % 2 == 0 ? "ledger" : "mail",
                Outcome = index == 1 ? "success" : null, SessionType = index == 2 ? "bugfix" : null, DurationMilliseconds = index == 2 ? 0 : null, BillingMode = index < 2 ? $"mode{index}" : null,
            };
            await store.SendAsync(report, index == 4 ? Bob : Ada);
        }

        var lead = new Caller { Org = Dimensions.LocalOrg, Role = Role.TeamLead, EngineerId = "lea", TeamId = "blue" };
        (await Ids(Query(Admin))).ShouldBe("s4 s3 s2 s1 s0 s5");
        (await Ids(Query(Admin), new(2, "s3"))).ShouldBe("s2 s1");
        (await Ids(Query(Ada))).ShouldBe("s3 s2 s1 s0 s5");
        (await Ids(Query(lead))).ShouldBe("s4");
        (await Ids(Query(lead with { TeamId = string.Empty }))).ShouldBeEmpty();
        (await Ids(Query(Admin) with { Project = "mail" })).ShouldBe("s3 s1 s5");
        (await Ids(Query(Admin) with { From = Noon.AddHours(1), To = Noon.AddHours(3) })).ShouldBe("s3 s2 s1");
        (await Ids(Query(Admin) with { To = Noon.AddYears(50) })).ShouldBe("s4 s3 s2 s1 s0");
        (await Ids(Query(Admin) with { EngineerId = "bob", TeamId = "blue" })).ShouldBe("s4");
        (await Facts(Query(Admin))).ShouldBe("s4 s3 s2 s1 s0 s5");
        (await Facts(Query(Admin), new(2, string.Empty))).ShouldBe("s4 s3");
        (await Facts(Query(Admin), new(3, "s3"))).ShouldBe("s2 s1 s0");
        (await Facts(Query(Admin) with { Outcomes = [SessionOutcome.Unknown] }, new(2, "s2"))).ShouldBe("s0 s5");
        (await Facts(Query(Admin), new(2, "nobody"))).ShouldBeEmpty();
        (await Facts(Query(Admin) with { WithArchetype = true })).ShouldBe("s2");
        (await Facts(Query(Admin) with { Outcomes = [SessionOutcome.Success, SessionOutcome.Failure] })).ShouldBe("s1");
        (await Facts(Query(Admin) with { Outcomes = [SessionOutcome.Unknown], From = Noon })).ShouldBe("s4 s3 s2 s0");
        (await Facts(Query(Admin) with { Outcomes = [] })).ShouldBeEmpty();
        (await Facts(Query(lead with { TeamId = string.Empty }))).ShouldBeEmpty();
        (await store.Sessions.FactsAsync(Query(Admin) with { Project = "ledger" }, new(2, string.Empty), StoreUnderTest.Cancellation)).Select(facts => facts.DurationMilliseconds).ShouldBe([null, 0]);

        async Task<string> Ids(SessionQuery query, Page? page = null) => string.Join(
            ' ', (await store.Sessions.ListAsync(query, page ?? new(100, string.Empty), StoreUnderTest.Cancellation)).Select(session => session.Id));

        async Task<string> Facts(SessionQuery query, Page? page = null) => string.Join(
            ' ', (await store.Sessions.FactsAsync(query, page ?? new(100, string.Empty), StoreUnderTest.Cancellation)).Select(facts => facts.Id));
    }

    [Fact]
    public async Task Sessions_are_counted_by_engineer_with_what_came_of_them()
    {
        await using var store = Create();
        await store.SendAsync(Report("1") with { Outcome = "success", DurationMilliseconds = 90_000 }, Ada);
        await store.SendAsync(Report("2") with { Outcome = "failure", DurationMilliseconds = 30_000, StartedAt = Noon.AddHours(1) }, Ada);
        await store.SendAsync(Report("3") with { StartedAt = null }, Bob);
        await store.SendAsync(Report("4") with { Outcome = "success" }, Program);

        (await Tally(Query(Admin))).ShouldBe([new(string.Empty, 1, 1, 0), new("ada", 2, 1, 120_000), new("bob", 1, 0, 0)]);
        (await Tally(Query(Admin) with { From = Noon.AddMinutes(1) })).ShouldBe([new("ada", 1, 0, 30_000)]);
        (await Tally(Query(Admin) with { Outcomes = [SessionOutcome.Failure, SessionOutcome.Unknown] })).ShouldBe([new("ada", 1, 0, 30_000), new("bob", 1, 0, 0)]);
        (await Tally(Query(Bob))).ShouldBe([new("bob", 1, 0, 0)]);
        (await Tally(Query(new() { Org = Dimensions.LocalOrg, Role = Role.TeamLead, EngineerId = "lea", TeamId = string.Empty }))).ShouldBeEmpty();

        Task<IReadOnlyList<SessionTally>> Tally(SessionQuery query) => store.Sessions.TallyAsync(query, StoreUnderTest.Cancellation);
    }

    [Fact]
    public async Task How_an_engineer_pays_is_told_by_the_latest_session_that_tells_it()
    {
        await using var store = Create();
        var (ada, bob) = (await EngineerAsync(store, "Ada"), await EngineerAsync(store, "Bob"));
        await store.SendAsync(Report("1") with { BillingMode = "api_key" }, Ada with { EngineerId = ada });
        await store.SendAsync(Report("2") with { BillingMode = "subscription", StartedAt = Noon.AddHours(1) }, Ada with { EngineerId = ada });
        await store.SendAsync(Report("3") with { StartedAt = Noon.AddHours(2) }, Ada with { EngineerId = ada });
        await store.SendAsync(Report("4"), Ada with { EngineerId = bob });

        (await Modes(Query(Admin))).ShouldBe([new(ada, "subscription")]);
        (await Modes(Query(Admin) with { To = Noon })).ShouldBe([new(ada, "api_key")]);
        (await Modes(Query(Bob))).ShouldBeEmpty();

        Task<IReadOnlyList<EngineerBillingMode>> Modes(SessionQuery query) => store.Sessions.BillingModesAsync(query, StoreUnderTest.Cancellation);
    }

    [Fact]
    public async Task Programs_report_for_engineers_who_exist_and_are_counted_with_their_team()
    {
        await using var store = Create();
        var ada = await EngineerAsync(store, "Ada");

        var results = await store.ReportAsync(Program, Report("1") with { EngineerId = ada, TeamId = "red" }, Report("2") with { EngineerId = "nobody" }, Report("3"));

        results.Select(result => result.Problem?.Field).ShouldBe([null, "engineer_id", null]);
        (results[0].Value.Session.EngineerId, results[0].Value.Session.TeamId).ShouldBe((ada, "red"));
        results[2].Value.Session.EngineerId.ShouldBeEmpty();
        (await store.ReportAsync(Program, Report("1") with { EngineerId = await EngineerAsync(store, "Bob") }))[0].Problem!.Field.ShouldBe("engineer_id");
    }

    [Fact]
    public async Task Names_of_every_kind_are_kept_as_they_are()
    {
        await using var store = Create();
        const string nasty = "'; DROP TABLE agent_sessions; --<script>alert(1)</script>\u001A0 ✓ \"\\";

        await store.SendAsync(Report(nasty, Usage(10, nasty)) with { ProjectName = nasty, Branch = nasty, BillingMode = nasty, SessionType = nasty, AgentType = nasty });

        var session = (await store.Sessions.ListAsync(Query(Ada) with { Project = nasty }, new(1, string.Empty), StoreUnderTest.Cancellation)).ShouldHaveSingleItem();
        (session.Id, session.Branch, session.AgentType, session.ModelUsages[0].Model).ShouldBe((nasty, nasty, nasty, nasty));
        (await store.CallsAsync()).ShouldHaveSingleItem().Usage.Session.Key.ShouldBe(nasty);
    }

    [Fact]
    public async Task What_came_of_sessions_is_summed_by_team_after_an_instant_up_to_another()
    {
        await using var store = Create();
        var slow = new SortedDictionary<string, long> { ["slow"] = 2, ["lost"] = 1 };
        await store.SendAsync(Report("1") with { Outcome = "success", FrictionCounts = slow });
        await store.SendAsync(Report("2") with { Outcome = "success", FrictionCounts = slow });
        await store.SendAsync(Report("3") with { Outcome = "not_achieved" });
        await store.SendAsync(Report("4") with { FrictionCounts = slow }, Bob);
        await store.SendAsync(Report("5") with { Outcome = "success", StartedAt = Noon.AddDays(-1) });
        await store.SendAsync(Report("6") with { Outcome = "success", StartedAt = Noon.AddMilliseconds(1) });

        var sums = await store.Outcomes.SumAsync(Dimensions.LocalOrg, Noon.AddDays(-1), Noon, StoreUnderTest.Cancellation);

        sums.OrderBy(static sum => sum.Key).Select(static sum => (sum.Key, sum.Value)).ShouldBe([("blue", new(0, 0, 3)), ("red", new(3, 2, 6))]);
        (await store.Outcomes.SumAsync("other", Noon.AddDays(-1), Noon, StoreUnderTest.Cancellation)).ShouldBeEmpty();
    }

    protected abstract StoreUnderTest Create();

    private static async Task<string> EngineerAsync(StoreUnderTest store, string name)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(Noon.ToUnixTimeMilliseconds());
        var id = Guid.CreateVersion7().ToString();
        var engineer = new Engineer { Org = Dimensions.LocalOrg, Id = id, Name = name, Email = $"{id}@example.org", CreatedAt = now };
        var key = new StoredKey(new() { Org = engineer.Org, Id = Guid.CreateVersion7().ToString(), Prefix = id[^8..], LastFour = "abcd", Name = "key", Role = Role.Engineer, EngineerId = id, CreatedAt = now }, new byte[32]);
        (await store.Engineers.AddAsync(engineer, key, new(engineer.Org, "test", string.Empty, now), StoreUnderTest.Cancellation)).Problem.ShouldBeNull();
        return id;
    }

    private static string Tell(AgentSession session) =>
        $"{session with { ModelUsages = [], ToolUsages = [], Facets = new(), Counts = new() }} {session.Counts} {session.Facets with { GoalCategories = Empty, FrictionCounts = Empty }} "
        + $"{string.Join(',', session.Facets.GoalCategories)} {string.Join(',', session.Facets.FrictionCounts)} {string.Join(',', session.ModelUsages)} {string.Join(',', session.ToolUsages)}";

    private static readonly SortedDictionary<string, long> Empty = [];
}
