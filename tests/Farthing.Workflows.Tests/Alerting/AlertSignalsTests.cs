using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Alerting;

namespace Farthing.Workflows.Tests.Alerting;

public sealed class AlertSignalsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task No_alert_is_judged_by_an_estimate()
    {
        var signals = new AlertSignals(new MemorySpend([.. CallsOf(Now.AddHours(-1)), .. CallsOf(Now.AddDays(-3))]), new NobodyReports(), new(TimeZoneInfo.Utc, TimeProvider.System));

        var ofOrg = (await signals.ReadAsync(Dimensions.LocalOrg, Now, TestContext.Current.CancellationToken))[0];

        ofOrg.LastDay.ToString().ShouldBe("2");
        ofOrg.LastWeek.ToString().ShouldBe("4");
        ofOrg.Before.Select(static day => day.ToString()).ShouldBe(["2", "0"]);
    }

    private static IEnumerable<(UsageEvent Usage, Rating Rating)> CallsOf(DateTimeOffset at) =>
    [
        SampleSpend.Call(at, "claude-sonnet-5", default, usd: "2"),
        SampleSpend.Call(at, "claude-lab-preview-x1", default, PricingStatus.Fallback, "70"),
    ];

    private sealed class NobodyReports : ISessionOutcomes
    {
        public Task<IReadOnlyDictionary<string, OutcomeSums>> SumAsync(string org, DateTimeOffset after, DateTimeOffset until, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<string, OutcomeSums>>(new Dictionary<string, OutcomeSums>(StringComparer.Ordinal));
    }
}
