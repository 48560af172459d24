using Farthing.Storage.Tests.Contract;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteSpendLaws : SpendLaws
{
    protected override StoreUnderTest Create(TimeZoneInfo reportingZone) => new SqliteStoreUnderTest(reportingZone);
}
