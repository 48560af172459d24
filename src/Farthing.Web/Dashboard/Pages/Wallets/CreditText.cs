using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Dashboard.Pages.Wallets;

/// <summary>
/// Amounts and words of wallets. The amounts of one column take the room of as many decimals as the longest of them needs, so
/// that they stand below each other and every total is the sum of what is shown.
/// </summary>
public static class CreditText
{
    private const int CreditDecimals = 9;

    /// <summary>What people choose the lines of a statement by.</summary>
    public static IReadOnlyList<(string Word, string Name)> Kinds { get; } =
    [
        (TransactionKind.Grant, "Grants"), (TransactionKind.Charge, "Charges"), (TransactionKind.Capture, "Used holds"), (TransactionKind.LateUsage, "Late usage"),
        (TransactionKind.Adjustment, "Adjustments"), (TransactionKind.Refund, "Refunds"), (TransactionKind.Reversal, "Reversals"), (TransactionKind.Void, "Grants taken back"),
        (TransactionKind.Expiry, "Expiries"), (TransactionKind.OverdraftRepaid, "Debts paid"),
    ];

    /// <summary>How many decimals show every one of some amounts to its last digit; at least two.</summary>
    public static int DecimalsOf(IEnumerable<Credits> amounts) => AlignedNumber.DecimalsOf(amounts.Select(static amount => (Int128)amount.Nanocredits), CreditDecimals);

    /// <summary>As <see cref="DecimalsOf(IEnumerable{Credits})"/>, of dollars.</summary>
    public static int DecimalsOf(IEnumerable<Usd> amounts) => ExactColumn.DecimalsOf(amounts);

    /// <summary>An amount of credits: <c>1,234.50</c>, with blanks for zeros behind cents.</summary>
    public static string Amount(Credits credits, int decimals) => AlignedNumber.Of(Of(credits), decimals);

    /// <summary>The same to its last digit.</summary>
    public static string Exact(Credits credits) => Amount(credits, DecimalsOf([credits]));

    /// <summary>An amount with its sign: what gives has a plus.</summary>
    public static string Change(Credits credits, int decimals) => credits > Credits.Zero ? "+" + Amount(credits, decimals) : Amount(credits, decimals);

    /// <summary>An amount in few characters, rounded up as PlanExe's account page does: <c>1,234.568</c>.</summary>
    public static string Brief(Credits credits)
    {
        const int ShownDecimals = 3;
        var shown = Credits.TryParse(credits.ToDisplayString(), out var rounded) ? rounded : credits;
        return Amount(shown, Math.Min(DecimalsOf([shown]), ShownDecimals));
    }

    /// <summary>Dollars with so many decimals: <c>$0.034568</c>.</summary>
    public static string Dollars(Usd amount, int decimals)
    {
        var shown = AlignedNumber.Of(Math.Abs(amount.ToDecimal()), decimals);
        return FormatInForce.Current.Around(amount < Usd.Zero, shown);
    }

    /// <summary>What credits are worth at a price in US cents a credit.</summary>
    public static Usd Worth(Credits credits, int centsPerCredit) =>
        new((Int128)credits.Nanocredits * centsPerCredit * (Usd.PicodollarsPerCent / Credits.NanocreditsPerCredit));

    /// <summary>Who a wallet belongs to.</summary>
    public static string Owner(NamedWallet wallet) => wallet.Wallet.Owner.Kind switch
    {
        VisibleWallets.OrgKind => "Whole organisation",
        VisibleWallets.TeamKind => $"Team {wallet.OwnerName}",
        VisibleWallets.EngineerKind => wallet.OwnerName,
        var kind => $"{FirstUpper(kind)} {wallet.OwnerName}",
    };

    /// <summary>Where a grant came from.</summary>
    public static string Category(GrantCategory? category) => category switch
    {
        null => "Owed",
        GrantCategory.PlanIncluded => "Included in a plan",
        GrantCategory.Promo => "Given away",
        var known => known.Value.ToString(),
    };

    /// <summary>What became of a grant, as far as it is worth a badge.</summary>
    public static (string Tone, string Word)? StateOf(Grant grant, DateTimeOffset now) => grant switch
    {
        { VoidedAt: not null } => ("bad", "Taken back"),
        _ when grant.ExpiresAt <= now => ("bad", "Expired"),
        _ when grant.EffectiveAt > now => ("", "Not yet"),
        _ => null,
    };

    /// <summary>What a grant may be used for.</summary>
    public static string UsesOf(Applicability applicability) => applicability.IsUnrestricted
        ? "Anything"
        : string.Join("; ", new[] { Names("providers", applicability.Providers), Names("models", applicability.Models), Names("projects", applicability.Projects) }.OfType<string>());

    /// <summary>Where a hold stands.</summary>
    public static (string Tone, string Word) StateOf(Hold hold, DateTimeOffset now) => hold.State switch
    {
        HoldState.Open when hold.HasExpired(now) => ("", "Expired"),
        HoldState.Open => ("", "Open"),
        HoldState.Forwarded => ("", "Call was sent"),
        HoldState.Unsettled => ("warn", "Cost unknown"),
        HoldState.Captured => ("good", "Used"),
        HoldState.Released => ("", "Given back"),
        _ => ("", "Expired"),
    };

    /// <summary>Where a run stands.</summary>
    public static (string Tone, string Word) StateOf(Run run) => run.State switch
    {
        RunState.Succeeded => ("good", "Succeeded"),
        RunState.Failed => ("bad", "Failed"),
        RunState.Stopped => ("warn", "Stopped"),
        _ => ("", "Running"),
    };

    /// <summary>Whether a wallet can be used, where that is not as usual.</summary>
    public static string? StateOf(Wallet wallet) => wallet.State switch
    {
        WalletState.Frozen => "Frozen",
        WalletState.Closed => "Closed",
        _ => null,
    };

    private static string? Names(string what, IReadOnlyList<string> names) => names.Count == 0 ? null : $"{what} {string.Join(", ", names)}";

    private static string FirstUpper(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    private static decimal Of(Credits credits) => credits.Nanocredits / (decimal)Credits.NanocreditsPerCredit;
}
