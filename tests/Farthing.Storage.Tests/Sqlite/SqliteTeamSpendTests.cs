using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Storage.Tests.Contract;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteTeamSpendTests : TeamSpendContract
{
    protected override StoreUnderTest Create(TimeZoneInfo reportingZone) => new SqliteStoreUnderTest(reportingZone);

    protected override async Task MakeOlderAsync(StoreUnderTest store)
    {
        var under = (SqliteStoreUnderTest)store;
        var zone = under.Store.ReportingZone;
        await under.Store.DisposeAsync();
        using (var connection = Connection.Open(under.Path, readOnly: false, 1_000))
        {
            connection.Execute(
                """
                DROP TABLE team_days; DROP TABLE person_weeks; DROP TABLE session_days; DROP TABLE session_heads; DROP TABLE session_counts;
                DROP TABLE session_tallies; DROP TABLE session_returns; DROP TABLE person_days; DROP TABLE project_weeks;
                DROP INDEX series_without_detail; DROP INDEX series_of_people; DROP INDEX series_of_teams
                """);
            connection.Execute(Migration.Read("sqlite/", "team_spend"));
            connection.Execute(Migration.Read("sqlite/", "sessions_counted"));
            connection.Execute(Migration.Read("sqlite/", "person_days"));
            SessionBackfill.Run(connection, new LocalDays(zone));
            connection.Execute(Migration.Read("sqlite/", "project_weeks"));
        }

        await under.ReopenAsync(zone);
    }
}
