using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Pricing;
using Farthing.Workflows.Spending.Ccusage;

namespace Farthing.Workflows.Tests.Spending.Ccusage;

/// <summary>A few calls of ours beside reports that count them in another way.</summary>
public sealed class CountRulesTests
{
    private const string Model = "claude-opus-4-8";
    private static readonly Rater Rater = new(EmbeddedCatalog.Load());
    private static readonly UsageEvent Late = Call(1, new(2026, 3, 1, 23, 59, 59, TimeSpan.Zero), "a", new() { Input = 11, CacheRead = 4_001, Output = 301 });
    private static readonly UsageEvent Noon = Call(2, new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), "a", new() { Input = 7, CacheRead = 9_001, CacheWrite1h = 501, Output = 77 });
    private static readonly UsageEvent Next = Call(3, new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), "b", new() { Input = 5, CacheRead = 7_003, CacheWrite5m = 99, Output = 55 });

    [Fact]
    public async Task A_call_that_ended_after_midnight_there_is_a_move_between_days()
    {
        var comparison = await CompareAsync([Late, Noon, Next], CcusagePeriod.Day, ("2026-03-01", [Noon]), ("2026-03-02", [Late, Next]));

        Parts(comparison).ShouldBe([("2026-03-01", DifferenceRule.DateOfSurvivor, 4_001), ("2026-03-02", DifferenceRule.DateOfSurvivor, -4_001)]);
        comparison.Rows.SelectMany(row => row.Parts).SelectMany(part => part.Events).Distinct().ShouldBe([Late.Id]);
    }

    [Fact]
    public async Task Days_that_are_not_neighbours_do_not_exchange_calls()
    {
        var other = Next with { OccurredAt = Next.OccurredAt.AddDays(5), Id = default };

        var comparison = await CompareAsync([Late, Noon, Next, other], CcusagePeriod.Day, ("2026-03-01", [Noon]), ("2026-03-02", [Next]), ("2026-03-07", [other, Late]));

        Parts(comparison).Select(part => part.Rule).ShouldBe([DifferenceRule.NestedNull, DifferenceRule.CountedDifferently]);
    }

    [Fact]
    public async Task A_call_of_a_copied_session_is_a_move_between_sessions()
    {
        var comparison = await CompareAsync([Late, Noon, Next], CcusagePeriod.Session, ("a", [Noon]), ("b", [Late, Next]));

        Parts(comparison).Select(part => part.Rule).ShouldBe([DifferenceRule.SessionOfCopy, DifferenceRule.SessionOfCopy]);
    }

    [Fact]
    public async Task A_session_that_the_report_lacks_is_not_in_the_report() =>
        Parts(await CompareAsync([Late, Next], CcusagePeriod.Session, ("a", [Late]))).ShouldBe([("b", DifferenceRule.NotInReport, 7_003)]);

    [Fact]
    public async Task Days_before_and_after_the_report_are_not_compared()
    {
        var comparison = await CompareAsync([Late, Noon, Next], CcusagePeriod.Day, ("2026-03-02", [Next]));

        Parts(comparison).ShouldBeEmpty();
        comparison.CallsOutside.ShouldBe(2);
        comparison.CostOutside.ShouldBe(Rater.Rate(Late).Cost.Total + Rater.Rate(Noon).Cost.Total);
    }

    [Fact]
    public async Task Tokens_that_a_Codex_thread_lost_there_are_named()
    {
        UsageEvent[] calls = [.. new[] { Late, Noon }.Select(call => call with
        {
            Dimensions = call.Dimensions with { Agent = "codex", Model = "gpt-5.5" },
            Tokens = call.Tokens with { CacheWrite1h = 0 },
        })];

        Parts(await CompareAsync(calls, CcusagePeriod.Day, ("2026-03-01", [calls[0]]))).ShouldBe([("2026-03-01", DifferenceRule.CodexTotalDrop, 9_001)]);
    }

    [Fact]
    public async Task Blocks_without_a_request_id_are_counted_again_with_a_whole_number_of_hour_writes()
    {
        UsageEvent[] calls = [Late, Noon with { RequestAlias = null }];
        var again = calls[1] with { Tokens = calls[1].Tokens with { Output = 3 } };

        var comparison = await CompareAsync(calls, CcusagePeriod.Day, ("2026-03-01", [.. calls, again, again]));

        var part = comparison.Rows.ShouldHaveSingleItem().Parts.ShouldHaveSingleItem();
        part.Rule.ShouldBe(DifferenceRule.MissingRequestId);
        part.Events.ShouldBe([calls[1].Id]);
        part.Note.ShouldStartWith("1002 of these cache writes are one-hour writes");
        part.Tokens.ShouldBe(new CcusageTokens(-14, -1_002, -18_002, -6));
    }

    [Fact]
    public async Task Tokens_without_a_price_there_are_counted_differently_for_nothing()
    {
        var call = Late with { RequestAlias = null, Dimensions = Late.Dimensions with { Model = "claude-lab-preview-x1" } };
        var report = ReportOf(CcusagePeriod.Day, Usd.Zero, [("2026-03-01", [call, call])]) with { Unpriced = ["claude-lab-preview-x1"] };
        var row = report.Rows[0] with { Cost = Usd.Zero, Models = [report.Rows[0].Models[0] with { Cost = Usd.Zero }] };

        var comparison = await CompareAsync([call], report with { Rows = [row] });

        var part = comparison.Rows.ShouldHaveSingleItem().Parts.Single(one => one.Rule == DifferenceRule.MissingRequestId);
        (part.Amount, part.Tokens.CacheRead, part.Note).ShouldBe((Usd.Zero, -4_001, string.Empty));
    }

    [Fact]
    public async Task Too_many_hour_writes_for_the_tokens_are_not_believed()
    {
        UsageEvent[] calls = [Noon with { RequestAlias = null }];
        var again = calls[0] with { Tokens = new() { Input = 7 } };

        var comparison = await CompareAsync(calls, CcusagePeriod.Day, surcharge: "0.5", ("2026-03-01", [.. calls, again]));

        comparison.Unexplained.ToString().ShouldBe("0.5");
    }

    [Fact]
    public async Task What_our_calls_cannot_tell_is_counted_differently_at_their_price()
    {
        var comparison = await CompareAsync([Late], CcusagePeriod.Day, ("2026-03-01", [Late, Next]));

        var part = comparison.Rows.ShouldHaveSingleItem().Parts.ShouldHaveSingleItem();
        part.Rule.ShouldBe(DifferenceRule.CountedDifferently);
        part.Amount.ShouldBe(-Rater.Rate(Next).Cost.Total);
    }

    [Fact]
    public async Task Weeks_start_on_the_weekday_of_the_report()
    {
        // The first of March 2026 is a Sunday.
        Parts(await CompareAsync([Late, Next], CcusagePeriod.Week, ("2026-03-01", [Late, Next]))).ShouldBeEmpty();
        Parts(await CompareAsync([Late, Next], CcusagePeriod.Week, ("2026-02-23", [Late]), ("2026-03-02", [Next]))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Days_are_those_of_the_time_zone()
    {
        var report = ReportOf(CcusagePeriod.Day, Usd.Zero, [("2026-03-02", [Late])]);

        var comparison = await new CompareCcusage(new MemorySpend([(Late, Rater.Rate(Late))]), Rater.Rate, GoldenTree.Today).CompareAsync(
            report, new() { Zone = TimeZoneInfo.CreateCustomTimeZone("ahead", TimeSpan.FromHours(1), "ahead", "ahead") }, TestContext.Current.CancellationToken);

        Parts(comparison).ShouldBeEmpty();
        comparison.Calls.ShouldBe(1);
    }

    private static IEnumerable<(string Period, DifferenceRule Rule, long CacheRead)> Parts(CcusageComparison comparison)
    {
        comparison.Unexplained.ShouldBe(Usd.Zero);
        return comparison.Rows.SelectMany(row => row.Parts, (row, part) => (row.Period, part.Rule, part.Tokens.CacheRead));
    }

    private static Task<CcusageComparison> CompareAsync(
        UsageEvent[] ours, CcusagePeriod period, params (string Period, UsageEvent[] Calls)[] theirs) => CompareAsync(ours, period, "0", theirs);

    private static Task<CcusageComparison> CompareAsync(
        UsageEvent[] ours, CcusagePeriod period, string surcharge, params (string Period, UsageEvent[] Calls)[] theirs)
    {
        Usd.TryParse(surcharge, out var amount).ShouldBeTrue();
        return CompareAsync(ours, ReportOf(period, amount, theirs));
    }

    private static Task<CcusageComparison> CompareAsync(UsageEvent[] ours, CcusageReport report)
    {
        var spend = new MemorySpend([.. ours.Select(usage => (usage, Rater.Rate(usage)))]);
        return new CompareCcusage(spend, Rater.Rate, GoldenTree.Today).CompareAsync(report, new() { Zone = TimeZoneInfo.Utc }, TestContext.Current.CancellationToken);
    }

    private static CcusageReport ReportOf(CcusagePeriod period, Usd surcharge, (string Period, UsageEvent[] Calls)[] theirs) => new()
    {
        Title = "a report",
        Agent = null,
        Period = period,
        Rows = [.. theirs.Select(row =>
        {
            var tokens = CcusageTokens.Of(row.Calls.Aggregate(default(TokenCounts), (sum, call) => sum + call.Tokens));
            var cost = row.Calls.Aggregate(surcharge, (sum, call) => sum + Rater.Rate(call).Cost.Total);
            return new CcusageRow(row.Period, [new(row.Calls[0].Dimensions.Model, tokens, cost, IsUnpriced: false)], tokens, cost);
        })],
    };

    private static UsageEvent Call(int number, DateTimeOffset at, string session, TokenCounts tokens) => new()
    {
        Id = EventId.Create(at, Dimensions.LocalOrg, "claude", $"{number}"),
        OccurredAt = at,
        Dimensions = new() { Agent = "claude", Model = Model },
        Session = new(session, string.Empty, string.Empty),
        Tokens = tokens,
        RequestAlias = number,
    };
}
