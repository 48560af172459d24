using Farthing.Domain.Money;

namespace Farthing.Domain.Ledger;

/// <summary>Where a grant came from, which decides what it is worth to finance. Stored by number, never reordered.</summary>
public enum GrantCategory
{
    /// <summary>Bought.</summary>
    Paid,

    /// <summary>Given away.</summary>
    Promo,

    /// <summary>Given to try.</summary>
    Trial,

    /// <summary>Part of a subscription.</summary>
    PlanIncluded,

    /// <summary>Given for a fault.</summary>
    Compensation,
}

/// <summary>What credit is to be used for, as far as the asker tells; empty where it does not.</summary>
/// <param name="Provider">The provider of the call.</param>
/// <param name="Model">The model of the call.</param>
/// <param name="Project">The project it is for.</param>
public readonly record struct CreditUse(string Provider, string Model, string Project)
{
    /// <summary>Nothing is told: only grants without restrictions serve it.</summary>
    public static CreditUse Any => new(string.Empty, string.Empty, string.Empty);
}

/// <summary>What a grant may be used for. An empty list restricts nothing.</summary>
/// <param name="Providers">The providers.</param>
/// <param name="Models">The models, as callers spell them.</param>
/// <param name="Projects">The projects.</param>
public sealed record Applicability(IReadOnlyList<string> Providers, IReadOnlyList<string> Models, IReadOnlyList<string> Projects)
{
    /// <summary>Everything.</summary>
    public static Applicability Everything { get; } = new([], [], []);

    /// <summary>Whether the same is allowed, in the same words.</summary>
    public bool IsSame(Applicability other) => Providers.SequenceEqual(other.Providers, StringComparer.Ordinal)
        && Models.SequenceEqual(other.Models, StringComparer.Ordinal) && Projects.SequenceEqual(other.Projects, StringComparer.Ordinal);

    /// <summary>Whether nothing is excluded.</summary>
    public bool IsUnrestricted => Providers.Count == 0 && Models.Count == 0 && Projects.Count == 0;

    /// <summary>Whether a use is covered.</summary>
    public bool Covers(in CreditUse use) => Allows(Providers, use.Provider) && Allows(Models, use.Model) && Allows(Projects, use.Project);

    private static bool Allows(IReadOnlyList<string> allowed, string value) =>
        allowed.Count == 0 || allowed.Contains(value, StringComparer.Ordinal);
}

/// <summary>Credit as it was given: immutable. What is left of it is told by its account.</summary>
public sealed record Grant
{
    /// <summary>The priority of a grant that names none; smaller ones burn first.</summary>
    public const int PriorityDefault = 50;

    /// <summary>The largest priority.</summary>
    public const int PriorityMax = 100;

    /// <summary>Whose it is.</summary>
    public required string Org { get; init; }

    /// <summary>Its id, unique in the organisation for ever.</summary>
    public required string Id { get; init; }

    /// <summary>The wallet it belongs to.</summary>
    public required string Wallet { get; init; }

    /// <summary>Where it came from.</summary>
    public required GrantCategory Category { get; init; }

    /// <summary>How much was given; positive.</summary>
    public required Credits Amount { get; init; }

    /// <summary>What one credit of it was paid for; zero for what was given away. Revenue at burning is credits × this.</summary>
    public Usd CostBasis { get; init; }

    /// <summary>Which burns first: 0 to <see cref="PriorityMax"/>, smaller first.</summary>
    public int Priority { get; init; } = PriorityDefault;

    /// <summary>From when it can be used.</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    /// <summary>From when it cannot be used any more; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What it may be used for.</summary>
    public Applicability Applicability { get; init; } = Applicability.Everything;

    /// <summary>Who paid for it: the payment provider, or <c>manual</c>.</summary>
    public string Funding { get; init; } = "manual";

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was taken back; null while it is good.</summary>
    public DateTimeOffset? VoidedAt { get; init; }

    /// <summary>
    /// When the sweeper is to look at it next: it begins, and may pay what is owed, or it ends. Null when nothing is to
    /// come. Follows from the rest and from the clock by which it was looked at last.
    /// </summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Its account.</summary>
    public LedgerKey Account => new(Org, Chart.Grant(Id));

    /// <summary>The account that it was paid from, and that it returns to when it is taken back.</summary>
    public string FundingAccount => Category == GrantCategory.Paid ? Chart.Cash(Funding) : Chart.PromoExpense;

    /// <summary>Whether another request for a grant of this id asks for the same.</summary>
    /// <param name="asked">What is asked for.</param>
    /// <param name="isFromNow">Whether it names no time from which it is good.</param>
    public bool IsSameRequest(Grant asked, bool isFromNow) =>
        (Wallet, Category, Amount, CostBasis, Priority, Funding) == (asked.Wallet, asked.Category, asked.Amount, asked.CostBasis, asked.Priority, asked.Funding)
        && Ticks(ExpiresAt) == Ticks(asked.ExpiresAt)
        && (isFromNow || Ticks(EffectiveAt) == Ticks(asked.EffectiveAt))
        && Applicability.IsSame(asked.Applicability);

    /// <summary>Times are the same in the resolution in which they are kept.</summary>
    private static long? Ticks(DateTimeOffset? instant) => instant is { } known ? LedgerChain.MicrosecondsOf(known) : null;

    /// <summary>Whether it can be used at an instant.</summary>
    public bool IsUsable(DateTimeOffset now) => EffectiveAt <= now && !IsOver(now);

    /// <summary>Whether it can never be used again: expired or taken back.</summary>
    public bool IsOver(DateTimeOffset now) => VoidedAt is not null || ExpiresAt <= now;

    /// <summary>When time does something to it next, for somebody who looks at it now.</summary>
    public DateTimeOffset? DueAfter(DateTimeOffset now) => IsOver(now) ? null : EffectiveAt > now ? EffectiveAt : ExpiresAt;

    /// <summary>Whether it was taken back before its time was over.</summary>
    public bool WasTakenBack => VoidedAt < (ExpiresAt ?? DateTimeOffset.MaxValue);

    /// <summary>Where credit goes that is left in it when it is over: back when it was taken back in time, else to breakage.</summary>
    public string LeftoverAccount =>
        Category == GrantCategory.Paid && !WasTakenBack ? Chart.Breakage : FundingAccount;
}

/// <summary>
/// The order in which grants burn: priority, the one that expires first, given before paid, effective time, creation
/// time, id. Total, so that the same wallet always burns the same way.
/// </summary>
public sealed class BurnOrder : IComparer<Grant>
{
    /// <summary>The order.</summary>
    public static BurnOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(Grant? x, Grant? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var order = x.Priority.CompareTo(y.Priority);
        order = order != 0 ? order : (x.ExpiresAt ?? DateTimeOffset.MaxValue).CompareTo(y.ExpiresAt ?? DateTimeOffset.MaxValue);
        order = order != 0 ? order : (x.Category == GrantCategory.Paid).CompareTo(y.Category == GrantCategory.Paid);
        order = order != 0 ? order : x.EffectiveAt.CompareTo(y.EffectiveAt);
        order = order != 0 ? order : x.CreatedAt.CompareTo(y.CreatedAt);
        return order != 0 ? order : string.CompareOrdinal(x.Id, y.Id);
    }
}
