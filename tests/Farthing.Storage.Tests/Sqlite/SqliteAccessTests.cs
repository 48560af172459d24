using Farthing.Storage.Tests.Contract;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteAccessTests : AccessContract
{
    protected override Task<OpenedAccess> OpenAsync()
    {
        var store = new SqliteStoreUnderTest(TimeZoneInfo.Utc);
        var access = store.Store.Access;
        return Task.FromResult(new OpenedAccess(new(access.Orgs, access.Teams, access.Engineers, access.Keys, access.Audit), store.DisposeAsync));
    }
}
