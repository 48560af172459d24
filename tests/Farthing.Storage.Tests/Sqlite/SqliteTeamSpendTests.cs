using Farthing.Storage.Tests.Contract;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteTeamSpendTests : TeamSpendContract
{
    protected override StoreUnderTest Create(TimeZoneInfo reportingZone) => new SqliteStoreUnderTest(reportingZone);
}
