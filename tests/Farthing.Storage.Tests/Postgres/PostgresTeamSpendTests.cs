using Farthing.Storage.Tests.Contract;

namespace Farthing.Storage.Tests.Postgres;

public sealed class PostgresTeamSpendTests : TeamSpendContract
{
    protected override StoreUnderTest Create(TimeZoneInfo reportingZone) => Await.Value(() => PostgresStoreUnderTest.CreateAsync(reportingZone));

    protected override async Task MakeOlderAsync(StoreUnderTest store)
    {
        var source = ((PostgresStoreUnderTest)store).Database.Source;
        await using var older = source.CreateCommand(
            """
            DROP TABLE team_days; DROP TABLE person_weeks; DROP TABLE session_days; DROP TABLE session_heads; DROP TABLE session_counts;
            DROP TABLE session_tallies; DROP TABLE session_returns; DROP TABLE person_days; DROP TABLE project_weeks; DROP INDEX series_of_projects;
            DROP INDEX series_of_persons; DROP INDEX series_of_teams; DROP INDEX series_by_user; DROP INDEX series_by_team;
            ALTER TABLE agent_sessions DROP COLUMN api_key; ALTER TABLE series DROP COLUMN api_key
            """);
        await older.ExecuteNonQueryAsync(StoreUnderTest.Cancellation);
        await using var migration = source.CreateCommand(
            Migration.Read("postgres/", "team_spend") + Migration.Read("postgres/", "sessions_counted") + Migration.Read("postgres/", "person_days")
            + Migration.Read("postgres/", "project_weeks") + Migration.Read("postgres/", "api_keys_of_calls"));
        await migration.ExecuteNonQueryAsync(StoreUnderTest.Cancellation);
    }
}
