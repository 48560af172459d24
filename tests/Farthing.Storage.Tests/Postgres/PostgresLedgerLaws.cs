using Farthing.Storage.Tests.Contract.Ledger;

namespace Farthing.Storage.Tests.Postgres;

public sealed class PostgresLedgerLaws : LedgerLaws
{
    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}
