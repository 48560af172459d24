using Farthing.Storage.Tests.Contract;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Tests.Postgres;

/// <summary>Several processes write one database at the same time: nothing is lost and nothing counted twice.</summary>
public sealed class PostgresTogetherTests
{
    private const int Nodes = 4;
    private const int Calls = 300;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nodes_that_get_the_same_calls_at_the_same_time_count_each_once(bool named)
    {
        await using var store = await PostgresStoreUnderTest.CreateAsync(TimeZoneInfo.Utc);

        // Every node gets every call, each in an order of its own; where calls have names, under a time of its own.
        var results = await RunAsync(store, node => Enumerable.Range(0, Calls).Select(index => ((index * 7) + (node * 101)) % Calls).Select(index => new InventedCall
        {
            Key = $"{index}",
            VaryingTime = named,
            Request = named && index % 3 == 0 ? $"req-{index}" : null,
            At = InventedCall.Noon.AddSeconds(index).AddHours(named ? node * 7 : 0),
            Project = $"/srv/{index % 5}",
            Session = named ? $"session-{node}" : "session",
        }));

        results.Accepted.ShouldBe(Calls);
        results.Conflicts.ShouldBe(0);
        (results.Accepted + results.Duplicates + results.Superseded).ShouldBe(Calls * Nodes);
        await ShouldHoldAsync(store, Calls);
        (await store.CallsAsync()).ShouldAllBe(call => call.Usage.OccurredAt < InventedCall.Noon.AddHours(1));
    }

    [Fact]
    public async Task Nodes_with_calls_of_their_own_lose_none()
    {
        await using var store = await PostgresStoreUnderTest.CreateAsync(TimeZoneInfo.Utc);

        var results = await RunAsync(store, node => Enumerable.Range(0, Calls).Select(index => new InventedCall
        {
            Key = $"{node}-{index}",
            VaryingTime = index % 50 == 49,
            At = InventedCall.Noon.AddSeconds(index),
            Project = $"/srv/{index % 5}",
        }));

        results.ShouldBe(new AppendResult(Calls * Nodes, 0, 0, 0));
        await ShouldHoldAsync(store, Calls * Nodes);
    }

    [Fact]
    public async Task Sessions_that_nodes_continue_on_days_of_their_own_count_once_in_any_range()
    {
        await using var store = await PostgresStoreUnderTest.CreateAsync(TimeZoneInfo.Utc);

        await RunAsync(store, node => Enumerable.Range(0, Calls).Select(index => new InventedCall
        {
            Key = $"{node}-{index}",
            VaryingTime = false,
            At = InventedCall.Noon.AddDays((node * 3) + (index % 2)),
            Session = $"session-{index / 2 % 20}",
        }));

        (await CountAsync(0, 10)).ShouldBe(20);
        (await CountAsync(2, 5)).ShouldBe(20);
        (await CountAsync(2, 2)).ShouldBe(0);

        async Task<long> CountAsync(int first, int last)
        {
            var noon = DateOnly.FromDateTime(InventedCall.Noon.UtcDateTime);
            var query = new SpendQuery { Zone = TimeZoneInfo.Utc, ByDay = false, Since = noon.AddDays(first), Until = noon.AddDays(last) };
            return (await store.Spending.SessionsAsync(query, Cancellation)).Sum(count => count.Sessions);
        }
    }

    [Fact]
    public async Task Better_records_that_arrive_at_the_same_time_leave_the_best_one()
    {
        await using var store = await PostgresStoreUnderTest.CreateAsync(TimeZoneInfo.Utc);

        await RunAsync(store, node => Enumerable.Range(0, Calls).Select(index => new InventedCall
        {
            Key = $"{index / 10}",
            Output = 1 + ((index + (node * 3)) % 10),
            At = InventedCall.Noon.AddSeconds(index / 10),
            VaryingTime = false,
        }));

        (await store.CallsAsync()).ShouldAllBe(call => call.Usage.Tokens.Output == 10);
        await ShouldHoldAsync(store, Calls / 10);
    }

    /// <summary>Appends through several stores at once, ten calls a batch, as processes would: each has connections of its own.</summary>
    private static async Task<AppendResult> RunAsync(PostgresStoreUnderTest store, Func<int, IEnumerable<InventedCall>> callsOf)
    {
        var results = await Task.WhenAll(Enumerable.Range(0, Nodes).Select(node => Task.Run(
            async () =>
            {
                await using var database = await PostgresDatabase.OpenAsync(store.Database.Url, Cancellation);
                using var own = await PostgresStore.OpenAsync(database, TimeZoneInfo.Utc, Cancellation);
                var result = default(AppendResult);
                foreach (var batch in callsOf(node).Chunk(10))
                {
                    result += await ((IUsageStore)own).AppendAsync(new([.. batch.Select(call => call.Rated())], []), Cancellation);
                }

                return result;
            },
            Cancellation)));
        return results.Aggregate((left, right) => left + right);
    }

    /// <summary>The rollup and the events agree, and there are as many calls as there should be.</summary>
    private static async Task ShouldHoldAsync(PostgresStoreUnderTest store, int calls)
    {
        var query = new SpendQuery { Zone = TimeZoneInfo.Utc, GroupBy = [SpendDimension.Project] };
        var fromRollup = await store.SpendAsync(query);
        var fromEvents = await store.SpendAsync(query with { GroupBy = [SpendDimension.Project, SpendDimension.Session] });
        fromRollup.Sum(row => row.Calls).ShouldBe(calls);
        fromEvents.Sum(row => row.Calls).ShouldBe(calls);
        fromRollup.Sum(row => row.Tokens.Output).ShouldBe(fromEvents.Sum(row => row.Tokens.Output));
    }
}
