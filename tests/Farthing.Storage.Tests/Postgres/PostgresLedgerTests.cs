using Farthing.Storage.Tests.Contract.Ledger;

namespace Farthing.Storage.Tests.Postgres;

public sealed class PostgresLedgerRequestsTests : LedgerRequestsContract
{
    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}

public sealed class PostgresLedgerConstraintsTests : LedgerConstraintsContract
{
    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}

public sealed class PostgresLedgerRacesTests : LedgerRacesContract
{
    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}

public sealed class PostgresLedgerQueriesTests : LedgerQueriesContract
{
    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}

public sealed class PostgresLedgerAuditTests : LedgerAuditContract
{
    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}
