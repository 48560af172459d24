using System.Security.Cryptography;
using System.Text;
using Farthing.Domain.Money;

namespace Farthing.Domain.Ledger;

/// <summary>One line of a transaction.</summary>
/// <param name="Account">The name of the account, see <see cref="Chart"/>.</param>
/// <param name="Side">Which side.</param>
/// <param name="Amount">How much; always positive.</param>
public readonly record struct Entry(string Account, EntrySide Side, Credits Amount);

/// <summary>What a transaction does. Stored by name.</summary>
public static class TransactionKind
{
    /// <summary>Credit is given.</summary>
    public const string Grant = "grant";

    /// <summary>New credit pays what the wallet owed.</summary>
    public const string OverdraftRepaid = "overdraft_repaid";

    /// <summary>A hold is used.</summary>
    public const string Capture = "capture";

    /// <summary>Usage that already happened is settled.</summary>
    public const string Charge = "charge";

    /// <summary>Usage of a closed month is settled in an open one.</summary>
    public const string LateUsage = "late_usage";

    /// <summary>What was left of a grant when it expired, or was released after that.</summary>
    public const string Expiry = "expiry";

    /// <summary>A grant is taken back; a marker without entries when nothing of it was free.</summary>
    public const string Void = "void";

    /// <summary>Paid credit that was not used is paid back.</summary>
    public const string Refund = "refund";

    /// <summary>A correction by hand.</summary>
    public const string Adjustment = "adjustment";

    /// <summary>An earlier transaction, or a part of it, is undone.</summary>
    public const string Reversal = "reversal";

    /// <summary>A month is closed for everybody but finance.</summary>
    public const string PeriodSoftClose = "period_soft_close";

    /// <summary>A month is closed; the memo is the hash of its trial balance.</summary>
    public const string PeriodClose = "period_close";

    /// <summary>Somebody asks for a closed month to be opened again.</summary>
    public const string PeriodReopenRequest = "period_reopen_request";

    /// <summary>Somebody else agrees, and the month is open to finance again.</summary>
    public const string PeriodReopen = "period_reopen";
}

/// <summary>
/// A posting: immutable, balanced, known for ever by its natural key. Corrections are further transactions.
/// </summary>
public sealed record Transaction
{
    private const int IdBytes = 12;

    private DerivedId derived;

    /// <summary>Whose it is.</summary>
    public required string Org { get; init; }

    /// <summary>The natural key, unique in the organisation for ever: the same cause never posts twice.</summary>
    public required string Key { get; init; }

    /// <summary>What it does, see <see cref="TransactionKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The wallet it touches; empty when none.</summary>
    public required string Wallet { get; init; }

    /// <summary>What caused it: <c>usage_billing</c>, <c>admin</c>, <c>hold</c> …</summary>
    public required string Source { get; init; }

    /// <summary>The cause's id at the source: the plan, the grant, the hold.</summary>
    public required string ExternalId { get; init; }

    /// <summary>Why, in a word: <c>plan_created_with_usage_cost</c>.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>Who did it.</summary>
    public string Actor { get; init; } = string.Empty;

    /// <summary>A remark for people.</summary>
    public string Memo { get; init; } = string.Empty;

    /// <summary>The run it charges; empty when none.</summary>
    public string Run { get; init; } = string.Empty;

    /// <summary>The usage event it charges, as text; empty when none.</summary>
    public string Event { get; init; } = string.Empty;

    /// <summary>When it was booked; never before the transaction in front of it.</summary>
    public required DateTimeOffset BookedAt { get; init; }

    /// <summary>When the service was rendered, which may lie in an earlier month.</summary>
    public required DateTimeOffset ServiceAt { get; init; }

    /// <summary>The earlier month that it belongs to; null where that is the month of its booking.</summary>
    public AccountingMonth? Period { get; init; }

    /// <summary>The month that it belongs to: its amounts stand in the books of that month.</summary>
    public AccountingMonth Month => Period ?? AccountingMonth.Of(BookedAt);

    /// <summary>The id of the transaction that it undoes; empty when none.</summary>
    public string Reverses { get; init; } = string.Empty;

    /// <summary>The terms of the grant that it makes, see <see cref="LedgerChain.TermsOf"/>; empty when it makes none.</summary>
    public string Terms { get; init; } = string.Empty;

    /// <summary>What it adds to the wallet; negative when it takes. The sum over a wallet's transactions is its balance.</summary>
    public required Credits Delta { get; init; }

    /// <summary>The wallet's balance after it.</summary>
    public required Credits BalanceAfter { get; init; }

    /// <summary>The lines; as much on one side as on the other. Empty for a marker.</summary>
    public required IReadOnlyList<Entry> Entries { get; init; }

    /// <summary>The grants that it gives to or takes from.</summary>
    public IEnumerable<string> Grants => Entries.Select(static entry => Chart.FindGrant(entry.Account)).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>The id: derived from organisation and natural key, so that a repetition has the same. Worked out once.</summary>
    public string Id
    {
        get
        {
            if (derived.Of(Org, Key) is { } known)
            {
                return known;
            }

            var id = IdOf(Org, Key);
            derived = new(Org, Key, id);
            return id;
        }
    }

    /// <summary>The id that a natural key leads to.</summary>
    public static string IdOf(string org, string key) =>
        "txn_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{org}\0{key}")).AsSpan(0, IdBytes));

    /// <summary>What of it nobody paid; negative where it undoes that.</summary>
    public Credits Uncollected
    {
        get
        {
            var uncollected = Credits.Zero;
            foreach (var entry in Entries)
            {
                if (Chart.IsUncollected(entry.Account))
                {
                    uncollected = entry.Side == EntrySide.Debit ? uncollected + entry.Amount : uncollected - entry.Amount;
                }
            }

            return uncollected;
        }
    }

    /// <summary>
    /// How much it moves between the customer and the seller: what one side adds up to, without what calls cost the seller.
    /// This is what a charge charges and what a reversal undoes of it.
    /// </summary>
    public Credits Amount => Debits(ofCost: false);

    /// <summary>What its calls cost the seller; of a reversal what it undoes of that.</summary>
    public Credits Cost => Debits(ofCost: true);

    /// <summary>What one side adds up to, everything included.</summary>
    public Credits Total(EntrySide side)
    {
        var total = Credits.Zero;
        foreach (var entry in Entries)
        {
            total = entry.Side == side ? total + entry.Amount : total;
        }

        return total;
    }

    private Credits Debits(bool ofCost)
    {
        var sum = Credits.Zero;
        foreach (var entry in Entries)
        {
            sum = entry.Side == EntrySide.Debit && Chart.IsOfCost(entry.Account) == ofCost ? sum + entry.Amount : sum;
        }

        return sum;
    }

    /// <summary>
    /// An id beside what it was made of, because a copy with another key takes it along. It says nothing about the
    /// transaction, so two of them are always equal.
    /// </summary>
    private readonly struct DerivedId(string org, string key, string id) : IEquatable<DerivedId>
    {
        // One reference, so that readers at the same time see all of it or nothing.
        private readonly Tuple<string, string, string>? made = new(org, key, id);

        public string? Of(string org, string key) => made is { } known && known.Item1 == org && known.Item2 == key ? known.Item3 : null;

        public bool Equals(DerivedId other) => true;

        public override bool Equals(object? obj) => obj is DerivedId;

        public override int GetHashCode() => 0;
    }
}
