using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Workflows.Crediting;

/// <summary>Limits of holds.</summary>
public static class HoldRules
{
    /// <summary>The longest time that credit may stay reserved for a call that was not sent.</summary>
    public static readonly TimeSpan LifetimeMax = TimeSpan.FromHours(24);

    /// <summary>The time when nobody names one.</summary>
    public static readonly TimeSpan LifetimeDefault = TimeSpan.FromMinutes(11);
}

/// <summary>Reserves credit before work is done. The same hold again is answered as it is.</summary>
public sealed class ReserveCredit : LedgerRequest<Hold>
{
    /// <summary>The hold's id, chosen by the caller.</summary>
    public required string Id { get; init; }

    /// <summary>The wallet.</summary>
    public required string Wallet { get; init; }

    /// <summary>How much.</summary>
    public required Credits Amount { get; init; }

    /// <summary>What for.</summary>
    public CreditUse Use { get; init; } = CreditUse.Any;

    /// <summary>How long, by the database's clock; positive, at most <see cref="HoldRules.LifetimeMax"/>.</summary>
    public TimeSpan Lifetime { get; init; } = HoldRules.LifetimeDefault;

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys)
    {
        keys.Wallets.Add(new(Org, Wallet));
        keys.Holds.Add(new(Org, Id));
        keys.NewHolds.Add(new(Org, Id));
    }

    /// <inheritdoc/>
    protected override Result<Hold> Perform(LedgerUnit unit)
    {
        if (unit.FindHold(new(Org, Id)) is { } known)
        {
            return known.IsSameRequest(Wallet, Amount, Use) ? Again(known) : new Refusal(RefusalReason.IdTaken).ToProblem();
        }

        if (unit.FindBook(new(Org, Wallet)) is not { } book)
        {
            return Problem.NotFound("wallet");
        }

        var now = unit.Clock;
        return book.Reserve(Id, Amount, Use, now, now + Lifetime, out var hold) is { } refusal ? refusal.ToProblem() : unit.Keep(hold!);
    }
}

/// <summary>What is done to a hold that is there.</summary>
public abstract class HoldRequest : LedgerRequest<Hold>
{
    /// <summary>The source of what is posted for a hold, whose id is that of the cause.</summary>
    public const string SourceName = "hold";

    /// <summary>The hold's id.</summary>
    public required string Hold { get; init; }

    /// <summary>The wallet where the caller knows it, so that the request meets others of the same wallet; empty otherwise.</summary>
    public string Wallet { get; init; } = string.Empty;

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys)
    {
        if (Wallet.Length > 0)
        {
            keys.Wallets.Add(new(Org, Wallet));
        }
        else
        {
            keys.StrayHolds.Add(new(Org, Hold));
        }

        keys.Holds.Add(new(Org, Hold));
        keys.Chains.Add(Org);
    }

    /// <inheritdoc/>
    protected sealed override Result<Hold> Perform(LedgerUnit unit)
    {
        if (unit.FindHold(new(Org, Hold)) is not { } hold || unit.FindBook(new(Org, hold.Wallet)) is not { } book)
        {
            return Problem.NotFound("hold");
        }

        var result = Perform(book, hold, unit);
        return result.Succeeded ? unit.Keep(result.Value) : result;
    }

    /// <summary>Does it.</summary>
    protected abstract Result<Hold> Perform(WalletBook book, Hold hold, LedgerUnit unit);

    /// <summary>Why something is posted for a hold.</summary>
    protected Cause CauseOf(string kind, LedgerUnit unit) =>
        unit.CauseOf(Org, $"hold/{Hold}", kind, SourceName, Hold) with { Actor = Actor };
}

/// <summary>Notes that the call of a hold is being sent; to be done before its first byte.</summary>
public sealed class ForwardHold : HoldRequest
{
    /// <inheritdoc/>
    protected override Result<Hold> Perform(WalletBook book, Hold hold, LedgerUnit unit) =>
        book.Forward(hold, unit.Clock, out var forwarded) is { } refusal ? refusal.ToProblem() : forwarded;
}

/// <summary>Uses a hold, wholly or in part; the rest goes back. The same capture again is answered as it was.</summary>
public sealed class CaptureHold : HoldRequest
{
    /// <summary>What is paid.</summary>
    public required ChargeParts Parts { get; init; }

    /// <summary>Whether more than is held may be taken, as usage that already happened.</summary>
    public bool AllowOverrun { get; init; }

    /// <summary>
    /// Whether the customer pays the provider: with a key of their own or by a subscription. Otherwise what the call cost is
    /// owed to the provider that the hold is for, where it names one.
    /// </summary>
    public bool IsPaidByCustomer { get; init; }

    /// <summary>Why, in a word.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>The usage event that it pays for; empty when none.</summary>
    public string Event { get; init; } = string.Empty;

    /// <summary>The run that it belongs to; empty when none.</summary>
    public string Run { get; init; } = string.Empty;

    /// <summary>Why a hold is used: for the service that it was made for.</summary>
    public static Cause CauseOf(Hold hold, LedgerUnit unit, string actor)
    {
        var serviceAt = hold.ForwardedAt ?? hold.CreatedAt;
        var kind = unit.KindOfCharge(TransactionKind.Capture, hold.Org, serviceAt);
        return unit.CauseOf(hold.Org, $"hold/{hold.Id}", kind, SourceName, hold.Id) with
        {
            Actor = actor,
            ServiceAt = serviceAt,
            Period = unit.PeriodOfCharge(hold.Org, serviceAt),
        };
    }

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys)
    {
        base.Name(keys);
        if (Run.Length > 0)
        {
            keys.Runs.Add(new(Org, Run));
        }
    }

    /// <inheritdoc/>
    protected override Result<Hold> Perform(WalletBook book, Hold hold, LedgerUnit unit)
    {
        if (hold.State == HoldState.Captured && hold.Captured == Parts.Total)
        {
            return Again(hold);
        }

        var run = Run.Length > 0 ? unit.FindRun(new(Org, Run)) : null;
        if (Run.Length > 0 && CheckRun(run, hold) is { } problem)
        {
            return problem;
        }

        var cause = CauseOf(hold, unit, Actor) with { Reason = Reason, Event = Event, Run = Run };
        var uncollected = book.Uncollected;
        if (book.Capture(hold, IsPaidByCustomer ? Parts : Parts.OwedTo(hold.Use.Provider), AllowOverrun, cause, out var captured) is { } refusal)
        {
            return refusal.ToProblem();
        }

        if (run is not null)
        {
            _ = unit.Keep(RunCharging.Settle(run, Parts.Total, book.Uncollected - uncollected, [new(hold.Use, Parts.Total, !IsPaidByCustomer && hold.Use.Provider.Length > 0)]));
        }

        return captured;
    }

    private static Problem? CheckRun(Run? run, Hold hold) => run switch
    {
        null => Problem.NotFound("run"),
        { IsOver: true } => new(ProblemKind.Conflict, "run_over", "The run is over; its charge stands. Capture without a run, or for the one that goes on.", "run"),
        _ when run.Wallet != hold.Wallet => new(ProblemKind.Conflict, "other_wallet", "The run is paid by another wallet than the hold's; hold credit of that one.", "run"),
        _ => null,
    };
}

/// <summary>Gives a hold back. Once given back, it stays so, however often it is asked for.</summary>
public sealed class ReleaseHold : HoldRequest
{
    /// <inheritdoc/>
    protected override Result<Hold> Perform(WalletBook book, Hold hold, LedgerUnit unit)
    {
        WasDone = hold.State is HoldState.Released or HoldState.Expired;
        return book.Release(hold, CauseOf(TransactionKind.Expiry, unit), out var released) is { } refusal ? refusal.ToProblem() : released;
    }
}

/// <summary>Lets time do its work on a hold: back when it was never sent, unsettled when it was.</summary>
public sealed class ExpireHold : HoldRequest
{
    /// <inheritdoc/>
    protected override Result<Hold> Perform(WalletBook book, Hold hold, LedgerUnit unit) =>
        book.Expire(hold, CauseOf(TransactionKind.Expiry, unit));
}
