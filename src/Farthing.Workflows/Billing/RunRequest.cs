using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;

namespace Farthing.Workflows.Billing;

/// <summary>What is done to a run that is there.</summary>
public abstract class RunRequest : RunStep
{
    /// <summary>The run's id.</summary>
    public required string Run { get; init; }

    /// <summary>
    /// Holds of the wallet that pay first and then end; what is not needed of them goes back. Those that have ended give
    /// nothing.
    /// </summary>
    public IReadOnlyList<string> Holds { get; init; } = [];

    /// <summary>The total inference cost until now, in the run's own way of counting; smaller than before changes nothing.</summary>
    public required Usd Total { get; init; }

    /// <summary>What of the total was used for what, as far as it is known; the grants that serve a use pay for it.</summary>
    public IReadOnlyList<RunPart> Parts { get; init; } = [];

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys)
    {
        keys.Runs.Add(new(Org, Run));
        keys.Chains.Add(Org);
        foreach (var hold in Holds)
        {
            keys.Holds.Add(new(Org, hold));
        }
    }

    /// <summary>Whether all holds that are named are there and belong to the wallet that pays.</summary>
    protected bool HasHolds(LedgerUnit unit, Run run) => Holds.All(hold => unit.FindHold(new(Org, hold))?.Wallet == run.Wallet);

    /// <summary>Posts what is due: from the holds that are named, then by a charge.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="run">The run with everything that was reported.</param>
    /// <param name="due">What is due of a run.</param>
    /// <param name="source">The source of the charge.</param>
    /// <param name="reason">Why.</param>
    protected Run Settle(LedgerUnit unit, Run run, Func<Run, RunCharge> due, string source, string reason)
    {
        foreach (var hold in Holds)
        {
            run = Spend(unit, run, unit.FindHold(new(Org, hold))!, due(run).UpTo, reason);
        }

        return Post(unit, run, due(run), source, reason);
    }

    private Run Spend(LedgerUnit unit, Run run, Hold hold, Func<Credits, RunCharge> dueUpTo, string reason)
    {
        var book = unit.FindBook(new(Org, hold.Wallet))!;
        var cause = CaptureHold.CauseOf(hold, unit, Actor) with { Reason = reason, Run = run.Id };
        var charge = dueUpTo(hold.Amount);
        if (charge.Total > Credits.Zero && book.Capture(hold, charge.Parts, allowOverrun: false, cause, out var captured) is null)
        {
            Applied = true;
            _ = unit.Keep(captured);
            return RunCharging.Settle(run, charge.Total, Credits.Zero, charge.Shares);
        }

        // Nothing is due, or it has ended: what it still reserves goes back.
        if (book.Release(hold, cause with { Kind = TransactionKind.Expiry }, out var released) is null)
        {
            _ = unit.Keep(released);
        }

        return run;
    }

    /// <summary>Posts a charge, if there is anything to post.</summary>
    private Run Post(LedgerUnit unit, Run run, in RunCharge charge, string source, string reason)
    {
        if (!charge.IsPosted || unit.FindBook(new(Org, run.Wallet)) is not { } book)
        {
            return run;
        }

        var isProgress = source == RunCharging.ProgressSource;
        var ordinal = run.ProgressCharges + 1;
        var key = isProgress ? $"{source}/{run.Plan}/{run.Attempt}/{ordinal}" : $"{source}/{run.Plan}/{run.Attempt}";
        var kind = unit.KindOfCharge(TransactionKind.Charge, Org, run.StartedAt);
        var cause = unit.CauseOf(Org, key, kind, source, run.Plan) with
        {
            Actor = Actor,
            Reason = reason,
            Run = run.Id,
            ServiceAt = run.StartedAt,
            Period = unit.PeriodOfCharge(Org, run.StartedAt),
        };
        Applied = true;
        var posted = book.Charge(charge.Parts, charge.Shares, cause);
        return RunCharging.Settle(run, charge.Total, posted.Uncollected, charge.Shares) with { ProgressCharges = isProgress ? ordinal : run.ProgressCharges };
    }
}
