using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;

namespace Farthing.Workflows.Billing;

/// <summary>Ends a run and charges it, once. The same again is answered with what was charged then.</summary>
public sealed class CompleteRun : RunRequest
{
    /// <summary>How it ended; not <see cref="RunState.Started"/>.</summary>
    public required RunState Outcome { get; init; }

    /// <summary>Overrides how thorough it was; null leaves what was said at the start.</summary>
    public string? SpeedVsDetail { get; init; }

    /// <summary>Whether it is free by the caller's own decision, told at the end: what was charged on the way comes back.</summary>
    public bool SkipCharge { get; init; }

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys)
    {
        base.Name(keys);
        if (SkipCharge)
        {
            keys.Charges.Add(new(Org, Run));
        }
    }

    /// <inheritdoc/>
    protected override Result<Run> Take(LedgerUnit unit)
    {
        if (unit.FindRun(new(Org, Run)) is not { } known)
        {
            return Problem.NotFound("run");
        }

        if (known.IsOver)
        {
            return Again(known);
        }

        if (!HasHolds(unit, known))
        {
            return Problem.NotFound("hold");
        }

        var run = RunCharging.Report(SkipCharge ? GiveBack(unit, known) : known, Total, Parts) with
        {
            SpeedVsDetail = SpeedVsDetail ?? known.SpeedVsDetail,
            IsFree = known.IsFree || SkipCharge,
        };
        run = Settle(unit, run, part => RunCharging.Final(part, Outcome, Prices), RunCharging.FinalSource, RunCharging.ReasonOf(Outcome));
        GiveFreeRunBack(unit, run);
        return unit.Keep(run with { State = Outcome, SuccessFee = RunCharging.FeeOf(run, Outcome, Prices), CompletedAt = unit.Clock });
    }

    /// <summary>Undoes what was charged while it ran, the last first, as far as nobody has undone it.</summary>
    private Run GiveBack(LedgerUnit unit, Run run)
    {
        foreach (var charge in unit.ChargesOf(run.Key).Reverse())
        {
            var original = charge.Transaction;
            if (unit.FindBook(new(Org, original.Wallet)) is not { } book)
            {
                continue;
            }

            var key = $"{RunCharging.FinalSource}_skipped/{run.Plan}/{run.Attempt}/{original.Id}";
            var cause = unit.CauseOf(Org, key, TransactionKind.Reversal, RunCharging.FinalSource, run.Plan) with
            {
                Actor = Actor,
                Reason = RunCharging.SkippedReason,
                Run = run.Id,
                Event = original.Event,
            };
            if (book.Reverse(original, charge.Undone, null, cause) is null)
            {
                // What nobody paid stands last in a charge, so it was undone first.
                var unpaid = original.Uncollected > charge.Undone ? original.Uncollected - charge.Undone : Credits.Zero;
                GivenBack += original.Amount - charge.Undone - unpaid;
            }
        }

        return run with { Charged = Credits.Zero, Uncollected = Credits.Zero, Uses = run.Uses.Unsettled() };
    }

    /// <summary>The free run is for a plan that succeeds.</summary>
    private void GiveFreeRunBack(LedgerUnit unit, Run run)
    {
        if (run.TookFreeRun && Outcome != RunState.Succeeded && unit.FindBook(new(Org, run.Wallet)) is { } book)
        {
            _ = book.Change(book.Wallet with { FreeRunUsed = false });
        }
    }
}
