using Farthing.Storage.Tests.Contract;

namespace Farthing.Storage.Tests.Postgres;

public sealed class PostgresRepeatsTests : RepeatsContract
{
    protected override StoreUnderTest Create() => Await.Value(() => PostgresStoreUnderTest.CreateAsync(TimeZoneInfo.Utc));

    protected override async Task<long> CountRowsAsync(StoreUnderTest store)
    {
        await using var command = ((PostgresStoreUnderTest)store).Database.Source.CreateCommand("SELECT count(*) FROM repeats");
        return (long)(await command.ExecuteScalarAsync(StoreUnderTest.Cancellation))!;
    }
}
