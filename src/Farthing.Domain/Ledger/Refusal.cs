using Farthing.Domain.Money;

namespace Farthing.Domain.Ledger;

/// <summary>Why the ledger refuses.</summary>
public enum RefusalReason
{
    /// <summary>There is less than is needed.</summary>
    InsufficientCredits,

    /// <summary>The amount must be positive, or is less than is owed.</summary>
    AmountOutOfRange,

    /// <summary>The amount is larger than <see cref="LedgerLimits.AmountMax"/>.</summary>
    AmountTooLarge,

    /// <summary>The wallet is frozen.</summary>
    WalletFrozen,

    /// <summary>The wallet is closed.</summary>
    WalletClosed,

    /// <summary>The grant has expired, or would be born expired.</summary>
    GrantExpired,

    /// <summary>The grant was taken back.</summary>
    GrantVoided,

    /// <summary>Nothing is left of the grant, or less than was asked for.</summary>
    GrantSpent,

    /// <summary>The grant was not paid for, so there is nothing to pay back.</summary>
    GrantNotPaid,

    /// <summary>More was asked for than is held.</summary>
    ExceedsHold,

    /// <summary>The hold was used already, with another amount.</summary>
    HoldCaptured,

    /// <summary>The hold was given back.</summary>
    HoldReleased,

    /// <summary>The time of the hold ran out.</summary>
    HoldExpired,

    /// <summary>The id is taken by something else.</summary>
    IdTaken,

    /// <summary>The transaction cannot be undone, or not by that much any more.</summary>
    NotReversible,
}

/// <summary>A refusal with the figures that explain it.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Available">What there is; null when it does not matter.</param>
/// <param name="Needed">What was asked for; null when it does not matter.</param>
public sealed record Refusal(RefusalReason Reason, Credits? Available = null, Credits? Needed = null);
