using Farthing.Domain.Ledger;

namespace Farthing.Domain.Tests.Ledger;

public sealed class GrantTests
{
    private readonly OneWallet wallet = new();

    [Fact]
    public void Bought_credit_comes_from_the_payment_provider_and_given_credit_from_promotion()
    {
        wallet.Give("bought", "10", grant => grant with { Funding = "stripe" });
        wallet.Give("gift", "2", grant => grant with { Category = GrantCategory.Trial });

        (wallet.On(Chart.Cash("stripe")), wallet.On(Chart.PromoExpense), wallet.Balance).ShouldBe(("-10", "-2", "12"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("-9223372036.854775808")]
    public void Nothing_and_less_cannot_be_given(string amount)
    {
        wallet.Book.Give(wallet.Grant("g", amount), wallet.Because(TransactionKind.Grant))!.Reason.ShouldBe(RefusalReason.AmountOutOfRange);
        wallet.Changes.Grants.ShouldBeEmpty();
    }

    [Fact]
    public void The_smallest_and_the_largest_amount_are_exact()
    {
        wallet.Give("dust", "0.000000001");
        wallet.Balance.ShouldBe("0.000000001");
        var rich = new OneWallet();
        rich.Give("most", "100000000");
        rich.Charge("0.000000001");
        rich.Balance.ShouldBe("99999999.999999999");
        rich.Book.Give(rich.Grant("more", "100000000.000000001"), rich.Because(TransactionKind.Grant))!.Reason.ShouldBe(RefusalReason.AmountTooLarge);
    }

    [Fact]
    public void Books_that_would_hold_more_than_they_can_count_fail_loudly()
    {
        for (var number = 0; number < 92; number++)
        {
            wallet.Give($"g{number}", "100000000");
        }

        Should.Throw<OverflowException>(() => wallet.Book.Give(wallet.Grant("more", "100000000"), wallet.Because(TransactionKind.Grant)));
    }

    [Fact]
    public void A_grant_that_is_over_already_or_ends_before_it_begins_is_refused()
    {
        var over = wallet.Grant("g", "1") with { ExpiresAt = OneWallet.Noon };
        var never = wallet.Grant("g", "1") with { EffectiveAt = OneWallet.Noon.AddDays(2), ExpiresAt = OneWallet.Noon.AddDays(1) };

        wallet.Book.Give(over, wallet.Because(TransactionKind.Grant))!.Reason.ShouldBe(RefusalReason.GrantExpired);
        wallet.Book.Give(never, wallet.Because(TransactionKind.Grant))!.Reason.ShouldBe(RefusalReason.GrantExpired);
    }

    [Fact]
    public void Paid_credit_expires_to_breakage_and_given_credit_takes_its_expense_back()
    {
        wallet.Give("bought", "10", grant => grant with { ExpiresAt = OneWallet.Noon.AddDays(1) });
        wallet.Give("gift", "2", grant => grant with { Category = GrantCategory.Promo, ExpiresAt = OneWallet.Noon.AddDays(1) });
        wallet.Charge("3");
        wallet.Expire("bought");
        wallet.Balance.ShouldBe("9");
        wallet.Now = OneWallet.Noon.AddDays(1);
        wallet.Expire("bought");
        wallet.Expire("gift");
        wallet.Expire("bought");

        (wallet.Balance, wallet.On(Chart.Breakage), wallet.On(Chart.PromoExpense)).ShouldBe(("0", "9", "-2"));
        wallet.Changes.Transactions.Count(transaction => transaction.Kind == TransactionKind.Expiry).ShouldBe(1);
    }

    [Fact]
    public void Voiding_sends_back_what_is_free_at_once_and_what_is_held_when_the_hold_ends()
    {
        var balance = wallet.Give("g", "10");
        var hold = wallet.Reserve("4");
        wallet.Book.Void(balance, wallet.Because(TransactionKind.Void)).ShouldBeNull();
        (wallet.Balance, wallet.On(Chart.Cash("manual"))).ShouldBe(("4", "-4"));
        wallet.Capture(hold, "1");

        (wallet.Balance, wallet.On(Chart.Cash("manual")), wallet.On(Chart.Breakage)).ShouldBe(("0", "-1", "0"));
        wallet.Book.Void(balance, wallet.Because(TransactionKind.Void))!.Reason.ShouldBe(RefusalReason.GrantVoided);
    }

    [Fact]
    public void Voiding_what_has_expired_does_not_pay_it_back_whether_it_was_swept_or_not()
    {
        var balance = wallet.Give("g", "10", grant => grant with { ExpiresAt = OneWallet.Noon.AddDays(1) });
        wallet.Now = OneWallet.Noon.AddDays(1);
        wallet.Book.Void(balance, wallet.Because(TransactionKind.Void)).ShouldBeNull();

        (wallet.Balance, wallet.On(Chart.Breakage), wallet.On(Chart.Cash("manual"))).ShouldBe(("0", "10", "-10"));
    }

    [Fact]
    public void A_refund_pays_back_what_is_free_and_never_more()
    {
        var balance = wallet.Give("g", "10", grant => grant with { Funding = "stripe" });
        wallet.Charge("3");
        wallet.Reserve("2");

        wallet.Book.Refund(balance, OneWallet.Amount("5.1"), wallet.Because(TransactionKind.Refund)).ShouldBe(
            new(RefusalReason.GrantSpent, OneWallet.Amount("5"), OneWallet.Amount("5.1")));
        wallet.Book.Refund(balance, OneWallet.Amount("-1"), wallet.Because(TransactionKind.Refund))!.Reason.ShouldBe(RefusalReason.AmountOutOfRange);
        wallet.Book.Refund(balance, OneWallet.Amount("1"), wallet.Because(TransactionKind.Refund)).ShouldBeNull();
        wallet.Book.Refund(balance, null, wallet.Because(TransactionKind.Refund)).ShouldBeNull();
        wallet.Book.Refund(balance, null, wallet.Because(TransactionKind.Refund))!.Reason.ShouldBe(RefusalReason.GrantSpent);
        (wallet.Balance, wallet.On(Chart.Cash("stripe"))).ShouldBe(("2", "-5"));
    }

    [Fact]
    public void What_nobody_paid_for_and_what_is_over_is_not_refunded()
    {
        var gift = wallet.Give("gift", "1", grant => grant with { Category = GrantCategory.Promo });
        var expired = wallet.Give("expired", "1", grant => grant with { ExpiresAt = OneWallet.Noon.AddDays(1) });
        var voided = wallet.Give("voided", "1");
        wallet.Book.Void(voided, wallet.Because(TransactionKind.Void)).ShouldBeNull();
        wallet.Now = OneWallet.Noon.AddDays(1);

        wallet.Book.Refund(gift, null, wallet.Because(TransactionKind.Refund))!.Reason.ShouldBe(RefusalReason.GrantNotPaid);
        wallet.Book.Refund(expired, null, wallet.Because(TransactionKind.Refund))!.Reason.ShouldBe(RefusalReason.GrantExpired);
        wallet.Book.Refund(voided, null, wallet.Because(TransactionKind.Refund))!.Reason.ShouldBe(RefusalReason.GrantVoided);
    }

    [Fact]
    public void New_credit_pays_what_is_owed_first()
    {
        wallet.Charge("3");
        wallet.Give("g", "10");

        (wallet.Owed, wallet.Balance, wallet.Left("g"), wallet.Last.Kind).ShouldBe(("0", "7", "7", TransactionKind.OverdraftRepaid));
        wallet.Last.Delta.ToString().ShouldBe("0");
    }

    [Fact]
    public void Too_little_new_credit_pays_a_part_of_what_is_owed()
    {
        wallet.Charge("3");
        wallet.Give("g", "1");

        (wallet.Owed, wallet.Balance, wallet.Available).ShouldBe(("2", "-2", "-2"));
    }

    [Fact]
    public void Credit_that_is_restricted_or_not_yet_good_does_not_pay_debts()
    {
        wallet.Charge("3");
        wallet.Give("narrow", "10", grant => grant with { Applicability = new([], ["m"], []) });
        wallet.Give("tomorrow", "10", grant => grant with { EffectiveAt = OneWallet.Noon.AddDays(1) });

        (wallet.Owed, wallet.Balance).ShouldBe(("3", "17"));
    }

    [Fact]
    public void A_closed_wallet_is_given_nothing()
    {
        wallet.Book.Change(wallet.Book.Wallet with { State = WalletState.Closed }).ShouldBeNull();

        wallet.Book.Give(wallet.Grant("g", "1"), wallet.Because(TransactionKind.Grant))!.Reason.ShouldBe(RefusalReason.WalletClosed);
    }
}
