using Farthing.Storage.Tests.Contract.Ledger;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteLedgerRequestsTests : LedgerRequestsContract
{
    protected override LedgerUnderTest Create() => new SqliteLedgerUnderTest();
}

public sealed class SqliteLedgerConstraintsTests : LedgerConstraintsContract
{
    protected override LedgerUnderTest Create() => new SqliteLedgerUnderTest();
}

public sealed class SqliteLedgerRacesTests : LedgerRacesContract
{
    protected override LedgerUnderTest Create() => new SqliteLedgerUnderTest();
}

public sealed class SqliteLedgerQueriesTests : LedgerQueriesContract
{
    protected override LedgerUnderTest Create() => new SqliteLedgerUnderTest();
}

public sealed class SqliteLedgerAuditTests : LedgerAuditContract
{
    protected override LedgerUnderTest Create() => new SqliteLedgerUnderTest();
}

public sealed class SqliteLedgerPeriodsTests : LedgerPeriodsContract
{
    protected override string LetTrialBalancesChange => "DROP TRIGGER trial_balances_are_not_changed";

    protected override LedgerUnderTest Create() => new SqliteLedgerUnderTest();
}

public sealed class SqliteLedgerAmountsTests : LedgerAmountsContract
{
    protected override LedgerUnderTest Create() => new SqliteLedgerUnderTest();
}

public sealed class SqliteLedgerDueTests : LedgerDueContract
{
    protected override LedgerUnderTest Create() => new SqliteLedgerUnderTest();
}

public sealed class SqliteLedgerPlansTests : LedgerPlansContract
{
    protected override LedgerUnderTest Create() => new SqliteLedgerUnderTest();
}
