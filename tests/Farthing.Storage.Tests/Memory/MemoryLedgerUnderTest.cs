using Farthing.Storage.Tests.Contract.Ledger;
using Farthing.Testing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Tests.Memory;

/// <summary>The reference itself. It has no database that could be opened by a back door.</summary>
internal sealed class MemoryLedgerUnderTest : LedgerUnderTest
{
    private readonly MemoryLedger ledger;

    public MemoryLedgerUnderTest() => ledger = new(Time);

    public override ILedgerStore Store => ledger;

    public override ILedgerQueries Queries => ledger;

    public override IRunQueries Runs => ledger;

    public override ILedgerUpkeep Upkeep => ledger;

    public override IKeptAnswers Answers => ledger;

    public override IAuditTrail Audit => throw new NotSupportedException();

    public override bool HasDatabase => false;

    public override Task ExecuteAsync(string sql) => throw new NotSupportedException();

    public override Task<string> DumpAsync(string table, string condition) => throw new NotSupportedException();

    public override Task<string> PlanAsync(string sql) => throw new NotSupportedException();

    public override ILedgerStore Another() => ledger;

    protected override ValueTask CloseAsync() => ValueTask.CompletedTask;
}
