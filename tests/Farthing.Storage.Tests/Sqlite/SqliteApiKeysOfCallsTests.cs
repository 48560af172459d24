using System.Text;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Storage.Tests.Contract;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteApiKeysOfCallsTests : ApiKeysOfCallsContract
{
    protected override StoreUnderTest Create() => new SqliteStoreUnderTest(TimeZoneInfo.Utc);

    protected override async Task MakeOlderAsync(StoreUnderTest store)
    {
        var under = (SqliteStoreUnderTest)store;
        await under.Store.DisposeAsync();
        using (var connection = Connection.Open(under.Path, readOnly: false, 1_000))
        {
            connection.Execute(
                """
                ALTER TABLE agent_sessions DROP COLUMN api_key;
                CREATE TABLE older (id INTEGER PRIMARY KEY, org TEXT NOT NULL, agent TEXT NOT NULL, project TEXT NOT NULL, branch TEXT NOT NULL, model TEXT NOT NULL,
                    provider TEXT NOT NULL, team TEXT NOT NULL, "user" TEXT NOT NULL, plan TEXT NOT NULL, model_pack TEXT NOT NULL, role TEXT NOT NULL,
                    environment TEXT NOT NULL, billing_mode TEXT NOT NULL, speed TEXT NOT NULL,
                    UNIQUE (org, agent, project, branch, model, provider, team, "user", plan, model_pack, role, environment, billing_mode, speed));
                INSERT INTO older SELECT id, org, agent, project, branch, model, provider, team, "user", plan, model_pack, role, environment, billing_mode, speed FROM series;
                DROP TABLE series; ALTER TABLE older RENAME TO series;
                CREATE INDEX series_without_detail ON series (org, "user", team)
                    WHERE project = '' AND branch = '' AND plan = '' AND model_pack = '' AND role = '' AND environment = '';
                CREATE INDEX series_of_people ON series (org, "user");
                CREATE INDEX series_of_teams ON series (org, team);
                """);
            connection.Execute(Migration.Read("sqlite/", "api_keys_of_calls"));
        }

        await under.ReopenAsync(TimeZoneInfo.Utc);
    }

    protected override async Task<AppendResult> AppendAnewAsync(StoreUnderTest store, IReadOnlyList<RatedEvent> calls)
    {
        await ((SqliteStoreUnderTest)store).ReopenAsync(TimeZoneInfo.Utc);
        return await store.AppendAsync(calls);
    }

    protected override Task<long> CountAsync(StoreUnderTest store, string sql)
    {
        using var connection = Connection.Open(((SqliteStoreUnderTest)store).Path, readOnly: true, 1_000);
        return Task.FromResult(connection.Scalar(Encoding.UTF8.GetBytes(sql)) ?? 0);
    }
}
