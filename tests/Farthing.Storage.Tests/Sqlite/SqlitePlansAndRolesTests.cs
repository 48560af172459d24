using Farthing.Storage.Tests.Contract;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqlitePlansAndRolesTests : PlansAndRolesContract
{
    protected override StoreUnderTest Create() => new SqliteStoreUnderTest(TimeZoneInfo.Utc);
}
