using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;

namespace Farthing.Testing.Ledger;

/// <summary>A wallet as a child would draw it.</summary>
internal sealed class NaiveWallet(string org, string id)
{
    public string Org => org;

    public string Id => id;

    /// <summary>The most it may owe.</summary>
    public decimal Limit { get; set; }

    public (OverdraftPolicy Policy, decimal? Limit) Overdraft { get; set; }

    public bool IsFrozen { get; set; }

    public bool TookFreeRun { get; set; }

    public decimal Owed { get; set; }

    public decimal Uncollected { get; set; }

    public List<NaiveGrant> Grants { get; } = [];

    public List<NaiveHold> Holds { get; } = [];

    public decimal HeldOf(NaiveGrant grant) => Holds.Where(hold => hold.IsOpen).SelectMany(hold => hold.Lines).Where(line => line.Grant == grant).Sum(line => line.Amount);

    public decimal FreeOf(NaiveGrant grant) => grant.Left - HeldOf(grant);

    /// <summary>Grants that serve a use, the first to burn first.</summary>
    public IEnumerable<NaiveGrant> Serving(string model, DateTimeOffset now) => InOrder(Grants
        .Where(grant => !grant.IsOver(now) && grant.EffectiveAt <= now && (grant.Model.Length == 0 || grant.Model == model) && FreeOf(grant) > 0));

    /// <summary>Grants in the order in which they burn.</summary>
    public static IEnumerable<NaiveGrant> InOrder(IEnumerable<NaiveGrant> grants) => grants
        .OrderBy(grant => grant.Priority)
        .ThenBy(grant => grant.ExpiresAt)
        .ThenBy(grant => grant.Category == GrantCategory.Paid)
        .ThenBy(grant => grant.EffectiveAt)
        .ThenBy(grant => grant.Id, StringComparer.Ordinal);

    public decimal Available(string model, DateTimeOffset now) => Serving(model, now).Sum(FreeOf) - Owed;

    public decimal Balance => Grants.Sum(grant => grant.Left) - Owed;
}

internal sealed record NaiveGrant(string Id, GrantCategory Category, decimal Amount, int Priority, string Model, DateTimeOffset EffectiveAt, DateTimeOffset ExpiresAt)
{
    public decimal Left { get; set; }

    public DateTimeOffset? VoidedAt { get; set; }

    public bool IsOver(DateTimeOffset now) => VoidedAt is not null || ExpiresAt <= now;
}

internal sealed class NaiveHold(string id, decimal amount, string model, DateTimeOffset expiresAt, List<(NaiveGrant Grant, decimal Amount)> lines)
{
    public string Id => id;

    public decimal Amount => amount;

    public string Model => model;

    public DateTimeOffset ExpiresAt => expiresAt;

    public List<(NaiveGrant Grant, decimal Amount)> Lines => lines;

    public HoldState State { get; set; }

    public decimal Captured { get; set; }

    public bool IsOpen => State is HoldState.Open or HoldState.Forwarded or HoldState.Unsettled;

    /// <summary>Why it can be used no more; null when it can.</summary>
    public string? EndedAs(DateTimeOffset now) => State switch
    {
        HoldState.Captured => "hold_captured",
        HoldState.Released => "hold_released",
        HoldState.Expired => "hold_expired",
        HoldState.Open when expiresAt <= now => "hold_expired",
        _ => null,
    };
}

internal sealed class NaiveRun(string id, string plan, string wallet)
{
    public string Id => id;

    public string Plan => plan;

    public string Wallet => wallet;

    public int Attempt { get; init; }

    public decimal Baseline { get; init; }

    public bool IsFree { get; set; }

    public bool TookFree { get; init; }

    public RunState State { get; set; }

    public decimal Reported { get; set; }

    public decimal Charged { get; set; }

    public decimal Uncollected { get; set; }

    public int ProgressCharges { get; set; }

    /// <summary>What was reported for the model <c>m</c>, and what of that belongs to earlier attempts.</summary>
    public decimal ModelReported { get; set; }

    public decimal ModelBaseline { get; init; }

    /// <summary>What was settled for the model and for nothing in particular.</summary>
    public (decimal Any, decimal Model) Settled { get; set; }

    /// <summary>What was posted for it, in order.</summary>
    public List<NaiveCharge> Charges { get; } = [];

    public required string Asked { get; init; }

    /// <summary>What this attempt alone cost, in dollars.</summary>
    public decimal Own => Math.Max(0, Reported - Baseline);

    public bool Pays => wallet.Length > 0 && !IsFree;
}

/// <summary>What paid a charge, in order; a null grant is debt, or what nobody collected.</summary>
internal sealed record NaiveCharge(string Key, NaiveWallet Wallet, List<(NaiveGrant? Grant, bool IsDebt, decimal Amount)> Payments)
{
    public decimal Undone { get; set; }

    public decimal Total => Payments.Sum(payment => payment.Amount);

    public decimal Uncollected => Payments.Where(payment => payment.Grant is null && !payment.IsDebt).Sum(payment => payment.Amount);
}
