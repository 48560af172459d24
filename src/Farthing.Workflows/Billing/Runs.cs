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

    /// <inheritdoc/>
    protected sealed override Result<Run> Perform(LedgerUnit unit)
    {
        Applied = false;
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
            return known.Plan == Plan && known.Wallet == Wallet && known.User == User ? Again(known) : new Refusal(RefusalReason.IdTaken).ToProblem();
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
            StartedAt = unit.Clock,
        });
    }
}

/// <summary>What is done to a run that is there.</summary>
public abstract class RunRequest : RunStep
{
    /// <summary>The run's id.</summary>
    public required string Run { get; init; }

    /// <summary>The total inference cost until now, in the run's own way of counting; smaller than before changes nothing.</summary>
    public required Usd Total { get; init; }

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys)
    {
        keys.Runs.Add(new(Org, Run));
        keys.Chains.Add(Org);
    }

    /// <summary>Posts a charge, if there is anything to post.</summary>
    protected Run Post(LedgerUnit unit, Run run, in RunCharge charge, string source, string reason)
    {
        if (!charge.IsPosted || unit.FindBook(new(Org, run.Wallet)) is not { } book)
        {
            return run;
        }

        var isProgress = source == RunCharging.ProgressSource;
        var ordinal = run.ProgressCharges + 1;
        var now = unit.Now(Org);
        var key = isProgress ? $"{source}/{run.Plan}/{run.Attempt}/{ordinal}" : $"{source}/{run.Plan}/{run.Attempt}";
        var cause = unit.CauseOf(Org, key, unit.KindOfCharge(TransactionKind.Charge, Org, now), source, run.Plan) with { Actor = Actor, Reason = reason, Run = run.Id };
        Applied = true;
        _ = book.Charge(new(charge.Inference, Credits.Zero, charge.SuccessFee), CreditUse.Any, cause);
        return run with { Charged = run.Charged + charge.Total, ProgressCharges = isProgress ? ordinal : run.ProgressCharges };
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

        var run = RunCharging.Report(known, Total);
        return unit.Keep(Post(unit, run, RunCharging.Progress(run, Prices), RunCharging.ProgressSource, RunCharging.ProgressReason));
    }
}

/// <summary>Ends a run and charges it, once. The same again is answered with what was charged then.</summary>
public sealed class CompleteRun : RunRequest
{
    /// <summary>How it ended; not <see cref="RunState.Started"/>.</summary>
    public required RunState Outcome { get; init; }

    /// <summary>Overrides how thorough it was; null leaves what was said at the start.</summary>
    public string? SpeedVsDetail { get; init; }

    /// <summary>Whether it is free by the caller's own decision, told at the end.</summary>
    public bool SkipCharge { get; init; }

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

        var run = RunCharging.Report(known, Total) with
        {
            SpeedVsDetail = SpeedVsDetail ?? known.SpeedVsDetail,
            IsFree = known.IsFree || SkipCharge,
        };
        var charge = RunCharging.Final(run, Outcome, Prices);
        run = Post(unit, run, charge, RunCharging.FinalSource, RunCharging.ReasonOf(Outcome));
        GiveFreeRunBack(unit, run);
        return unit.Keep(run with { State = Outcome, SuccessFee = charge.FeeUsd, CompletedAt = unit.Clock });
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
