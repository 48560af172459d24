using Farthing.Domain.Money;

namespace Farthing.Domain.Ledger;

/// <summary>What happens when usage that already happened costs more than a wallet holds. Stored by number.</summary>
public enum OverdraftPolicy
{
    /// <summary>The wallet never owes: what it cannot pay is booked as uncollected.</summary>
    Deny,

    /// <summary>The wallet owes up to its limit; what is beyond is booked as uncollected.</summary>
    AllowToLimit,
}

/// <summary>Whether a wallet can be used. Stored by number.</summary>
public enum WalletState
{
    /// <summary>As usual.</summary>
    Active,

    /// <summary>No new holds and runs; usage that already happened is still settled.</summary>
    Frozen,

    /// <summary>Nothing new at all.</summary>
    Closed,
}

/// <summary>Who a wallet belongs to within its organisation.</summary>
/// <param name="Kind"><c>org</c>, <c>team</c> or <c>engineer</c>; free for users of a seller: <c>user</c>.</param>
/// <param name="Id">The owner's id; empty for the organisation itself.</param>
public readonly record struct WalletOwner(string Kind, string Id);

/// <summary>A customer's credits: what it is and how it may be used. What is in it stands in its grants.</summary>
public sealed record Wallet
{
    /// <summary>Whose it is.</summary>
    public required string Org { get; init; }

    /// <summary>Its id, unique in the organisation for ever.</summary>
    public required string Id { get; init; }

    /// <summary>How people call it.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Who may see and use it.</summary>
    public required WalletOwner Owner { get; init; }

    /// <summary>What settling does when there is too little; holds are always denied beyond what is there.</summary>
    public OverdraftPolicy Overdraft { get; init; } = OverdraftPolicy.AllowToLimit;

    /// <summary>What it may owe; null for no limit. Counts only under <see cref="OverdraftPolicy.AllowToLimit"/>.</summary>
    public Credits? OverdraftLimit { get; init; }

    /// <summary>Whether it can be used.</summary>
    public WalletState State { get; init; }

    /// <summary>Whether the one free run was taken; given back when that run fails.</summary>
    public bool FreeRunUsed { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its key.</summary>
    public LedgerKey Key => new(Org, Id);

    /// <summary>The account of what it owes.</summary>
    public LedgerKey Receivable => new(Org, Chart.Receivable(Id));

    /// <summary>The account of what its usage cost and nobody paid.</summary>
    public LedgerKey UncollectedAccount => new(Org, Chart.Uncollected(Id));

    /// <summary>What the account of its debts may hold; null for no limit.</summary>
    public Credits? OverdraftMax => Overdraft == OverdraftPolicy.Deny ? Credits.Zero : OverdraftLimit;
}
