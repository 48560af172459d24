using Farthing.Domain.Money;

namespace Farthing.Domain.Ledger;

/// <summary>A thing of the ledger: its organisation and its name there.</summary>
/// <param name="Org">Whose it is.</param>
/// <param name="Id">Its id or name within the organisation.</param>
public readonly record struct LedgerKey(string Org, string Id);

/// <summary>How large amounts of the ledger may be.</summary>
public static class LedgerLimits
{
    /// <summary>
    /// The most credits of one amount: a hundred million, a million dollars at the cheapest credit of one cent. Counters
    /// only ever grow, to 9.2e9 credits in 64 bits; ninety-two of the largest amounts fit an account in its whole life.
    /// </summary>
    public static readonly Credits AmountMax = new(100_000_000L * Credits.NanocreditsPerCredit);
}

/// <summary>The two sides of an entry.</summary>
public enum EntrySide
{
    /// <summary>Takes from a liability such as a grant, adds to an asset such as a receivable.</summary>
    Debit,

    /// <summary>Adds to a liability or to income, takes from an asset.</summary>
    Credit,
}

/// <summary>
/// The four counters of an account in nanocredits; none ever falls but the pending ones, which return to zero. Also
/// used for a change of them.
/// </summary>
/// <param name="DebitsPosted">Everything that was ever debited.</param>
/// <param name="CreditsPosted">Everything that was ever credited.</param>
/// <param name="DebitsPending">What open holds have reserved of debits to come.</param>
/// <param name="CreditsPending">The same for credits; no rule of today reserves credits.</param>
public readonly record struct AccountCounters(long DebitsPosted, long CreditsPosted, long DebitsPending, long CreditsPending)
{
    /// <summary>What is posted on the credit side beyond the debit side; negative when more was taken than given.</summary>
    public Credits Posted => new(CreditsPosted - DebitsPosted);

    /// <summary>What open holds have reserved.</summary>
    public Credits Held => new(DebitsPending);

    /// <summary>What can be taken: posted less reserved.</summary>
    public Credits Free => new(CreditsPosted - DebitsPosted - DebitsPending);

    /// <summary>Adds a change.</summary>
    public static AccountCounters operator +(AccountCounters left, AccountCounters right) => new(
        left.DebitsPosted + right.DebitsPosted, left.CreditsPosted + right.CreditsPosted,
        left.DebitsPending + right.DebitsPending, left.CreditsPending + right.CreditsPending);

    /// <summary>The change that an entry makes.</summary>
    public static AccountCounters Of(EntrySide side, Credits amount) =>
        side == EntrySide.Debit ? new(amount.Nanocredits, 0, 0, 0) : new(0, amount.Nanocredits, 0, 0);

    /// <summary>The change that reserving makes; a negative amount gives back.</summary>
    public static AccountCounters OfHeld(Credits amount) => new(0, 0, amount.Nanocredits, 0);

    /// <summary>
    /// Whether an account keeps its floor: no more is taken or reserved than was given and may be owed. The database holds
    /// the same rule as a constraint.
    /// </summary>
    /// <param name="overdraftMax">What may be owed; null for accounts without a floor.</param>
    public bool Keeps(Credits? overdraftMax) => overdraftMax is not { } most || -Free.Nanocredits <= most.Nanocredits;
}

/// <summary>The names of accounts. A name tells what an account is; its organisation stands beside it.</summary>
public static class Chart
{
    /// <summary>Income from model calls, at cost.</summary>
    public const string Passthrough = "revenue.passthrough";

    /// <summary>Income from what is charged on top of model calls.</summary>
    public const string Markup = "revenue.markup";

    /// <summary>Income from runs that succeeded.</summary>
    public const string SuccessFee = "revenue.success_fee";

    /// <summary>Income from paid credit that nobody used in time.</summary>
    public const string Breakage = "breakage";

    /// <summary>The cost of credit that was given away.</summary>
    public const string PromoExpense = "promo_expense";

    /// <summary>Corrections by hand.</summary>
    public const string Adjustments = "adjustments";

    /// <summary>How the names of accounts begin on which stands what providers are owed.</summary>
    public const string PayablePrefix = "payable.";

    private const string CostPrefix = "cogs.";
    private const string GrantPrefix = "wallet.grant.";
    private const string UncollectedPrefix = "uncollected.";

    /// <summary>Money received or paid back through a payment provider.</summary>
    public static string Cash(string provider) => $"cash_clearing.{provider}";

    /// <summary>What model calls of a provider cost the seller: an expense. Providers are the same however they are capitalised.</summary>
    public static string Cost(string provider) => CostPrefix + provider.ToLowerInvariant();

    /// <summary>What the seller owes a provider for model calls: a liability.</summary>
    public static string Payable(string provider) => PayablePrefix + provider.ToLowerInvariant();

    /// <summary>Whether an account belongs to what calls cost the seller, which stands beside what a customer is charged.</summary>
    public static bool IsOfCost(string account) =>
        account.StartsWith(CostPrefix, StringComparison.Ordinal) || account.StartsWith(PayablePrefix, StringComparison.Ordinal);

    /// <summary>One grant of a wallet: a liability that never falls below zero.</summary>
    public static string Grant(string grant) => GrantPrefix + grant;

    /// <summary>The grant whose account a name is; null when it is another account.</summary>
    public static string? FindGrant(string account) =>
        account.StartsWith(GrantPrefix, StringComparison.Ordinal) ? account[GrantPrefix.Length..] : null;

    /// <summary>What a wallet owes: an asset, bounded by the wallet's overdraft.</summary>
    public static string Receivable(string wallet) => $"receivable.{wallet}";

    /// <summary>Usage of a wallet that happened and that neither its credit nor its overdraft covered: an expense.</summary>
    public static string Uncollected(string wallet) => UncollectedPrefix + wallet;

    /// <summary>Whether a name is of an account of usage that nobody paid.</summary>
    public static bool IsUncollected(string account) => account.StartsWith(UncollectedPrefix, StringComparison.Ordinal);
}
