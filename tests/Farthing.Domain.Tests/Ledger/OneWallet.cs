using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Ledger;

/// <summary>A book with one wallet and a clock, for tests that say what is done in few words.</summary>
internal sealed class OneWallet
{
    private int keys;

    public OneWallet(OverdraftPolicy overdraft = OverdraftPolicy.AllowToLimit, string? limit = null) => Book = new(
        new()
        {
            Org = "acme",
            Id = "w",
            Owner = new("org", string.Empty),
            Overdraft = overdraft,
            OverdraftLimit = limit is null ? null : Amount(limit),
            CreatedAt = DateTimeOffset.UnixEpoch,
        },
        [],
        default,
        default,
        Changes);

    public static DateTimeOffset Noon { get; } = new(2026, 11, 16, 12, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = Noon;

    public LedgerChanges Changes { get; } = new();

    public WalletBook Book { get; }

    public string Balance => Book.Balance.ToString();

    public string Owed => Book.Owed.ToString();

    public string Held => Book.Held.ToString();

    public string Available => Book.Available(CreditUse.Any, Now).ToString();

    public Transaction Last => Changes.Transactions[^1];

    /// <summary>What was taken or given to an account in all, credits less debits.</summary>
    public string On(string account)
    {
        var entries = Changes.Transactions.SelectMany(transaction => transaction.Entries).Where(entry => entry.Account == account);
        return entries.Aggregate(Credits.Zero, (sum, entry) => entry.Side == EntrySide.Credit ? sum + entry.Amount : sum - entry.Amount).ToString();
    }

    public static Credits Amount(string text) => Credits.TryParse(text, out var credits) ? credits : throw new FormatException(text);

    public Cause Because(string kind, string key = "") => new(key.Length > 0 ? key : $"key/{++keys}", kind, "test", "x", Now);

    public Grant Grant(string id, string amount, GrantCategory category = GrantCategory.Paid) => new()
    {
        Org = "acme",
        Id = id,
        Wallet = "w",
        Category = category,
        Amount = Amount(amount),
        EffectiveAt = Now,
        CreatedAt = Now,
    };

    public GrantBalance Give(string id, string amount, Func<Grant, Grant>? change = null)
    {
        var grant = Grant(id, amount);
        Book.Give(change is null ? grant : change(grant), Because(TransactionKind.Grant)).ShouldBeNull();
        return Book.Find(id)!;
    }

    public string Left(string grant) => Book.Find(grant)!.Counters.Posted.ToString();

    public Hold Reserve(string amount, string id = "h", CreditUse? use = null)
    {
        Book.Reserve(id, Amount(amount), use ?? CreditUse.Any, Now, Now.AddMinutes(11), out var hold).ShouldBeNull();
        return hold!;
    }

    public Refusal? TryReserve(string amount, CreditUse? use = null) =>
        Book.Reserve("refused", Amount(amount), use ?? CreditUse.Any, Now, Now.AddMinutes(11), out _);

    public Hold Forward(Hold hold)
    {
        Book.Forward(hold, Now, out var forwarded).ShouldBeNull();
        return forwarded;
    }

    public Hold Capture(Hold hold, string amount, bool allowOverrun = false)
    {
        Book.Capture(hold, ChargeParts.Of(Amount(amount)), allowOverrun, Because(TransactionKind.Capture), out var captured).ShouldBeNull();
        return captured;
    }

    public Refusal? TryCapture(Hold hold, string amount, bool allowOverrun = false) =>
        Book.Capture(hold, ChargeParts.Of(Amount(amount)), allowOverrun, Because(TransactionKind.Capture), out _);

    public Hold Release(Hold hold)
    {
        Book.Release(hold, Because(TransactionKind.Expiry), out var released).ShouldBeNull();
        return released;
    }

    public Hold Expire(Hold hold) => Book.Expire(hold, Because(TransactionKind.Expiry));

    public void Expire(string grant) => Book.Expire(Book.Find(grant)!, Because(TransactionKind.Expiry));

    public Transaction Charge(string amount, CreditUse? use = null) => Book.Charge(ChargeParts.Of(Amount(amount)), use ?? CreditUse.Any, Because(TransactionKind.Charge));
}
