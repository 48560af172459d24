using Farthing.Storage.Tests.Contract;

namespace Farthing.Storage.Tests.Postgres;

public sealed class PostgresAgentSessionsTests : AgentSessionsContract
{
    protected override StoreUnderTest Create() => Await.Value(() => PostgresStoreUnderTest.CreateAsync(TimeZoneInfo.Utc));
}

public sealed class PostgresAgentSessionLaws : AgentSessionLaws
{
    protected override StoreUnderTest Create() => Await.Value(() => PostgresStoreUnderTest.CreateAsync(TimeZoneInfo.Utc));
}
