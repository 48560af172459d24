using System.Globalization;
using Farthing.Domain.Pricing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Pricing;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Tests.Contract;

/// <summary>What every store answers about the spend of teams and people: within a scope, to the millisecond, by session.</summary>
public abstract class TeamSpendContract
{
    private static readonly DateTimeOffset Noon = InventedCall.Noon;

    private static readonly SpendQuery All = new() { Zone = TimeZoneInfo.Utc, ByDay = false };

    [Fact]
    public async Task A_scope_lets_through_its_team_its_engineer_or_nothing()
    {
        await using var store = await CreateWithTeamsAsync();

        (await Calls(new("local", ScopeReach.Org, string.Empty))).ShouldBe(4);
        (await Calls(new("local", ScopeReach.Team, "red"))).ShouldBe(3);
        (await Calls(new("local", ScopeReach.Engineer, "ann"))).ShouldBe(2);
        (await Calls(new("local", ScopeReach.Nothing, string.Empty))).ShouldBe(0);
        (await Calls(new("other", ScopeReach.Team, "red"))).ShouldBe(1);
        (await Calls(new("local", ScopeReach.Team, "'; DROP TABLE series; --"))).ShouldBe(0);

        async Task<long> Calls(Scope scope)
        {
            var query = All with { Within = scope };
            var calls = await store.Spending.CallsAsync(query, StoreUnderTest.Cancellation).CountAsync(StoreUnderTest.Cancellation);
            (await store.SpendAsync(query)).Sum(row => row.Calls).ShouldBe(calls);
            (await SessionsAsync(store, query)).Sum(session => session.Sum.Calls).ShouldBe(calls);
            var page = await store.Spending.CallPageAsync(query, new(), StoreUnderTest.Cancellation);
            page.Count.ShouldBe(calls);
            foreach (var call in await store.Spending.CallPageAsync(All, new(), StoreUnderTest.Cancellation))
            {
                var opened = await store.Spending.CallAsync(scope, call.Usage.Id, StoreUnderTest.Cancellation);
                (opened is not null).ShouldBe(page.Any(one => one.Usage.Id == call.Usage.Id));
            }

            return calls;
        }
    }

    [Fact]
    public async Task What_is_asked_for_never_widens_a_scope()
    {
        await using var store = await CreateWithTeamsAsync();
        var own = All with { Within = new("local", ScopeReach.Engineer, "ann") };

        (await store.SpendAsync(own with { Team = "blue" })).ShouldBeEmpty();
        (await store.SpendAsync(own with { User = "bob" })).ShouldBeEmpty();
        (await store.SpendAsync(own with { Org = "other" })).Sum(row => row.Calls).ShouldBe(2);
        (await store.SpendAsync(own with { Team = "red", Model = "model-b" })).ShouldHaveSingleItem().Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Teams_people_providers_and_billing_modes_are_grouped_by()
    {
        await using var store = await CreateWithTeamsAsync();

        var rows = await store.SpendAsync(
            All with { GroupBy = [SpendDimension.Team, SpendDimension.User, SpendDimension.Provider, SpendDimension.BillingMode] });

        rows.Select(row => $"{row.Team} {row.User} {row.Provider} {row.BillingMode} {row.Calls}{row.Model}{row.Agent}").ShouldBe(
            ["blue cid invented subscription 1", "red ann invented api_key 2", "red bob bedrock api_key 1"]);
    }

    [Fact]
    public async Task Calls_to_one_provider_are_all_that_is_summed_counted_and_listed()
    {
        await using var store = await CreateWithTeamsAsync();
        var prices = new Rater(EmbeddedCatalog.Load());

        (await CallsAsync("invented")).ShouldBe(3);
        (await CallsAsync("aws-bedrock")).ShouldBe(1);
        (await CallsAsync("openai")).ShouldBe(0);

        async Task<long> CallsAsync(string provider)
        {
            var query = All with { WentTo = new(prices, provider) };
            var calls = await store.Spending.CallsAsync(query, StoreUnderTest.Cancellation).CountAsync(StoreUnderTest.Cancellation);
            (await store.SpendAsync(query)).Sum(row => row.Calls).ShouldBe(calls);
            (await store.SpendAsync(query with { GroupBy = [SpendDimension.User] })).Sum(row => row.Calls).ShouldBe(calls);
            (await store.SpendAsync(query with { From = Noon.AddHours(-1), To = Noon.AddHours(1) })).Sum(row => row.Calls).ShouldBe(Math.Min(calls, 2));
            var sessions = await SessionsAsync(store, query);
            sessions.Sum(session => session.Sum.Calls).ShouldBe(calls);
            (await store.Spending.SessionsAsync(query, StoreUnderTest.Cancellation)).Sum(count => count.Sessions).ShouldBe(sessions.Count);
            return calls;
        }
    }

    [Fact]
    public async Task Calls_to_one_provider_are_kept_apart_at_every_level()
    {
        await using var store = await CreateWithTeamsAsync();
        var query = All with { Apart = new(new(EmbeddedCatalog.Load()), "aws-bedrock") };

        foreach (var by in (SpendDimension[][])[[], [SpendDimension.User], [SpendDimension.Project], [SpendDimension.User, SpendDimension.Project], [SpendDimension.RateCard]])
        {
            foreach (var byDay in (bool[])[false, true])
            {
                var rows = await store.SpendAsync(query with { GroupBy = by, ByDay = byDay });
                (rows.Where(static row => row.Provider == "aws-bedrock").Sum(static row => row.Calls), rows.Where(static row => row.Provider.Length == 0).Sum(static row => row.Calls))
                    .ShouldBe((1, 3), $"{string.Join(", ", by)} {byDay}");
            }
        }
    }

    [Fact]
    public async Task Rows_by_rate_card_carry_the_card_and_add_up_to_those_without()
    {
        await using var store = await CreateWithTeamsAsync();

        var rows = await store.SpendAsync(All with { GroupBy = [SpendDimension.RateCard] });

        rows.Select(row => (row.Card!.Model, row.Calls)).ShouldBe([("model-a", 3L), ("model-b", 1L)], ignoreOrder: true);
        (await store.SpendAsync(All)).ShouldHaveSingleItem().Card.ShouldBeNull();
    }

    [Fact]
    public async Task Both_ends_of_a_range_belong_to_it_to_the_millisecond()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        DateTimeOffset[] times = [Noon.AddMilliseconds(-1), Noon, Noon.AddMilliseconds(1), Noon.AddDays(3), Noon.AddDays(3).AddMilliseconds(1)];
        await store.AppendAsync([.. times.Select((at, index) => new InventedCall { Key = $"k{index}", At = at, Session = $"s{index}" }.Rated())]);
        var range = All with { From = Noon, To = Noon.AddDays(3) };

        (await CountAsync(range)).ShouldBe(3);
        (await CountAsync(range with { From = Noon.AddMilliseconds(1) })).ShouldBe(2);
        (await CountAsync(range with { To = Noon.AddDays(3).AddMilliseconds(-1) })).ShouldBe(2);
        (await CountAsync(range with { From = null })).ShouldBe(4);
        (await CountAsync(range with { From = Noon, To = Noon })).ShouldBe(1);
        (await CountAsync(range with { To = Noon.AddMilliseconds(-1) })).ShouldBe(0);
        (await CountAsync(range with { From = Noon.ToOffset(TimeSpan.FromHours(5)) })).ShouldBe(3);
        (await CountAsync(range with { Since = new(2026, 3, 5) })).ShouldBe(1);

        async Task<long> CountAsync(SpendQuery query)
        {
            var calls = await store.Spending.CallsAsync(query, StoreUnderTest.Cancellation).CountAsync(StoreUnderTest.Cancellation);
            (await store.SpendAsync(query)).Sum(row => row.Calls).ShouldBe(calls);
            (await store.SpendAsync(query with { ByDay = true })).Sum(row => row.Calls).ShouldBe(calls);
            (await SessionsAsync(store, query)).Count.ShouldBe(calls);
            (await store.Spending.SessionsAsync(query, StoreUnderTest.Cancellation)).Sum(group => group.Sessions).ShouldBe(calls);
            return calls;
        }
    }

    [Fact]
    public async Task A_session_counts_on_each_of_its_days_and_once_in_a_range()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        await store.AppendAsync(
            new InventedCall { Key = "1", Session = "long", User = "ann" },
            new InventedCall { Key = "2", Session = "long", User = "ann", Model = "model-b" },
            new InventedCall { Key = "3", Session = "long", User = "ann", At = Noon.AddDays(2), Version = "1.0.1" },
            new InventedCall { Key = "4", Session = "short", User = "bob", At = Noon.AddDays(2) },
            new InventedCall { Key = "5", Session = "short", User = "bob", Agent = "codex", At = Noon.AddDays(2) },
            new InventedCall { Key = "6", Session = string.Empty, User = "bob", At = Noon.AddDays(2) });

        (await Count(All with { ByDay = true })).ShouldBe(["2026-03-04: 1", "2026-03-06: 3"]);
        (await Count(All)).ShouldBe(["0001-01-01: 3"]);
        (await Count(All with { GroupBy = [SpendDimension.User] })).ShouldBe(["0001-01-01ann: 1", "0001-01-01bob: 2"]);
        (await Count(All with { GroupBy = [SpendDimension.Model] })).ShouldBe(["0001-01-01model-a: 3", "0001-01-01model-b: 1"]);
        (await Count(All with { From = Noon.AddDays(1), To = Noon.AddDays(1) })).ShouldBeEmpty();

        async Task<IEnumerable<string>> Count(SpendQuery query) =>
            (await store.Spending.SessionsAsync(query, StoreUnderTest.Cancellation)).Select(group => $"{group.Day:yyyy-MM-dd}{group.User}{group.Model}: {group.Sessions}");
    }

    [Fact]
    public async Task A_session_tells_what_it_cost_and_what_it_was_last()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        var cheap = new InventedCall { Key = "1", Session = "s", User = "ann", Team = "red" };
        var dear = new InventedCall { Key = "2", Session = "s", User = "ann", Team = "red", Model = "model-b", Output = 5_000, At = Noon.AddDays(1).AddMilliseconds(5) };
        var last = cheap with { Key = "3", At = Noon.AddDays(2), Branch = "topic", Version = "1.0.1" };
        await store.AppendAsync(cheap, dear, last);

        var session = (await SessionsAsync(store, All)).ShouldHaveSingleItem();

        (session.Key, session.Agent, session.AgentVersion, session.User, session.Team).ShouldBe(("s", "claude", "1.0.1", "ann", "red"));
        (session.Project, session.Branch, session.CostliestModel).ShouldBe(("/srv/ledger", "topic", "model-b"));
        (session.FirstAt, session.LastAt).ShouldBe((Noon, Noon.AddDays(2)));
        session.Sum.Calls.ShouldBe(3);
        session.Sum.Cost.ShouldBe(cheap.Rated().Rating.Cost.Total + dear.Rated().Rating.Cost.Total + last.Rated().Rating.Cost.Total);
        session.Sum.Tokens.Output.ShouldBe(5_200);
        var middle = (await SessionsAsync(store, All with { Until = new(2026, 3, 5) })).ShouldHaveSingleItem();
        (middle.Branch, middle.AgentVersion, middle.LastAt, middle.Sum.Calls).ShouldBe(("main", "1.0.0", dear.At, 2));
    }

    [Fact]
    public async Task A_better_record_of_a_call_changes_its_session_and_a_call_that_moves_leaves_none_behind()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        await store.AppendAsync(
            new InventedCall { Key = "1", Session = "s", Output = 5 }, new InventedCall { Key = "2", Session = "s", At = Noon.AddHours(1) },
            new InventedCall { Key = "3", Session = "late", At = Noon.AddDays(1) });

        await store.AppendAsync(
            new InventedCall { Key = "1", Session = "s", Output = 50 }, new InventedCall { Key = "2", Session = "s", At = Noon.AddMinutes(-1) },
            new InventedCall { Key = "3", Session = "late", At = Noon });

        var sessions = await SessionsAsync(store, All);
        sessions.Select(session => (session.Key, session.FirstAt, session.LastAt, session.Sum.Tokens.Output)).ShouldBe(
            [("late", Noon, Noon, 100L), ("s", Noon.AddMinutes(-1), Noon, 150L)]);
        (await store.Spending.SessionsAsync(All with { ByDay = true }, StoreUnderTest.Cancellation)).ShouldHaveSingleItem().Sessions.ShouldBe(2);
    }

    [Fact]
    public async Task A_call_that_moved_is_opened_by_the_id_that_it_had_within_the_scope_only()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        var call = new InventedCall { Key = "1", User = "ann", At = Noon.AddHours(1) };
        await store.AppendAsync(call, call with { At = Noon, File = "/logs/b.jsonl" });

        var had = call.Rated().Usage.Id;
        var opened = (await store.Spending.CallAsync(new("local", ScopeReach.Engineer, "ann"), had, StoreUnderTest.Cancellation)).ShouldNotBeNull();

        opened.Usage.OccurredAt.ShouldBe(Noon);
        opened.Usage.Id.ShouldNotBe(had);
        opened.File.ShouldNotBeEmpty();
        (await store.Spending.CallAsync(new("local", ScopeReach.Engineer, "bob"), had, StoreUnderTest.Cancellation)).ShouldBeNull();
        (await store.Spending.CallAsync(new("other", ScopeReach.Org, string.Empty), had, StoreUnderTest.Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Sessions_come_in_pages_that_join_without_gap_or_repetition()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        await store.AppendAsync([.. Enumerable.Range(0, 60).Select(index => new InventedCall
        {
            Key = $"k{index}", Session = $"s{index % 23}", Agent = index % 23 == 7 ? "codex" : "claude", At = Noon.AddHours(index * 7 % 50 * 5),
        }.Rated())]);
        var whole = await SessionsAsync(store, All);
        var byCost = whole.Order(Comparer<SessionSpend>.Create(static (left, right) => SessionCursor.Compare(SessionOrder.CostliestFirst, left.Cursor, right.Cursor))).ToList();

        // Many of them cost the same, and some of those had their last calls at once.
        byCost.Select(static session => session.Sum.BestCost).Distinct().Count().ShouldBeLessThan(5);
        int[] limits = [1, 4, 23, 500];
        foreach (var (limit, order) in limits.SelectMany(static limit => Enum.GetValues<SessionOrder>().Select(order => (limit, order))))
        {
            var paged = new List<SessionSpend>();
            var page = new SessionListPage { Limit = limit, Order = order };
            while (await store.Spending.SessionSpendAsync(All, page, StoreUnderTest.Cancellation) is { Count: > 0 } part)
            {
                part.Count.ShouldBeLessThanOrEqualTo(limit);
                paged.AddRange(part);
                page = page with { After = part[^1].Cursor };
            }

            paged.ShouldBe(order == SessionOrder.LatestFirst ? whole : byCost);
        }

        whole.Count.ShouldBe(23);
        whole.ShouldBe(whole.Order(Comparer<SessionSpend>.Create(SessionSpend.LatestFirst)));
        var named = await store.Spending.SessionSpendAsync(All, new() { Keys = ["s3", "s9", "nobody"] }, StoreUnderTest.Cancellation);
        named.ShouldBe(whole.Where(session => session.Key is "s3" or "s9"));
        (await store.Spending.SessionSpendAsync(All, new() { Keys = ["s3", "s9"], Limit = 1 }, StoreUnderTest.Cancellation)).ShouldBe(named);
    }

    [Fact]
    public async Task What_an_older_version_has_stored_is_summed_up()
    {
        await using var store = Create(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu"));
        await store.AppendAsync([.. Enumerable.Range(0, 300).Select(index => new InventedCall
        {
            Key = $"k{index}", User = $"u{index % 5}", Team = $"t{index % 5 % 2}", Session = index % 11 == 0 ? string.Empty : $"s{index % 5}-{index / 40}",
            At = Noon.AddHours(index * 3), Model = index % 3 == 0 ? "model-b" : "model-a", Branch = index % 2 == 0 ? "main" : "topic", Version = $"1.{index / 100}",
            Org = index % 13 == 0 ? "other" : "local",
        }.Rated())]);
        var before = await AnswersAsync();

        await MakeOlderAsync(store);

        (await AnswersAsync()).ShouldBe(before);

        async Task<string> AnswersAsync()
        {
            var zone = All with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu") };
            var answers = new List<object>();
            foreach (var query in new[] { zone, zone with { Org = "other" }, zone with { GroupBy = [SpendDimension.User] }, zone with { GroupBy = [SpendDimension.Team], ByDay = true } })
            {
                answers.AddRange(await store.SpendAsync(query));
                answers.AddRange(await store.Spending.SessionsAsync(query, StoreUnderTest.Cancellation));
                answers.AddRange(await store.Spending.SessionsAsync(query with { GroupBy = [], ByDay = true }, StoreUnderTest.Cancellation));
                answers.AddRange(await SessionsAsync(store, query));
            }

            return string.Join('\n', answers);
        }
    }

    [Fact]
    public async Task Calls_are_listed_by_how_sure_their_prices_are()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        await store.AppendAsync([.. Enumerable.Range(0, 60).Select(static index => new InventedCall
        {
            Key = index.ToString(CultureInfo.InvariantCulture),
            At = Noon.AddDays(-3 * index),
            Session = $"s{index % 2}",
            Status = index switch { 7 or 50 => PricingStatus.Unpriced, 8 => PricingStatus.Fallback, 9 => PricingStatus.AssumedHost, _ => PricingStatus.Exact },
        }.Rated())]);
        CallListPage unsure = new() { Limit = 2, Pricing = [PricingStatus.Unpriced, PricingStatus.Fallback] };

        (await DaysAgo(unsure)).ShouldBe([21, 24]);
        (await DaysAgo(unsure with { Limit = 9 })).ShouldBe([21, 24, 150]);
        (await DaysAgo(unsure with { OldestFirst = true })).ShouldBe([150, 24]);
        (await DaysAgo(unsure with { Limit = 9, Session = "s0" })).ShouldBe([24, 150]);
        (await DaysAgo(new() { Pricing = [PricingStatus.AssumedHost] })).ShouldBe([27]);
        (await DaysAgo(new() { Pricing = [PricingStatus.Exact] })).Count.ShouldBe(56);
        (await DaysAgo(new() { Pricing = [] })).ShouldBeEmpty();

        async Task<IReadOnlyList<int>> DaysAgo(CallListPage page) =>
            [.. (await store.Spending.CallPageAsync(All, page, StoreUnderTest.Cancellation)).Select(static call => (Noon - call.Usage.OccurredAt).Days)];
    }

    protected abstract StoreUnderTest Create(TimeZoneInfo reportingZone);

    /// <summary>Takes away what the migration of the sums has made, and runs it again over the calls that are there.</summary>
    protected abstract Task MakeOlderAsync(StoreUnderTest store);

    private static Task<IReadOnlyList<SessionSpend>> SessionsAsync(StoreUnderTest store, SpendQuery query) =>
        store.Spending.SessionSpendAsync(query, new(), StoreUnderTest.Cancellation);

    private async Task<StoreUnderTest> CreateWithTeamsAsync()
    {
        var store = Create(TimeZoneInfo.Utc);
        var call = new InventedCall { Team = "red", User = "ann", BillingMode = "api_key", Session = "of ann" };
        await store.AppendAsync(
            call with { Key = "1" },
            call with { Key = "2", Model = "model-b", At = Noon.AddDays(1) },
            call with { Key = "3", User = "bob", Provider = "bedrock", Session = "of bob" },
            call with { Key = "4", Team = "blue", User = "cid", BillingMode = "subscription", Session = "of cid" },
            call with { Key = "5", Org = "other" });
        return store;
    }
}
