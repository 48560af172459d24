using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Workflows.Crediting;

namespace Farthing.Workflows.Billing;

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
            Uses = RunCharging.UsesOf(Mode, attempts),
            Asked = Asked,
            StartedAt = unit.Clock,
        });
    }
}
