using Farthing.Domain.Ledger;
using Farthing.Testing;
using Farthing.Workflows.Crediting;

namespace Farthing.Simulation.Tests;

/// <summary>Forgets that holds were captured, and that natural keys are unique: it captures twice.</summary>
internal sealed class ForgetfulLedger(TimeProvider time) : MemoryLedger(time)
{
    protected override Hold? Stored(LedgerKey hold) => base.Stored(hold) is { State: HoldState.Captured } captured ? captured with { State = HoldState.Forwarded } : base.Stored(hold);

    protected override bool IsTaken(Transaction transaction) => false;
}

/// <summary>Says that everything is durable and loses every tenth unit of work.</summary>
internal sealed class LosingLedger(TimeProvider time) : MemoryLedger(time)
{
    private int writes;

    protected override void Write(LedgerUnit unit)
    {
        if (++writes % 10 != 0)
        {
            base.Write(unit);
        }
    }
}

/// <summary>Forgets the counters of every tenth unit of work: what it writes is not a unit.</summary>
internal sealed class TornLedger(TimeProvider time) : MemoryLedger(time)
{
    private int writes;

    protected override void WriteAccounts(LedgerChanges changes)
    {
        if (++writes % 10 != 0)
        {
            base.WriteAccounts(changes);
        }
    }
}

/// <summary>Forgets the mark that a grant is due later than now: nobody looks at it when its time comes.</summary>
internal sealed class UnmarkedLedger(TimeProvider time) : MemoryLedger(time)
{
    protected override Grant Kept(Grant grant) => grant.DueAt is not null && grant.DueAt == grant.ExpiresAt && grant.EffectiveAt > grant.CreatedAt ? grant with { DueAt = null } : grant;
}
