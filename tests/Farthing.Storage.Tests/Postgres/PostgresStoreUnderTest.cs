using System.Collections.Concurrent;
using Farthing.Storage.Postgres.Access;
using Farthing.Storage.Tests.Contract;
using Farthing.Testing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Alerting;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Tests.Postgres;

/// <summary>A store in a database that nobody else uses at the same time; the next one gets it emptied, for that is faster than a new one.</summary>
internal sealed class PostgresStoreUnderTest(PostgresDatabase database, PostgresStore store) : StoreUnderTest
{
    private const string Empty =
        """
        DELETE FROM settings; DELETE FROM series; DELETE FROM sessions; DELETE FROM rate_cards; DELETE FROM log_files;
        DELETE FROM events; DELETE FROM aliases; DELETE FROM former_ids; DELETE FROM conflicts; DELETE FROM repeats; DELETE FROM daily;
        DELETE FROM agent_sessions; DELETE FROM api_keys; DELETE FROM engineers;
        DELETE FROM team_days; DELETE FROM person_days; DELETE FROM person_weeks; DELETE FROM project_weeks; DELETE FROM session_days;
        DELETE FROM session_heads; DELETE FROM session_counts; DELETE FROM session_returns; DELETE FROM session_tallies
        """;

    private static readonly ConcurrentBag<PostgresDatabase> Idle = [];

    public PostgresStore Store => store;

    public PostgresDatabase Database => database;

    public override IUsageStore Usage => store;

    public override ISpendQueries Spending => store;

    public override IUsageRepeats Repeats => store;

    public override IAgentSessions Sessions => store.Sessions;

    public override ISessionOutcomes Outcomes => BudgetStores.Of(database).Outcomes;

    public override IEngineers Engineers => new PostgresAccess(database).Engineers;

    public static async Task<PostgresStoreUnderTest> CreateAsync(TimeZoneInfo zone)
    {
        var server = await PostgresServer.SharedAsync();
        if (!Idle.TryTake(out var free))
        {
            free = await PostgresDatabase.OpenAsync(PostgresUrl.Parse(server.Url(await server.CreateDatabaseAsync())), Cancellation);
        }

        return new(free, await PostgresStore.OpenAsync(free, zone, Cancellation));
    }

    public override Task<IReadOnlyList<UsageConflict>> ConflictsAsync(string org) => store.ReadConflictsAsync(org, 100, Cancellation);

    public override async ValueTask DisposeAsync()
    {
        store.Dispose();
        await using var empty = database.Source.CreateCommand(Empty);
        await empty.ExecuteNonQueryAsync();
        Idle.Add(database);
    }
}
