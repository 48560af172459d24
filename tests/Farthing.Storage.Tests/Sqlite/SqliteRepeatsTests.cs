using Farthing.Storage.Sqlite.Engine;
using Farthing.Storage.Tests.Contract;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteRepeatsTests : RepeatsContract
{
    protected override StoreUnderTest Create() => new SqliteStoreUnderTest(TimeZoneInfo.Utc);

    protected override Task<long> CountRowsAsync(StoreUnderTest store)
    {
        using var connection = Connection.Open(((SqliteStoreUnderTest)store).Path, readOnly: true, 1_000);
        return Task.FromResult(connection.Scalar("SELECT count(*) FROM repeats"u8) ?? -1);
    }
}
