using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Spending.Ccusage;

namespace Farthing.Workflows.Tests.Spending.Ccusage;

public sealed class GoldenComparisonTests
{
    private static readonly string[] CleanTrees = ["mixed", "long"];

    public static TheoryData<string, string> EveryReport() => [.. Cases(GoldenTree.Trees)];

    public static TheoryData<string, string> EveryCleanReport() => [.. Cases(CleanTrees)];

    [Theory]
    [MemberData(nameof(EveryCleanReport))]
    public async Task On_clean_logs_the_rules_reproduce_every_cost_that_ccusage_shows(string tree, string report)
    {
        var shown = await GoldenTree.ReportAsync(tree, report);

        var comparison = await GoldenTree.CompareAsync(tree, report, Unpriced);

        // Without prices of ours, what is not theirs by their rules would be left over.
        var rules = comparison.Rows.SelectMany(row => row.Parts).Select(part => part.Rule).Distinct();
        rules.ShouldBeSubsetOf([DifferenceRule.UnpricedHere, DifferenceRule.ReportedCost, DifferenceRule.Rounding]);
        comparison.Rows.SelectMany(row => row.Models).ShouldAllBe(model => model.Ours == model.Theirs);
        comparison.TheirCost.ShouldBe(shown.Cost);
    }

    [Theory]
    [MemberData(nameof(EveryReport))]
    public async Task Every_difference_has_a_rule_and_the_rules_add_up_to_it(string tree, string report)
    {
        var comparison = await GoldenTree.CompareAsync(tree, report, Unpriced);

        comparison.Unexplained.ShouldBe(Usd.Zero);
        comparison.CallsOutside.ShouldBe(0);
        foreach (var row in comparison.Rows)
        {
            row.Parts.Aggregate(Usd.Zero, (sum, part) => sum + part.Amount).ShouldBe(row.Difference, row.Period);
            row.Parts.ShouldAllBe(part => part.Note != null);
        }
    }

    [Theory]
    [InlineData("long", "daily", CcusageMode.Auto)]
    [InlineData("long", "claude-daily", CcusageMode.Calculate)]
    public async Task The_mode_of_a_report_is_told_from_its_costs(string tree, string report, CcusageMode mode)
    {
        var comparison = await GoldenTree.CompareAsync(tree, report, Unpriced);

        comparison.Mode.ShouldBe(mode);
        Rules(comparison).Contains(DifferenceRule.ReportedCost).ShouldBe(mode == CcusageMode.Auto);
    }

    [Theory]
    [InlineData("daily")]
    [InlineData("weekly")]
    [InlineData("claude-daily")]
    public async Task Defect_B1_blocks_without_a_request_id_are_named(string report)
    {
        var comparison = await GoldenTree.CompareAsync("no-request-id", report, Unpriced);

        var parts = Parts(comparison, DifferenceRule.MissingRequestId);
        parts.Sum(part => part.Tokens.CacheRead).ShouldBe(-652_687);
        Sum(parts).ToString().ShouldBe("-0.56131485");
        Rules(await GoldenTree.CompareAsync("no-request-id", "claude-session", Unpriced)).ShouldNotContain(DifferenceRule.MissingRequestId);
    }

    [Theory]
    [InlineData("session")]
    [InlineData("blocks")]
    [InlineData("claude-weekly")]
    [InlineData("claude-session")]
    public async Task Defect_B2_replays_of_a_side_question_are_named_call_by_call(string report)
    {
        var comparison = await GoldenTree.CompareAsync("replays", report, Unpriced);

        var part = Parts(comparison, DifferenceRule.SidechainReplay).ShouldHaveSingleItem();
        part.Events.Count.ShouldBe(4);
        part.Tokens.ShouldBe(new CcusageTokens(-450, -29_291, -122_032, -20));
        part.Amount.ToString().ShouldBe("-0.1052724");
        Rules(await GoldenTree.CompareAsync("replays", "claude-daily", Unpriced)).ShouldNotContain(DifferenceRule.SidechainReplay);
    }

    [Fact]
    public async Task Defect_B4_a_call_that_is_dropped_there_is_found_among_ours()
    {
        var comparison = await GoldenTree.CompareAsync("no-request-id", "claude-session", Unpriced);

        var part = Parts(comparison, DifferenceRule.NestedNull).ShouldHaveSingleItem();
        part.Tokens.ShouldBe(new CcusageTokens(3_598, 4_301, 99_476, 701));
        part.Events.ShouldHaveSingleItem();
        part.Amount.ToString().ShouldBe("0.128263");
    }

    [Fact]
    public async Task Defect_B6_archived_copies_of_a_Codex_session_are_named()
    {
        var comparison = await GoldenTree.CompareAsync("replays", "codex-session", Unpriced);

        var parts = Parts(comparison, DifferenceRule.Duplicate);
        parts.Select(part => part.Model).ShouldBe(["gpt-5.3-codex", "gpt-5.4", "gpt-5.5"]);
        Sum(parts).ToString().ShouldBe("-0.85840165");
        Rules(await GoldenTree.CompareAsync("replays", "codex-daily", Unpriced)).ShouldNotContain(DifferenceRule.Duplicate);
    }

    private static IEnumerable<TheoryDataRow<string, string>> Cases(string[] trees) =>
        from tree in trees
        from report in GoldenTree.Reports
        select new TheoryDataRow<string, string>(tree, report);

    private static IReadOnlyList<DifferencePart> Parts(CcusageComparison comparison, DifferenceRule rule) =>
        [.. comparison.Rows.SelectMany(row => row.Parts).Where(part => part.Rule == rule)];

    private static IEnumerable<DifferenceRule> Rules(CcusageComparison comparison) =>
        comparison.Rows.SelectMany(row => row.Parts).Select(part => part.Rule);

    private static Usd Sum(IEnumerable<DifferencePart> parts) => parts.Aggregate(Usd.Zero, (sum, part) => sum + part.Amount);

    private static Rating Unpriced(UsageEvent usage) => new(RateCard.Unpriced(usage.Dimensions.Model), default);
}
