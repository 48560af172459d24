using Farthing.Domain.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Alerting;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Tests.Contract;

/// <summary>A fresh store of some kind, with what the contract asks besides the ports.</summary>
public abstract class StoreUnderTest : IAsyncDisposable
{
    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public abstract IUsageStore Usage { get; }

    public abstract ISpendQueries Spending { get; }

    public abstract IAgentSessions Sessions { get; }

    public abstract ISessionOutcomes Outcomes { get; }

    public abstract IEngineers Engineers { get; }

    public abstract Task<IReadOnlyList<UsageConflict>> ConflictsAsync(string org);

    public abstract IUsageRepeats Repeats { get; }

    public abstract ValueTask DisposeAsync();

    public Task<AppendResult> AppendAsync(params InventedCall[] calls) => AppendAsync(calls.Select(call => call.Rated()).ToList());

    public Task<AppendResult> AppendAsync(IReadOnlyList<RatedEvent> events) => Usage.AppendAsync(new(events, []), Cancellation);

    public async Task<IReadOnlyList<PricedCall>> CallsAsync(string org = Dimensions.LocalOrg) =>
        await Spending.CallsAsync(new() { Org = org, Zone = TimeZoneInfo.Utc }, Cancellation).ToListAsync(Cancellation);

    public Task<IReadOnlyList<SpendRow>> SpendAsync(SpendQuery query) => Spending.SpendAsync(query, Cancellation);

    /// <summary>Everything that must not depend on the order of arrival, one line a call.</summary>
    public async Task<string> DescribeAsync()
    {
        var calls = await CallsAsync();
        return string.Join('\n', calls.Select(call =>
            $"{call.Usage.Id} {call.Usage.OccurredAt:O} {call.Usage.Session.Key} {call.Usage.Dimensions} {call.Usage.Tokens} " +
            $"{call.Usage.Quality} {call.Usage.Run} {call.Usage.DurationMilliseconds} {call.Rating.Card.Hash} {call.Rating.Cost}"));
    }
}
