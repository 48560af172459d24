using Farthing.Storage.Tests.Contract;

namespace Farthing.Storage.Tests.Postgres;

public sealed class PostgresRunCallsTests : RunCallsContract
{
    protected override StoreUnderTest Create() => Await.Value(() => PostgresStoreUnderTest.CreateAsync(TimeZoneInfo.Utc));
}
