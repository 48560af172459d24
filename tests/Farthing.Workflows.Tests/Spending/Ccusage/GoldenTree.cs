using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Spending.Ccusage;

namespace Farthing.Workflows.Tests.Spending.Ccusage;

/// <summary>A small synthetic tree: its calls, and what ccusage says about it. Written by <c>bench/ccusage_golden.py</c>.</summary>
internal static class GoldenTree
{
    public static readonly DateTimeOffset Today = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    public static readonly string[] Trees = ["mixed", "long", "no-request-id", "replays"];

    public static readonly string[] Reports =
    [
        "daily", "weekly", "monthly", "session", "blocks", "claude-daily", "claude-weekly", "claude-session", "codex-daily", "codex-session",
    ];

    public static async Task<CcusageReport> ReportAsync(string tree, string report)
    {
        await using var json = File.OpenRead(CallsFile.PathOf(tree, report + ".json"));
        var reading = await CcusageReportReader.ReadAsync(json, agent: null, TestContext.Current.CancellationToken);
        reading.Refusal.ShouldBeNull();
        return reading.Reports.ShouldHaveSingleItem();
    }

    public static async Task<CcusageComparison> CompareAsync(string tree, string report, Func<UsageEvent, Rating> rate)
    {
        var spend = new MemorySpend([.. CallsFile.Read(tree).Select(usage => (usage, rate(usage)))]);
        return await new CompareCcusage(spend, rate, Today).CompareAsync(
            await ReportAsync(tree, report), new() { Zone = TimeZoneInfo.Utc }, TestContext.Current.CancellationToken);
    }
}
