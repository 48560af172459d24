using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;

namespace Farthing.Workflows.Billing;

/// <summary>Something that happens to a run.</summary>
public abstract class RunStep : LedgerRequest<Run>
{
    /// <summary>The seller's prices.</summary>
    public required RunPrices Prices { get; init; }

    /// <summary>What is in the wallet that pays, after this step; null when it was refused or nobody pays.</summary>
    public WalletBalance? Payer { get; private set; }

    /// <summary>Whether this step posted a charge.</summary>
    public bool Applied { get; protected set; }

    /// <summary>What this step gave back of earlier charges.</summary>
    public Credits GivenBack { get; protected set; }

    /// <inheritdoc/>
    protected sealed override Result<Run> Perform(LedgerUnit unit)
    {
        Applied = false;
        GivenBack = Credits.Zero;
        Payer = null;
        var result = Take(unit);
        if (result.Succeeded && unit.FindBook(new(Org, result.Value.Wallet)) is { } book)
        {
            Payer = Balances.Of(book, unit.Clock);
        }

        return result;
    }

    /// <summary>Does it.</summary>
    protected abstract Result<Run> Take(LedgerUnit unit);
}

/// <summary>
/// Starts a run: the gate. A wallet must hold the minimum or have its free run left; a user without a wallet starts freely
/// and is never charged. The same run again is answered as it is.
/// </summary>
public sealed class StartRun : RunStep
{
    /// <summary>The run's id, chosen by the caller.</summary>
    public required string Id { get; init; }

    /// <summary>The plan that it attempts; often the same text.</summary>
    public required string Plan { get; init; }

    /// <summary>The wallet that pays; empty when the user is mapped to none.</summary>
    public required string Wallet { get; init; }

    /// <summary>Whether the wallet was found by the user, instead of named by the caller.</summary>
    public bool IsWalletLookedUp { get; init; }

    /// <summary>Who it is for, as the caller names them.</summary>
    public string User { get; init; } = string.Empty;

    /// <summary>How thorough it is, in the caller's word.</summary>
    public string SpeedVsDetail { get; init; } = string.Empty;

    /// <summary>Whether its costs go on from those of the attempts before it.</summary>
    public AttemptMode Mode { get; init; }

    /// <summary>Whether the wallet's one free run is asked for.</summary>
    public bool TakeFreeRun { get; init; }

    /// <summary>Whether it is free by the caller's own decision.</summary>
    public bool SkipCharge { get; init; }

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys)
    {
        keys.Runs.Add(new(Org, Id));
        keys.Plans.Add(new(Org, Plan));
        if (Wallet.Length > 0)
        {
            keys.Wallets.Add(new(Org, Wallet));
        }
    }

    /// <inheritdoc/>
    protected override Result<Run> Take(LedgerUnit unit)
    {
        if (unit.FindRun(new(Org, Id)) is { } known)
        {
            return known.Asked == Asked ? Again(known) : new Refusal(RefusalReason.IdTaken).ToProblem();
        }

        var attempts = unit.RunsOf(new(Org, Plan));
        if (attempts.FirstOrDefault(attempt => !attempt.IsOver) is { } open)
        {
            return new Problem(
                ProblemKind.Conflict, "attempt_running", $"The plan is being attempted by the run {open.Id}; complete that run first, as failed when it broke off.", "plan");
        }

        var book = Wallet.Length > 0 ? unit.FindBook(new(Org, Wallet)) : null;
        if (Wallet.Length > 0 && book is null)
        {
            return Problem.NotFound("wallet");
        }

        return Gate(book, unit.Clock) is { } problem ? problem : Start(unit, book, attempts);
    }

    private bool IsFree => TakeFreeRun || SkipCharge;

    /// <summary>What the caller said, whatever became of it: a user may have another wallet by now.</summary>
    private string Asked => string.Join('\n', Plan, User, IsWalletLookedUp ? string.Empty : Wallet, Mode, TakeFreeRun, SkipCharge, SpeedVsDetail);

    private Problem? Gate(WalletBook? book, DateTimeOffset now)
    {
        if (book is null)
        {
            return null;
        }

        if (book.Wallet.State != WalletState.Active)
        {
            return new Refusal(book.Wallet.State == WalletState.Frozen ? RefusalReason.WalletFrozen : RefusalReason.WalletClosed).ToProblem();
        }

        if (TakeFreeRun && book.Wallet.FreeRunUsed)
        {
            return new(ProblemKind.InsufficientCredit, "free_run_used", "The free run of this wallet was taken already; start an ordinary run.", "free_plan");
        }

        var available = book.Available(CreditUse.Any, now);
        return IsFree || available >= Prices.CreditsToStart
            ? null
            : new(
                ProblemKind.InsufficientCredit, Refusals.InsufficientCredits,
                $"A run needs {Prices.CreditsToStart} credits to start and {available} are available; add credit and try again.");
    }

    private Run Start(LedgerUnit unit, WalletBook? book, IReadOnlyList<Run> attempts)
    {
        if (TakeFreeRun && book is not null)
        {
            _ = book.Change(book.Wallet with { FreeRunUsed = true });
        }

        return unit.Keep(new Run
        {
            Org = Org,
            Id = Id,
            Plan = Plan,
            Attempt = attempts.Count + 1,
            Mode = Mode,
            User = User,
            Wallet = Wallet,
            SpeedVsDetail = SpeedVsDetail,
            IsFree = IsFree,
            TookFreeRun = TakeFreeRun && book is not null,
            Baseline = RunCharging.BaselineOf(Mode, attempts),
            Asked = Asked,
            StartedAt = unit.Clock,
        });
    }
}

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
        if (charge.Total > Credits.Zero && book.Capture(hold, new(charge.Inference, Credits.Zero, charge.SuccessFee), allowOverrun: false, cause, out var captured) is null)
        {
            Applied = true;
            _ = unit.Keep(captured);
            return RunCharging.Settle(run, charge.Total, Credits.Zero);
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
        var cause = unit.CauseOf(Org, key, kind, source, run.Plan) with { Actor = Actor, Reason = reason, Run = run.Id, ServiceAt = run.StartedAt };
        Applied = true;
        var posted = book.Charge(new(charge.Inference, Credits.Zero, charge.SuccessFee), CreditUse.Any, cause);
        return RunCharging.Settle(run, charge.Total, posted.Uncollected) with { ProgressCharges = isProgress ? ordinal : run.ProgressCharges };
    }
}

/// <summary>Takes over what a run has cost until now, and charges what is new of it.</summary>
public sealed class ReportRun : RunRequest
{
    /// <inheritdoc/>
    protected override Result<Run> Take(LedgerUnit unit)
    {
        if (unit.FindRun(new(Org, Run)) is not { } known)
        {
            return Problem.NotFound("run");
        }

        if (known.IsOver)
        {
            return new Problem(ProblemKind.Conflict, "run_over", "The run is over; its charge stands. Start a new attempt to charge more.");
        }

        if (!HasHolds(unit, known))
        {
            return Problem.NotFound("hold");
        }

        var run = RunCharging.Report(known, Total);
        return unit.Keep(Settle(unit, run, part => RunCharging.Progress(part, Prices), RunCharging.ProgressSource, RunCharging.ProgressReason));
    }
}

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

        var run = RunCharging.Report(SkipCharge ? GiveBack(unit, known) : known, Total) with
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
                GivenBack += original.Total(EntrySide.Debit) - charge.Undone - unpaid;
            }
        }

        return run with { Charged = Credits.Zero, Uncollected = Credits.Zero };
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
