using Farthing.Storage.Tests.Contract;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteAgentSessionsTests : AgentSessionsContract
{
    protected override StoreUnderTest Create() => new SqliteStoreUnderTest(TimeZoneInfo.Utc);
}

public sealed class SqliteAgentSessionLaws : AgentSessionLaws
{
    protected override StoreUnderTest Create() => new SqliteStoreUnderTest(TimeZoneInfo.Utc);
}
