using System.Globalization;
using Farthing.Domain.Caching;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Caching;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Tests.Caching;

public sealed class DiagnoseCachingTests
{
    private readonly ManualTime time = new();

    [Fact]
    public async Task The_sums_of_a_session_are_no_calls_that_missed_the_cache()
    {
        var at = time.Now.AddHours(-1);
        var diagnosis = await DiagnoseAsync(Sum(at, "claude-opus-4-8"), Sum(at, "claude-sonnet-5"));

        (diagnosis.Calls, diagnosis.Causes.Count, diagnosis.Versions.Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task Single_calls_are_judged_beside_sums()
    {
        var at = time.Now.AddHours(-1);
        var diagnosis = await DiagnoseAsync(Sum(at, "claude-opus-4-8"), Call(at, "claude-opus-4-8"), Call(at.AddMinutes(1), "claude-sonnet-5"));

        diagnosis.Calls.ShouldBe(2);
        diagnosis.Causes.Select(static cause => cause.Miss).ShouldBe([CacheMiss.FirstCall, CacheMiss.ModelSwitch], ignoreOrder: true);
    }

    [Theory]
    [InlineData("UTC", "2026-11-16T23:59:59.999Z", "2026-11-10T00:00:00Z")]
    [InlineData("UTC", "2026-11-17T00:00:00Z", "2026-11-10T00:00:00Z")]
    [InlineData("UTC", "2026-11-16T23:59:59Z", "2026-11-09T23:59:59Z")]
    [InlineData("Europe/Berlin", "2026-10-27T22:59:59.999Z", "2026-10-20T22:00:00Z")]
    public async Task The_last_seven_days_of_whole_days_are_whole_days(string zone, string to, string from)
    {
        var range = new SpendRange
        {
            Within = new(Dimensions.LocalOrg, ScopeReach.Org, string.Empty),
            To = Instant(to),
            Zone = TimeZoneInfo.FindSystemTimeZoneById(zone),
        };

        (await new DiagnoseCaching(new MemorySpend([]), time).DiagnoseAsync(range, TestContext.Current.CancellationToken)).From.ShouldBe(Instant(from));

        static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }

    private async Task<CachingDiagnosis> DiagnoseAsync(params (UsageEvent Usage, Rating Rating)[] calls) =>
        await new DiagnoseCaching(new MemorySpend(calls), time).DiagnoseAsync(
            new() { Within = new(Dimensions.LocalOrg, ScopeReach.Org, string.Empty), Zone = TimeZoneInfo.Utc }, TestContext.Current.CancellationToken);

    private static (UsageEvent Usage, Rating Rating) Call(DateTimeOffset at, string model) =>
        SampleSpend.Call(at, model, new TokenCounts { Input = 1_000, CacheWrite5m = 50_000, Output = 100 });

    private static (UsageEvent Usage, Rating Rating) Sum(DateTimeOffset at, string model)
    {
        var (usage, rating) = Call(at, model);
        return (usage with { Quality = EventQuality.SessionTotal }, rating);
    }
}
