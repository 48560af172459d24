using Farthing.Domain.Money;

namespace Farthing.Domain.Ledger;

/// <summary>Where a hold stands. Stored by number, never reordered.</summary>
public enum HoldState
{
    /// <summary>Reserved; nothing was sent yet. It expires by itself.</summary>
    Open,

    /// <summary>The call was sent: its cost will come, so it never simply expires.</summary>
    Forwarded,

    /// <summary>It was sent, its time is over and its cost is still unknown: it stays reserved until somebody finds out.</summary>
    Unsettled,

    /// <summary>Used; what was not needed went back.</summary>
    Captured,

    /// <summary>Given back unused.</summary>
    Released,

    /// <summary>Given back because its time was over before anything was sent.</summary>
    Expired,
}

/// <summary>What a hold reserves of one grant; fixed when it is made, in burn order.</summary>
/// <param name="Grant">The grant's id.</param>
/// <param name="Amount">How much; positive.</param>
public readonly record struct HoldLine(string Grant, Credits Amount);

/// <summary>Credit reserved before a call. It ends once: captured, released or expired.</summary>
public sealed record Hold
{
    /// <summary>Whose it is.</summary>
    public required string Org { get; init; }

    /// <summary>Its id, chosen by the caller, unique in the organisation for ever.</summary>
    public required string Id { get; init; }

    /// <summary>The wallet.</summary>
    public required string Wallet { get; init; }

    /// <summary>Where it stands.</summary>
    public HoldState State { get; init; }

    /// <summary>How much is reserved.</summary>
    public required Credits Amount { get; init; }

    /// <summary>How much of it was used.</summary>
    public Credits Captured { get; init; }

    /// <summary>What it was made for.</summary>
    public CreditUse Use { get; init; } = CreditUse.Any;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is over unless it was sent.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the call was sent; null before.</summary>
    public DateTimeOffset? ForwardedAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What is reserved of which grant; adds up to <see cref="Amount"/>.</summary>
    public required IReadOnlyList<HoldLine> Lines { get; init; }

    /// <summary>Its key.</summary>
    public LedgerKey Key => new(Org, Id);

    /// <summary>Whether it has ended.</summary>
    public bool IsClosed => State >= HoldState.Captured;

    /// <summary>Whether its time ran out before anything was sent, swept or not.</summary>
    public bool HasExpired(DateTimeOffset now) => State == HoldState.Expired || (State == HoldState.Open && ExpiresAt <= now);

    /// <summary>Whether another request for a hold of this id asks for the same.</summary>
    public bool IsSameRequest(string wallet, Credits amount, in CreditUse use) => Wallet == wallet && Amount == amount && Use == use;
}
