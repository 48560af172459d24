using Farthing.Domain.PlanFit;
using Farthing.Domain.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;
using FsCheck;
using FsCheck.Fluent;
using static Farthing.Storage.Tests.Contract.InventedSession;

namespace Farthing.Storage.Tests.Contract;

/// <summary>Whatever is reported of a session, and however often: what it counts for is what its last report says.</summary>
public abstract class AgentSessionLaws
{
    private static readonly Gen<SessionReport> Reports =
        from id in Gen.Elements("a", "b")
        from day in Gen.Elements<int?>(null, -40, 0, 0, 1)
        from agent in Gen.Elements("claude_code", "codex_cli")
        from branch in Gen.Elements("main", "dev")
        from usages in Gen.ArrayOf(
            from model in Gen.Elements(Model, OtherModel, "unheard-of")
            from input in Gen.Choose(0, 300_000)
            from cached in Gen.Choose(0, 200_000)
            select new ModelUsage(model, input, input / 7, cached, cached / 3),
            3)
        select new SessionReport
        {
            SessionId = id,
            StartedAt = day is { } shift ? Noon.AddDays(shift) : null,
            AgentType = agent,
            Branch = branch,
            ModelUsages = [.. usages.DistinctBy(usage => usage.Model)],
        };

    private const int Steps = 60;
    private const int RangesMax = 12;

    private static readonly Gen<(Caller Caller, SessionReport Report, int Shift)> Sent =
        from id in Gen.Choose(0, 11)
        from caller in Gen.Elements(Ada, Bob, Program)
        from day in Gen.Choose(-24, 24)
        from minute in Gen.Elements(0, 1, -1, 300, -300, 720, 721)
        from isUndated in Gen.Elements(true, false, false, false)
        from outcome in Gen.Elements<string?>(null, "success", "failure")
        from duration in Gen.Elements<long?>(null, 1_000, 60_000)
        from shift in Gen.Choose(-24, 24)
        select (caller, Report($"s{id}") with
        {
            StartedAt = isUndated ? null : Noon.AddDays(day).AddMinutes(minute), AgentType = "claude_code", Outcome = outcome, DurationMilliseconds = duration,
        }, shift);

    private static readonly Gen<(DateTimeOffset? From, DateTimeOffset? To)> Ranges =
        from first in Gen.Choose(-27, 27)
        from days in Gen.Choose(0, 40)
        from minutes in Gen.Two(Gen.Elements(0, 1, -719, -720, 299, 300))
        from bounds in Gen.Choose(0, 5)
        select (
            bounds is 0 or 1 ? (DateTimeOffset?)null : Noon.AddDays(first).AddMinutes(minutes.Item1),
            bounds is 0 or 2 ? (DateTimeOffset?)null : Noon.AddDays(first + days).AddMinutes(minutes.Item2));

    private static Caller Lead { get; } = new() { Org = Dimensions.LocalOrg, Role = Role.TeamLead, EngineerId = "lea", TeamId = "blue" };

    private static Caller Admin { get; } = new() { Org = Dimensions.LocalOrg, Role = Role.Admin };

    [Fact]
    public void Any_sequence_of_reports_leaves_the_sums_of_the_last_ones_alone() => Prop
        .ForAll(Gen.ArrayOf(Reports, 6).ToArbitrary(), reports => Await.Value(() => LeavesTheSumsOfTheLastAsync(reports)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(12).WithQuietOnSuccess(true).WithReplay(2026, 11));

    /// <summary>Sessions that are reported again and again, begin elsewhere then, and have calls of somebody else on other days.</summary>
    [Fact]
    public async Task Sessions_are_counted_by_engineer_and_by_range_as_if_each_were_looked_at()
    {
        await using var store = Create();
        var sent = Sent.Sample(Steps, new Rnd(2026, 11), Steps);
        for (var index = 0; index < Steps; index++)
        {
            var (caller, report, shift) = sent[index];
            if (index % 3 == 0)
            {
                var call = new InventedCall { Key = $"k{index}", At = Noon.AddDays(shift), User = "zed", Agent = "claude_code", Session = report.SessionId, VaryingTime = false };
                await store.AppendAsync([call.Rated()]);
            }

            await store.ReportAsync(caller, report);
            if (index % 10 == 9)
            {
                await RangesAreCountedAsync(store, Ranges.Sample(RangesMax, new Rnd((ulong)index, 3), RangesMax));
            }
        }
    }

    protected abstract StoreUnderTest Create();

    private static async Task RangesAreCountedAsync(StoreUnderTest store, IReadOnlyList<(DateTimeOffset? From, DateTimeOffset? To)> ranges)
    {
        var sessions = await store.Sessions.ListAsync(Query(Admin), new(1_000, string.Empty), StoreUnderTest.Cancellation);
        var all = new SpendQuery { Zone = TimeZoneInfo.Utc, ByDay = false };
        var calls = await store.Spending.CallsAsync(all, StoreUnderTest.Cancellation).ToListAsync(StoreUnderTest.Cancellation);
        foreach (var (from, to) in ranges)
        {
            foreach (var (caller, team) in new[] { (Admin, null), (Lead, "blue") })
            {
                var tallies = sessions
                    .Where(session => (team is null || session.TeamId == team) && IsWithin(session.StartedAt, from, to))
                    .GroupBy(session => session.EngineerId)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => new SessionTally(
                        group.Key, group.Count(), group.Count(session => session.Facets.Outcome == SessionOutcome.Success), group.Sum(session => session.DurationMilliseconds ?? 0)));
                (await store.Sessions.TallyAsync(Query(caller) with { From = from, To = to }, StoreUnderTest.Cancellation)).ShouldBe(tallies, $"{from:O} {to:O}");
            }

            var distinct = calls.Where(call => IsWithin(call.Usage.OccurredAt == UsageEvent.Undated ? null : call.Usage.OccurredAt, from, to))
                .Select(call => (call.Usage.Dimensions.Agent, call.Usage.Session.Key)).Distinct().Count();
            (await store.Spending.SessionsAsync(all with { From = from, To = to }, StoreUnderTest.Cancellation)).Sum(count => count.Sessions).ShouldBe(distinct, $"{from:O} {to:O}");
        }
    }

    private static bool IsWithin(DateTimeOffset? at, DateTimeOffset? from, DateTimeOffset? to) =>
        (from is null && to is null) || (at is { } time && (from is null || time >= from) && (to is null || time <= to));

    private async Task<bool> LeavesTheSumsOfTheLastAsync(SessionReport[] reports)
    {
        await using var resent = Create();
        foreach (var report in reports)
        {
            await resent.SendAsync(report);
        }

        await using var last = Create();
        foreach (var group in reports.GroupBy(report => report.SessionId))
        {
            // What the last report does not tell, an earlier one does.
            var told = group.Last() with { StartedAt = group.LastOrDefault(report => report.StartedAt is not null)?.StartedAt };
            await last.SendAsync(told);
        }

        (await resent.SumsAsync()).ShouldBe(await last.SumsAsync());
        (await resent.DescribeAsync()).ShouldBe(await last.DescribeAsync());
        return true;
    }
}
