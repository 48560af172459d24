using Farthing.Testing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Storage.Tests.Contract;

/// <summary>Whatever is asked, and whatever rollup answers it: the answer is that of the raw calls.</summary>
public abstract class SpendLaws
{
    private const int Questions = 150;
    private const int CallsMax = 400;

    private static readonly DateTimeOffset Start = new(2026, 3, 20, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Offsets to the quarter hour, at the edges of the day, and clocks that are changed in the weeks of the calls.</summary>
    private static readonly string[] ZoneIds = ["UTC", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Midway", "America/New_York", "Australia/Lord_Howe"];

    private static readonly Gen<InventedCall> Calls =
        from minute in Gen.Choose(0, 45 * 24 * 60)
        from milliseconds in Gen.Elements(0, 0, 1, 999)
        from onTheHour in Gen.Elements(true, false, false)
        from user in Gen.Choose(0, 5)
        from names in Gen.Choose(0, int.MaxValue)
        select Call(onTheHour ? minute / 60 * 60 : minute, milliseconds, user, names);

    private static readonly Gen<SpendQuery> Queries =
        from zone in Gen.Elements(ZoneIds)
        from within in Gen.Elements<Scope?>(
            null, null, new("local", ScopeReach.Org, string.Empty), new("local", ScopeReach.Team, "t1"), new("local", ScopeReach.Engineer, "u3"))
        from days in Gen.Two(Gen.Choose(-2, 47))
        from bounds in Gen.Choose(0, 8)
        from minutes in Gen.Two(Gen.Choose(-60, 46 * 24 * 60))
        from groups in Gen.SubListOf(Enum.GetValues<SpendDimension>().Where(dimension => dimension != SpendDimension.Session).ToArray())
        from few in Gen.Choose(0, 3)
        from filters in Gen.Choose(0, 40)
        from byDay in Gen.Elements(true, false)
        from costOnly in Gen.Elements(false, false, true)
        from cut in Gen.Choose(0, 5)
        select new SpendQuery
        {
            Zone = TimeZoneInfo.FindSystemTimeZoneById(zone),
            Within = within,
            Since = bounds is 1 or 3 or 8 ? DateOnly.FromDateTime(Start.DateTime).AddDays(days.Item1) : null,
            Until = bounds is 2 or 3 ? DateOnly.FromDateTime(Start.DateTime).AddDays(days.Item2) : null,
            From = bounds is 4 or 6 or 7 ? Start.AddMinutes(Math.Min(minutes.Item1, minutes.Item2)) : null,
            To = bounds is 5 or 6 or 8 ? Start.AddMinutes(Math.Max(minutes.Item1, minutes.Item2)).AddMilliseconds(bounds == 8 ? 998 : 0) : null,
            GroupBy = [.. groups.Take(few)],
            ByDay = byDay,
            CostOnly = costOnly,
            Periods = cut switch
            {
                // The first of them, a Friday, may lie within the range, and the last behind it.
                1 or 2 => [.. Enumerable.Range(0, cut * 4).Select(static week => week == 0 ? new DateOnly(2026, 3, 20) : new DateOnly(2026, 3, 16).AddDays(7 * week))],
                3 => [DateOnly.FromDateTime(Start.DateTime).AddDays(Math.Min(days.Item1, days.Item2)), DateOnly.FromDateTime(Start.DateTime).AddDays(Math.Max(days.Item1, days.Item2) + 1)],
                _ => [],
            },
            Team = filters == 1 ? "t0" : null,
            User = filters == 2 ? "u1" : null,
            Model = filters == 3 ? "m1" : null,
            Agent = filters == 4 ? "codex" : null,
            Project = filters == 5 ? "P1" : null,
            Plan = filters == 6 ? "plan1" : null,
            Only = filters switch
            {
                7 => [new(SpendDimension.Team, ["t0", "t2"])],
                8 => [new(SpendDimension.User, ["u1", "u3"]), new(SpendDimension.Model, ["m1"])],
                9 => [new(SpendDimension.Provider, ["other"])],
                10 => [new(SpendDimension.BillingMode, ["subscription", string.Empty]), new(SpendDimension.Agent, ["claude"])],
                11 => [new(SpendDimension.Project, ["/srv/p0"]), new(SpendDimension.Branch, ["topic"])],
                12 => [new(SpendDimension.Plan, ["plan0"]), new(SpendDimension.Role, [string.Empty])],
                13 => [new(SpendDimension.Model, [])],
                14 => [new(SpendDimension.Model, ["m0", "M1"])],
                15 => [new(SpendDimension.ApiKey, ["k1", string.Empty])],
                16 => [new(SpendDimension.ApiKey, ["k2"]), new(SpendDimension.User, ["u2", "u5"])],
                _ => [],
            },
        };

    /// <summary>The store's own zone, and how the batches come.</summary>
    public static TheoryData<string, int> Stores => new() { { "UTC", 1 }, { "Europe/Berlin", 2 }, { "Asia/Kathmandu", 3 }, { "Pacific/Midway", 4 } };

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Every_answer_is_that_of_the_raw_calls(string zone, int seed)
    {
        await using var store = Create(TimeZoneInfo.FindSystemTimeZoneById(zone));
        var calls = Calls.Sample(CallsMax, new Rnd((ulong)seed, 1), CallsMax).Select((call, index) => (call with { Key = $"k{index}" }).Rated()).ToList();
        foreach (var batch in calls.Chunk(130))
        {
            await store.AppendAsync(batch);
            await SettleAsync(store);
        }

        var memory = new MemorySpend([.. calls.Select(call => (call.Usage, call.Rating))]);
        foreach (var query in Queries.Sample(Questions, new Rnd((ulong)seed, 3), Questions))
        {
            await AnswersAreEqualAsync(store.Spending, memory, query);
        }
    }

    protected abstract StoreUnderTest Create(TimeZoneInfo reportingZone);

    /// <summary>Lets the store bring its rollups in order, if it puts that off.</summary>
    protected virtual Task SettleAsync(StoreUnderTest store) => Task.CompletedTask;

    private static InventedCall Call(int minute, int milliseconds, int user, int names)
    {
        var at = Start.AddMinutes(minute).AddMilliseconds(milliseconds);
        return new()
        {
            At = at,
            User = $"u{user}",
            Team = $"t{user % 3}",
            Agent = names % 5 == 0 ? "codex" : "claude",
            Model = $"m{names / 5 % 3}",
            Provider = names / 15 % 2 == 0 ? "invented" : "other",
            BillingMode = names / 30 % 7 == 0 ? "subscription" : "api_key",
            Project = $"/srv/p{names / 210 % 3}",
            Branch = names / 630 % 2 == 0 ? "main" : "topic",
            Plan = $"plan{names / 1260 % 2}",
            ApiKey = names / 277_200 % 4 is > 0 and var key ? $"k{key}" : string.Empty,
            Session = names / 2520 % 9 == 0 ? string.Empty : $"s{user}-{(at - Start).Days / 2}",
            Status = names / 2520 % 11 == 0 ? Domain.Pricing.PricingStatus.Fallback : Domain.Pricing.PricingStatus.Exact,
            Output = names % 1_000,
            VaryingTime = false,
        };
    }

    private static async Task AnswersAreEqualAsync(ISpendQueries store, MemorySpend memory, SpendQuery query)
    {
        var cancellation = StoreUnderTest.Cancellation;
        var asked = query.ToString() + string.Join(',', query.GroupBy) + string.Join(',', query.Periods) + string.Join(',', query.Only.Select(filter => $"{filter.By}={string.Join('|', filter.Values)}"));
        Lines(await store.SpendAsync(query, cancellation)).ShouldBe(Lines(await memory.SpendAsync(query, cancellation)), asked);
        query = query with { Periods = [] };
        (await store.SessionsAsync(query, cancellation)).Select(group => group.ToString()).Order(StringComparer.Ordinal)
            .ShouldBe((await memory.SessionsAsync(query, cancellation)).Select(group => group.ToString()).Order(StringComparer.Ordinal), asked);
        await PagesOfSessionsAreEqualAsync(store, memory, query, new() { Limit = 7, Order = query.ByDay ? SessionOrder.CostliestFirst : SessionOrder.LatestFirst });

        var part = new CallListPage { Limit = 11, OldestFirst = query.ByDay, Session = query.GroupBy.Count == 1 ? "s1-3" : null, Pricing = query.CostOnly ? [Domain.Pricing.PricingStatus.Fallback] : null };
        await PagesOfCallsAreEqualAsync(store, memory, query, part);
    }

    private static async Task PagesOfSessionsAreEqualAsync(ISpendQueries store, MemorySpend memory, SpendQuery query, SessionListPage page)
    {
        var (cancellation, asked) = (StoreUnderTest.Cancellation, query.ToString() + page);
        for (var pages = 0; pages < 3; pages++)
        {
            var sessions = await store.SessionSpendAsync(query, page, cancellation);
            sessions.ShouldBe(await memory.SessionSpendAsync(query, page, cancellation), asked);
            page = sessions.Count == 0 ? page : page with { After = sessions[^1].Cursor };
        }
    }

    private static async Task PagesOfCallsAreEqualAsync(ISpendQueries store, MemorySpend memory, SpendQuery query, CallListPage page)
    {
        var asked = query.ToString() + page;
        for (var pages = 0; pages < 3; pages++)
        {
            var calls = await store.CallPageAsync(query, page, StoreUnderTest.Cancellation);
            calls.Select(NameOf).ShouldBe((await memory.CallPageAsync(query, page, StoreUnderTest.Cancellation)).Select(NameOf), asked);
            if (calls.Count == 0)
            {
                break;
            }

            page = page.OldestFirst ? page with { After = calls[^1].Usage.Id } : page with { Before = calls[^1].Usage.Id };
        }
    }

    private static string NameOf(PricedCall call) => $"{call.Usage.Id} {call.Usage.Dimensions} {call.Usage.Session} {call.Rating.Cost.Total}";

    private static IEnumerable<string> Lines(IReadOnlyList<SpendRow> rows) => rows.Select(row => row.ToString()).Order(StringComparer.Ordinal);
}
