using System.Globalization;
using Farthing.Storage.Tests.Contract;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Tests.Postgres;

public sealed class PostgresApiKeysOfCallsTests : ApiKeysOfCallsContract
{
    protected override StoreUnderTest Create() => Await.Value(() => PostgresStoreUnderTest.CreateAsync(TimeZoneInfo.Utc));

    protected override async Task MakeOlderAsync(StoreUnderTest store)
    {
        var source = ((PostgresStoreUnderTest)store).Database.Source;
        await using var older = source.CreateCommand(
            """
            ALTER TABLE agent_sessions DROP COLUMN api_key;
            ALTER TABLE series DROP COLUMN api_key;
            CREATE INDEX series_of_persons ON series (org) WHERE project = '' AND branch = '' AND plan = '' AND model_pack = '' AND role = '' AND environment = '';
            CREATE INDEX series_of_teams ON series (org)
                WHERE project = '' AND branch = '' AND plan = '' AND model_pack = '' AND role = '' AND environment = '' AND "user" = '';
            CREATE INDEX series_of_projects ON series (org) WHERE branch = '' AND plan = '' AND model_pack = '' AND role = '' AND environment = '' AND "user" = ''
            """);
        await older.ExecuteNonQueryAsync(StoreUnderTest.Cancellation);
        await using var migration = source.CreateCommand(Migration.Read("postgres/", "api_keys_of_calls"));
        await migration.ExecuteNonQueryAsync(StoreUnderTest.Cancellation);
    }

    protected override async Task<AppendResult> AppendAnewAsync(StoreUnderTest store, IReadOnlyList<RatedEvent> calls)
    {
        using var another = await PostgresStore.OpenAsync(((PostgresStoreUnderTest)store).Database, TimeZoneInfo.Utc, StoreUnderTest.Cancellation);
        return await ((IUsageStore)another).AppendAsync(new(calls, []), StoreUnderTest.Cancellation);
    }

    protected override async Task<long> CountAsync(StoreUnderTest store, string sql)
    {
        await using var command = ((PostgresStoreUnderTest)store).Database.Source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(StoreUnderTest.Cancellation), CultureInfo.InvariantCulture);
    }
}
