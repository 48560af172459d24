using Farthing.Domain.Ledger;

namespace Farthing.Domain.Tests.Ledger;

/// <summary>What is owed is paid as soon as credit is free.</summary>
public sealed class DebtTests
{
    private readonly OneWallet wallet = new();

    [Fact]
    public void A_debt_that_arose_while_credit_was_held_is_paid_when_the_hold_is_released()
    {
        wallet.Give("g", "10");
        var hold = wallet.Reserve("10");
        wallet.Charge("5");
        wallet.Owed.ShouldBe("5");

        wallet.Release(hold);

        (wallet.Owed, wallet.Left("g"), wallet.Balance, wallet.Last.Kind).ShouldBe(("0", "5", "5", TransactionKind.OverdraftRepaid));
        wallet.Book.Refund(wallet.Book.Find("g")!, OneWallet.Amount("10"), wallet.Because(TransactionKind.Refund)).ShouldBe(
            new(RefusalReason.GrantSpent, OneWallet.Amount("5"), OneWallet.Amount("10")));
    }

    [Fact]
    public void It_is_paid_by_what_a_capture_leaves_and_by_what_expires_with_its_hold()
    {
        wallet.Give("g", "10");
        var captured = wallet.Reserve("6", "captured");
        var expiring = wallet.Reserve("4", "expiring");
        wallet.Charge("7");
        wallet.Capture(captured, "1");
        wallet.Owed.ShouldBe("2");
        wallet.Now = OneWallet.Noon.AddHours(1);
        wallet.Expire(expiring);

        (wallet.Owed, wallet.Balance).ShouldBe(("0", "2"));
    }

    [Fact]
    public void Credit_that_expires_pays_what_is_owed_before_it_is_lost()
    {
        wallet.Give("g", "10", grant => grant with { ExpiresAt = OneWallet.Noon.AddDays(1) });
        var hold = wallet.Forward(wallet.Reserve("10"));
        wallet.Charge("3");
        wallet.Now = OneWallet.Noon.AddDays(2);
        wallet.Release(hold);

        (wallet.Owed, wallet.Balance, wallet.On(Chart.Breakage)).ShouldBe(("0", "0", "7"));
    }

    [Fact]
    public void Credit_that_was_taken_back_pays_nothing_once_it_is_taken_back()
    {
        var balance = wallet.Give("g", "10");
        var hold = wallet.Reserve("10");
        wallet.Charge("3");
        wallet.Book.Void(balance, wallet.Because(TransactionKind.Void)).ShouldBeNull();
        wallet.Release(hold);

        (wallet.Owed, wallet.On(Chart.Cash("manual"))).ShouldBe(("3", "0"));
    }

    [Fact]
    public void Credit_that_became_good_pays_when_the_wallet_is_touched()
    {
        wallet.Give("tomorrow", "10", grant => grant with { EffectiveAt = OneWallet.Noon.AddDays(1) });
        wallet.Charge("3");
        wallet.Now = OneWallet.Noon.AddDays(1);
        wallet.Charge("1");

        (wallet.Owed, wallet.Left("tomorrow")).ShouldBe(("0", "6"));
    }

    [Fact]
    public void Void_and_refund_pay_what_is_owed_first()
    {
        var first = wallet.Give("first", "4", grant => grant with { EffectiveAt = OneWallet.Noon.AddDays(1) });
        var second = wallet.Give("second", "10", grant => grant with { EffectiveAt = OneWallet.Noon.AddDays(1) });
        wallet.Charge("3");
        wallet.Now = OneWallet.Noon.AddDays(1);
        wallet.Book.Void(first, wallet.Because(TransactionKind.Void)).ShouldBeNull();
        wallet.Book.Refund(second, null, wallet.Because(TransactionKind.Refund)).ShouldBeNull();

        (wallet.Owed, wallet.Balance, wallet.On(Chart.Cash("manual"))).ShouldBe(("0", "0", "-3"));
    }

    [Fact]
    public void A_refund_leaves_as_much_as_is_owed_where_it_cannot_pay_it_and_a_refusal_changes_nothing()
    {
        var narrow = wallet.Give("narrow", "10", grant => grant with { Applicability = new([], ["m"], []) });
        wallet.Charge("3");
        var before = wallet.Changes.Transactions.Count;

        wallet.Book.Refund(narrow, OneWallet.Amount("8"), wallet.Because(TransactionKind.Refund)).ShouldBe(
            new(RefusalReason.GrantSpent, OneWallet.Amount("7"), OneWallet.Amount("8")));
        wallet.Changes.Transactions.Count.ShouldBe(before);
        wallet.Book.Refund(narrow, null, wallet.Because(TransactionKind.Refund)).ShouldBeNull();
        wallet.Balance.ShouldBe("0");
    }

    [Fact]
    public void What_a_reversal_gives_back_pays_debts_made_since()
    {
        wallet.Give("g", "5");
        var charge = wallet.Charge("5");
        wallet.Charge("2");
        wallet.Book.Reverse(charge, default, null, wallet.Because(TransactionKind.Reversal)).ShouldBeNull();

        (wallet.Owed, wallet.Left("g")).ShouldBe(("0", "3"));
    }

    [Fact]
    public void No_key_is_used_twice_when_a_clock_is_set_back_and_a_grant_expires_again()
    {
        wallet.Give("g", "5", grant => grant with { ExpiresAt = OneWallet.Noon.AddDays(1) });
        var charge = wallet.Charge("3");
        wallet.Now = OneWallet.Noon.AddDays(1);
        wallet.Book.Expire(wallet.Book.Find("g")!, wallet.Because(TransactionKind.Expiry, "expiry/g"));
        wallet.Now = OneWallet.Noon;
        wallet.Book.Reverse(charge, default, null, wallet.Because(TransactionKind.Reversal)).ShouldBeNull();
        wallet.Now = OneWallet.Noon.AddDays(1);
        wallet.Book.Expire(wallet.Book.Find("g")!, wallet.Because(TransactionKind.Expiry, "expiry/g"));

        wallet.Balance.ShouldBe("0");
        wallet.Changes.Transactions.Select(transaction => transaction.Key).ShouldBeUnique();
    }
}
