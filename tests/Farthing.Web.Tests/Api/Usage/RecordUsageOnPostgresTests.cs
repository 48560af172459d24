using Farthing.Storage;
using Farthing.Testing;
using Farthing.Workflows.Metering;
using Microsoft.Extensions.DependencyInjection;
using static Farthing.Web.Tests.Api.Usage.UsageBodies;

namespace Farthing.Web.Tests.Api.Usage;

/// <summary>What depends on the store, over PostgreSQL: the same answers as the embedded store gives.</summary>
public sealed class RecordUsageOnPostgresTests : IAsyncLifetime
{
    private PostgresDatabase? database;
    private PostgresStore? store;
    private TestServer? server;

    private TestServer Server => server!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var postgres = await PostgresServer.SharedAsync();
        database = await PostgresDatabase.OpenAsync(PostgresUrl.Parse(postgres.Url(await postgres.CreateDatabaseAsync())), TestServer.Cancellation);
        store = await PostgresStore.OpenAsync(database, TimeZoneInfo.Utc, TestServer.Cancellation);
        server = await TestServer.StartAsync(services => services.AddSingleton<IUsageStore>(store));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        store?.Dispose();
        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task One_bad_event_among_9999_good_ones_is_refused_alone_and_the_same_again_is_known()
    {
        var batch = Batch(Enumerable.Range(0, 10_000).Select(index => index == 4_321 ? Event($"e{index}", input: -1) : Event($"e{index}")));

        (await Server.RecordAsync(batch)).Counts().ShouldBe("9999/0/0/0/1/0");
        (await Server.RecordAsync(batch)).Counts().ShouldBe("0/9999/0/0/1/0");
    }

    [Fact]
    public async Task An_event_that_many_send_at_once_is_counted_once()
    {
        var batch = Batch(Enumerable.Range(0, 50).Select(index => Event($"e{index}")));

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Server.RecordAsync(batch)));

        answers.Sum(answer => answer.Json.GetProperty("accepted").GetInt32()).ShouldBe(50);
        answers.Sum(answer => answer.Json.GetProperty("duplicates").GetInt32()).ShouldBe(15 * 50);
    }

    [Fact]
    public async Task Waiting_requests_are_each_told_of_their_own_events()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(index =>
            Server.RecordAsync(Batch([Event($"e{index}"), Event($"e{index}"), Event($"e{index}", input: 2_000)]))));

        answers.Select(UsageBodies.Counts).Distinct().ShouldBe(["1/1/1/0/0/0"]);
    }

    [Fact]
    public async Task Contradictions_are_kept_aside_and_events_without_a_time_known_again()
    {
        var timeless = Event("b").Replace($"\"occurred_at\":\"{At}\",", string.Empty, StringComparison.Ordinal);
        var other = Event("a").Replace("\"input_tokens\":1000,\"output_tokens\":10", "\"input_tokens\":10,\"output_tokens\":1000", StringComparison.Ordinal);

        (await Server.RecordAsync(Event("a"))).Counts().ShouldBe("1/0/0/0/0/0");
        (await Server.RecordAsync(other)).Counts().ShouldBe("0/0/0/1/0/0");
        (await Server.RecordAsync(timeless)).Counts().ShouldBe("1/0/0/0/0/0");
        (await Server.RecordAsync(timeless)).Counts().ShouldBe("0/1/0/0/0/0");
    }
}
