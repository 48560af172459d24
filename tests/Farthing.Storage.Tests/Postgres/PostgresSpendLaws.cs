using Farthing.Storage.Tests.Contract;

namespace Farthing.Storage.Tests.Postgres;

public sealed class PostgresSpendLaws : SpendLaws
{
    protected override StoreUnderTest Create(TimeZoneInfo reportingZone) => Await.Value(() => PostgresStoreUnderTest.CreateAsync(reportingZone));
}
