using System.Globalization;
using System.Runtime.CompilerServices;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Spending.Ccusage;

namespace Farthing.Workflows.Tests.Spending.Ccusage;

/// <summary>A small synthetic tree: its calls, and what ccusage says about it. Written by <c>bench/ccusage_golden.py</c>.</summary>
internal static class GoldenTree
{
    public static readonly string[] Trees = ["mixed", "long", "no-request-id", "replays"];

    public static readonly string[] Reports =
    [
        "daily", "weekly", "monthly", "session", "blocks", "claude-daily", "claude-weekly", "claude-session", "codex-daily", "codex-session",
    ];

    public static IEnumerable<UsageEvent> Calls(string tree)
    {
        var lines = File.ReadAllLines(PathOf(tree, "calls.csv"));
        lines[0].ShouldBe("agent,time,session,model,input,cache_read,cache_write_5m,cache_write_1h,output,web_search,fast,request_id,reported");
        return lines.Skip(1).Select(ReadCall);
    }

    public static async Task<CcusageReport> ReportAsync(string tree, string report)
    {
        await using var json = File.OpenRead(PathOf(tree, report + ".json"));
        var reading = await CcusageReportReader.ReadAsync(json, agent: null, TestContext.Current.CancellationToken);
        reading.Refusal.ShouldBeNull();
        return reading.Reports.ShouldHaveSingleItem();
    }

    public static async Task<CcusageComparison> CompareAsync(string tree, string report, Func<UsageEvent, Rating> rate)
    {
        var spend = new MemorySpend([.. Calls(tree).Select(usage => (usage, rate(usage)))]);
        return await new CompareCcusage(spend, rate).CompareAsync(
            await ReportAsync(tree, report), new() { Zone = TimeZoneInfo.Utc }, TestContext.Current.CancellationToken);
    }

    private static string PathOf(string tree, string file, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../Golden/Ccusage", tree, file);

    private static UsageEvent ReadCall(string line, int index)
    {
        var fields = line.Split(',');
        var at = DateTimeOffset.Parse(fields[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return new()
        {
            Id = EventId.Create(at, Dimensions.LocalOrg, fields[0], index.ToString(CultureInfo.InvariantCulture)),
            OccurredAt = at,
            Dimensions = new() { Agent = fields[0], Model = fields[3] },
            Session = new(fields[2], string.Empty, string.Empty),
            Tokens = new() { Input = Count(4), CacheRead = Count(5), CacheWrite5m = Count(6), CacheWrite1h = Count(7), Output = Count(8) },
            WebSearches = (int)Count(9),
            Terms = new(ServiceTier.Standard, fields[10] == "1", string.Empty),
            RequestAlias = fields[11] == "1" ? index : null,
            ReportedCost = fields[12].Length == 0 ? null : Usd.FromDecimal(decimal.Parse(fields[12], NumberStyles.Float, CultureInfo.InvariantCulture)),
            Line = index + 2,
        };

        long Count(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture);
    }
}
