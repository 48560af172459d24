using Farthing.Storage.Tests.Contract.Ledger;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteLedgerLaws : LedgerLaws
{
    protected override int Cases => 40;

    protected override LedgerUnderTest Create() => new SqliteLedgerUnderTest();
}

public sealed class SqliteLedgerCreditLaws : LedgerCreditLaws
{
    protected override int Cases => 40;

    protected override LedgerUnderTest Create() => new SqliteLedgerUnderTest();
}
