using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Tests.Contract;

/// <summary>What every store answers about spend: exact sums, by the days of any zone, of one organisation only.</summary>
public abstract class SpendQueriesContract
{
    private static readonly DateTimeOffset Noon = InventedCall.Noon;

    private static readonly string[] Messages = ["msg_aaa", "msg_bbb", "msg_ccc"];

    private static readonly SpendQuery All = new() { Zone = TimeZoneInfo.Utc };

    /// <summary>Zones with offsets to the quarter hour, at the edges of the day, and with clocks that are changed.</summary>
    public static TheoryData<string> Zones =>
        ["UTC", "Asia/Kathmandu", "Pacific/Midway", "Pacific/Kiritimati", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"];

    [Fact]
    public async Task Without_grouping_there_is_one_row_a_day_and_status()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        await store.AppendAsync(
            new InventedCall { Key = "1" },
            new InventedCall { Key = "2", Project = "/srv/other", Model = "model-b" },
            new InventedCall { Key = "3", Status = PricingStatus.Fallback, Model = "unknown" },
            new InventedCall { Key = "4", At = Noon.AddDays(1) });

        var rows = await store.SpendAsync(All);

        rows.Select(row => (row.Day, row.Status, row.Calls)).ShouldBe(
        [
            (new DateOnly(2026, 3, 4), PricingStatus.Exact, 2),
            (new DateOnly(2026, 3, 4), PricingStatus.Fallback, 1),
            (new DateOnly(2026, 3, 5), PricingStatus.Exact, 1),
        ]);
        rows[0].Cost.ShouldBe(new InventedCall().Rated().Rating.Cost.Total + new InventedCall().Rated().Rating.Cost.Total);
        rows[0].Tokens.ShouldBe(new TokenCounts { Input = 20, CacheRead = 40, Output = 200 });
        rows[0].Agent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_are_grouped_by_what_is_asked_and_nothing_else()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        await store.AppendAsync(
            new InventedCall { Key = "1", Session = "a" },
            new InventedCall { Key = "2", Branch = "topic", Session = "b" },
            new InventedCall { Key = "3", Agent = "codex", Model = "model-b", Project = "/srv/other" });

        var byModel = await store.SpendAsync(All with { GroupBy = [SpendDimension.Model, SpendDimension.Agent] });
        var byBranch = await store.SpendAsync(All with { GroupBy = [SpendDimension.Project, SpendDimension.Branch] });

        byModel.Select(row => $"{row.Agent} {row.Model} {row.Project}{row.Branch}{row.Session}{row.Calls}").ShouldBe(["claude model-a 2", "codex model-b 1"]);
        byBranch.Select(row => $"{row.Project} {row.Branch} {row.Calls}").ShouldBe(["/srv/ledger main 1", "/srv/ledger topic 1", "/srv/other main 1"]);
    }

    [Fact]
    public async Task Sessions_tell_when_they_began_and_ended()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        await store.AppendAsync(
            new InventedCall { Key = "1", Session = "a", At = Noon.AddDays(1).AddMilliseconds(7) },
            new InventedCall { Key = "2", Session = "a", At = Noon.AddMilliseconds(3) },
            new InventedCall { Key = "3", Session = "b" });

        var rows = await store.SpendAsync(All with { GroupBy = [SpendDimension.Session], ByDay = false });

        rows.Select(row => (row.Session, row.Calls, row.FirstAt, row.LastAt)).ShouldBe(
        [
            ("a", 2, Noon.AddMilliseconds(3), Noon.AddDays(1).AddMilliseconds(7)),
            ("b", 1, Noon, Noon),
        ]);
    }

    [Fact]
    public async Task A_query_is_limited_by_day_agent_and_part_of_the_project()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        await store.AppendAsync(
            new InventedCall { Key = "1", At = Noon.AddDays(-1) },
            new InventedCall { Key = "2", Project = "/srv/Billing" },
            new InventedCall { Key = "3", Project = "/srv/billing/api", Agent = "codex" },
            new InventedCall { Key = "4", At = Noon.AddDays(1) });
        var day = new DateOnly(2026, 3, 4);

        (await Calls(All with { Since = day, Until = day })).ShouldBe(2);
        (await Calls(All with { Since = day })).ShouldBe(3);
        (await Calls(All with { Until = day })).ShouldBe(3);
        (await Calls(All with { Agent = "codex" })).ShouldBe(1);
        (await Calls(All with { Agent = "cod" })).ShouldBe(0);
        (await Calls(All with { Project = "BILLING" })).ShouldBe(2);
        (await Calls(All with { Project = "billing", Agent = "claude" })).ShouldBe(1);
        (await Calls(All with { Since = day.AddDays(1), Until = day })).ShouldBe(0);
        (await Calls(All with { Since = DateOnly.MinValue, Until = DateOnly.MaxValue })).ShouldBe(4);

        async Task<long> Calls(SpendQuery query)
        {
            var calls = await store.Spending.CallsAsync(query, StoreUnderTest.Cancellation).CountAsync(StoreUnderTest.Cancellation);
            var rows = await store.SpendAsync(query);
            var sessions = await store.SpendAsync(query with { GroupBy = [SpendDimension.Session] });
            rows.Sum(row => row.Calls).ShouldBe(calls);
            sessions.Sum(row => row.Calls).ShouldBe(calls);
            return calls;
        }
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public async Task Days_of_any_zone_are_those_of_its_clocks_and_add_up_to_the_range(string zoneId)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        await using var same = Create(zone);
        await using var other = Create(TimeZoneInfo.Utc);
        var calls = AroundChangesOfClocks().ToArray();
        await same.AppendAsync(calls);
        await other.AppendAsync(calls);
        var expected = calls.GroupBy(call => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(call.At, zone).DateTime))
            .OrderBy(day => day.Key).Select(day => (day.Key, (long)day.Count(), day.Sum(call => call.Output))).ToList();
        var query = new SpendQuery { Zone = zone };

        var fromRollup = await same.SpendAsync(query);
        var fromEvents = await other.SpendAsync(query);

        fromRollup.Select(row => (row.Day, row.Calls, row.Tokens.Output)).ShouldBe(expected);
        fromEvents.ShouldBe(fromRollup);
        foreach (var day in expected.Select(row => row.Key))
        {
            var one = query with { Since = day, Until = day };
            (await same.SpendAsync(one)).ShouldBe(fromRollup.Where(row => row.Day == day));
            (await other.SpendAsync(one)).ShouldBe(fromRollup.Where(row => row.Day == day));
        }
    }

    [Fact]
    public async Task Sums_stay_exact_beyond_64_bits()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        var dear = Enumerable.Range(0, 5).Select(index => new InventedCall { Key = $"{index}", Cost = new Usd(long.MaxValue - index), Session = "s" }).ToArray();
        await store.AppendAsync(dear);
        var sum = new Usd(((Int128)long.MaxValue * 5) - 10);

        (await store.SpendAsync(All)).ShouldHaveSingleItem().Cost.ShouldBe(sum);
        (await store.SpendAsync(All with { GroupBy = [SpendDimension.Session] })).ShouldHaveSingleItem().Cost.ShouldBe(sum);
        (await store.SpendAsync(All with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu") })).ShouldHaveSingleItem().Cost.ShouldBe(sum);
    }

    [Fact]
    public async Task Organisations_never_see_each_other()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        await store.AppendAsync(
            new InventedCall { Key = "1", Session = "shared-session", Request = "req_1" },
            new InventedCall { Key = "1", Session = "shared-session", Request = "req_1", Org = "other", Output = 7 },
            new InventedCall { Key = "1", Session = "shared-session", Org = "other", Output = 4, Input = 11 });
        var other = new InventedCall { Key = "1", Org = "other" }.Rated().Usage.Id;

        foreach (var (org, output) in new[] { (Dimensions.LocalOrg, 100), ("other", 7) })
        {
            (await store.SpendAsync(All with { Org = org })).ShouldHaveSingleItem().Tokens.Output.ShouldBe(output);
            (await store.SpendAsync(All with { Org = org, GroupBy = [SpendDimension.Session] })).ShouldHaveSingleItem().Tokens.Output.ShouldBe(output);
            (await store.CallsAsync(org)).ShouldHaveSingleItem().Usage.Tokens.Output.ShouldBe(output);
            (await Find(store, "shared-session", org)).ShouldHaveSingleItem().Usage.Tokens.Output.ShouldBe(output);
            (await Find(store, "req_1", org)).ShouldHaveSingleItem().Usage.Tokens.Output.ShouldBe(output);
        }

        (await Find(store, other.ToString())).ShouldBeEmpty();
        (await Find(store, other.ToString()[..8])).ShouldHaveSingleItem().Usage.Dimensions.Org.ShouldBe(Dimensions.LocalOrg);
        (await store.SpendAsync(All with { Org = "nobody" })).ShouldBeEmpty();
        (await store.ConflictsAsync(Dimensions.LocalOrg)).ShouldBeEmpty();
        (await store.ConflictsAsync("other")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Organisations_never_see_each_other_by_any_name_of_a_call_or_in_any_zone()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        var kathmandu = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu");
        await store.AppendAsync(
            new InventedCall { Key = "msg_1", Session = "session-of-local", Request = "req_local" },
            new InventedCall { Key = "msg_1", Session = "session-of-other", Request = "req_other", Org = "other", Output = 7 },
            new InventedCall { Key = "msg_2", Session = "session-of-other", Org = "other", Output = 5, At = Noon.AddDays(-400) });
        var left = new InventedCall { Key = "msg_1", Org = "other" }.Rated().Usage.Id.ToString();
        await store.AppendAsync(
            new InventedCall { Key = "msg_1", Session = "session-of-other", Request = "req_other", Org = "other", Output = 7, At = Noon.AddSeconds(-1) });

        foreach (var zone in new[] { TimeZoneInfo.Utc, kathmandu })
        {
            (await store.SpendAsync(All with { Zone = zone })).ShouldHaveSingleItem().Tokens.Output.ShouldBe(100);
            (await store.SpendAsync(All with { Zone = zone, Org = "other", Agent = "claude" })).Sum(row => row.Tokens.Output).ShouldBe(12);
        }

        (await Find(store, left, "other")).ShouldHaveSingleItem().Usage.Tokens.Output.ShouldBe(7);
        (await Find(store, left)).ShouldBeEmpty();
        (await Find(store, "msg_1")).ShouldHaveSingleItem().Usage.Tokens.Output.ShouldBe(100);
        (await Find(store, "msg_1", "other")).ShouldHaveSingleItem().Usage.Tokens.Output.ShouldBe(7);
        foreach (var name in new[] { "msg_2", "req_other", "session-of-other", "session-of-o" })
        {
            (await Find(store, name, "other")).ShouldNotBeEmpty();
            (await Find(store, name)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Names_are_kept_letter_by_letter_whatever_they_hold()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        string[] names =
        [
            "'; DROP TABLE events; --", "\" OR 1=1 --", "%", "_", "<script>", "a\0b", "a\nb=c", "ü\u0308", "🦊", " ", new string('x', 10_000),
        ];
        await store.AppendAsync([.. names.Select(name => new InventedCall { Key = name, Model = name, Project = name, Branch = name, Session = name, File = name }.Rated())]);

        var rows = await store.SpendAsync(All with { GroupBy = [SpendDimension.Model, SpendDimension.Project, SpendDimension.Branch, SpendDimension.Session] });

        rows.Select(row => row.Model).ShouldBe(names, ignoreOrder: true);
        rows.ShouldAllBe(row => row.Project == row.Model && row.Branch == row.Model && row.Session == row.Model && row.Calls == 1);
        foreach (var name in names)
        {
            (await store.SpendAsync(All with { Agent = name })).ShouldBeEmpty();
            (await store.SpendAsync(All with { Org = name })).ShouldBeEmpty();
            (await store.SpendAsync(All with { Only = [new(SpendDimension.Model, [name]), new(SpendDimension.Project, [name])] })).Sum(row => row.Calls).ShouldBe(1);
            (await Find(store, name)).ShouldContain(call => call.File == name && call.Rating.Card.Status == PricingStatus.Exact);
        }
    }

    [Fact]
    public async Task What_can_be_chosen_is_what_calls_of_the_scope_have()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        await store.AppendAsync(
            new InventedCall { Key = "1", Team = "t1", User = "u1", Model = "b" },
            new InventedCall { Key = "2", Team = "t1", User = "u2", Model = "a" },
            new InventedCall { Key = "3", Team = "t2", Model = "B" },
            new InventedCall { Key = "4", Org = "other", Team = "t1", User = "u1", Model = "of another" });

        (await Values(new("local", ScopeReach.Org, string.Empty), SpendDimension.Model)).ShouldBe(["B", "a", "b"]);
        (await Values(new("local", ScopeReach.Org, string.Empty), SpendDimension.User)).ShouldBe(["u1", "u2"]);
        (await Values(new("local", ScopeReach.Team, "t1"), SpendDimension.Model)).ShouldBe(["a", "b"]);
        (await Values(new("local", ScopeReach.Engineer, "u1"), SpendDimension.Team)).ShouldBe(["t1"]);
        (await Values(new("local", ScopeReach.Nothing, string.Empty), SpendDimension.Agent)).ShouldBeEmpty();
        (await Values(new("local", ScopeReach.Org, string.Empty), SpendDimension.Model, limit: 2)).Count.ShouldBe(2);

        async Task<IReadOnlyList<string>> Values(Scope within, SpendDimension by, int limit = 10) =>
            [.. (await ((ISpendValues)store.Spending).ValuesAsync(within, limit, StoreUnderTest.Cancellation)).Where(value => value.By == by).Select(value => value.Value)];
    }

    [Fact]
    public async Task Calls_come_in_order_of_time_to_the_millisecond()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        var times = Enumerable.Range(0, 40).Select(index => Noon.AddMilliseconds(index * 7919 % 3_000)).ToList();
        await store.AppendAsync([.. times.Select((at, index) => new InventedCall { Key = index.ToString(CultureInfo.InvariantCulture), At = at }.Rated())]);

        (await store.CallsAsync()).Select(call => call.Usage.OccurredAt).ShouldBe(times.Order());
    }

    [Fact]
    public async Task A_call_comes_back_with_everything_that_explains_it()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        var plain = new InventedCall { Quality = EventQuality.OutputLowerBound | EventQuality.ModelAssumed | EventQuality.Failed, Line = 4_711 }.Rated();
        var usage = plain.Usage with
        {
            Dimensions = new()
            {
                Org = "local",
                Team = "t",
                User = "u",
                Project = "p",
                Plan = "pl",
                Branch = "b",
                Agent = "claude",
                ModelPack = "mp",
                Role = "r",
                Environment = "e",
                Provider = "pr",
                Model = "m",
                BillingMode = "bm",
            },
            Session = new("key", "2.1.0", "parent"),
            Tokens = new()
            {
                Input = 1,
                CacheRead = 2,
                CacheWrite5m = 3,
                CacheWrite1h = 4,
                Output = 5,
                Reasoning = 2,
                Modalities = new() { [TokenClass.InputAudio] = 6, [TokenClass.Citation] = 7 },
            },
            Terms = new(ServiceTier.Flex, Fast: true, "us"),
            WebSearches = 8,
            ReportedCost = new Usd((Int128)long.MaxValue * 1_000),
            Run = "run",
            DurationMilliseconds = 1_234,
        };
        var cost = new CostByClass
        {
            Input = new(1),
            CacheRead = new(2),
            CacheWrite5m = new(3),
            CacheWrite1h = new(4),
            Output = new(5),
            Modalities = new(6),
            Units = new(7),
        };
        await store.AppendAsync([plain with { Usage = usage, Rating = plain.Rating with { Cost = cost } }]);

        var call = (await Find(store, usage.Id.ToString())).ShouldHaveSingleItem();

        call.Usage.ShouldBe(usage);
        call.Rating.Cost.ShouldBe(cost);
        call.Rating.Card.ToString().ShouldBe(plain.Rating.Card.ToString());
        call.File.ShouldBe("/logs/a.jsonl");
        var row = (await store.SpendAsync(All)).ShouldHaveSingleItem();
        (row.ModalityTokens, row.WebSearches, row.Tokens.Reasoning).ShouldBe((13, 8, 2));
    }

    [Fact]
    public async Task A_call_is_found_by_its_id_its_session_its_message_or_its_request_and_by_beginnings()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        await store.AppendAsync(
            new InventedCall { Key = "msg_aaa", Session = "0b1c2d3e-4f50", Request = "req_aaa", At = Noon.AddSeconds(1) },
            new InventedCall { Key = "msg_bbb", Session = "0b1c2d3e-4f50", VaryingTime = false },
            new InventedCall { Key = "msg_ccc", Session = "0b1c2d3e", At = Noon.AddDays(1) });
        var first = new InventedCall { Key = "msg_bbb" }.Rated().Usage.Id.ToString();

        (await Names(first)).ShouldBe(["msg_bbb"]);
        (await Names(first[..9])).ShouldBe(["msg_bbb"]);
        (await Names("0b1c2d3e-4f50")).ShouldBe(["msg_bbb", "msg_aaa"]);
        (await Names("0b1c2d3e")).ShouldBe(["msg_ccc"]);
        (await Names("0b1c2d3e-4")).ShouldBe(["msg_bbb", "msg_aaa"]);
        (await Names("0b1c2d")).ShouldBe(["msg_bbb", "msg_aaa", "msg_ccc"]);
        (await Names("0b1c2")).ShouldBeEmpty();
        (await Names("msg_aaa")).ShouldBe(["msg_aaa"]);
        (await Names("msg_bbb")).ShouldBe(["msg_bbb"]);
        (await Names("req_aaa")).ShouldBe(["msg_aaa"]);
        (await Names("nothing")).ShouldBeEmpty();
        (await store.Spending.FindAsync(Dimensions.LocalOrg, "0b1c2d", 2, StoreUnderTest.Cancellation)).Count.ShouldBe(2);

        async Task<IEnumerable<string>> Names(string name) => (await Find(store, name)).Select(call => NameOf(call.Usage.Id));

        static string NameOf(EventId id) => Messages.Single(key => new InventedCall { Key = key }.Rated().Usage.Id.Alias == id.Alias);
    }

    [Fact]
    public async Task A_call_that_was_reported_is_found_by_the_reporters_own_id()
    {
        await using var store = Create(TimeZoneInfo.Utc);
        var timed = new InventedCall { Key = "order-17/call-3", Family = EventId.ReportedFamily, Agent = "plandex", VaryingTime = false };
        var untimed = new InventedCall { Key = "no-time", Family = EventId.ReportedFamily, Agent = string.Empty, Session = "session-2" };
        await store.AppendAsync(timed, untimed, new InventedCall { Key = "of another", Family = EventId.ReportedFamily, Org = "other", Agent = "plandex" });

        (await Find(store, timed.Key)).Single().Usage.Id.ShouldBe(timed.Rated().Usage.Id);
        (await Find(store, untimed.Key)).Single().Usage.Id.ShouldBe(untimed.Rated().Usage.Id);
        (await Find(store, "of another")).ShouldBeEmpty();
    }

    protected abstract StoreUnderTest Create(TimeZoneInfo reportingZone);

    private static Task<IReadOnlyList<PricedCall>> Find(StoreUnderTest store, string name, string org = Dimensions.LocalOrg) =>
        store.Spending.FindAsync(org, name, 10, StoreUnderTest.Cancellation);

    /// <summary>Calls every 37 minutes and at the edges of days, around the changes of clocks in spring and autumn 2026.</summary>
    private static IEnumerable<InventedCall> AroundChangesOfClocks()
    {
        var number = 0;
        foreach (var middle in (string[])["2026-03-08", "2026-03-29", "2026-04-05", "2026-04-24", "2026-10-04", "2026-10-25", "2026-10-30", "2026-11-01"])
        {
            var start = DateTimeOffset.Parse(middle, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).AddHours(-40);
            for (var minutes = 0; minutes < 80 * 60; minutes += 37)
            {
                yield return new() { Key = $"k{number}", At = start.AddMinutes(minutes), Output = number++ };
            }

            for (var quarters = 0; quarters < 80 * 4; quarters += 3)
            {
                yield return new() { Key = $"k{number}", At = start.AddMinutes(quarters * 15).AddMilliseconds(-1), Output = number++ };
            }
        }
    }
}
