using Farthing.Storage.Tests.Contract.Ledger;

namespace Farthing.Storage.Tests.Postgres;

public sealed class PostgresLedgerLaws : LedgerLaws
{
    protected override int Cases => 20;

    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}

public sealed class PostgresLedgerCreditLaws : LedgerCreditLaws
{
    protected override int Cases => 20;

    protected override LedgerUnderTest Create() => PostgresLedgerUnderTest.Create();
}
