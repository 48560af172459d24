using Farthing.Storage.Tests.Contract.Ledger;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteLedgerLaws : LedgerLaws
{
    protected override LedgerUnderTest Create() => new SqliteLedgerUnderTest();
}
