using Farthing.Storage.Tests.Contract.Ledger;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteLedgerRequestsTests : LedgerRequestsContract
{
    protected override LedgerUnderTest Create() => new SqliteLedgerUnderTest();
}
