using Farthing.Domain.Ledger;

namespace Farthing.Workflows.Crediting;

/// <summary>Turns the ledger's refusals into problems: each with its stable code and a sentence that says what to do.</summary>
public static class Refusals
{
    /// <summary>The code of a run, hold or deduction that lacks credit.</summary>
    public const string InsufficientCredits = "insufficient_credits";

    /// <summary>The code of an amount that is larger than any can be.</summary>
    public const string AmountTooLarge = "amount_too_large";

    /// <summary>The code of a grant that was taken back before.</summary>
    public const string GrantVoided = "grant_voided";

    /// <summary>An account would have to count further than it can; nothing was posted.</summary>
    public static readonly Problem AccountFull = new(
        ProblemKind.Conflict, "account_full",
        "With this amount an account of the ledger would count more than 9.2 billion credits, the most it can in its life, so nothing was posted. Use a smaller amount.");

    /// <summary>The problem that a refusal is.</summary>
    public static Problem ToProblem(this Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.InsufficientCredits => new(
            ProblemKind.InsufficientCredit, InsufficientCredits,
            $"{refusal.Needed} credits are needed and {refusal.Available} are available; add credit and try again.", "amount"),
        RefusalReason.AmountTooLarge => new(
            ProblemKind.Invalid, AmountTooLarge, $"{refusal.Needed} credits are more than the {refusal.Available} that one amount can be; check it, or split it.", "amount"),
        RefusalReason.AmountOutOfRange => Problem.Invalid("amount", Range(refusal)),
        RefusalReason.WalletFrozen => new(ProblemKind.Conflict, "wallet_frozen", "The wallet is frozen; ask whoever manages it to release it."),
        RefusalReason.WalletClosed => new(ProblemKind.Conflict, "wallet_closed", "The wallet is closed; use another one."),
        RefusalReason.GrantExpired => new(ProblemKind.Invalid, "grant_expired", "The grant has expired, or would end before it begins; choose a later end.", "expires_at"),
        RefusalReason.GrantVoided => new(ProblemKind.Conflict, GrantVoided, "The grant was taken back already."),
        RefusalReason.GrantSpent => new(
            ProblemKind.Conflict, "grant_spent", $"{refusal.Available} credits of the grant are free, which is less than {refusal.Needed}; ask for no more than that.", "amount"),
        RefusalReason.GrantNotPaid => new(ProblemKind.Conflict, "grant_not_paid", "Nobody paid for this grant, so nothing can be paid back; void it instead."),
        RefusalReason.ExceedsHold => new(
            ProblemKind.Invalid, "exceeds_hold",
            $"{refusal.Needed} is more than the {refusal.Available} that are held; capture no more, or say allow_overrun when the usage has already happened.", "amount"),
        RefusalReason.HoldCaptured => new(ProblemKind.Conflict, "hold_captured", $"The hold was captured already, with {refusal.Available}; a hold ends once."),
        RefusalReason.HoldReleased => new(ProblemKind.Conflict, "hold_released", "The hold was released already; make a new one."),
        RefusalReason.HoldExpired => new(ProblemKind.Conflict, "hold_expired", "The time of the hold ran out and its credit went back; make a new one."),
        RefusalReason.IdTaken => new(ProblemKind.Conflict, "id_taken", "This id was used for something else; use a new id for a new thing.", "id"),
        RefusalReason.NotReversible => new(
            ProblemKind.Conflict, "not_reversible", $"Only a charge can be reversed, and no more than is left of it: {refusal.Available}."),
        _ => throw new InvalidOperationException($"The refusal {refusal.Reason} has no problem."),
    };

    private static string Range(Refusal refusal) => refusal.Available is { } most
        ? $"The amount must be at least {refusal.Needed}, which is owed already; {most} is too little."
        : "The amount must be positive, with at most nine decimals.";
}
