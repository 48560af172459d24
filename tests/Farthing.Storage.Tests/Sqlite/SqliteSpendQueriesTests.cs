using Farthing.Storage.Tests.Contract;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteSpendQueriesTests : SpendQueriesContract
{
    protected override StoreUnderTest Create(TimeZoneInfo reportingZone) => new SqliteStoreUnderTest(reportingZone);
}
