using Farthing.Storage.Tests.Contract.Ledger;

namespace Farthing.Storage.Tests.Postgres;

public sealed class PostgresLedgerRequestsTests : LedgerRequestsContract
{
    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}
