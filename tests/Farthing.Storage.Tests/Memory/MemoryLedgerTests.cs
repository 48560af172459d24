using Farthing.Storage.Tests.Contract.Ledger;

namespace Farthing.Storage.Tests.Memory;

public sealed class MemoryLedgerLaws : LedgerLaws
{
    protected override int Cases => 60;

    protected override LedgerUnderTest Create() => new MemoryLedgerUnderTest();
}

public sealed class MemoryLedgerCreditLaws : LedgerCreditLaws
{
    protected override int Cases => 60;

    protected override LedgerUnderTest Create() => new MemoryLedgerUnderTest();
}

public sealed class MemoryLedgerRequestsTests : LedgerRequestsContract
{
    protected override LedgerUnderTest Create() => new MemoryLedgerUnderTest();
}

public sealed class MemoryLedgerAmountsTests : LedgerAmountsContract
{
    protected override LedgerUnderTest Create() => new MemoryLedgerUnderTest();
}

public sealed class MemoryLedgerDueTests : LedgerDueContract
{
    protected override LedgerUnderTest Create() => new MemoryLedgerUnderTest();
}
