using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Pricing;
using Farthing.Workflows.Sessions;

namespace Farthing.Storage.Tests.Contract;

/// <summary>Reports of invented sessions, sent to a store by invented people.</summary>
internal static class InventedSession
{
    public const string Model = "claude-sonnet-4-5";
    public const string OtherModel = "claude-opus-4-8";

    public static readonly DateTimeOffset Noon = InventedCall.Noon;

    private static readonly Rater Prices = new(EmbeddedCatalog.Load(), UnknownModelPolicy.Hold);

    public static Caller Ada { get; } = new() { Org = Dimensions.LocalOrg, Role = Role.Engineer, EngineerId = "ada", TeamId = "red" };

    public static Caller Bob { get; } = Ada with { EngineerId = "bob", TeamId = "blue" };

    public static Caller Program { get; } = new() { Org = Dimensions.LocalOrg, Role = Role.Service, KeyId = "program" };

    public static SessionReport Report(string id = "session-1", params ModelUsage[] usages) =>
        new() { SessionId = id, StartedAt = Noon, ModelUsages = usages.Length > 0 ? usages : [Usage(1_000)] };

    public static ModelUsage Usage(long input, string model = Model, long cached = 0, long written = 0) => new(model, input, input / 10, cached, written);

    public static ReportSessions Workflow(this StoreUnderTest store) => new(store.Sessions, store.Engineers, Prices, TimeProvider.System);

    public static Task<IReadOnlyList<Result<ReportedSession>>> ReportAsync(this StoreUnderTest store, Caller caller, params SessionReport[] reports) =>
        store.Workflow().ReportAsync(caller, reports, StoreUnderTest.Cancellation);

    public static async Task<ReportedSession> SendAsync(this StoreUnderTest store, SessionReport report, Caller? caller = null)
    {
        var result = (await store.ReportAsync(caller ?? Ada, report)).ShouldHaveSingleItem();
        result.Problem.ShouldBeNull();
        return result.Value;
    }

    public static SessionQuery Query(Caller caller) => new() { Within = ScopeRules.Of(caller) };

    /// <summary>All sums of the store: by day, and the rest, one line each.</summary>
    public static async Task<string> SumsAsync(this StoreUnderTest store)
    {
        var lines = new List<string>();
        foreach (var byDay in new[] { true, false })
        {
            var rows = await store.SpendAsync(new() { Zone = TimeZoneInfo.Utc, ByDay = byDay, GroupBy = [Workflows.Spending.SpendDimension.Model] });
            lines.AddRange(rows.Select(row => $"{(byDay ? row.Day.ToString("O", null) : "all")} {row.Model} {row.Calls} {row.Tokens} {row.Cost} {row.Status}"));
        }

        return string.Join('\n', lines);
    }
}
